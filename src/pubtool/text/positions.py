"""From pandoc's positions to code points of the file.

pandoc's ``data-pos`` counts lines from 1 and columns from 1, and its column is a code point of the
line *after* NFC normalisation and with tabs expanded to stops of four columns. Most lines are not
changed by either, and for them a column is an offset; for each other line a map is built once.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left

from pubtool.model import Span
from pubtool.text.lines import LINE_END

_TAB_STOP = 4


class Positions:
    """The lines of one file, and where pandoc's columns stand in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        ends = [(found.start(), found.end()) for found in LINE_END.finditer(text)]
        self._starts = [0, *(end for _, end in ends)]
        self._ends = [*(start for start, _ in ends), len(text)]
        if text.startswith("\ufeff"):  # pandoc does not count a byte order mark
            self._starts[0] = 1
        self._maps: dict[int, tuple[int, ...] | None] = {}

    def span(self, data_pos: str) -> Span | None:
        """Return the range of the file that a ``data-pos`` names, or None where it names none.

        Of several ranges (a leaf over the lines of a block quote) it is from the first to the last.
        """
        first, _, rest = data_pos.partition("-")
        if not rest:
            return None
        last = rest.rpartition("-")[2] if ";" in rest else rest
        start, end = self._offset(first), self._offset(last)
        return Span(start, max(start, end))

    def pieces(self, span: Span) -> list[Span]:
        """Cut a range into stretches that pandoc reads as one or as they stand.

        A stretch that NFC normalisation changes (a letter and its accent) is a piece of its own.
        """
        pieces, plain = [], span.start
        for start, end in _segments(self._text[span.start : span.end]):
            part = self._text[span.start + start : span.start + end]
            if unicodedata.is_normalized("NFC", part):
                continue
            if plain < span.start + start:
                pieces.append(Span(plain, span.start + start))
            pieces.append(Span(span.start + start, span.start + end))
            plain = span.start + end
        if plain < span.end:
            pieces.append(Span(plain, span.end))
        return pieces

    def _offset(self, place: str) -> int:
        number, _, column_said = place.partition(":")
        line, column = int(number) - 1, int(column_said) - 1
        if line >= len(self._starts):
            return len(self._text)
        start, end = self._starts[line], self._ends[line]
        if line not in self._maps:
            self._maps[line] = _columns(self._text[start:end])
        columns = self._maps[line]
        if columns is not None:
            column = bisect_left(columns, column) if column else 0
        at = start + column
        if at <= end:
            return at
        return max(start, end)


def _columns(line: str) -> tuple[int, ...] | None:
    """Return the column at which each code point of `line` begins, or None if it is its offset."""
    if "\t" not in line and (line.isascii() or unicodedata.is_normalized("NFC", line)):
        return None
    columns, column = list[int](), 0
    for start, end in _segments(line):
        part = line[start:end]
        if part == "\t":
            columns.append(column)
            column += _TAB_STOP - column % _TAB_STOP
            continue
        normal = unicodedata.normalize("NFC", part)
        if normal == part:
            columns.extend(range(column, column + len(part)))
        else:
            columns.extend([column] * len(part))
        column += len(normal)
    return tuple(columns)


def _segments(text: str) -> list[tuple[int, int]]:
    """Cut `text` where normalising the two sides apart is normalising the whole."""
    segments, start = list[tuple[int, int]](), 0
    for index in range(1, len(text)):
        if _parts(text[start:index], text[index]):
            segments.append((start, index))
            start = index
    if text:
        segments.append((start, len(text)))
    return segments


def _parts(before: str, character: str) -> bool:
    if character.isascii():
        return True
    if unicodedata.combining(character):
        return False
    normal = unicodedata.normalize
    return normal("NFC", before + character) == normal("NFC", before) + normal("NFC", character)
