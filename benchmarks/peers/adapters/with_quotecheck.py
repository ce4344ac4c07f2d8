"""quotecheck: `check(phrase, text)` as its command line calls it; found or interleaved is accepted.

It names where the passage begins; its end is taken to be as far off as the quotation is long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from protocol import ACCEPTED, REFUSED, Answer, Case, run, window
from quotecheck.find import check


def judge(cases: Sequence[Case]) -> Iterator[Answer]:
    for case in cases:
        found = check(case.text, window(case))
        said = ACCEPTED if found.ok else REFUSED
        if found.offset < 0:
            yield Answer(case.number, said)
        else:
            yield Answer(case.number, said, found.offset, found.offset + len(case.text))


if __name__ == "__main__":
    run(judge)
