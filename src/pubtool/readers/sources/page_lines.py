"""The lines of a text's pages, and the numbers that pages have, for all who look for furniture."""

from __future__ import annotations

import re
from typing import NamedTuple

from pubtool.model import Span

_ROMAN = re.compile(
    r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z|c{1,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z"
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_BEGINS = re.compile(r"\s*[-–—\[(]?\s?(\w+)(?:\s?[-–—\])])?(?=\s|\Z)")
_ENDS = re.compile(r"(?<!\S)(?:[-–—\[(]\s?|\[\w+ )?(\w+)\s?[-–—\])]?\s*\Z")
"""A number by itself, bare or between dashes or brackets: no item's ``3.`` and no date's ``3,``."""


class Mark(NamedTuple):
    """A number that may be a page's or a note's."""

    span: Span
    value: int


class Line(NamedTuple):
    """A line that is not blank."""

    span: Span
    text: str
    gap: bool
    """Whether a blank line stands before it."""


def lines_of_pages(text: str) -> list[list[Line]]:
    """Return each page's lines that are not blank; a form feed ends a page."""
    pages, at = [], 0
    for page in text.split("\f"):
        lines, gap = [], False
        for line in page.split("\n"):
            if line.strip():
                lines.append(Line(Span(at, at + len(line)), line, gap))
            gap = not line.strip()
            at += len(line) + 1
        pages.append(lines)
    return pages


def fold_line(line: str) -> str:
    """Return a line without its digits and its white space."""
    return " ".join(re.sub(r"\d+", "#", line).split())


def numbers_at_ends(line: str) -> dict[int, str]:
    """Return the numbers that a line begins or ends with, and what else it has, folded."""
    found = {}
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
