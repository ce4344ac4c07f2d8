"""Footnotes: what stands between a page's text and its foot.

Notes are known by what every style of them shares (Chicago 14.24 to 14.33): they stand last on the
page, each begins a line with its mark, and the same mark is set, raised or glued, behind a word of
the page's text. Marks count on, in figures or as ``* † ‡``. A rule above them, or the page before,
whose last note is not at its end, shows where a note goes on from there. A list at a page's end has
numbers too; nothing in the text refers to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pubtool.model import Span
from pubtool.readers.sources.page_lines import Line

_SIGNS = "*†‡§‖¶"
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(
    r"\s*(?:[\[(]?(\d{1,3})[\])]?[.]?\s+|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*|[\[(]?([*†‡§‖¶]{1,3})[\])]?\s*)(?=\S)"
)
_RULE = re.compile(r"\s*(?:[-_–—―─=]\s?){3,}\s*\Z")
_FINISHED = re.compile(r"[.!?][\"'”’)\]]*\s*\Z")
_MOST_CARRIED = 4
"""Lines that a note may have on the next page before that page's own notes begin."""

_FEWEST_TEXT = 2
"""Lines of text that must stand above the notes."""


def find_footnotes(pages: Sequence[Sequence[Line]]) -> Iterable[Span]:
    """Yield the notes at the end of each page; the lines given are those between head and foot."""
    firsts = [_first_note(lines) for lines in pages]
    known = [(lines, first) for lines, first in zip(pages, firsts, strict=True) if first]
    apart = 2 * sum(lines[first].gap for lines, first in known) > len(known)
    unfinished = False
    for lines, first in zip(pages, firsts, strict=True):
        begin = _begin_of_notes(lines, first, carried=unfinished, apart=apart)
        if begin is None:
            unfinished = False
            continue
        yield Span(lines[begin].span.start, lines[-1].span.end)
        unfinished = not _FINISHED.search(lines[-1].text)


def _begin_of_notes(
    lines: Sequence[Line], first: int | None, *, carried: bool, apart: bool
) -> int | None:
    """Return the number of the line with which the notes begin, None if there are none.

    `first` is the first note that the page refers to, `carried` whether the page before ends within
    one, `apart` whether this text sets its notes off by a blank line.
    """
    rule = _rule_above(lines, first)
    if rule is not None and (first is not None or carried or _opens_notes(lines, rule)):
        return rule
    if apart and (carried or (first is not None and not lines[first].gap)):
        end = len(lines) if first is None else first
        for number in range(end - 1, max(end - 1 - _MOST_CARRIED, _FEWEST_TEXT - 1), -1):
            if lines[number].gap:
                return number
    return first


def _first_note(lines: Sequence[Line]) -> int | None:
    """Return the topmost line from which on notes follow each other to the page's end."""
    marks = [_mark(line.text) for line in lines]
    for number in range(_FEWEST_TEXT, len(lines)):
        mark = marks[number]
        if mark is None or not _is_referred(mark, lines[:number]):
            continue
        if _is_referred_in_turn(marks, number, lines):
            return number
    return None


def _is_referred_in_turn(marks: Sequence[str | None], first: int, lines: Sequence[Line]) -> bool:
    """Whether no later line has a mark that comes before the first one's: a list would not."""
    value = _value(marks[first] or "")
    later = [_value(mark) for mark in marks[first + 1 :] if mark is not None]
    return all(other != value for other in later)


def _value(mark: str) -> int:
    if mark.isdigit():
        return int(mark)
    return _SIGNS.index(mark[0]) + len(_SIGNS) * (len(mark) - 1) + 1


def _mark(line: str) -> str | None:
    found = _MARK.match(line)
    if found is None:
        return None
    return (found[1] or found[2] or found[3]).translate(_RAISED)


def _is_referred(mark: str, lines: Sequence[Line]) -> bool:
    """Whether some text has a mark behind a word: raised, glued, or in brackets."""
    text = "\n".join(line.text for line in lines)
    if not mark.isdigit():
        return bool(re.search(rf"(?<=\w)\W?{re.escape(mark)}(?![*†‡§\w])", text))
    raised = mark.translate(_RAISE)
    return bool(
        re.search(rf"(?<=\S)(?<![⁰¹²³⁴⁵⁶⁷⁸⁹]){raised}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])", text)
        or re.search(rf"(?<=[^\W\d_])[.,;:!?”’\"')]{{0,2}}{mark}(?!\w|[.,]\d)", text)
        or re.search(rf"(?<=[^\W\d_])[.,;:!?”’\"')]{{0,2}}\s?\[{mark}\]", text)
    )


def _rule_above(lines: Sequence[Line], first: int | None) -> int | None:
    """Return the number of the rule that sets the notes off, None if there is none."""
    end = len(lines) if first is None else first
    for number in range(end - 1, _FEWEST_TEXT - 1, -1):
        if _RULE.match(lines[number].text):
            close = first is None or end - number <= _MOST_CARRIED + 1
            return number if close else None
    return None


def _opens_notes(lines: Sequence[Line], rule: int) -> bool:
    """Whether a rule in a page's lower half stands over a note, though no mark refers to it."""
    below = lines[rule + 1 : rule + 2]
    return 2 * rule >= len(lines) and bool(below) and _mark(below[0].text) is not None
