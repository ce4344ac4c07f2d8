"""Tables of a post's HTML, as pandoc's."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pubtool.model import Node
from pubtool.readers.wordpress import forms
from pubtool.readers.wordpress.ledger import RAW
from pubtool.readers.wordpress.nodes import (
    LINE_BREAK,
    attributes,
    node,
    raw_block,
    raw_inline,
    trimmed,
)
from pubtool.readers.wordpress.setting import Setting, html_of, name_of, style_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ALIGNMENTS: Mapping[str, str] = {
    "left": "AlignLeft",
    "right": "AlignRight",
    "center": "AlignCenter",
}


def read_table(
    element: _Element,
    setting: Setting,
    cell: Callable[[_Element], list[Node]],
    inside: Callable[[_Element], list[Node]],
) -> list[Node]:
    """Return a table; one that Markdown's cannot be (cells over several columns) as raw HTML.

    `cell` reads a cell's blocks and `inside` a caption's words.
    """
    rows = [row for row in element.iter("tr") if _table_of(row) is element]
    head = [row for row in rows if _part(row) == "thead"]
    if not head and rows and all(name_of(one) == "th" for one in rows[0]):
        head = rows[:1]
    foot = [row for row in rows if _part(row) == "tfoot" and row not in head]
    body = [row for row in rows if row not in head and row not in foot]
    read = [[_lines(cell(one)) for one in row if name_of(one) in ("td", "th")] for row in rows]
    wide = max((len(row) for row in read), default=0)
    why = _why_not(element, read, len(head))
    if why or not wide:
        html = html_of(element)
        setting.ledger.add("table", RAW, why or "it has no cells", html)
        return [raw_block(html)]
    if any(name_of(one) == "th" for row in (*body, *foot) for one in row):
        setting.ledger.add("row heading", "a cell", "Markdown has headings of columns alone")
    lines = {id(row): cells for row, cells in zip(rows, read, strict=True)}
    columns = [_column(rows, at) for at in range(wide)]
    table = node(
        "Table",
        [
            attributes(),
            [None, []],
            [[{"t": one}, {"t": "ColWidthDefault"}] for one in columns],
            [attributes(), [_row(lines[id(row)], wide) for row in head]],
            [[attributes(), 0, [], [_row(lines[id(row)], wide) for row in (*body, *foot)]]],
            [attributes(), []],
        ],
    )
    if foot:
        setting.ledger.add("table", "a table", "its foot is an ordinary row")
    captions = [one for one in element if name_of(one) == "caption"]
    words = trimmed(inside(captions[0])) if captions else []
    return forms.captioned_table(table, words) if words else [table]


def _why_not(element: _Element, read: list[list[list[Node] | None]], heads: int) -> str:
    cells = element.iter("td", "th")
    if any(one.get("colspan", "1") != "1" or one.get("rowspan", "1") != "1" for one in cells):
        return "a cell that covers several others"
    if any(cell is None for row in read for cell in row):
        return "a cell that holds lists or other blocks"
    return "a head of several rows" if heads > 1 else ""


def _table_of(row: _Element) -> _Element | None:
    return next((one for one in row.iterancestors("table")), None)


def _part(row: _Element) -> str:
    parent = row.getparent()
    return name_of(parent) if parent is not None else ""


def _lines(blocks: list[Node]) -> list[Node] | None:
    """Return a cell's blocks as one line; None where they are more than text."""
    line: list[Node] = []
    for block in blocks:
        if block["t"] not in ("Plain", "Para"):
            return None
        line += [LINE_BREAK, *block["c"]] if line else block["c"]
    return [raw_inline("<br>") if one["t"] == "LineBreak" else one for one in line]


def _row(cells: list[list[Node] | None], wide: int) -> Node | list[object]:
    filled = [*cells, *([[]] * (wide - len(cells)))]
    return [
        attributes(),
        [
            [attributes(), {"t": "AlignDefault"}, 1, 1, [node("Plain", one)] if one else []]
            for one in filled
        ],
    ]


def _column(rows: list[_Element], at: int) -> str:
    """Return a column's alignment: what all its cells that say one agree on."""
    said = set[str]()
    for row in rows:
        cells = [one for one in row if name_of(one) in ("td", "th")]
        if at < len(cells):
            said.add(_alignment(cells[at]))
    said.discard("")
    return _ALIGNMENTS.get(said.pop(), "AlignDefault") if len(said) == 1 else "AlignDefault"


def _alignment(cell: _Element) -> str:
    named = re.search(r"has-text-align-(left|right|center)", cell.get("class") or "")
    styled = style_of(cell).get("text-align", "")
    return (
        cell.get("data-align") or (named[1] if named else "") or styled or cell.get("align") or ""
    )
