"""What it takes for a scanner to read some printed letters as others.

A weighted edit distance (Wagner and Fischer 1974; Kukich 1992 on the confusions of character
recognition): letters of one build, and the pairs below, are read for each other at cost 1, any
other letter lost, added or read for another costs 2. Two letters exchanged are a writer's slip and
no scanner's, so there is no such step.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pubtool.text.folding import without_diacritics

LOOKALIKE = 1
OTHER = 2

_BUILDS = (
    "aceos0",
    "iltfrj1!|",
    "nurvy",
    "hbkl6",
    "gqy9",
    "s5",
    "z2",
    "b8",
    "o0",
    "ft",
    "sf",
    "vx",
)
"""Small letters of one build: round ones, stems, arches, ascenders, descenders, and digits."""

_RUNS = (
    "rn m", "in m", "nn m", "ni m", "ii n", "ri n", "ii u", "li u", "li h", "cl d", "ol d",
    "vv w", "iv w", "fi h", "fl h", "fi n", "ij y",
)  # fmt: skip
"""Letters that are read as one, and one that is read as they."""

_LIGATURES = ("ffi", "ffl", "fi", "fl", "ff")
"""Printed as one sign, which may get lost, whole or in part."""

_CONFUSED = frozenset(
    [(a, b) for build in _BUILDS for a in build for b in build if a != b]
    + [pair for run in _RUNS for pair in (tuple(run.split()), tuple(run.split()[::-1]))]
    + [(a, b) for a in _LIGATURES for b in ("", *_LIGATURES, "f", "i", "l") if a != b]
)
_LONGEST = 3


@lru_cache(maxsize=1 << 14)
def misreading_cost(printed: str, read: str, most: int) -> int | None:
    """Return what it takes to read one folded word as another, None if more than `most`.

    Diacritics cost nothing: scanners lose them everywhere.
    """
    from rapidfuzz.distance import Levenshtein

    one, other = without_diacritics(printed), without_diacritics(read)
    if Levenshtein.distance(one, other, score_cutoff=_LONGEST * most) > _LONGEST * most:
        return None
    cost = _cost(one, other, OTHER)
    return cost if cost <= most else None


@lru_cache(maxsize=1 << 14)
def is_alike(printed: str, read: str, most: int) -> bool:
    """Whether at most so many confusions of letters that look alike make one word of another."""
    return _cost(without_diacritics(printed), without_diacritics(read), most + 1) <= most


def lookalikes(read: str) -> Iterator[str]:
    """Yield what may have been printed where a folded word was read, if one sign was misread."""
    for printed, there in _CONFUSED:
        at = read.find(there) if there else -1
        while at >= 0:
            yield read[:at] + printed + read[at + len(there) :]
            at = read.find(there, at + 1)


def _cost(one: str, other: str, unlike: int) -> int:
    rows: list[list[int]] = []
    for i in range(len(one) + 1):
        row: list[int] = []
        rows.append(row)
        for j in range(len(other) + 1):
            row.append(0 if i == j == 0 else _cheapest(rows, one[:i], other[:j], unlike))
    return rows[-1][-1]


def _cheapest(rows: list[list[int]], one: str, other: str, unlike: int) -> int:
    """Return the cost of reading one beginning as another, those of shorter ones known."""
    i, j = len(one), len(other)
    steps = []
    if i and j:
        steps.append(rows[i - 1][j - 1] + (0 if one[-1] == other[-1] else unlike))
    if i:
        steps.append(rows[i - 1][j] + unlike)
    if j:
        steps.append(rows[i][j - 1] + (unlike if other[-1].isalnum() else LOOKALIKE))
    for printed in range(1, min(i, _LONGEST) + 1):
        for read in range(min(j, _LONGEST) + 1):
            if (one[i - printed :], other[j - read :]) in _CONFUSED:
                steps.append(rows[i - printed][j - read] + LOOKALIKE)
    return min(steps)
