"""Quoted titles: compared with the bibliography's entry, not with its text.

Capitals follow the house's style for titles (Chicago 8.159), and so does the mark between title and
subtitle; the words do not.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pubtool.checker.conventions import Conventions
from pubtool.checker.differences import find_differences
from pubtool.checker.differences.compared import Compared
from pubtool.checker.elements import Elements
from pubtool.checker.index import index_source
from pubtool.checker.place import find_alignments
from pubtool.checker.search import Place
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
    main = re.split(r":\s|\s[–—]\s|(?<=[?!])\s", source.title, maxsplit=1)[0]
    named = (source.title, main, source.short_title, source.container)
    titles = [text for text in dict.fromkeys(named) if text]
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
    if found[0].end - found[0].first < len(part.folded) // 2:
        return None
    return Place(source.key, found[0], tuple(map(_permit, compared)), ())


def _permit(difference: Difference) -> Difference:
    """Return a difference as titles have it: without a finding, and permitted where it is style."""
    permitted = difference.permitted or difference.kind in _OF_STYLE
    return replace(difference, permitted=permitted, code=None)
