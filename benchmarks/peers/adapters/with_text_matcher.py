"""text-matcher: `Matcher(source, quotation)` with the defaults of its command line and `--stops`.

Its list of stop words is a download of NLTK's, so they are kept in. It finds reuse and gives no
verdict: accepted is a quotation of whose words nine in ten lie in its matches. Its tokens are Latin
letters; a text of which it finds none is unsupported.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence

from coverage import covered
from protocol import ACCEPTED, REFUSED, UNSUPPORTED, Answer, Case, run, window
from text_matcher.matcher import Matcher, Text


def judge(cases: Sequence[Case]) -> Iterator[Answer]:
    for case in cases:
        with contextlib.redirect_stdout(io.StringIO()):
            yield _answer(case)


def _answer(case: Case) -> Answer:
    try:
        source = Text(window(case), "source", removeStopwords=False)
        quotation = Text(case.text, "quotation", removeStopwords=False)
        found = Matcher(source, quotation, removeStopwords=False)
        found.match()
    except IndexError:  # no token, or no trigram
        return Answer(case.number, UNSUPPORTED)
    if not found.locationsA:
        return Answer(case.number, REFUSED)
    said = ACCEPTED if covered(case.text, found.locationsB) else REFUSED
    start = min(first for first, _ in found.locationsA)
    end = max(last for _, last in found.locationsA)
    return Answer(case.number, said, start, end)


if __name__ == "__main__":
    run(judge)
