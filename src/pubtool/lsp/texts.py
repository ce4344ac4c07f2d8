r"""Open texts and the places in them, as an editor counts: lines, and code units of an encoding.

By the Language Server Protocol a line ends at ``\n``, ``\r\n`` or ``\r`` alone; a character is
counted in UTF-16 code units unless client and server agree on UTF-8 or UTF-32. What lies beyond a
line's end means its end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from lsprotocol import types

from pubtool.model import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_WIDE = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Text:
    """A text as an editor has it."""

    text: str
    encoding: str = "utf-16"
    """``utf-8``, ``utf-16`` or ``utf-32``."""

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def offset(self, position: types.Position) -> int:
        """Return the code point that a position means."""
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        line = self.line(position.line)
        return start + _points(line, position.character, self.encoding)

    def line(self, number: int) -> str:
        """Return a line without its end."""
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def position(self, offset: int) -> types.Position:
        """Return the position of a code point; beyond the end, that of the end."""
        offset = min(max(offset, 0), len(self.text))
        number = bisect_right(self._starts, offset) - 1
        before = self.text[self._starts[number] : offset]
        return types.Position(number, _units(before, self.encoding))

    def range(self, span: Span) -> types.Range:
        """Return a stretch of the text."""
        return types.Range(self.position(span.start), self.position(span.end))

    def changed(self, change: types.TextDocumentContentChangeEvent) -> tuple[Text, int]:
        """Return the text after a change, and where the author was when it was made."""
        if isinstance(change, types.TextDocumentContentChangePartial):
            start, end = self.offset(change.range.start), self.offset(change.range.end)
            start, end = min(start, end), max(start, end)
            whole = self.text[:start] + change.text + self.text[end:]
            return Text(whole, self.encoding), start + len(change.text)
        return Text(change.text, self.encoding), -1


def _units(text: str, encoding: str) -> int:
    if text.isascii() or encoding == "utf-32":
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + len(_WIDE.findall(text))


def _points(line: str, units: int, encoding: str) -> int:
    """Return how many code points of a line so many units are."""
    if line.isascii() or encoding == "utf-32":
        return min(units, len(line))
    count = 0
    for number, character in enumerate(line):
        if count >= units:
            return number
        count += _units(character, encoding)
    return len(line)
