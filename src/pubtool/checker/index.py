"""The index: all sources' texts and seeds in segments, and the words of those that are looked at.

A part holds the words of one source (or of a stretch of it), made from that source's text alone, so
that no verdict about one source can depend on what else is indexed. Parts are made when they are
asked for, and the longest unused are forgotten: memory does not grow with the sources.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pubtool.checker.segment import Segment, write_segment
from pubtool.model import Extent, Key, SourceText, Span
from pubtool.text.words import find_words

_GLUED = re.compile(r"[^\W\d_]{3,}(\d{1,3})")


@dataclass(frozen=True)
class IndexPart:
    """One source's words."""

    source: SourceText
    folded: tuple[str, ...]
    """The words in order, folded."""
    starts: array[int]
    """Where each begins, in code points of the source's text."""
    ends: array[int]
    furniture: frozenset[int]
    """The numbers of the words that stand in page heads, feet, notes and note marks."""
    postings: Mapping[str, array[int]]
    """The numbers of the words that have a fold, ascending."""
    stretch: Span
    """The stretch of the source whose words they are; the whole text, unless one was chosen."""

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

    def rarity(self, word: str) -> float:
        """Return how much a word says about a place: the more, the rarer it is in the source."""
        count = len(self.postings.get(word, ()))
        return 1.0 / (1 + count) ** 0.5 if count else 1.0

    @cached_property
    def glued_numbers(self) -> frozenset[int]:
        """The numbers of up to three digits that stand at the end of a word of letters."""
        found = (_GLUED.fullmatch(fold) for fold in self.postings)
        return frozenset(int(match.group(1)) for match in found if match)

    @cached_property
    def vocabulary(self) -> str:
        """The different words, folded, each between line feeds."""
        return "\n" + "\n".join(self.postings) + "\n"

    @cached_property
    def word_at(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the words from which two neighbours, run together, give a fold."""
        pairs: dict[str, list[int]] = {}
        for number, pair in enumerate(zip(self.folded, self.folded[1:], strict=False)):
            pairs.setdefault(pair[0] + pair[1], []).append(number)
        return {fold: tuple(numbers) for fold, numbers in pairs.items()}


class Index:
    """All sources that have a text: segments, and which source of which segment is in force."""

    def __init__(self, segments: Sequence[Segment], live: Mapping[Key, tuple[int, int]]) -> None:
        """Take the segments, and by key the number of a segment and of an entry in it."""
        self.segments = tuple(segments)
        self.live = {key: live[key] for key in sorted(live)}
        self.parts = Parts(self)
        self._held = {place: key for key, place in self.live.items()}

    def key_at(self, segment: int, entry: int) -> Key | None:
        """Return the key of a segment's entry, None where another text has taken its place."""
        return self._held.get((segment, entry))

    def extent(self, key: Key) -> Extent | None:
        """Return how much of a source its text holds, None where there is no text."""
        if key not in self.live:
            return None
        segment, entry = self.live[key]
        return self.segments[segment].entries[entry].source.extent

    def source(self, key: Key) -> SourceText:
        """Return a source's text; raises KeyError, and BadSegment where the bytes are not it."""
        segment, entry = self.live[key]
        return self.segments[segment].source(entry)


class Parts(Mapping[Key, IndexPart]):
    """Each source's words, worked out when they are first asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._texts: OrderedDict[Key, SourceText] = OrderedDict()
        self._made: OrderedDict[Key, IndexPart] = OrderedDict()

    def __iter__(self) -> Iterator[Key]:
        return iter(self._index.live)

    def __len__(self) -> int:
        return len(self._index.live)

    def __contains__(self, key: object) -> bool:
        return key in self._index.live

    def __getitem__(self, key: Key) -> IndexPart:
        part = self._made.get(key)
        if part is None:
            part = self._made[key] = index_source(self.text(key))
            _forget(self._made, [len(one.source.text) for one in self._made.values()], _MOST_WORDS)
        self._made.move_to_end(key)
        return part

    def text(self, key: Key) -> SourceText:
        """Return a source's text."""
        if key in self._made:
            return self._made[key].source
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = self._index.source(key)
            _forget(self._texts, [len(one.text) for one in self._texts.values()], _MOST_TEXT)
        self._texts.move_to_end(key)
        return text


_MOST_WORDS = 8_000_000
"""Characters of sources whose words are kept; a word takes some 100 bytes."""

_MOST_TEXT = 32_000_000
"""Characters of sources whose text is kept."""


def _forget(kept: OrderedDict[Key, Any], sizes: list[int], most: int) -> None:
    """Drop what has not been asked for longest, the newest excepted."""
    total = sum(sizes)
    for size in sizes[:-1]:
        if total <= most:
            return
        kept.popitem(last=False)
        total -= size


def build_index(texts: Iterable[SourceText]) -> Index:
    """Return the index of some sources, in memory; linear in their length."""
    every = {text.key: text for text in texts}
    data = b"".join(write_segment([(text, "") for text in every.values()]))
    segment = Segment(memoryview(data))
    return Index((segment,), {key: (0, number) for number, key in enumerate(every)})


def index_source(source: SourceText) -> IndexPart:
    """Return one source's words."""
    return index_stretch(source, Span(0, len(source.text)))


def index_stretch(source: SourceText, stretch: Span) -> IndexPart:
    """Return the words of a stretch of a source, numbered from its beginning."""
    folded: list[str] = []
    starts, ends = array("q"), array("q")
    postings: dict[str, array[int]] = {}
    whole = len(stretch) == len(source.text)
    text = source.text if whole else source.text[stretch.start : stretch.end]
    for number, word in enumerate(find_words(text)):
        folded.append(word.folded)
        starts.append(word.span.start + stretch.start)
        ends.append(word.span.end + stretch.start)
        postings.setdefault(word.folded, array("q")).append(number)
    return IndexPart(
        source, tuple(folded), starts, ends, _furniture(source, starts, ends), postings, stretch
    )


def _furniture(source: SourceText, starts: array[int], ends: array[int]) -> frozenset[int]:
    numbers: set[int] = set()
    if not len(starts):
        return frozenset()
    first = bisect_right(source.furniture, Span(starts[0], 0))
    for span in source.furniture[max(first - 1, 0) :]:
        if span.start >= ends[-1]:
            break
        number = max(bisect_right(starts, span.start) - 1, 0)
        while number < len(starts) and starts[number] < span.end:
            if starts[number] >= span.start and ends[number] <= span.end:
                numbers.add(number)
            number += 1
    return frozenset(numbers)
