"""Quid: `Quid().compare(source, quotation)` with its defaults.

It finds quotations and gives no verdict: accepted is one of whose words nine in ten lie in its
matches. Its least match is five words; what is shorter is unsupported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coverage import covered
from protocol import ACCEPTED, REFUSED, UNSUPPORTED, Answer, Case, run, window
from quid.core.Quid import Quid

LEAST_WORDS = 5


def judge(cases: Sequence[Case]) -> Iterator[Answer]:
    quid = Quid()
    for case in cases:
        if len(case.text.split()) < LEAST_WORDS:
            yield Answer(case.number, UNSUPPORTED)
            continue
        matches = quid.compare(window(case), case.text)
        spans = [(match.target_span.start, match.target_span.end) for match in matches]
        said = ACCEPTED if covered(case.text, spans) else REFUSED
        if not matches:
            yield Answer(case.number, said)
            continue
        start = min(match.source_span.start for match in matches)
        end = max(match.source_span.end for match in matches)
        yield Answer(case.number, said, start, end)


if __name__ == "__main__":
    run(judge)
