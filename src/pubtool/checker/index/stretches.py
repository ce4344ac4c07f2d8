"""Stretches: where in all sources the seeds of some quotations gather. They are found, not judged.

Each quotation's rarest seeds are looked up in every segment at once; a stretch of a source about as
long as the quotation that holds many of them may hold the passage. The cost of a quotation hangs on
how many seeds it has, not on how much text is indexed: no seed brings more places than a bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from pubtool.checker.index import Index
from pubtool.checker.index.seeds import Array, Seeds, read_seeds
from pubtool.checker.index.segment import LONGEST, PLACE_BITS, Segment
from pubtool.model import Key, Span

_COMMON = 128
"""A pair that stands oftener than this is looked up with the word behind it."""

_MOST_HITS = 2048
"""Places that a quotation's seeds may bring, the rarest seeds' first, its two rarest aside."""

_MOST_OF_ONE = 16_384
"""Places that one seed may bring."""

_MOST_STRETCHES = 12
_MOST_RANKED = 64
_LEAST_SHARE = 0.25
"""A stretch must hold this share of the quotation's seeds (one in ten words changed leaves four in
five), and half as many as the best stretch does."""

_MOST_RUN = 1 << 15
"""A pair that stands oftener than this in a segment says nothing about a source."""

_LEAST_OF_BEST = 0.5
_SLACK = 400
"""Characters by which a passage may be longer than its quotation: a page's foot, notes and head."""

_TELLING = 0.7
_PLAY = 16
"""Characters by which the places of a short passage's words may be shifted."""

_MARGIN = 300
"""Characters round a stretch that are looked at with it."""

_OWNER_SHIFT = 40
"""Bits of a hit's number below the text's: the segment's number, then the place."""
_SEGMENTS = (1 << _OWNER_SHIFT - PLACE_BITS) - 1

_SENTINEL = " \n§ end of text"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a source where a quotation may stand."""

    key: Key
    span: Span
    """Source offsets, with a margin."""
    seeds: int
    """How many of the quotation's seeds stand there."""
    in_line: int
    """How many of them are as far from each other as in the quotation."""
    asked: int
    """How many were looked up."""

    @property
    def votes(self) -> int:
        """What says that this is the passage."""
        return self.seeds + self.in_line

    @property
    def is_telling(self) -> bool:
        """Whether so many of the seeds are here in line that this is the passage."""
        return self.in_line >= _TELLING * self.asked


@dataclass(frozen=True)
class _Asked:
    """The seeds of all texts."""

    seeds: Seeds
    owners: Array
    """The number of the text that each is of."""
    offsets: Array
    """How far behind its text's beginning each is."""
    triples: Array
    """Whether the word behind the pair is of the same text."""


@dataclass(frozen=True)
class _Hits:
    """Places where seeds stand."""

    keys: Array
    """Each place as a number that sorts by text, segment and place; int64."""
    offsets: Array
    """How far behind its text's beginning the seed is."""
    limits: Array
    """The number that the end of the place's source would have."""
    counts: Array
    """How many of the text's seeds were looked up."""


def find_stretches(
    texts: Sequence[str], index: Index, least_share: float = _LEAST_SHARE
) -> list[tuple[Stretch, ...]]:
    """Return the stretches of each text, those with most votes first, at most twelve a text.

    A stretch holds at least `least_share` of its text's seeds.
    """
    asked = _ask(texts)
    found: list[list[Stretch]] = [[] for _ in texts]
    if len(asked.owners) and index.live:
        hits = _look_up(asked, index.segments)
        lengths = np.array([len(text) for text in texts])
        for owner, stretch in _gather(hits, lengths, least_share, index):
            found[owner].append(stretch)
    return [tuple(some) for some in found]


def find_stretches_within(
    texts: Sequence[str], keys: Sequence[Key], index: Index
) -> list[tuple[Stretch, ...]]:
    """Return the stretches of each text in one source, that of the same number in `keys`.

    Unlike `find_stretches` it looks at every place of the seeds, those of the very commonest left
    out.
    """
    asked = _ask(texts)
    found: list[list[Stretch]] = [[] for _ in texts]
    where = np.array([index.live[key] for key in keys]).reshape(-1, 2)[asked.owners]
    hits = [
        _look_up_within(asked, segment, number, where)
        for number, segment in enumerate(index.segments)
        if number in where[:, 0]
    ]
    if hits:
        lengths = np.array([len(text) for text in texts])
        for owner, stretch in _gather(_join(hits), lengths, _LEAST_SHARE, index):
            found[owner].append(stretch)
    return [tuple(some) for some in found]


