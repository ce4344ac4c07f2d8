"""The lines of a text's pages, and the numbers that pages have, for all who look for furniture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pubtool.model import Span

_ROMAN = re.compile(
    r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z|c{1,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z"
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_BEGINS = re.compile(r"\s*[-–—\[(]?\s?(\w+)(?:\s?[-–—\])])?(?=\s|\Z)")
_ENDS = re.compile(r"(?<!\S)(?:[-–—\[(]\s?|\[\w+ )?(\w+)\s?[-–—\])]?\s*\Z")
"""A number by itself, bare or between dashes or brackets: no item's ``3.`` and no date's ``3,``."""


_MAY_HOLD_NUMBER = re.compile(r"\d|(?<!\w)[ivxlcIVXLC]+(?!\w)")


class Mark(NamedTuple):
    """A number that may be a page's or a note's."""

    span: Span
    value: int


class Line(NamedTuple):
    """A line that is not blank."""

    start: int
    text: str
    gap: bool
    """Whether a blank line stands before it."""

    @property
    def end(self) -> int:
        """Where it ends, before its line feed."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Its range in the text."""
        return Span(self.start, self.end)


@lru_cache(maxsize=1)
def lines_of_pages(text: str) -> tuple[tuple[Line, ...], ...]:
    """Return each page's lines that are not blank; a form feed ends a page.

    Those of the last text are remembered: all who look for furniture ask for them.
    """
    pages, at = [], 0
    for page in text.split("\f"):
        lines, gap = list[Line](), False
        for line in page.split("\n"):
            blank = not line or line.isspace()
            if not blank:
                lines.append(Line(at, line, gap))
            gap = blank
            at += len(line) + 1
        pages.append(tuple(lines))
    return tuple(pages)


@lru_cache(maxsize=1 << 12)
def fold_line(line: str) -> str:
    """Return a line without its digits and its white space."""
    return " ".join(re.sub(r"\d+", "#", line).split())


@lru_cache(maxsize=1 << 12)
def numbers_at_ends(line: str) -> Mapping[int, str]:
    """Return the numbers that a line begins or ends with, and what else it has, folded."""
    found = dict[int, str]()
    if not _MAY_HOLD_NUMBER.search(line):
        return found
    for pattern in (_BEGINS, _ENDS):
        match = pattern.search(line)
        if match and (value := number_of(match[1])) is not None:
            rest = line[: match.start(1)] + line[match.end(1) :]
            found[value] = " ".join(re.findall(r"\w+", rest.casefold()))
    return found


def number_of(word: str) -> int | None:
    """Return the number that a word is, in figures (up to five) or Roman, None if it is none."""
    if word.isdigit() and word.isascii():
        return int(word) if len(word) <= 5 else None
    small = word.casefold()
    if not _ROMAN.match(small) or not (word.islower() or word.isupper()):
        return None
    values = [_VALUES[letter] for letter in small]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < after else one for one, after in pairs)


def longest_run(marks: list[Mark]) -> list[Mark]:
    """Return the longest subsequence in which each value is one more than the one before.

    Of several the one that ends first. One pass: the best run that ends in each value is kept.
    """
    length: dict[int, int] = {}
    before: list[int | None] = []
    last: dict[int, int] = {}
    best: int | None = None
    best_length = 0
    for index, mark in enumerate(marks):
        number = mark.value
        run = length.get(number - 1, 0) + 1
        before.append(last.get(number - 1) if run > 1 else None)
        if run > length.get(number, 0):
            length[number], last[number] = run, index
        if run > best_length:
            best, best_length = index, run
    chain: list[Mark] = []
    while best is not None:
        chain.append(marks[best])
        best = before[best]
    return chain[::-1]
