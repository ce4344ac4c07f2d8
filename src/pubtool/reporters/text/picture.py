"""A quotation over its passage, the words that differ marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from click import style

from pubtool.model import Finding, Severity, Span, Verdict
from pubtool.reporters.columns import CUT
from pubtool.reporters.interlinear import MARKS, Cell, Row, lay_out
from pubtool.reporters.tally import number
from pubtool.reporters.text.page import GUTTER, Page, Verbosity, coloured, gutter, note, width_of
from pubtool.reporters.text.quotations import passage
from pubtool.text.lines import Lines

MOST_ROWS = 6
"""Of one quotation's places, unless everything is asked for."""


def add_picture(page: Page, lines: Lines, findings: Sequence[Finding], verdict: Verdict) -> None:
    """Show a quotation's words, those that differ over the source's."""
    rows = lay_out(verdict, findings, page.width - GUTTER - 1)
    shown = rows if page.verbosity is Verbosity.VERBOSE else rows[:MOST_ROWS]
    for row in shown:
        place = verdict.quotation.flow.place(row.at, row.at).start
        page.add(gutter(""))
        page.add(f"{gutter(str(lines.position(place).line))} {_texts(row, _post_word)}")
        page.add(f"{gutter('')} {_marks(row)}")
        if row.differs and verdict.match:
            page.add(f"{gutter('source')} {_texts(row, _source_word)}")
    if len(rows) > len(shown):
        note(page, f"and {number(len(rows) - len(shown), 'more place')} (-v shows all)")
    if verdict.match:
        note(page, passage(verdict))


def _texts(row: Row, shown: Callable[[Cell], str]) -> str:
    """Return one of a row's two texts."""
    text = f"{shown(_CUT_CELL)} " if row.cut_before else ""
    for cell in row.cells:
        word = shown(cell)
        text += word + " " * (cell.width - width_of(word))
    return text + (shown(_CUT_CELL) if row.cut_after else "")


def _marks(row: Row) -> str:
    """Return the line that stands under the post's words."""
    text = "  " if row.cut_before else ""
    for place, cell in enumerate(row.cells, start=1):
        after = row.cells[place].mark if place < len(row.cells) else ""
        joined = cell.gap and after == cell.mark
        under = cell.mark * (cell.width if joined else cell.width - cell.gap)
        grade = Severity.ERROR if cell.mark == MARKS[Severity.ERROR] else Severity.WARNING
        text += coloured(under, grade) if under else ""
        text += " " * (cell.width - len(under))
    return text


_CUT_CELL = Cell(CUT, CUT, Span(0, 0))


def _post_word(cell: Cell) -> str:
    return style(cell.quoted, fg="red", underline=True) if cell.mark else cell.quoted


def _source_word(cell: Cell) -> str:
    return style(cell.source, fg="green", underline=True) if cell.mark else cell.source