def _ask(texts: Sequence[str]) -> _Asked:
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    seeds = read_seeds("\n".join(texts) + _SENTINEL)
    owners = np.searchsorted(begins, seeds.starts, side="right") - 1
    behind = np.append(owners[1:], -1)
    after = np.append(behind[1:], -1)
    kept = (owners == behind) & (owners < len(texts))
    part = Seeds(seeds.starts[kept], seeds.pairs[kept], seeds.thirds[kept])
    mine = owners[kept]
    return _Asked(part, mine, part.starts - begins[mine], (owners == after)[kept])


def _join(hits: Sequence[_Hits]) -> _Hits:
    """Return all hits, by text, segment and place."""
    keys = np.concatenate([one.keys for one in hits])
    order = np.argsort(keys, kind="stable")
    return _Hits(
        keys[order],
        np.concatenate([one.offsets for one in hits])[order],
        np.concatenate([one.limits for one in hits])[order],
        np.concatenate([one.counts for one in hits])[order],
    )


def _look_up(asked: _Asked, segments: Sequence[Segment]) -> _Hits:
    """Return where the texts' rarest seeds stand."""
    runs = [segment.pairs.runs(asked.seeds) for segment in segments]
    common = np.flatnonzero((_total(runs) > _COMMON) & asked.triples)
    if len(common):
        seeds = asked.seeds
        some = Seeds(seeds.starts[common], seeds.pairs[common], seeds.thirds[common])
        for segment, (low, high) in zip(segments, runs, strict=True):
            low[common], high[common] = segment.pairs.narrowed(some, low[common], high[common])
    chosen = _rarest(asked.owners, _total(runs))
    owners, offsets = asked.owners[chosen].astype(np.int64), asked.offsets[chosen]
    counts = np.bincount(owners)[owners]
    most = _MOST_OF_ONE // len(segments)
    every = []
    for number, (segment, (low, high)) in enumerate(zip(segments, runs, strict=True)):
        sizes = np.minimum(high[chosen] - low[chosen], most)
        places = segment.pairs.places[ranges(low[chosen], sizes)].astype(np.int64)
        limits = segment.ends[np.searchsorted(segment.begins, places, side="right") - 1]
        base = np.repeat((owners << _OWNER_SHIFT) | (number << PLACE_BITS), sizes)
        repeated = np.repeat(offsets, sizes), base + limits, np.repeat(counts, sizes)
        every.append(_Hits(base + places, *repeated))
    return _join(every)


def _total(runs: Sequence[tuple[Array, Array]]) -> Array:
    """Return how many places each seed has in all segments."""
    total: Array = np.sum([high - low for low, high in runs], axis=0)
    return total


def _look_up_within(asked: _Asked, segment: Segment, number: int, where: Array) -> _Hits:
    """Return where in one segment the texts' seeds stand, each text's in its own source."""
    low, high = segment.pairs.runs(asked.seeds)
    usable = (where[:, 0] == number) & (high - low <= _MOST_RUN)
    sizes = np.where(usable, high - low, 0)
    entries = np.where(usable, where[:, 1], 0)
    begins = np.repeat(segment.begins[entries], sizes)
    ends = np.repeat(segment.ends[entries], sizes)
    places = segment.pairs.places[ranges(low, sizes)].astype(np.int64)
    here = np.flatnonzero((places >= begins) & (places < ends))
    owners = np.repeat(asked.owners, sizes)[here]
    base = (owners.astype(np.int64) << _OWNER_SHIFT) | (number << PLACE_BITS)
    counts = np.bincount(asked.owners)[owners]
    offsets = np.repeat(asked.offsets, sizes)[here]
    return _Hits(base + places[here], offsets, base + ends[here], counts)


def ranges(low: Array, sizes: Array) -> Array:
    """Return all numbers of some ranges, one range behind the other."""
    numbers: Array = np.arange(sizes.sum()) + np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    return numbers


def _rarest(owners: Array, sizes: Array) -> Array:
    """Return the numbers of each text's rarest seeds that stand somewhere: two, or more if few.

    One alone could not tell its hundreds of places apart.
    """
    order = np.lexsort((sizes, owners))
    order = order[sizes[order] > 0]
    mine = owners[order]
    first = np.flatnonzero(np.diff(mine, prepend=-1))
    total = np.cumsum(sizes[order])
    before = np.repeat((total - sizes[order])[first], np.diff(first, append=len(mine)))
    chosen: Array = total - before <= _MOST_HITS
    chosen[first] = True
    second = first[np.diff(first, append=len(mine)) > 1] + 1
    chosen[second] = True
    return np.asarray(order[chosen])


