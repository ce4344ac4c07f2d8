"""Where a text's printed pages begin, and what of it is page furniture.

A page's number is only taken from what is printed: a mark in the text (``[p. 257]``, ``[257]``,
``*257``) or numbers in the heads or feet of a text with form feeds. Marks that could be something
else must run: each is one more than the one before. The place of a page in the file is no page
number.

Furniture is what may cut through a passage: page marks, note marks, and the notes, foot and head
round a form feed (see `edges`), the numbers of lines, and notes and captions between paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median

from pubtool.model import Landmark, Locator, Span
from pubtool.readers.sources.edges import count_edges
from pubtool.readers.sources.footnotes import find_footnotes
from pubtool.readers.sources.line_numbers import find_line_numbers
from pubtool.readers.sources.page_breaks import find_breaks
from pubtool.readers.sources.page_lines import Mark, fold_line, lines_of_pages, longest_run
from pubtool.readers.sources.page_numbers import number_pages
from pubtool.readers.sources.set_in import find_set_in

_LEAST_GAP = 300
"""Code points between two page marks, in the median: a small printed page has some 1,000. Nearer
ones are citations or notes."""

_SPELLED = re.compile(
    r"\[(?:(?i:pp?|page|pg|pág|pag|página|pagina|blz|seite|sida|side|strona|стр)\.?|S\.)\s*(\d{1,5})\]"
)
_SPELLED_SHORT = re.compile(r"\[[sс]\.\s*(\d{1,5})\]")
"""A page in Swedish, Danish, Polish or Russian, and a section in English laws."""
_BRACKETED = re.compile(r"\[(?<!\S\[)(\d{1,5})\](?!\S)")
_STARRED = re.compile(r"\*(?<![\w*]\*)(\d{1,5})(?![\w*])")
_NOTE_NAMED = re.compile(r"\[\^[^\]\s]{1,32}\](?!:)")
_NOTE_BRACKETED = re.compile(r"\[(\d{1,3})\]")
_BEHIND_WORD = re.compile(r"[^\W\d_][.,;:!?)”’\"']*\Z")
_LONGEST_MARKS = 16
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE_RAISED = re.compile(rf"(?<=[^\s{_SUPERSCRIPTS}])([{_SUPERSCRIPTS}]{{1,3}})")
_AT_FOOT = re.compile(r"\s*?\f")
_HEAD = re.compile(r"\f\s*([^\n]+)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def find_pages(text: str) -> tuple[Landmark, ...]:
    """Return where the printed pages begin, in order; nothing if the text does not say."""
    if "\f" in text:
        numbered = _numbered_pages(text)
        if numbered:
            return numbered
    return tuple(
        Landmark(_begin_of_page(text, mark), _page(mark.value)) for mark in _page_marks(text)
    )


def find_furniture(text: str) -> tuple[Span, ...]:
    """Return the spans of page marks, note marks, heads, feet and the numbers of lines.

    They are sorted and disjoint.
    """
    spans = [mark.span for mark in _page_marks(text)]
    spans.extend(_note_marks(text))
    spans.extend(_edges(text))
    spans.extend(_numbered_feet(text))
    spans.extend(find_breaks(text))
    spans.extend(find_line_numbers(text))
    spans.extend(find_set_in(text))
    return merge_spans(spans)


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return ranges sorted, those that overlap or touch as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _page(value: int) -> Locator:
    return Locator("page", str(value))


# --- Marks in the text ----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _page_marks(text: str) -> tuple[Mark, ...]:
    """Return the marks that say where a page begins: the first spelling that runs."""
    spelled = _marks(_SPELLED, text)
    if spelled and all(a.value < b.value for a, b in pairwise(spelled)):
        return tuple(spelled)
    for pattern, fewest in ((_SPELLED_SHORT, 3), (_BRACKETED, 3), (_STARRED, 2)):
        run = longest_run(_marks(pattern, text))
        if len(run) >= fewest and _far_apart(run) and not _are_notes(run, text):
            return tuple(run)
    return ()


def _are_notes(run: Sequence[Mark], text: str) -> bool:
    """Whether most marks of a run begin notes: a word has had that number as its note's mark.

    Notes that stand behind their paragraph count on, and a page apart, as pages do.
    """
    named: dict[int, int] = {}
    for mark in _bracketed_notes(text):
        named.setdefault(mark.value, mark.span.start)
    begin = [mark for mark in run if named.get(mark.value, len(text)) < mark.span.start]
    return 2 * len(begin) > len(run)


def _marks(pattern: re.Pattern[str], text: str) -> list[Mark]:
    return [Mark(Span(*found.span()), int(found[1])) for found in pattern.finditer(text)]


def _far_apart(marks: Sequence[Mark]) -> bool:
    gaps = [b.span.start - a.span.end for a, b in pairwise(marks)]
    return bool(gaps) and median(gaps) >= _LEAST_GAP


def _note_marks(text: str) -> Iterable[Span]:
    yield from (Span(*found.span()) for found in _NOTE_NAMED.finditer(text))
    raised = []
    if not text.isascii() and any(digit in text for digit in _SUPERSCRIPTS):
        raised = [
            Mark(Span(*found.span(1)), int(found[1].translate(_RAISED)))
            for found in _NOTE_RAISED.finditer(text)
        ]
    for marks, fewest in ((raised, 2), (_bracketed_notes(text), 3)):
        run = longest_run(marks)
        if len(run) >= fewest:
            yield from (mark.span for mark in run)


def _bracketed_notes(text: str) -> list[Mark]:
    """Return the numbers in brackets that stand right behind a word."""
    return [
        Mark(Span(*found.span()), int(found[1]))
        for found in _NOTE_BRACKETED.finditer(text)
        if _BEHIND_WORD.search(text, max(found.start() - _LONGEST_MARKS, 0), found.start())
    ]


def _begin_of_page(text: str, mark: Mark) -> int:
    """Return where the page of a mark begins: behind it, unless it is the page's foot."""
    if _AT_FOOT.match(text, mark.span.end):
        return text.rfind("\f", 0, mark.span.start) + 1
    return mark.span.end


