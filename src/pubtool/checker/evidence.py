"""Evidence: for one quotation, its best place in each source, with the differences there.

Every quotation is looked up in every source: that is how misattribution is seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pubtool.checker.attribution import Naming, index_naming
from pubtool.checker.conventions import Conventions
from pubtool.checker.elements import Elements
from pubtool.checker.index import Index
from pubtool.checker.index.stretches import Stretch, find_stretches, find_stretches_within
from pubtool.checker.search import SHORT, Named, Place, Reach, Search
from pubtool.model import Bibliography, Extent, Key, MissingText, Quotation, QuotationKind

_HYPHENS = frozenset("-‐‑")
_LONG = 8
"""Words of letters in a quotation whose seeds cannot all be lost but by its not being there."""

_MOST_OTHERS = 4
_LEAST_SHARE = 0.4
_HALF = 0.5
"""The shares of a quotation's seeds that an unnamed source must have, see `_seeds_to_matter`."""


@dataclass(frozen=True)
class Library:
    """What is known of the sources."""

    bibliography: Bibliography
    index: Index
    missing: Mapping[Key, MissingText]
    """The sources that have no text, with the reason."""

    @cached_property
    def naming(self) -> Naming:
        """How prose may name the sources."""
        return index_naming(self.bibliography)

    def extent(self, key: Key) -> Extent | None:
        """Return how much of a source's text is at hand, None where there is none."""
        return self.index.extent(key)


def likely_stretches(
    quotations: Sequence[Quotation], every: Sequence[Elements], library: Library
) -> list[tuple[Stretch, ...]]:
    """Return, for each of some quotations, the stretches of all sources where it may stand.

    The sources that the post names for it are looked at again where the search in all of them did
    not lead to most of its words there.
    """
    texts = [_own_words(*one) for one in zip(quotations, every, strict=True)]
    found = find_stretches(texts, library.index)
    again = [
        (number, key)
        for number, quotation in enumerate(quotations)
        for key in dict.fromkeys(cited.key for cited in quotation.cited)
        if key in library.index.live
        and not any(s.key == key and s.is_telling for s in found[number])
    ]
    if again:
        numbers, keys = zip(*again, strict=True)
        asked = [texts[number] for number in numbers]
        for number, some in zip(
            numbers, find_stretches_within(asked, keys, library.index), strict=True
        ):
            found[number] = tuple(dict.fromkeys((*found[number], *some)))
    return found


def _own_words(quotation: Quotation, elements: Elements) -> str:
    """Return a quotation's folded words, a hyphen or a space between: a hyphen makes one seed."""
    words = elements.words
    text = "".join(word.folded for word in words[:1])
    for before, word in pairwise(words):
        between = quotation.text[before.span.end : word.span.start]
        text += ("-" if between in _HYPHENS else " ") + word.folded
    return text


def find_places(
    quotation: Quotation,
    elements: Elements,
    library: Library,
    conventions: Conventions,
    stretches: Sequence[Stretch] | None = None,
) -> tuple[Place, ...]:
    """Return the quotation's place in each source where it stands, the named sources first.

    `stretches` are those of all sources where it may stand, looked up here where none are given.

    A quotation that passes in a source that the post names for it is looked up no further: it
    cannot be another's. Where it nearly stands in one, or passes in one whose words are known at
    second hand alone, another source matters only if it passes there; so it does where the words
    are so few that they are like some words of any long text. Of the other sources than the one
    that the words are firmly given to, the few likeliest are looked at: one is enough to tell whose
    they are. A term is looked up in the named sources only.
    """
    search = Search(quotation, elements, conventions, library.bibliography)
    keys = dict.fromkeys(cited.key for cited in reversed(quotation.cited))
    named = {key: _named(quotation, key) for key in keys}
    index = library.index
    if stretches is None:
        stretches = likely_stretches([quotation], [elements], library)[0]
    there = defaultdict[Key, list[Stretch]](list)
    for stretch in stretches:
        there[stretch.key].append(stretch)
    places = [
        place
        for key, how in named.items()
        if key in index.live
        and (place := search.in_source(index, key, there.get(key, []), how)) is not None
    ]
    passing = [place.extent for place in places if place.passes]
    if quotation.kind is QuotationKind.TERM or any(e is not Extent.SECOND_HAND for e in passing):
        return tuple(places)
    firm = any(cited.firm for cited in quotation.cited)
    few = firm and len(elements.words) < SHORT
    reach = Reach.PASSING if places or few else Reach.ALL
    least = _seeds_to_matter(elements, [there[place.key] for place in places], few=few)
    others = [key for key in there if key not in named and any(map(least, there[key]))]
    if firm:
        others = sorted(others, key=lambda key: -max(s.votes for s in there[key]))[:_MOST_OTHERS]
    places += [
        place
        for key in sorted(others)
        if (place := search.in_source(index, key, there[key], None, reach)) is not None
    ]
    return tuple(places)


def _named(quotation: Quotation, key: Key) -> Named:
    firm = next(cited.firm for cited in quotation.cited if cited.key == key)
    return Named(firm, quotation.locators(key))


def _seeds_to_matter(
    elements: Elements, named: Sequence[Sequence[Stretch]], *, few: bool
) -> Callable[[Stretch], bool]:
    """Return what tells whether a stretch of an unnamed source has seeds enough to matter.

    Where the words nearly stand in a named source, another matters only if they stand there as
    quoted, and then no smaller share of their seeds does. Where they stand in none, half the seeds
    of a few words are there if those pass, and two fifths of a long passage's even with a word in
    five changed.
    """
    if not elements.is_plain:
        return lambda stretch: True
    least = _HALF if few else _LEAST_SHARE if _is_long(elements) else 0.0
    shares = [stretch.seeds / stretch.asked for some in named for stretch in some]
    needed = max(shares, default=least)
    return lambda stretch: stretch.seeds >= needed * stretch.asked


def _is_long(elements: Elements) -> bool:
    """Whether a quotation has so many words that are seeds (digits are none) that those tell."""
    return sum(word.folded.isalpha() for word in elements.words) >= _LONG
