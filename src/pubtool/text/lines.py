"""Lines and paragraphs, and from offsets in a file to the lines and columns that editors show."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\n|\r")
"""What ends a line; U+2028, form feeds and the like do not, as in every editor's line count."""

PARAGRAPH_END = re.compile(r"(?>\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
"""A line end and a blank line: what stands between two paragraphs."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points."""


def line_of(text: str, offset: int) -> int:
    """Return the 1-based line that holds an offset; for many of one text there is `Lines`."""
    return len(LINE_END.findall(text, 0, offset)) + 1


class Lines:
    """The lines of one file."""

    def __init__(self, text: str) -> None:
        self._text = text
        ends = [match.span() for match in LINE_END.finditer(text)]
        self._starts = [0, *(end for _, end in ends)]
        self._stops = [*(start for start, _ in ends), len(text)]

    def position(self, offset: int) -> Position:
        """Return the place of a code point; an offset outside the file is moved to its nearest end.

        A line end belongs to the line that it ends.
        """
        offset = min(max(offset, 0), len(self._text))
        index = bisect_right(self._starts, offset) - 1
        return Position(index + 1, offset - self._starts[index] + 1)

    def line(self, number: int) -> str:
        """Return a line by its 1-based number, without its line end."""
        return self._text[self._starts[number - 1] : self._stops[number - 1]]

    def start(self, number: int) -> int:
        """Return the offset at which a line begins."""
        return self._starts[number - 1]
