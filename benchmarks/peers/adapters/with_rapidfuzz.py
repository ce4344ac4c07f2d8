"""rapidfuzz: the best window by `partial_ratio_alignment`, accepted from a score of 95 on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plain import place, plain, quoted
from protocol import ACCEPTED, REFUSED, Answer, Case, by_source, run, window
from rapidfuzz import fuzz

LEAST = 95


def judge(cases: Sequence[Case]) -> Iterator[Answer]:
    for group in by_source(cases):
        text, offsets = plain(window(group[0]))
        for case in group:
            found = fuzz.partial_ratio_alignment(quoted(case.text), text)
            said = ACCEPTED if found.score >= LEAST else REFUSED
            yield Answer(case.number, said, *place(offsets, found.dest_start, found.dest_end))


if __name__ == "__main__":
    run(judge)
