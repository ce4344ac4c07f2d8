"""Elsewhere: all the places where a quotation may stand, whichever source the post names.

A verdict needs the best place alone, and looks no further once it is found. Who decides about a
quotation wants to see the others too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pubtool.checker.check import match_of
from pubtool.checker.conventions import Conventions
from pubtool.checker.elements import take_apart
from pubtool.checker.evidence import Library, find_places
from pubtool.checker.search import Place
from pubtool.model import Match, Verdict

_MOST = 8
"""Places that are shown; who sees so many sees that the words are common."""


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """Another place of a quotation."""

    match: Match
    passes: bool
    """Whether every difference there is permitted."""


def other_places(
    verdict: Verdict, library: Library, conventions: Conventions
) -> tuple[OtherPlace, ...]:
    """Return the places of a quotation but for the verdict's own, those where it passes first."""
    quotation = verdict.quotation
    elements = take_apart(quotation)
    if not elements.words:
        return ()
    places = find_places(replace(quotation, cited=()), elements, library, conventions)
    own = verdict.match and (verdict.match.key, verdict.match.span)
    found = [
        OtherPlace(match, place.passes)
        for place in places
        for match in _matches(replace(place, cited=quotation.locators(place.key)))
        if (match.key, match.span) != own
    ]
    return tuple(sorted(found, key=_rank)[:_MOST])


def _matches(place: Place) -> Iterator[Match]:
    yield match_of(place)
    for equal in place.equals[:_MOST]:
        yield match_of(replace(place, alignment=equal))


def _rank(other: OtherPlace) -> tuple[bool, float, str, int]:
    return not other.passes, -other.match.score, str(other.match.key), other.match.span.start
