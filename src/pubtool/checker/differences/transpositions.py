"""Transpositions: words that the source has too, in another order."""

from __future__ import annotations

from dataclasses import replace

from pubtool.checker.differences.compared import Compared
from pubtool.model import Code, Difference, DifferenceKind, Span

_MOST_MOVED = 80
"""Characters from one end of a transposition to the other."""


def join_transpositions(found: list[Difference], compared: Compared) -> list[Difference]:
    """Return the differences with those that are one transposition's two ends joined into it."""
    for first in found:
        for second in found:
            if _is_moved(first, second) or _is_swapped(first, second):
                rest = [d for d in found if d not in (first, second)]
                whole = _transposition(first, second, compared)
                return join_transpositions([*rest, whole], compared)
    return found


def _is_moved(first: Difference, second: Difference) -> bool:
    """Whether words that are added in one place are left out in another, close by."""
    return (
        first.kind is DifferenceKind.INSERTION
        and second.kind is DifferenceKind.DELETION
        and first.quoted.casefold() == second.source.casefold()
        and abs(first.at.start - second.at.start) < _MOST_MOVED
    )


def _is_swapped(first: Difference, second: Difference) -> bool:
    """Whether two words, or runs of words, stand in each other's place."""
    return (
        first.kind is second.kind is DifferenceKind.SUBSTITUTION
        and first.quoted.casefold() == second.source.casefold()
        and first.source.casefold() == second.quoted.casefold()
        and 0 < second.at.start - first.at.start < _MOST_MOVED
    )


def _transposition(first: Difference, second: Difference, compared: Compared) -> Difference:
    at = Span(min(first.at.start, second.at.start), max(first.at.end, second.at.end))
    there = Span(min(first.there.start, second.there.start), max(first.there.end, second.there.end))
    return replace(
        first,
        kind=DifferenceKind.TRANSPOSITION,
        quoted=compared.quotation.text[at.start : at.end].strip(),
        source=compared.alignment.part.source.text[there.start : there.end].strip(),
        at=at,
        there=there,
        code=Code("Q109"),
    )
