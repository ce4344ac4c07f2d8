"""fuzzysearch: near matches up to one edit in ten characters, accepted up to one in twenty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fuzzysearch import find_near_matches
from plain import place, plain, quoted
from protocol import ACCEPTED, REFUSED, Answer, Case, run, window

FOUND = 0.10
MOST = 0.05


def judge(cases: Sequence[Case]) -> Iterator[Answer]:
    for case in cases:
        text, offsets = plain(window(case))
        words = quoted(case.text)
        found = find_near_matches(words, text, max_l_dist=max(1, int(FOUND * len(words))))
        if not found:
            yield Answer(case.number, REFUSED)
            continue
        best = min(found, key=lambda match: (match.dist, match.start))
        said = ACCEPTED if best.dist <= MOST * len(words) else REFUSED
        yield Answer(case.number, said, *place(offsets, best.start, best.end))


if __name__ == "__main__":
    run(judge)
