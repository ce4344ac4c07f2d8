"""Rows: what whoever found the lines cut apart, put together again; and the numbers of lines.

A change of font or a raised figure can end a line for an extractor where the eye sees none. Pieces
that follow each other on one base line, with no gutter between, are one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pubtool.model import Span
from pubtool.readers.sources.layout.printed import Apart, Box, PrintedLine

_SAME_ROW = 0.5
"""Share of the lower of two boxes that must lie beside the other."""
_GLUED = 0.12
"""Letter sizes of a gap that is none; a word space has 0.2 and more."""
_GUTTER = 1.0
"""Letter sizes of a gap that parts columns or cells."""
_OVERLAP = 0.3
"""Letter sizes that one piece may begin before the end of the last: italics lean over."""
_FEWEST_NUMBERED = 4
_COUNTED = 0.3
"""Share of a page's lines that have a number, or lie between two that have: a column's, at least.
"""
_STEPS = (1, 2, 5, 10)
"""By how much the numbers of lines count on: every line has one, or every fifth."""
_MOST_DIGITS = 4
_ALIGNED = 2.0
"""Points by which one edge of a column of numbers may sway."""
_DIGIT = 6.0
"""Points that a further digit may take."""

_Candidate = tuple[int, float, int]
"""A number that may count a line, the edge where it stands, and the line's place."""


def join_pieces(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page, each with all its pieces, in the order of their first ones."""
    joined: list[PrintedLine] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line):
            joined[-1] = _joined(joined[-1], line)
        else:
            joined.append(line)
    return joined


def on_one_row(a: Box, b: Box) -> bool:
    """Whether two boxes stand beside each other."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > _SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)


def _goes_on(before: PrintedLine, line: PrintedLine) -> bool:
    if not on_one_row(before.box, line.box) or before.text.endswith("-"):
        return False
    size = max(before.size, line.size)
    return -_OVERLAP * size <= line.box.left - before.box.right <= _GUTTER * size


def _joined(before: PrintedLine, line: PrintedLine) -> PrintedLine:
    gap = line.box.left - before.box.right
    joint = "" if gap <= _GLUED * max(before.size, line.size) else " "
    at = len(before.text) + len(joint)
    longer = before if len(before.text) >= len(line.text) else line
    return replace(
        before,
        text=before.text + joint + line.text,
        box=_around(before.box, line.box),
        size=longer.size,
        doubtful=(*before.doubtful, *_moved(line.doubtful, at)),
        emphasis=(*before.emphasis, *_moved(line.emphasis, at)),
    )


def _around(a: Box, b: Box) -> Box:
    return Box(
        min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom)
    )


# --- The numbers of lines ------------------------------------------------------------------------


def part_line_numbers(
    lines: Sequence[PrintedLine],
) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """Return a page's lines without the numbers that count them, and those numbers.

    Numbers count lines where they stand in a column at one edge, each one more than the one above
    it (or two, five, ten), at a gap from what they count.
    """
    candidates = [
        (int(digits), edge, number)
        for number, line in enumerate(lines)
        for digits, edge in _numbers(line)
    ]
    counted = {place for step in _STEPS for place in _columns(candidates, step, len(lines))}
    rest, numbers = list[PrintedLine](), list[PrintedLine]()
    for place, line in enumerate(lines):
        if place not in counted:
            rest.append(line)
        elif line.apart is None:
            numbers.append(line)
        else:
            words, number = _parted(line, line.apart)
            rest.append(words)
            numbers.append(number)
    return rest, numbers


def _numbers(line: PrintedLine) -> list[tuple[str, float]]:
    """Return the number that a line may have in the margin, with the edge that is aligned."""
    if line.apart is not None:
        span = line.apart.number
        edge = line.box.right if span.start else line.box.left
        return [(line.text[span.start : span.end], edge)]
    if line.text.isdigit() and line.text.isascii() and len(line.text) <= _MOST_DIGITS:
        return [(line.text, line.box.left)]
    return []


def _columns(candidates: Sequence[_Candidate], step: int, lines: int) -> Iterator[int]:
    """Yield the lines whose numbers count on by a step, one below the other.

    They count much of a page; short notes and lists count only themselves.
    """
    fewest = max(_FEWEST_NUMBERED, _COUNTED * lines / step)
    run: list[_Candidate] = []
    for candidate in (*candidates, None):
        if candidate is None or not (run and _follows(run[-1], candidate, step)):
            if len(run) >= fewest:
                yield from (place for _, _, place in run)
            run = []
        if candidate is not None:
            run.append(candidate)


def _follows(before: _Candidate, candidate: _Candidate, step: int) -> bool:
    wider = abs(len(str(candidate[0])) - len(str(before[0])))
    sway = _ALIGNED + _DIGIT * wider  # the column may be set flush right
    return candidate[0] == before[0] + step and abs(candidate[1] - before[1]) <= sway


def _parted(line: PrintedLine, apart: Apart) -> tuple[PrintedLine, PrintedLine]:
    """Return a line's words and its number."""
    span = apart.number
    begin = 0 if span.start else len(line.text) - len(line.text[span.end :].lstrip())
    end = len(line.text[: span.start].rstrip()) if span.start else len(line.text)
    words = replace(
        line,
        text=line.text[begin:end],
        box=apart.rest,
        doubtful=_moved(line.doubtful, -begin),
        emphasis=_moved(line.emphasis, -begin),
        apart=None,
    )
    return words, PrintedLine(line.text[span.start : span.end], line.box, line.size)


def _moved(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    return tuple(Span(span.start + by, span.end + by) for span in spans if span.start + by >= 0)
