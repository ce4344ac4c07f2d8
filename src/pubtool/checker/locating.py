"""Locating: which page, article or section a place of a source is, and whether it is the one cited.

Locators are compared part by part (``3(a)`` is inside ``3``; ``245-46`` holds ``246``), so that a
coarser citation agrees with a finer place. Where the source knows no locator of the cited sort,
nothing is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from pubtool.checker.locator_values import (
    cited_ranges,
    holds_page,
    page_parts,
    split_locator,
)
from pubtool.checker.locator_values import number as number_of
from pubtool.model import FINER, Landmark, Locator, SourceText, Span

_SAME_SORT = {"article": "article-locator", "folio": "page", "sub-verbo": "entry"}
_WELL_FORMED = re.compile(r"(?=.)(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
"""A Roman number below 100: C, D and M are letters more often than numbers of chapters."""


def locators_at(source: SourceText, span: Span) -> dict[str, tuple[Locator, ...]]:
    """Return, by label, the locators that hold somewhere in a stretch of a source, in order."""
    found: dict[str, tuple[Locator, ...]] = {}
    for mark in source.landmarks:
        if mark.at >= max(span.end, span.start + 1):
            break
        label = _sort(mark.locator)
        if mark.at <= span.start:
            found[label] = (mark.locator,)
        else:
            found[label] = (*found.get(label, ()), mark.locator)
    return found


def best_locator(source: SourceText, span: Span, cited: Locator | None = None) -> Locator | None:
    """Return the locator that names a place best, None where the source has none there.

    That is one of the cited sort, else the page, else the one that begins nearest before the place:
    of chapter, section and article the innermost, with what that lies in where it is counted anew
    there: ``act I sc. II``.
    """
    outer, finer = split_locator(cited) if cited else (None, None)
    if outer and finer and _agrees(source, span, outer) is not False:
        within = _of_sort(_sort(finer), source, span)
        if within and _agrees(source, span, finer) is False:
            return within[0]
    for label in (_sort(cited) if cited else "page", "page"):
        of_label = _of_sort(label, source, span)
        if of_label:
            return of_label[0]
    found = locators_at(source, span)
    found.pop("page", None)  # it would have been returned, were the place on it
    held = {locators[0] for locators in found.values()}
    nearest = [mark for mark in source.landmarks if mark.at <= span.start and mark.locator in held]
    if nearest:
        return _told_apart(nearest[-1], source)
    return next((locators[0] for locators in found.values()), None)


def _told_apart(mark: Landmark, source: SourceText) -> Locator:
    """Return the locator of a mark, with the outer one where others are called the same."""
    within = {
        label: short for (label, inner), short in FINER.items() if inner == mark.locator.label
    }
    if not within:
        return mark.locator
    outer = here = None
    outers = list[Locator | None]()
    for each in source.landmarks:
        if each.locator.label in within:
            outer = each.locator
        elif each.locator == mark.locator:
            outers.append(outer)
            here = outer if each == mark else here
    if here is None or len(outers) == 1 or len(set(outers)) < len(outers):
        return mark.locator
    return Locator(here.label, f"{here.value} {within[here.label]} {mark.locator.value}")


def agrees(source: SourceText, span: Span, cited: Locator) -> bool | None:
    """Return whether a place is where the citation says, None where the source cannot tell.

    Of a note on a page both are compared. A place outside of every note that is known may be in one
    that is not.
    """
    outer, finer = split_locator(cited)
    there = _agrees(source, span, outer)
    if finer is None or there is False:
        return there
    if not _of_sort(_sort(finer), source, span):
        return None
    return False if _agrees(source, span, finer) is False else there


def _agrees(source: SourceText, span: Span, cited: Locator) -> bool | None:
    found = _of_sort(_sort(cited), source, span)
    ranges = cited_ranges(cited)
    if not found:
        known = [mark for mark in source.landmarks if _sort(mark.locator) == _sort(cited)]
        if known and _sort(cited) == "page" and _may_be_unmarked(ranges, known, span):
            return None
        return False if known else None
    places = [page_parts(place.value) for place in found]
    if _counts_otherwise(source, cited, found):
        ranges = [(_arabic(low), _arabic(high)) for low, high in ranges]
        places = [_arabic(place) for place in places]
    return any(holds_page(low, high, place) for place in places for low, high in ranges)


def stands_at(
    source: SourceText, stretches: Sequence[Span], cited: Sequence[Locator]
) -> bool | None:
    """Return whether the fragments of a quotation are at places that are cited, as `agrees` does.

    None where none is cited, and where one that some of it may be at cannot be compared.
    """
    told = _told(source, stretches, cited)
    if _astray(source, told, cited):
        return False
    return None if not told or None in told.values() else True


def strays(
    source: SourceText, stretches: Sequence[Span], cited: Sequence[Locator]
) -> Sequence[Span]:
    """Return those of a quotation's fragments that are at no cited place.

    A citation that names the page on which a passage begins or ends is held to be enough for what
    runs over to the next one, with or without an ellipsis.
    """
    return _astray(source, _told(source, stretches, cited), cited)


def _told(
    source: SourceText, stretches: Sequence[Span], cited: Sequence[Locator]
) -> dict[Span, bool | None]:
    """Return of each fragment whether it is at a cited place, None where nobody can tell."""
    return {one: _is_at(source, one, cited) for one in stretches}


def _astray(
    source: SourceText, told: Mapping[Span, bool | None], cited: Sequence[Locator]
) -> list[Span]:
    here = [one for one, at in told.items() if at]
    by_page = any(_sort(one) == "page" for one in cited)
    return [
        one
        for one, at in told.items()
        if at is False
        and not (by_page and any(_is_a_page_away(source, one, other) for other in here))
    ]


def _is_a_page_away(source: SourceText, one: Span, other: Span) -> bool:
    between = Span(min(one.end, other.end), max(one.start, other.start))
    pages = [mark for mark in marks_between(source, between) if _sort(mark.locator) == "page"]
    return len(pages) <= 1


def _is_at(source: SourceText, stretch: Span, cited: Sequence[Locator]) -> bool | None:
    told = [agrees(source, stretch, one) for one in cited]
    if True in told:
        return True
    return False if told and None not in told else None


def _may_be_unmarked(
    ranges: list[tuple[list[str], list[str]]], marks: Sequence[Landmark], span: Span
) -> bool:
    """Whether a place on no marked page may be on one of some pages, as the marks round it go.

    A text whose first mark is that of page 109 has its first 108 pages, and a preface's, unmarked
    before it; one that marks page 109 and much later page 120 has those between unmarked.
    """
    after = bisect_right(marks, span.start, key=lambda mark: mark.at)
    low = marks[after - 1].locator.value if after else "0"
    high = marks[after].locator.value if after < len(marks) else ""
    if not low.isdecimal() or not (high.isdecimal() or not high):
        return False
    if not after and any(first and not first[0].isdecimal() for first, _ in ranges):
        return True
    numbers = [
        (int(first[0]), int(last[0]))
        for first, last in ranges
        if first and last and first[0].isdecimal() and last[0].isdecimal()
    ]
    return any(end >= int(low) and (not high or begin < int(high)) for begin, end in numbers)


def _is_past(source: SourceText, mark: Landmark, span: Span) -> bool:
    """Whether a place is so far behind a page's mark that it is on a later page, unmarked.

    Of a file that has pages of its own each is known.
    """
    far = span.start - mark.at > _LONGEST_PAGE
    return far and mark.locator.label == "page" and not source.sheets


_LONGEST_PAGE = 12_000
"""Code points: a printed page has some 3,000, one of an encyclopaedia in two columns some 9,000."""


def _of_sort(label: str, source: SourceText, span: Span) -> list[Locator]:
    """Return what `locators_at` has for one label, from the landmarks near the place alone.

    A page that cannot reach to the place is left out.
    """
    marks = source.landmarks
    number = bisect_left(marks, max(span.end, span.start + 1), key=lambda mark: mark.at)
    found = list[Locator]()
    while number:
        number -= 1
        mark = marks[number]
        if _sort(mark.locator) == label:
            if not _is_past(source, mark, span):
                found.append(mark.locator)
            if mark.at <= span.start:
                break
    return found[::-1]


def _counts_otherwise(source: SourceText, cited: Locator, found: list[Locator]) -> bool:
    """Whether a source numbers in Roman what the citation numbers in Arabic, or the reverse.

    Pages in Roman are others than those in Arabic; so are chapters where a source has both, and
    where it has letters, a number may be one. A source may have thousands of verses: all are asked
    only where those `found` at the place are numbered otherwise.
    """
    label = _sort(cited)
    if label == "page":
        return False
    ours = _first_parts([cited])
    for are_ours, are_theirs in ((_are_digits, _are_roman), (_are_roman, _are_digits)):
        if are_ours(ours) and are_theirs(_first_parts(found)):
            every = (mark.locator for mark in source.landmarks if _sort(mark.locator) == label)
            return are_theirs(_first_parts(every))
    return False


def _first_parts(locators: Iterable[Locator]) -> list[str]:
    ends = [end for each in locators for span in cited_ranges(each) for end in span]
    return [parts[0] for parts in ends if parts]


def _are_digits(parts: list[str]) -> bool:
    return bool(parts) and all(part.isdigit() for part in parts)


def _are_roman(parts: list[str]) -> bool:
    return bool(parts) and all(_WELL_FORMED.fullmatch(part) for part in parts)


def _arabic(parts: list[str]) -> list[str]:
    """Return the parts with the first, a number of either kind, in digits."""
    return [str(number_of(parts[0])), *parts[1:]] if parts else parts


def name_locator(locator: Locator) -> str:
    """Return a locator as a citation writes it: ``art. 3(a)``, ``p. 253``."""
    short = {
        "article-locator": "art.",
        "page": "p.",
        "section": "sec.",
        "paragraph": "para.",
        "chapter": "ch.",
        "book": "bk.",
        "note": "n.",
        "title-locator": "title",
    }
    return f"{short.get(locator.label, locator.label)} {locator.value}"


def marks_between(source: SourceText, span: Span) -> tuple[Landmark, ...]:
    """Return the landmarks that stand inside a stretch of a source."""
    return tuple(mark for mark in source.landmarks if span.start < mark.at < span.end)


def _sort(locator: Locator) -> str:
    return _SAME_SORT.get(locator.label, locator.label)