@dataclass(frozen=True)
class _Ranked:
    """Hits that may be the first of a stretch: each text's behind the other's, the best first."""

    order: Array
    """Their numbers among all hits."""
    owners: Array
    """The text of each."""
    last: Array
    """The number of the last hit that is within reach of each."""
    votes: Array
    in_line: Array

    def part(self, chosen: Array) -> _Ranked:
        """Return some of them."""
        columns = (self.order, self.owners, self.last, self.votes, self.in_line)
        return _Ranked(*(column[chosen] for column in columns))


def _rank(hits: _Hits, lengths: Array, share: float) -> _Ranked:
    """Return the hits with which many of their text's others stand."""
    keys = hits.keys
    owners = keys >> _OWNER_SHIFT
    reach = lengths[owners] + lengths[owners] // 4 + _SLACK
    ends = np.searchsorted(keys, np.minimum(keys + reach, hits.limits), side="right")
    votes = np.minimum(ends - np.arange(len(keys)), hits.counts)  # one passage may stand twice
    best = np.zeros(len(lengths), np.int64)
    np.maximum.at(best, owners, votes)
    good = np.flatnonzero(votes >= np.maximum(share * hits.counts, _LEAST_OF_BEST * best[owners]))
    in_line = _in_line(hits, lengths[owners])
    order = good[np.lexsort((good, -(votes + in_line)[good], owners[good]))]
    mine = owners[order]
    first = np.flatnonzero(np.diff(mine, prepend=-1))
    behind = np.arange(len(mine)) - np.repeat(first, np.diff(first, append=len(mine)))
    order = order[behind < _MOST_RANKED]
    return _Ranked(order, owners[order], ends[order] - 1, votes[order], in_line[order])


def _apart(hits: _Hits, ranked: _Ranked) -> Iterator[tuple[int, int, int]]:
    """Yield the place among the ranked, the number and the last of each text's best hits.

    None is within reach of a better one.
    """
    hit_of, last_of = ranked.order.tolist(), ranked.last.tolist()
    for _, some in groupby(range(len(hit_of)), key=ranked.owners.tolist().__getitem__):
        taken = list[tuple[int, int]]()
        for place in some:
            hit, last = hit_of[place], last_of[place]
            low, high = int(hits.keys[hit]), int(hits.keys[last])
            if any(low <= end and begin <= high for begin, end in taken):
                continue
            taken.append((low, high))
            yield place, hit, last
            if len(taken) == _MOST_STRETCHES:
                break


def _gather(
    hits: _Hits, lengths: Array, share: float, index: Index
) -> Iterator[tuple[int, Stretch]]:
    """Yield the places where many of a text's hits stand together, with the text's number."""
    ranked = _rank(hits, lengths, share)
    for place, hit, last in _apart(hits, ranked):
        owner = int(ranked.owners[place])
        low, high = int(hits.keys[hit]), int(hits.keys[last])
        ahead = int(hits.offsets[hit])
        behind = int(lengths[owner]) - int(hits.offsets[last])
        stretch = Span(low - ahead - ahead // 4, high + behind + behind // 4)
        there = int(ranked.votes[place]), int(ranked.in_line[place]), int(hits.counts[hit])
        yield from _in_source(index, low, stretch, owner, there)


def _in_line(hits: _Hits, lengths: Array) -> Array:
    """Return, for each hit, how many of its text's hits are as far from it there as in the text.

    Words that stand over and over near each other are no passage. Lines and their indents shift the
    places by some characters.
    """
    lines = hits.keys - hits.offsets
    order = np.sort(lines)
    play = _PLAY + lengths // 8
    count = np.searchsorted(order, lines + play, "right") - np.searchsorted(order, lines - play)
    within: Array = np.minimum(count, hits.counts)
    return within


def _in_source(
    index: Index, hit: int, around: Span, owner: int, votes: tuple[int, int, int]
) -> Iterator[tuple[int, Stretch]]:
    """Yield a stretch round a hit, within its source; nothing if that text is in force no more."""
    number = hit >> PLACE_BITS & _SEGMENTS
    segment = index.segments[number]
    place = hit & LONGEST - 1
    entry = int(np.searchsorted(segment.begins, place, side="right")) - 1
    begin, length = int(segment.begins[entry]), int(segment.ends[entry] - segment.begins[entry])
    key = index.key_at(number, entry)
    if key is not None:
        base = hit - place + begin
        start = max(around.start - base - _MARGIN, 0)
        end = min(around.end - base + _MARGIN, length)
        yield owner, Stretch(key, Span(start, end), *votes)
