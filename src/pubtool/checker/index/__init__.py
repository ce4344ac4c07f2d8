"""The index: all sources' texts and seeds in segments, and the words of those that are looked at.

A part holds the words of one source (or of a stretch of it), made from that source's text alone, so
that no verdict about one source can depend on what else is indexed. Parts are made when they are
asked for, and the longest unused are forgotten: memory does not grow with the sources.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Generic, TypeVar

import numpy as np

from pubtool.checker.index.seeds import Array
from pubtool.checker.index.segment import BadSegment, Segment, write_segment
from pubtool.model import Extent, Key, SourceText, Span
from pubtool.text.languages import Tongue, language_of, script_of
from pubtool.text.words import WordTable, read_words

_LEAST_RUN = 3
_GLUED = re.compile(r"[^\W\d_]{3,}(\d{1,3})")


@dataclass(frozen=True)
class IndexPart:
    """The words of one source, or of a stretch of it."""

    source: SourceText
    stretch: Span
    """The stretch of the source whose words they are; the whole text, unless one was chosen."""
    make_whole: Callable[[], IndexPart] | None = field(default=None, compare=False, repr=False)
    """What gives the words of the whole source, where they are kept."""

    @cached_property
    def _words(self) -> WordTable:
        return read_words(
            self.source.text[self.stretch.start : self.stretch.end], self.stretch.start
        )

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words in order, folded."""
        return self._words.folded

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each begins, in code points of the source's text."""
        return self._words.starts

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each ends."""
        return self._words.ends

    @cached_property
    def furniture(self) -> frozenset[int]:
        """The numbers of the words that stand in page heads, feet, notes and note marks."""
        return _furniture(self.source, self.starts, self.ends)

    @property
    def is_whole(self) -> bool:
        """Whether it is of the whole source."""
        return len(self.stretch) == len(self.source.text)

    @cached_property
    def whole(self) -> IndexPart:
        """The whole source's words: what a word is like is told by all of them."""
        if self.is_whole:
            return self
        return self.make_whole() if self.make_whole else index_source(self.source)

    def widened(self, margin: int, number: int) -> tuple[IndexPart, int]:
        """Return the part with so many characters more on either side, and a word's number in it.

        The part itself, where nothing more is there.
        """
        length = len(self.source.text)
        span = Span(max(self.stretch.start - margin, 0), min(self.stretch.end + margin, length))
        if span == self.stretch:
            return self, number
        if span == Span(0, length):
            part = self.whole
        else:
            part = index_stretch(self.source, span, self.make_whole)
        at = self.starts[number] if number < len(self.starts) else self.stretch.end
        return part, part.number_at(at)

    @cached_property
    def postings(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the words that have a fold, ascending."""
        postings = defaultdict[str, list[int]](list)
        for number, fold in enumerate(self.folded):
            postings[fold].append(number)
        return dict(postings)

    def count(self, fold: str) -> int:
        """Return how many of the words have a fold."""
        return len(self.postings.get(fold, ()))

    def torn_places(self, fold: str) -> list[int]:
        """Return the numbers of the words that give a fold with the next one, ascending."""
        found = []
        for at in range(1, len(fold)):
            first, second = self.postings.get(fold[:at]), fold[at:]
            if first and second in self.postings:
                found += [n for n in first if self.folded[n + 1 : n + 2] == (second,)]
        return sorted(found)

    def between(self, number: int) -> str:
        """Return what stands between word `number` and the one before it (or the text's start)."""
        begin = self.ends[number - 1] if number else self.stretch.start
        end = self.starts[number] if number < len(self.starts) else self.stretch.end
        return self.source.text[begin:end]

    def written(self, number: int) -> str:
        """Return a word as the source has it."""
        return self.source.text[self.starts[number] : self.ends[number]]

    def span(self, first: int, end: int) -> Span:
        """Return the source offsets of the words from `first` up to `end`."""
        if first >= end:
            at = self.ends[first - 1] if first else self.stretch.start
            return Span(at, at)
        return Span(self.starts[first], self.ends[end - 1])

    def number_at(self, offset: int) -> int:
        """Return the number of the first word that begins at an offset of the text or behind it."""
        return bisect_left(self.starts, offset)

    def rarity(self, fold: str) -> float:
        """Return how much a word says about a place: the more, the rarer it is here."""
        count = self.count(fold)
        return 1.0 / (1 + count) ** 0.5 if count else 1.0

    @cached_property
    def glued_notes(self) -> frozenset[int]:
        """Where the words begin that end in numbers of up to three digits which count on by one.

        Only runs of three and more: fewer may be letters that a scanner took for digits.
        """
        glued = sorted(
            (number, int(match.group(1)))
            for fold, numbers in self.postings.items()
            if (match := _GLUED.fullmatch(fold))
            for number in numbers
        )
        return frozenset(self.starts[number] for run in _counting_runs(glued) for number, _ in run)

    @cached_property
    def vocabulary(self) -> str:
        """The different words, folded, each between line feeds."""
        return "\n" + "\n".join(self.postings) + "\n"


def _counting_runs(values: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the runs, three and longer, in which each value is the next one's but one less."""
    runs: dict[int, list[tuple[int, int]]] = {}
    for place, value in values:
        runs[value] = [*runs.pop(value - 1, []), (place, value)]
        if len(runs[value]) >= _LEAST_RUN:
            yield runs[value]


class Index:
    """All sources that have a text: segments, and which source of which segment is in force."""

    def __init__(
        self,
        segments: Sequence[Segment],
        keys: Sequence[Sequence[Key | None]],
        read_anew: Callable[[Key], SourceText] | None = None,
    ) -> None:
        """Take the segments, and the keys of each one's entries: None for a text not in force.

        `read_anew` gives the text of a source whose bytes are found not to be what was written.
        """
        self.segments = tuple(segments)
        self.parts = Parts(self)
        self._keys = keys
        self._read_anew = read_anew

    @cached_property
    def live(self) -> Mapping[Key, tuple[int, int]]:
        """By key, sorted, the number of a segment and of an entry in it."""
        held = {
            key: (number, entry)
            for number, keys in enumerate(self._keys)
            for entry, key in enumerate(keys)
            if key is not None
        }
        return dict(sorted(held.items()))

    @cached_property
    def ranks(self) -> tuple[Array, ...]:
        """By segment, the number in the order of `live` of each entry; -1 for one not in force."""
        ranks: tuple[Array, ...] = tuple(np.full(len(keys), -1, np.int64) for keys in self._keys)
        for number, (segment, entry) in enumerate(self.live.values()):
            ranks[segment][entry] = number
        return ranks

    def key_at(self, segment: int, entry: int) -> Key | None:
        """Return the key of a segment's entry, None where another text has taken its place."""
        return self._keys[segment][entry]

    def extent(self, key: Key) -> Extent | None:
        """Return how much of a source its text holds, None where there is no text."""
        if key not in self.live:
            return None
        segment, entry = self.live[key]
        return self.segments[segment].extent(entry)

    def about(self, key: Key) -> SourceText:
        """Return what is known of a source but its text, which is empty; raises KeyError."""
        segment, entry = self.live[key]
        try:
            return self.segments[segment].about(entry)
        except BadSegment:
            return replace(self.source(key), text="")

    def source(self, key: Key) -> SourceText:
        """Return a source's text; raises KeyError, and BadSegment where it cannot be believed."""
        segment, entry = self.live[key]
        try:
            return self.segments[segment].source(entry)
        except BadSegment:
            if self._read_anew is None:
                raise
            return self._read_anew(key)

    def with_text(self, text: SourceText) -> Index:
        """Return an index in which one source has another text; this one stays as it is."""
        keys = [[None if key == text.key else key for key in row] for row in self._keys]
        segment = Segment(memoryview(write_segment([(text, "")])))
        return Index((*self.segments, segment), (*keys, [text.key]), self._read_anew)


class Parts(Mapping[Key, IndexPart]):
    """Each source's words, worked out when they are first asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._texts = _Kept[SourceText](_MOST_TEXT)
        self._made = _Kept[IndexPart](_MOST_WORDS)
        self._tongues: dict[Key, Tongue] = {}

    def __iter__(self) -> Iterator[Key]:
        return iter(self._index.live)

    def __len__(self) -> int:
        return len(self._index.live)

    def __contains__(self, key: object) -> bool:
        return key in self._index.live

    def __getitem__(self, key: Key) -> IndexPart:
        part = self._made.get(key)
        if part is None:
            part = index_source(self.text(key))
            self._made.keep(key, part, len(part.source.text))
        return part

    def text(self, key: Key) -> SourceText:
        """Return a source's text."""
        text = self._texts.get(key)
        if text is None:
            text = self._index.source(key)
            self._texts.keep(key, text, len(text.text))
        return text

    def tongue(self, key: Key) -> Tongue:
        """Return what a source is written in, as far as its beginning, middle and end tell."""
        found = self._tongues.get(key)
        if found is None:
            text = self.text(key).text
            sample = "\n".join(text[span.start : span.end] for span in _samples(len(text)))
            counts = Counter(sample.casefold().split())  # function words have no marks on them
            found = self._tongues[key] = Tongue(script_of(sample), language_of(counts.__getitem__))
        return found

    def stretch(self, key: Key, span: Span, margin: int = 0) -> IndexPart:
        """Return the words of a stretch of a source, and of so many characters round it."""
        source = self.text(key)
        wide = Span(max(span.start - margin, 0), min(span.end + margin, len(source.text)))
        return index_stretch(source, wide, partial(self.__getitem__, key))


_MOST_WORDS = 8_000_000
"""Characters of sources whose words are kept; a word takes some 100 bytes."""

_MOST_TEXT = 32_000_000
"""Characters of sources whose text is kept."""

_SAMPLE = 1500
"""Characters of each stretch of a source by which its language is told."""

_T = TypeVar("_T")


class _Kept(Generic[_T]):
    """What was asked for last, as long as it is not too long together; the newest always."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._total = 0
        self._kept: OrderedDict[Key, tuple[_T, int]] = OrderedDict()

    def get(self, key: Key) -> _T | None:
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def keep(self, key: Key, what: _T, length: int) -> None:
        self._kept[key] = (what, length)
        self._total += length
        while self._total > self._most and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            self._total -= gone


def _samples(length: int) -> Iterator[Span]:
    """Yield the beginning, the middle and the end of a text, or all of a short one."""
    if length <= 3 * _SAMPLE:
        yield Span(0, length)
        return
    for at in (0, (length - _SAMPLE) // 2, length - _SAMPLE):
        yield Span(at, at + _SAMPLE)


def build_index(texts: Iterable[SourceText]) -> Index:
    """Return the index of some sources, in memory; linear in their length."""
    every = {text.key: text for text in texts}
    data = write_segment([(text, "") for text in every.values()])
    return Index((Segment(memoryview(data)),), (tuple(every),))


def index_source(source: SourceText) -> IndexPart:
    """Return one source's words."""
    return index_stretch(source, Span(0, len(source.text)))


def index_stretch(
    source: SourceText, stretch: Span, make_whole: Callable[[], IndexPart] | None = None
) -> IndexPart:
    """Return the words of a stretch of a source, numbered from its beginning."""
    return IndexPart(source, stretch, make_whole)


def _furniture(source: SourceText, starts: Sequence[int], ends: Sequence[int]) -> frozenset[int]:
    numbers: set[int] = set()
    if not starts:
        return frozenset()
    first = bisect_right(source.furniture, Span(starts[0], 0))
    for span in source.furniture[max(first - 1, 0) :]:
        if span.start >= ends[-1]:
            break
        low = bisect_left(starts, span.start)
        numbers.update(range(low, bisect_right(ends, span.end, low)))
    return frozenset(numbers)
