"""Search: one quotation in one source after the other, where its words may stand.

Thresholds here only decide whether a stretch of a source is the passage that the author had in
mind; whether the quotation passes hangs on its differences alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from pubtool.checker.conventions import Conventions
from pubtool.checker.differences import POOR_TEXT, find_differences
from pubtool.checker.differences.compared import Compared
from pubtool.checker.elements import Elements
from pubtool.checker.index import Index, IndexPart
from pubtool.checker.index.anchored import find_anchored
from pubtool.checker.index.stretches import Stretch
from pubtool.checker.locating import stands_at
from pubtool.checker.place import Alignment, find_alignments
from pubtool.checker.place.prospect import Prospect
from pubtool.checker.place.steps import StepKind, equal_steps
from pubtool.checker.statements import modernises_source
from pubtool.model import (
    Bibliography,
    Difference,
    DifferenceKind,
    Extent,
    Key,
    Locator,
    Quotation,
    Source,
    Span,
)
from pubtool.text.languages import is_function_word
from pubtool.text.words import read_folds

_MOST_COMPARED = 8
_CLOSE = 40
"""Places that cost so much more than the best are compared with it word by word."""

SHORT = 8
"""Below this many words a chance likeness to some stretch of a long text is common."""

_ONE_CHANGE = 105
"""The cost of one word changed, added or left out: the rest of the quotation stands there."""

_MANY = 8
"""In a source with so many likely stretches the passage may stand in others too."""

_GAPPED = 6000
"""Characters round a stretch in which the words on the other side of an ellipsis are looked for."""

_MARGINS = (0, 1000, _GAPPED)
"""Characters by which a stretch is widened until it holds a place with what stands round it."""

_CUT = 2
"""Seeds of a passage that what stands between two pages may hide."""

_INNER = 2
"""Words of a stretch that must lie between a place and its border, for what stands beside it."""

_FIXED_SPELLING = 1900
"""The year from which a spelling that no dictionary has is a slip, and not a custom; Chicago 13.7
leaves older works as they are."""

_LEAST_TURNED = 4
"""Of fewer words a chance stretch of a long text has the same ones in another order."""

_PER_MARK = 3

_LEAST = {True: (0.45, 0.6), False: (0.6, 0.75)}
"""Least likeness for a place, by whether the post names the source firmly; (longer, short)."""


class Reach(Enum):
    """Which places of a quotation are looked for."""

    ALL = "all"
    PASSING = "passing"
    """Those alone where every word may stand, if spelt or set otherwise."""


@dataclass(frozen=True)
class Place:
    """A quotation's place in one source."""

    key: Key
    alignment: Alignment
    differences: tuple[Difference, ...]
    equals: tuple[Alignment, ...]
    """The other places of the same source that are as good."""
    cited: tuple[Locator, ...] = ()
    """Where in this source the post says that it is; a post may name several places."""

    @cached_property
    def located(self) -> bool | None:
        """Whether all is at cited places; None where none is cited or the source cannot tell."""
        return stands_at(self.alignment.part.source, self.alignment.stretches, self.cited)

    @property
    def extent(self) -> Extent:
        """How much of the source the text holds."""
        return self.alignment.part.source.extent

    @property
    def passes(self) -> bool:
        """Whether every difference is permitted."""
        return not self.grave

    @property
    def poor(self) -> bool:
        """Whether nothing but a scanner's misreadings keeps it from passing."""
        return bool(self.grave) and all(one.code == POOR_TEXT for one in self.grave)

    @property
    def grave(self) -> tuple[Difference, ...]:
        """The differences that may not stand."""
        return tuple(difference for difference in self.differences if not difference.permitted)


@dataclass(frozen=True)
class Named:
    """How a post names a source for a quotation."""

    firm: bool
    """Whether it says that the words are this source's, or only mentions it nearby."""
    locators: tuple[Locator, ...]
    """The places that it cites, each once."""


