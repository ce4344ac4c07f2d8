"""Quoted titles: compared with the bibliography's entry, not with its text.

Capitals follow the house's style for titles (Chicago 8.159), and so does the mark between title and
subtitle; the words do not.
"""

from __future__ import annotations

from dataclasses import replace

from pubtool.checker.conventions import Conventions
from pubtool.checker.differences import Compared, find_differences
from pubtool.checker.elements import Elements
from pubtool.checker.evidence import Place
from pubtool.checker.index import index_source
from pubtool.checker.place import find_alignments
from pubtool.checker.verdict import Judgement
from pubtool.model import (
    Difference,
    DifferenceKind,
    Quotation,
    Source,
    SourceText,
    VerdictKind,
)

_OF_STYLE = (DifferenceKind.CASE, DifferenceKind.PUNCTUATION)


def judge_title(
    quotation: Quotation, elements: Elements, source: Source, conventions: Conventions
) -> Judgement:
    """Return the verdict on a quoted title: verbatim, adapted or altered."""
    titles = [text for text in (source.title, source.short_title, source.container) if text]
    places = [
        place
        for title in titles
        if (place := _place(quotation, elements, source, title, conventions)) is not None
    ]
    if not places:
        return Judgement(VerdictKind.ALTERED)
    best = min(places, key=lambda place: (not place.passes, place.alignment.cost))
    if not best.passes:
        return Judgement(VerdictKind.ALTERED, place=best)
    kind = VerdictKind.ADAPTED if best.differences else VerdictKind.VERBATIM
    return Judgement(kind, place=best)


def _place(
    quotation: Quotation, elements: Elements, source: Source, title: str, conventions: Conventions
) -> Place | None:
    part = index_source(SourceText(source.key, title))
    found = find_alignments(elements, part)
    if not found:
        return None
    compared = find_differences(Compared(quotation, elements, found[0], conventions))
    cut = found[0].first > 0 or found[0].end < len(part.folded)
    if cut and elements.words and len(found[0].steps) < len(part.folded) // 2:
        return None
    return Place(source.key, found[0], tuple(map(_permit, compared)), (), None)


def _permit(difference: Difference) -> Difference:
    """Return a difference as titles have it: without a finding, and permitted where it is style."""
    permitted = difference.permitted or difference.kind in _OF_STYLE
    return replace(difference, permitted=permitted, code=None)
