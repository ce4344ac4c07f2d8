"""edlib: infix alignment (mode HW), accepted where at most one character in twenty is edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import edlib
from plain import place, plain, quoted
from protocol import ACCEPTED, REFUSED, Answer, Case, by_source, run, window

MOST = 0.05


def judge(cases: Sequence[Case]) -> Iterator[Answer]:
    for group in by_source(cases):
        text, offsets = plain(window(group[0]))
        for case in group:
            words = quoted(case.text)
            found = edlib.align(words, text, mode="HW", task="locations")
            start, end = found["locations"][0]
            said = ACCEPTED if found["editDistance"] <= MOST * len(words) else REFUSED
            yield Answer(case.number, said, *place(offsets, start or 0, end + 1))


if __name__ == "__main__":
    run(judge)