@dataclass(frozen=True)
class Search:
    """A quotation that is looked for in one source after the other."""

    quotation: Quotation
    elements: Elements
    conventions: Conventions
    bibliography: Bibliography

    def in_source(
        self,
        index: Index,
        key: Key,
        stretches: Sequence[Stretch],
        named: Named | None,
        reach: Reach = Reach.ALL,
    ) -> Place | None:
        """Return the quotation's best place in one source, None where it does not stand there.

        It is looked for in the source's likely stretches. The whole source is searched where they
        cannot tell: for a quotation with marks of its author's that passes in none of them, since
        it may have few seeds or lead far apart, and for one that does not pass in so many that
        there may be more, or passes in none at the cited locator.
        """
        places = self._in_stretches(index, stretches, named, reach)
        found = _first_of(places, passing=True)
        if found is not None:
            return found
        if self.elements.is_plain and reach is Reach.PASSING:
            return None
        told = self.elements.is_plain and (len(stretches) < _MANY or not places)
        if not told or any(place.passes for place in places):
            return self.place(index.parts[key], named)
        if named is not None and not places and len(self._folds) < SHORT:
            spans = find_anchored(self._folds, index.parts.text(key).text)
            some = [Stretch(key, span, 0, 0, len(self._folds)) for span in spans]
            places = self._in_stretches(index, some, named)
            found = _first_of(places, passing=True)
            if found is not None:
                return found
            if any(place.passes for place in places):  # but at another locator than the cited one
                return self.place(index.parts[key], named)
        return _first_of(places, passing=False)

    @cached_property
    def _folds(self) -> list[str]:
        return [word.folded for word in self.elements.words]

    def _in_stretches(
        self,
        index: Index,
        stretches: Sequence[Stretch],
        named: Named | None,
        reach: Reach = Reach.ALL,
    ) -> list[Place]:
        """Return the places in some stretches, those that several of them share once.

        Where all words stand in one, others are as good only with as many votes; where one is the
        passage with a change, others are better only with as many seeds, those aside that a page's
        end may cost.
        """
        places = dict[Span, Place]()
        votes = seeds = 0
        for stretch in stretches:
            if stretch.votes < votes or stretch.seeds + _CUT < seeds:
                continue
            place = self._in_stretch(index, stretch, named, reach)
            if place is None:
                continue
            places.setdefault(place.alignment.span, place)
            if place.located is False:
                continue
            if place.passes and place.alignment.cost == 0:
                votes = max(votes, stretch.votes)
            elif stretch.is_telling and self.elements.is_plain:
                seeds = max(seeds, stretch.seeds)
        return list(places.values())

    def _in_stretch(
        self, index: Index, stretch: Stretch, named: Named | None, reach: Reach
    ) -> Place | None:
        """Return the place in a stretch, or in a wider one where that may hold a better.

        It may where the place touches the borders, where the words on the other side of an ellipsis
        are not here, and where a word at an end is not, or a page's notes stand between the words:
        they may reach further.
        """
        place = None
        if (
            self.elements.is_plain
            and not stretch.is_telling
            and not self._may_stand(index, stretch, named, reach)
        ):
            return None
        for margin in _MARGINS:
            part = index.parts.stretch(stretch.key, stretch.span, margin)
            place = self.place(part, named)
            apart = bool(self.elements.gaps) and margin < _GAPPED
            if place is None and not apart:
                return None
            if place is not None and _is_inside(place, part):
                whole = margin > 0 or not (_lacks_an_end(place) or _is_cut(place, part))
                if place.passes or (whole and not apart):
                    return place
        return place

    def _may_stand(self, index: Index, stretch: Stretch, named: Named | None, reach: Reach) -> bool:
        text = index.parts.text(stretch.key).text[stretch.span.start : stretch.span.end]
        prospect = Prospect(read_folds(text))
        if reach is Reach.PASSING:
            return prospect.allows_respelt(self._folds)
        weights = [prospect.rarity(fold) for fold in self._folds]
        return prospect.allows(self._folds, weights, self._least(named))

    def _least(self, named: Named | None) -> float:
        return _least(len(self._folds), firm=named is not None and named.firm)

    def place(self, part: IndexPart, named: Named | None) -> Place | None:
        """Return the quotation's best place in one source, None where it does not stand there."""
        firm = named is not None and named.firm
        least = self._least(named) if self.elements.is_plain else 0.0
        found = [
            alignment
            for alignment in find_alignments(self.elements, part, least)
            if _is_place(alignment, self.elements, firm=firm)
        ]
        if not found:
            return None
        best = found[0].cost
        close = [alignment for alignment in found if alignment.cost <= best + _CLOSE]
        if len(close) > 1:
            text, elements = self.quotation.text, self.elements
            close.sort(key=lambda one: (one.cost, not one.is_copy(text, elements)))
        compared = [(one, self._differences(one)) for one in close[:_MOST_COMPARED]]
        locators = named.locators if named else ()
        ranked = compared
        if len(compared) > 1:
            ranked = sorted(compared, key=lambda pair: _rank(pair[0], pair[1], locators))
        chosen, differences = ranked[0]
        equals = [a for a, others in ranked[1:] if _weight(others) == _weight(differences)]
        equals += [a for a in close[_MOST_COMPARED:] if a.cost == best and chosen.cost == best]
        # what overlaps is the same place, read otherwise
        equals = [a for a in equals if not a.span.overlaps(chosen.span)]
        return Place(part.source.key, chosen, differences, tuple(equals), locators)

    def _differences(self, alignment: Alignment) -> tuple[Difference, ...]:
        source = self.bibliography.sources.get(alignment.part.source.key)
        conventions = _for_source(self.conventions, source)
        return find_differences(Compared(self.quotation, self.elements, alignment, conventions))


