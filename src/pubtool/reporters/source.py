"""A source as its reader and the checker see it: its facts, its pages, where some words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pubtool.model import Landmark, Match, SourceText, Span
from pubtool.reporters.columns import CUT, columns, pad, printable, wrap

_PASSED_OVER = "~ "
"""Before a line that the checker passes over."""
_DIM, _BOLD, _PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"


def render_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns; one that says nothing of any row (``-``) is left out.

    Nothing is cut, since it may be copied: the widest column belongs last, where a terminal that is
    too narrow breaks it without breaking the others.
    """
    kept = [n for n in range(len(head)) if not rows or any(row[n] != "-" for row in rows)]
    every = [[row[n] for n in kept] for row in (head, *rows)]
    widths = [max(map(columns, column)) for column in zip(*every, strict=True)]
    return "".join(
        "  ".join(pad(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in every
    )


def find_page(text: SourceText, page: str) -> tuple[Span, ...]:
    """Return the stretches of a source that a printed page has: its text, and its notes."""
    marks = [mark for mark in text.landmarks if mark.locator.label == "page"]
    ends = [mark.at for mark in marks[1:]] + [len(text.text)] * bool(marks)
    wanted = page.casefold()
    return tuple(
        Span(mark.at, end)
        for mark, end in zip(marks, ends, strict=True)
        if mark.locator.value.casefold() == wanted and end > mark.at
    )


def render_stretch(text: SourceText, stretch: Span, *, colour: bool) -> str:
    """Return a stretch of a source; lines that the checker passes over are marked, and dim."""
    lines = []
    for start, end in _lines(text.text, stretch):
        line = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.text[start:end])
        over = bool(line.strip()) and any(
            span.start <= start and end <= span.end for span in text.furniture
        )
        shown = f"{_PASSED_OVER}{line}" if over else f"  {line}" if line else ""
        lines.append(f"{_DIM}{shown}{_PLAIN}" if over and colour else shown)
    return "\n".join(lines).strip("\n") + "\n"


def _lines(text: str, stretch: Span) -> Iterator[tuple[int, int]]:
    at = stretch.start
    for line in text[stretch.start : stretch.end].split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def render_match(text: SourceText, match: Match, *, width: int, colour: bool) -> str:
    """Return where some words stand in a source, with what stands round them."""
    where = [_name(mark) for mark in _holding(text, match.span.start)]
    line = text.text.count("\n", 0, match.span.start) + 1
    place = ", ".join([*where, f"line {line}", f"characters {match.span.start}–{match.span.end}"])
    opened, closed = (_BOLD, _PLAIN) if colour else ("", "")
    words = printable(match.text)
    shown = f"{CUT}{printable(match.prefix)}{opened}{words}{closed}{printable(match.suffix)}"
    lines = wrap(f"{shown}{CUT}", width, used=2, indent=2)
    return f"{place}\n" + "".join(f"{'' if n else '  '}{line}\n" for n, line in enumerate(lines))


def _holding(text: SourceText, at: int) -> list[Landmark]:
    """Return the landmarks that hold at a place, the last one of each label."""
    held: dict[str, Landmark] = {}
    for mark in text.landmarks:
        if mark.at > at:
            break
        held[mark.locator.label] = mark
    return [mark for label, mark in held.items() if label != "line"]


def _name(mark: Landmark) -> str:
    return f"{mark.locator.label.removesuffix('-locator')} {mark.locator.value}"
