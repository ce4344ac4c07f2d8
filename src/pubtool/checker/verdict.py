"""The verdict: one word about a quotation, from its places and what the post says of its source.

The order is the contract's: of the verdicts that hold, the first of exempt, unchecked,
misattributed, absent, altered, mislocated, adapted, verbatim. A text that is an excerpt can confirm
and never refute; words as somebody else quotes them can do neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pubtool.checker.elements import Elements
from pubtool.checker.evidence import Library
from pubtool.checker.reach import UNREAD, is_incomplete, is_unread, why_unsure
from pubtool.checker.search import Place
from pubtool.checker.translated import is_foreign
from pubtool.model import (
    TERM,
    Cited,
    DifferenceKind,
    Extent,
    Key,
    Quotation,
    QuotationKind,
    VerdictKind,
)

NO_SOURCE = "no-source"
"""The reason why a quotation of an imported post that cites nothing cannot be refuted."""

_UNKNOWN_KEY = "unknown-key"
"""The reason why a quotation whose citation has a key without an entry is not checked."""

_TYPOGRAPHIC = frozenset({DifferenceKind.TYPOGRAPHY})
_LEAST_ACCUSING = 8
_LEAST_TERM_WORDS = 3
_TERM_WORDS = 4
"""An uncited phrase of at most this many words that stands nowhere is one set off, not quoted."""


@dataclass(frozen=True)
class Judgement:
    """A verdict before it is put into words."""

    kind: VerdictKind
    reason: str | None = None
    place: Place | None = None
    """The place that the verdict is about."""
    elsewhere: Place | None = None
    """The source in which the words stand, where that is not the one named."""


def judge(
    quotation: Quotation, elements: Elements, places: Sequence[Place], library: Library
) -> Judgement:
    """Return the verdict on a quotation whose places in the sources are known."""
    if quotation.kind is QuotationKind.TERM or not elements.words:
        return _judge_term(quotation, elements, places)
    if not places and is_foreign(quotation, elements, library):
        return Judgement(VerdictKind.UNCHECKED, "language")
    firm = [cited for cited in quotation.cited if cited.firm and _is_known(cited, library)]
    named = [place for place in places if _names(quotation.cited, place.key)]
    accused = [place for place in places if _names(firm, place.key)]
    others = [place for place in places if place not in accused]
    sound = _best([place for place in named if place.passes])
    sound = sound or _best([place for place in named if place.poor])
    if sound is not None:
        return _judge_sound(sound, firm, library)
    elsewhere = _best([place for place in others if place.passes])
    if firm:
        return _judge_named(firm, _best(accused), elsewhere, _best(others), library)
    if elsewhere is not None:
        unknown = _cites_unknown(quotation, library)
        unproved = Judgement(VerdictKind.UNCHECKED, _UNKNOWN_KEY, elsewhere=elsewhere)
        return unproved if unknown else _passed(elsewhere)
    closest = _best(named) or _best(others)
    return _failed(closest) if closest else _nowhere(quotation, elements, library)


def _judge_sound(place: Place, firm: Sequence[Cited], library: Library) -> Judgement:
    """Judge a quotation that stands in a source that the post names, as well as can be read."""
    if place.located is False and any(is_unread(cited, library) for cited in firm):
        return Judgement(VerdictKind.UNCHECKED, UNREAD, place)
    return _passed(place) if place.passes else _failed(place)


def _judge_term(quotation: Quotation, elements: Elements, places: Sequence[Place]) -> Judgement:
    """Judge words that are set off rather than quoted: they pass as a passage where they are one.

    Fewer than three words in a text say nothing about where an author has them from.
    """
    named = [
        place
        for place in places
        if place.passes
        and place.extent is not Extent.SECOND_HAND
        and _names(quotation.cited, place.key)
    ]
    best = _best(named) if len(elements.words) >= _LEAST_TERM_WORDS else None
    return _passed(best) if best is not None else Judgement(VerdictKind.EXEMPT, TERM)


def _judge_named(
    firm: Sequence[Cited],
    here: Place | None,
    elsewhere: Place | None,
    closest: Place | None,
    library: Library,
) -> Judgement:
    """Judge a quotation that the post gives to a source, in which it does not stand as quoted."""
    unsure = why_unsure(firm, library)
    if elsewhere is not None and elsewhere.extent is not Extent.SECOND_HAND and not unsure:
        return Judgement(VerdictKind.MISATTRIBUTED, place=here, elsewhere=elsewhere)
    if here is not None and not (unsure == UNREAD and here.located is False):
        return _failed(here)
    if unsure:
        return Judgement(VerdictKind.UNCHECKED, unsure, elsewhere=elsewhere)
    if closest is not None and _accuses(closest):
        return Judgement(VerdictKind.MISATTRIBUTED, elsewhere=closest)
    return Judgement(VerdictKind.ABSENT)


def _accuses(place: Place) -> bool:
    """Whether words that do not quite stand in a source are clearly from it all the same.

    A few words are like a few words of any long text; they accuse nobody of a wrong attribution.
    """
    count = place.alignment.end - place.alignment.first
    return place.extent is not Extent.SECOND_HAND and count >= _LEAST_ACCUSING


def _passed(place: Place) -> Judgement:
    """Judge a quotation whose every difference may stand."""
    if place.extent is Extent.SECOND_HAND:
        return Judgement(VerdictKind.UNCHECKED, Extent.SECOND_HAND.value, place)
    if place.located is False:
        return Judgement(VerdictKind.MISLOCATED, place=place)
    kinds = {difference.kind for difference in place.differences}
    kind = VerdictKind.VERBATIM if kinds <= _TYPOGRAPHIC else VerdictKind.ADAPTED
    return Judgement(kind, place=place)


def _failed(place: Place) -> Judgement:
    if place.extent is Extent.SECOND_HAND:
        return Judgement(VerdictKind.UNCHECKED, Extent.SECOND_HAND.value, place)
    if place.poor:
        return Judgement(VerdictKind.UNCHECKED, "poor-text", place)
    return Judgement(VerdictKind.ALTERED, place=place)


def _nowhere(quotation: Quotation, elements: Elements, library: Library) -> Judgement:
    """Judge words that stand in no text, and that the post gives to no source firmly."""
    unknown = _cites_unknown(quotation, library)
    if not unknown and not quotation.cited and len(elements.words) <= _TERM_WORDS:
        return Judgement(VerdictKind.EXEMPT, TERM)
    if unknown:
        return Judgement(VerdictKind.UNCHECKED, _UNKNOWN_KEY)
    if is_incomplete(library):
        return Judgement(VerdictKind.UNCHECKED, "incomplete")
    return Judgement(VerdictKind.ABSENT)


def _cites_unknown(quotation: Quotation, library: Library) -> bool:
    """Whether the post gives the words to a source that nobody knows: no other one proves them."""
    return any(not _is_known(cited, library) for cited in quotation.cited)


def _is_known(cited: Cited, library: Library) -> bool:
    return cited.key in library.bibliography.sources


def _names(cited: Sequence[Cited], key: Key) -> bool:
    return any(one.key == key for one in cited)


def _best(places: Sequence[Place]) -> Place | None:
    """Return the place to speak of: one that can prove, at the cited locator, the closest."""
    return min(
        places,
        key=lambda place: (
            place.extent is Extent.SECOND_HAND,
            place.located is False,
            place.alignment.cost,
        ),
        default=None,
    )