def _lacks_an_end(place: Place) -> bool:
    """Whether the source has not the quotation's first word there, or not its last."""
    same = (StepKind.EQUAL, StepKind.JOINED, StepKind.FITS)
    steps = place.alignment.steps
    return steps[0].kind not in same or steps[-1].kind not in same


def _is_cut(place: Place, part: IndexPart) -> bool:
    """Whether a page's head, foot or notes stand in a place or next to it."""
    near = range(place.alignment.first - 1, place.alignment.end + 1)
    return not part.furniture.isdisjoint(near)


def _is_inside(place: Place, part: IndexPart) -> bool:
    """Whether words of the source stand on either side of a place, or its beginning or end."""
    span, length = part.stretch, len(part.source.text)
    before = span.start == 0 or place.alignment.first >= _INNER
    return before and (span.end == length or place.alignment.end <= len(part.folded) - _INNER)


def _first_of(places: Sequence[Place], *, passing: bool) -> Place | None:
    """Return the best of a source's places, with those that are as good; None where there is none.

    Of those that pass, only places at the cited locator count: there may be more of them.
    """
    if passing:
        places = [place for place in places if place.passes and place.located is not False]
    if not places:
        return None
    first = min(places, key=lambda p: (*_rank_of(p), p.alignment.span.start))
    others = [p for p in places if p is not first and _rank_of(p) == _rank_of(first)]
    if not others:
        return first  # which knows by now whether it is at the cited place
    equals = [equal for p in others for equal in (p.alignment, *p.equals)]
    return replace(first, equals=(*first.equals, *equals))


def _for_source(conventions: Conventions, source: Source | None) -> Conventions:
    """Return the conventions as they are for one source: its spelling announced, or old."""
    if modernises_source(source):
        conventions = conventions.with_spelling_announced()
    year = source.year[:4] if source else ""
    if year.isdigit() and int(year) < _FIXED_SPELLING:
        conventions = conventions.for_old_source()
    return conventions


def _is_place(alignment: Alignment, elements: Elements, *, firm: bool) -> bool:
    """Whether enough of the quotation stands there to say that this is the passage."""
    count = len(elements.words)
    if not _says_enough(alignment, elements):
        return False
    least = _least(count, firm=firm)
    if not firm and count <= 3:
        return alignment.cost <= 40 and alignment.likeness >= least
    if alignment.likeness >= least and alignment.share >= least / 2:
        return True
    if alignment.cost <= _ONE_CHANGE:
        return count >= (4 if firm else 6)
    return firm and count >= _LEAST_TURNED and _has_every_word(alignment, elements)


def _least(count: int, *, firm: bool) -> float:
    """Return how like some words of a source a quotation of so many words must be."""
    longer, short = _LEAST[firm]
    return longer if count >= SHORT else short


def _says_enough(alignment: Alignment, elements: Elements) -> bool:
    """Whether the author's own marks leave enough of the source's words to know a place by.

    A bracket or an ellipsis stands for any words: as many words as marks, and one more, must be the
    source's, or three a mark where all are function words, which stand together everywhere.
    """
    groups = sum(1 for step in alignment.steps if step.kind is StepKind.BRACKETED)
    shown = groups + sum(1 for step in alignment.steps if step.kind is StepKind.GAP)
    if not shown:
        return True
    there = [elements.words[n].folded for s in equal_steps(alignment.steps) for n in s.quoted]
    telling = any(not is_function_word(word) for word in there)
    return len(there) >= (shown + 1 if telling else _PER_MARK * shown)


def _has_every_word(alignment: Alignment, elements: Elements) -> bool:
    """Whether the source has the quotation's words there and no others, in whatever order."""
    there = alignment.part.folded[alignment.first : alignment.end]
    return sorted(there) == sorted(word.folded for word in elements.words)


def _rank(
    alignment: Alignment, differences: tuple[Difference, ...], cited: tuple[Locator, ...]
) -> tuple[int, int, int, int, int]:
    fits = stands_at(alignment.part.source, alignment.stretches, cited)
    noted = sum(difference.code is not None for difference in differences)
    return (_weight(differences), 0 if fits else 1, alignment.cost, noted, alignment.first)


def _rank_of(place: Place) -> tuple[int, int, int]:
    noted = sum(difference.code is not None for difference in place.differences)
    return (_weight(place.differences), place.alignment.cost, noted)


def _weight(differences: tuple[Difference, ...]) -> int:
    """Return how many differences may not stand; case, punctuation and misread words weigh less."""
    small = (DifferenceKind.CASE, DifferenceKind.PUNCTUATION)
    grave = [difference for difference in differences if not difference.permitted]
    return sum(1 if d.kind in small or d.code == POOR_TEXT else 3 for d in grave)
