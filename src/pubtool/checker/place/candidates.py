"""Candidates: stretches of a source where a run of words may stand. They are found, not judged.

Exact places come from the rarest word of the run, verified word by word. Where there are none,
every word that is rare enough votes for the diagonal on which the run would have to lie (as in
text-reuse detection and sequence alignment); the diagonals with most weight become windows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pubtool.checker.index import IndexPart

_MOST_POSTINGS = 4096
"""Words that stand more often than this in a source vote only when no rarer one is there."""

_BIN = 8
"""Diagonals this many words apart vote together: a few added or missing words shift the rest."""

_MOST_WINDOWS = 6
_LEAST_SHARE = 0.3
_LEAST_OF_BEST = 0.5
"""Windows with less of the run's weight, or of the best window's votes, cannot become a place (see
`evidence`): they are not aligned."""

_SLACK = 12
"""Words added on each side of a window, for what the quotation has lost or gained."""


def exact_places(words: Sequence[str], part: IndexPart, *, most: int = 64) -> tuple[int, ...]:
    """Return the numbers of the words at which this run of folds stands without a change."""
    if not words:
        return ()
    run = tuple(words)
    if not part.is_whole:
        return tuple(islice(_runs_in(run, part.folded), most))
    rarest = min(range(len(words)), key=lambda n: (len(part.postings.get(words[n], ())), n))
    places = []
    for number in part.postings.get(words[rarest], ()):
        first = number - rarest
        if first >= 0 and part.folded[first : first + len(run)] == run:
            places.append(first)
            if len(places) == most:
                break
    return tuple(places)


def _runs_in(run: tuple[str, ...], folded: tuple[str, ...]) -> Iterator[int]:
    """Yield where some words stand in others that are too few to be worth sorting first."""
    first = -1
    for _ in range(folded.count(run[0])):
        first = folded.index(run[0], first + 1)
        if folded[first : first + len(run)] == run:
            yield first


def changed_places(words: Sequence[str], part: IndexPart) -> tuple[int, ...]:
    """Return the numbers of the words at which a run of folds stands with one word exchanged.

    None come back where the run may lie in another way: at a place of its rarest word that this
    does not account for, over furniture, or with words at an end run together or moved.
    """
    rarest = min(
        (n for n in range(len(words)) if words[n] in part.postings),
        key=lambda n: (part.count(words[n]), n),
        default=None,
    )
    if rarest is None:
        return ()
    places = []
    for number in part.postings[words[rarest]]:
        first = number - rarest
        if not _is_changed_place(words, part, first):
            return ()
        places.append(first)
    return tuple(places)


def _is_changed_place(words: Sequence[str], part: IndexPart, first: int) -> bool:
    end = first + len(words)
    if first < 1 or end >= len(part.folded):
        return False
    there = part.folded[first:end]
    changed = [n for n, pair in enumerate(zip(words, there, strict=True)) if pair[0] != pair[1]]
    if len(changed) != 1 or not part.furniture.isdisjoint(range(first - 1, end + 1)):
        return False
    (at,) = changed
    word, before, behind = words[at], part.folded[first - 1], part.folded[end]
    if at == 0:
        return word not in {before, before + there[0]}
    return at < len(words) - 1 or word not in {behind, there[-1] + behind}


def find_windows(words: Sequence[str], part: IndexPart) -> tuple[tuple[int, int], ...]:
    """Return windows ``(first, end)`` of word numbers, the most promising first, at most six."""
    votes = _vote(words, part)
    weight = sum(part.rarity(word) for word in words if word in part.postings)
    least = max(_LEAST_SHARE * weight, _LEAST_OF_BEST * max(votes.values(), default=0.0))
    best = sorted(
        (bin_ for bin_ in votes if votes[bin_] >= least), key=lambda bin_: (-votes[bin_], bin_)
    )
    windows: list[tuple[int, int]] = []
    for bin_ in best[: 3 * _MOST_WINDOWS]:
        first = max(bin_ * _BIN - _SLACK, 0)
        end = min((bin_ + 2) * _BIN + len(words) + len(words) // 4 + _SLACK, len(part.folded))
        _add_window(windows, (first, _past_furniture(first, end, part)))
    return tuple(windows)


def _add_window(windows: list[tuple[int, int]], window: tuple[int, int]) -> None:
    """Add a window, or widen the one that it overlaps, while there are not too many."""
    size = window[1] - window[0]
    for number, (first, end) in enumerate(windows):
        joined = (min(first, window[0]), max(end, window[1]))
        if joined[1] - joined[0] < (end - first) + size and joined[1] - joined[0] <= 2 * size:
            windows[number] = joined
            return
    if len(windows) < _MOST_WINDOWS:
        windows.append(window)


def _vote(words: Sequence[str], part: IndexPart) -> dict[int, float]:
    votes: dict[int, float] = defaultdict(float)
    ranked = sorted(
        {word for word in words if word in part.postings}, key=lambda w: len(part.postings[w])
    )
    rare = [word for word in ranked if len(part.postings[word]) <= _MOST_POSTINGS] or ranked[:1]
    offsets: dict[str, list[int]] = defaultdict(list)
    for offset, word in enumerate(words):
        offsets[word].append(offset)
    for word in rare:
        _cast(votes, part.postings[word], offsets[word], part.rarity(word))
    for word, places in offsets.items():
        if word not in part.postings:  # the source may have it in two pieces, at a line's end
            _cast(votes, part.torn_places(word), places, 1.0)
    return votes


def _cast(
    votes: dict[int, float], numbers: Iterable[int], offsets: Sequence[int], weight: float
) -> None:
    """Add a word's votes for the diagonals of its places in the source."""
    for number in numbers:
        for bin_ in {(number - offset) // _BIN for offset in offsets[:4]}:
            votes[max(bin_, 0)] += weight
            votes[max(bin_ - 1, 0)] += weight


def _past_furniture(first: int, end: int, part: IndexPart) -> int:
    """Return the window's end, moved on by the words of page furniture that stand inside it."""
    if not part.furniture:
        return end
    inside = sum(1 for number in range(first, end) if number in part.furniture)
    return min(end + inside, len(part.folded))
