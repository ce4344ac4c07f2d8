"""Tables as data for the template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pubtool.model import Node
from pubtool.writers.ast import plain_text

if TYPE_CHECKING:
    from pubtool.writers.pdf.tree import Tree

_SIDES = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}

_BREAKS = 36
"""Letters after which a word may be broken in any case."""
_COMFORT = 16
"""Letters that should stand beside each other in a column, where they can."""
_SHORT = 800
"""Letters up to which a cell stays on one page."""


def table(node: Node, tree: Tree) -> dict[str, Any]:
    """Return a table: its caption, columns, and rows of the head, the body and the foot.

    A column's ``word`` is its longest word, ``few`` what it is narrow without, and ``line`` its
    longest cell: what the template makes the widths from.
    """
    _, caption, columns, (_, head), bodies, (_, foot) = node["c"]
    bodied = [row for body in bodies for part in body[2:4] for row in part]
    written = [[_cells(row, tree) for row in rows] for rows in (head, bodied, foot)]
    if not any(plain_text(row).strip() for row in head):
        written[0] = []
    every = [row for rows in (head, bodied, foot) for row in rows]
    return {
        "t": "table",
        "caption": tree.lines(caption[1]),
        "columns": [
            {"side": _SIDES.get(side["t"], "left"), **_widest(every, at)}
            for at, (side, _) in enumerate(columns)
        ],
        "head": written[0],
        "rows": written[1],
        "foot": written[2],
    }


def _cells(row: Sequence[Any], tree: Tree) -> list[dict[str, Any]]:
    return [
        {
            "c": tree.blocks(content),
            "side": _SIDES.get(side["t"]),
            "rowspan": rowspan,
            "colspan": colspan,
            "whole": len(plain_text(content)) < _SHORT,
        }
        for _, side, rowspan, colspan, content in row[1]
    ]


def _widest(rows: Iterable[Sequence[Any]], at: int) -> dict[str, str]:
    cells = [row[1][at] for row in rows if at < len(row[1])]
    lines = [" ".join(plain_text(cell[4]).split()) for cell in cells if cell[3] == 1]
    words = [word for line in lines for word in re.split(r"[\s\u00ad/-]", line)]
    longest = max((word[:_BREAKS] for word in words), key=len, default="")
    line = max(lines, key=len, default="")
    return {"word": longest, "few": max(longest, line[:_COMFORT], key=len), "line": line}
