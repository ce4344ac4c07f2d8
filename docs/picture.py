"""Draw what a terminal shows as an SVG, for the pages of docs/ and the README."""

from __future__ import annotations

import re
import unicodedata
from html import escape

_CODES = re.compile(r"\x1b\[([0-9;]*)m")
_COLUMN, _LINE, _MARGIN = 8.4, 19, 16
_COLOURS = {"31": "#c9362b", "35": "#a23a9c", "36": "#14747e", "32": "#2b7a2b", "2": "#6b7280"}
"""Readable on the picture's own light ground, whatever the page's is."""


def draw(screen: str, columns: int) -> str:
    """Return the SVG of some lines with colour codes, `columns` wide; the same for the same."""
    lines = screen.rstrip("\n").split("\n")
    width = round(columns * _COLUMN + 2 * _MARGIN)
    height = len(lines) * _LINE + 2 * _MARGIN
    rows = [
        f'<text x="{_MARGIN}" y="{_MARGIN + (number + 1) * _LINE - 5}" xml:space="preserve">'
        f"{_spans(line)}</text>"
        for number, line in enumerate(lines)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-size="14" fill="#1f2328" '
            'font-family="ui-monospace, SFMono-Regular, Menlo, DejaVu Sans Mono, monospace">',
            f'<rect width="{width}" height="{height}" rx="8" fill="#fbfaf7" stroke="#d8d4cb"/>',
            *rows,
            "</svg>\n",
        ]
    )


def _spans(line: str) -> str:
    """Return a line's text with its colours, each cell at its own column."""
    out, style, column = [], "", 0.0
    for number, piece in enumerate(_CODES.split(line)):
        if number % 2:
            style = _style(piece, style)
        elif piece:
            x = _MARGIN + column * _COLUMN
            out.append(f'<tspan x="{x:.1f}"{style}>{escape(piece, quote=False)}</tspan>')
            column += sum(_cells(character) for character in piece)
    return "".join(out)


def _style(codes: str, style: str) -> str:
    for code in codes.split(";"):
        if code in ("", "0"):
            style = ""
        elif code == "1":
            style += ' font-weight="bold"'
        elif code in _COLOURS:
            style += f' fill="{_COLOURS[code]}"'
    return style


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
