"""Tables, as the block editor's table block has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pubtool.model import Node
from pubtool.writers.wordpress.inlines import Inlines

_ALIGNMENTS: Mapping[str, str] = {
    "AlignLeft": "left",
    "AlignRight": "right",
    "AlignCenter": "center",
}


def table_html(node: Node, inlines: Inlines) -> str:
    """Return the ``table`` element; empty for a table without a row, which no editor shows."""
    _, _, columns, (_, head), bodies, (_, foot) = node["c"]
    alignments = [_ALIGNMENTS.get(column[0]["t"], "") for column in columns]
    if all(not block["c"] for row in head for cell in row[1] for block in cell[4]):
        head = []  # a pipe table has to have one
    rows = [row for body in bodies for row in (*body[2], *body[3])]
    sections = [("thead", "th", head), ("tbody", "td", rows), ("tfoot", "td", foot)]
    inner = "".join(
        f"<{name}>{''.join(_row(row, tag, alignments, inlines) for row in given)}</{name}>"
        for name, tag, given in sections
        if given
    )
    return f"<table>{inner}</table>" if inner else ""


def table_caption(node: Node, inlines: Inlines) -> str:
    """Return the words of a table's caption as HTML without a block element."""
    return inlines.lines(node["c"][1][1])


def _row(row: Any, tag: str, alignments: list[str], inlines: Inlines) -> str:
    cells, at = [], 0
    for _, own, rows, columns, blocks in row[1]:
        align = _ALIGNMENTS.get(own["t"], alignments[at] if at < len(alignments) else "")
        attributes = f' class="has-text-align-{align}" data-align="{align}"' if align else ""
        attributes += f' colspan="{columns}"' if columns > 1 else ""
        attributes += f' rowspan="{rows}"' if rows > 1 else ""
        cells.append(f"<{tag}{attributes}>{inlines.lines(blocks)}</{tag}>")
        at += columns
    return f"<tr>{''.join(cells)}</tr>"
