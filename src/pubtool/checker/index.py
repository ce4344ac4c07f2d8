"""The index: every source's words by their fold, so that a rare word leads to its places at once.

One part a source, built from that source's text alone: adding a source touches no other part, and
no verdict about one source can depend on what else is indexed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pubtool.model import Key, SourceText, Span
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

    def between(self, number: int) -> str:
        """Return what stands between word `number` and the one before it (or the text's start)."""
        begin = self.ends[number - 1] if number else 0
        end = self.starts[number] if number < len(self.starts) else len(self.source.text)
        return self.source.text[begin:end]

    def written(self, number: int) -> str:
        """Return a word as the source has it."""
        return self.source.text[self.starts[number] : self.ends[number]]

    def span(self, first: int, end: int) -> Span:
        """Return the source offsets of the words from `first` up to `end`."""
        if first >= end:
            at = self.ends[first - 1] if first else 0
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


@dataclass(frozen=True)
class Index:
    """All sources that have a text, by key, in the order of their keys."""

    parts: Mapping[Key, IndexPart]


def build_index(texts: Iterable[SourceText]) -> Index:
    """Return the index of some sources; linear in their length."""
    parts = {text.key: index_source(text) for text in texts}
    return Index({key: parts[key] for key in sorted(parts)})


def index_source(source: SourceText) -> IndexPart:
    """Return one source's part of the index."""
    folded: list[str] = []
    starts, ends = array("q"), array("q")
    postings: dict[str, array[int]] = {}
    for number, word in enumerate(find_words(source.text)):
        folded.append(word.folded)
        starts.append(word.span.start)
        ends.append(word.span.end)
        postings.setdefault(word.folded, array("q")).append(number)
    return IndexPart(
        source, tuple(folded), starts, ends, _furniture(source, starts, ends), postings
    )


def _furniture(source: SourceText, starts: array[int], ends: array[int]) -> frozenset[int]:
    numbers: set[int] = set()
    for span in source.furniture:
        number = max(bisect_right(starts, span.start) - 1, 0)
        while number < len(starts) and starts[number] < span.end:
            if starts[number] >= span.start and ends[number] <= span.end:
                numbers.add(number)
            number += 1
    return frozenset(numbers)
