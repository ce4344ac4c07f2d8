"""Whether a quotation is a title: of which entry of the bibliography."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from pubtool.checker import speech
from pubtool.checker.attribution.names import titles_of, words_of
from pubtool.model import Bibliography, Key

NEARLY = 0.8
"""The share of words, in order, from which a quotation counts as an entry's title misquoted."""

INTRODUCED = 0.5
"""The same where the prose says that a title follows."""

_LONGEST = 16
"""Words that the title of a work unknown to the bibliography may have."""

_SHORTEST = 3
"""Words; shorter ones must be the title's own."""


@dataclass(frozen=True)
class TitleIndex:
    """The titles of a bibliography's sources, short ones and their containers' among them."""

    titles: tuple[tuple[Key, tuple[str, ...]], ...]
    """Each with its folded words, in the bibliography's order."""
    places: Mapping[str, Sequence[int]]
    """The numbers of the titles that have a word, ascending."""
    rarest: Mapping[str, Sequence[int]]
    """The numbers of the titles of several words, by the word of each that fewest titles have."""

    def with_all(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yield the titles that have every one of some words, in whatever order."""
        least = min((self.places.get(word, ()) for word in words), key=len, default=())
        for number in least:
            title = self.titles[number][1]
            if len(title) > 1 and set(words).issubset(title):
                yield title

    def within(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yield the titles of several words all of which are among some words."""
        there = set(words)
        for word in dict.fromkeys(words):
            for number in self.rarest.get(word, ()):
                title = self.titles[number][1]
                if there.issuperset(title):
                    yield title


def index_titles(bibliography: Bibliography) -> TitleIndex:
    """Return the titles of all sources."""
    titles = [
        (key, words_of(title))
        for key, source in bibliography.sources.items()
        for title in (*titles_of(source), source.container)
    ]
    places = defaultdict[str, list[int]](list)
    for number, (_, words) in enumerate(titles):
        for word in dict.fromkeys(words):
            places[word].append(number)
    rarest = defaultdict[str, list[int]](list)
    for number, (_, words) in enumerate(titles):
        if len(words) > 1:
            rarest[min(words, key=lambda word: (len(places[word]), word))].append(number)
    return TitleIndex(tuple(titles), places, rarest)


def find_title(quoted: str, before: str, index: TitleIndex) -> Key | None:
    """Return the entry whose title a quotation is, `before` being the prose that leads to it."""
    words = words_of(quoted)
    introduced = bool(speech.TITLE_FOLLOWS.search(before))
    if len(words) == 1 and not (introduced or quoted[:1].isupper()):
        return None
    needed = INTRODUCED if introduced else NEARLY
    best: tuple[float, Key] | None = None
    for number in _candidates(words, needed, index):
        key, title = index.titles[number]
        score = _likeness(words, title)
        if score >= needed and (best is None or score > best[0]):
            best = score, key
    return best[1] if best else None


def _candidates(words: Sequence[str], needed: float, index: TitleIndex) -> list[int]:
    """Return the numbers of the titles that may have such a share of some words, ascending.

    A title that has it has at least one of any so many words that the others are too few (prefix
    filtering, Chaudhuri, Ganti and Kaushik 2006); the rarest are asked for.
    """
    rarest = sorted(words, key=lambda word: (len(index.places.get(word, ())), word))
    asked = rarest[: len(words) - ceil(needed * len(words)) + 1]
    return sorted({number for word in asked for number in index.places.get(word, ())})


def reads_as_title(quoted: str, before: str) -> bool:
    """Whether words that are no entry's title are set as the title of some other work.

    They are introduced as one, or written in headline capitals (Chicago 8.159: all words but the
    small ones).
    """
    words = quoted.rstrip(",.;: ").split()
    if not 1 < len(words) <= _LONGEST:
        return False
    firsts = [word.lstrip("‘'\"“(")[:1] for word in words]
    capitals = [first.isupper() for first in firsts]
    if not capitals[0]:
        return False
    if speech.TITLE_FOLLOWS.search(before):
        return True
    headed = [first.isupper() or first.isdigit() for first in firsts]
    large = [one for word, one in zip(words, headed, strict=True) if len(word) > 3]
    return all(large) and headed[-1] and sum(capitals) > 1


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of the longer text's words that both have in order: 0 to 1."""
    if not one or not other:
        return 0.0
    if tuple(one) == tuple(other):
        return 1.0
    shorter, longer = sorted((len(one), len(other)))
    if shorter < _SHORTEST or shorter / longer < INTRODUCED:
        return 0.0
    from rapidfuzz.distance import LCSseq

    return float(LCSseq.similarity(one, other)) / longer