def _numbered_feet(text: str) -> Iterable[Span]:
    """Yield the feet that hold a page's number, and the heads behind them that are all alike.

    A foot with a number and a form feed behind it is one in a text of few pages too.
    """
    feet = [m.span for m in _page_marks(text) if _AT_FOOT.match(text, m.span.end)]
    heads = [found for foot in feet if (found := _HEAD.match(text, text.index("\f", foot.end)))]
    alike = len(heads) > 1 and len({fold_line(head[1]) for head in heads}) == 1
    for foot in feet:
        yield Span(text.rfind("\n", 0, foot.start) + 1, foot.end)
    yield from (Span(*head.span(1)) for head in heads if alike)


# --- Heads and feet -------------------------------------------------------------------------------


def _edges(text: str) -> Iterable[Span]:
    """Yield, for each form feed, the range of the foot before it and the head behind it."""
    if "\f" not in text:
        return
    pages = lines_of_pages(text)
    heads, feet = count_edges([[line.text for line in page] for page in pages])
    bodies = []
    for number, (head, foot) in enumerate(zip(heads, feet, strict=True)):
        if head + foot >= len(pages[number]):
            bodies.append(pages[number])
            continue  # nothing but edges: a title page or a plate, not to be hidden
        lines = pages[number]
        bodies.append(lines[head : len(lines) - foot])
        if foot:
            yield Span(lines[-foot].start, lines[-1].end)
        if head:
            yield Span(lines[0].start, lines[head - 1].end)
    yield from find_footnotes(bodies)


def _numbered_pages(text: str) -> tuple[Landmark, ...]:
    """Return the pages of a text with form feeds by the numbers printed at their edges."""
    pages = lines_of_pages(text)
    if not pages[-1]:
        pages = pages[:-1]
    numbers = number_pages([[line.text for line in (*p[:2], *p[-2:])] for p in pages])
    starts = [0] + [found.end() for found in re.finditer("\f", text)]
    return tuple(
        Landmark(start, Locator("page", number))
        for start, number in zip(starts, numbers, strict=False)
        if number
    )
