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
from functools import lru_cache

from pubtool.model import Span
from pubtool.readers.sources.page_lines import Line

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(
    r"\s*(?:[\[(]?(\d{1,3})[\])]?[.]?\s+|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*|[\[(]?([*†‡§‖¶]{1,3})[\])]?\s*)(?=\S)"
)
_OPENS_MARK = frozenset("0123456789⁰¹²³⁴⁵⁶⁷⁸⁹[(*†‡§‖¶")
_CLEAR = re.compile(
    r"(?<=[^\s⁰¹²³⁴⁵⁶⁷⁸⁹])([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![⁰¹²³⁴⁵⁶⁷⁸⁹])"
    r"|(?<=[^\W\d_])[.,;:!?”’\"')]{0,2}\s?\[(\d{1,3})\]"
    r"|(?<=\w)[.,;:!?”’\"')]{0,2}([*†‡§‖¶]{1,3})(?!\w)"
)
_GLUED = re.compile(r"(?<=[^\W\d_]{3})[.,;:!?”’\"')]{0,2}(\d{1,3})(?!\w|[.,]\d)")
"""How the text refers to a note: raised, in brackets, by a sign; and the figure run together."""

_FEWEST_GLUED = 3
_MOST_HIGH = 10
"""One line in so many that begins with a star may stand in the upper half of its page."""

_EMPHASIS = re.compile(r"\*[^\s*][^*\n]*\*|\*\*")
_RULE = re.compile(r"\s*(?:[-_–—―─=]\s?){3,}\s*\Z")
_FINISHED = re.compile(r"[.!?][\"'”’)\]]*\s*\Z")
_MOST_CARRIED = 4
"""Lines that a note may have on the next page before that page's own notes begin."""

_FEWEST_TEXT = 2
"""Lines of text that must stand above the notes."""


def find_footnotes(pages: Sequence[Sequence[Line]]) -> Iterable[Span]:
    """Yield the notes at the end of each page; the lines given are those between head and foot."""
    firsts = _first_notes(pages)
    known = [(lines, first) for lines, first in zip(pages, firsts, strict=True) if first]
    apart = 2 * sum(lines[first].gap for lines, first in known) > len(known)
    unfinished = False
    for lines, first in zip(pages, firsts, strict=True):
        begin = _begin_of_notes(lines, first, carried=unfinished, apart=apart)
        if begin is None:
            unfinished = False
            continue
        yield Span(lines[begin].start, lines[-1].end)
        unfinished = not _FINISHED.search(lines[-1].text)


def _first_notes(pages: Sequence[Sequence[Line]]) -> list[int | None]:
    """Return the first note of each page: by marks that stand out, else by figures that are glued.

    ``word1`` may be a name, so that one page alone with such a mark says nothing. Signs that begin
    lines all over the pages are those of lists.
    """
    unlisted = not _has_lists(pages)
    clear = [_first_note(lines, _CLEAR, signs=unlisted) for lines in pages]
    glued = [_first_note(lines, _GLUED, signs=False) for lines in pages]
    if sum(first is not None for first in glued) < _FEWEST_GLUED:
        return clear
    return [one or other for one, other in zip(clear, glued, strict=True)]


def _has_lists(pages: Sequence[Sequence[Line]]) -> bool:
    signed = [
        2 * number < len(lines)
        for lines in pages
        for number, line in enumerate(lines)
        if line.text.lstrip().startswith("*")
    ]
    return _MOST_HIGH * sum(signed) > len(signed)


def _begin_of_notes(
    lines: Sequence[Line], first: int | None, *, carried: bool, apart: bool
) -> int | None:
    """Return the number of the line with which the notes begin, None if there are none.

    `first` is the first note that the page refers to, `carried` whether the page before ends within
    one, `apart` whether this text sets its notes off by a blank line.
    """
    rule = _last_rule(lines)
    if rule is not None and (carried or first is not None or _opens_notes(lines, rule)):
        return rule
    if apart and (carried or (first is not None and not lines[first].gap)):
        end = len(lines) if first is None else first
        for number in range(end - 1, max(end - 1 - _MOST_CARRIED, _FEWEST_TEXT - 1), -1):
            if lines[number].gap:
                return number
    return first


def _first_note(lines: Sequence[Line], references: re.Pattern[str], *, signs: bool) -> int | None:
    """Return the topmost line from which on notes follow each other to the page's end."""
    marks = [_mark(line.text) for line in lines]
    candidates = [
        (number, mark)
        for number, mark in enumerate(marks)
        if number >= _FEWEST_TEXT
        and mark is not None
        and (signs or mark.isdigit())
        and _is_block_of_notes(lines[number:], marks[number:])
    ]
    if not candidates:
        return None
    referred = _referred(lines, references)
    return next((n for n, mark in candidates if referred.get(mark, n) < n), None)


def _referred(lines: Sequence[Line], references: re.Pattern[str]) -> dict[str, int]:
    """Return, for each mark behind a word, the number of the first line that has it."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines):
        for match in references.finditer(_EMPHASIS.sub("", line.text)):
            mark = next(group for group in match.groups() if group)
            found.setdefault(mark.translate(_RAISED), number)
    return found


def _is_block_of_notes(lines: Sequence[Line], marks: Sequence[str | None]) -> bool:
    """Whether each paragraph of some lines has a mark, and none the first one's again."""
    return all(
        mark != marks[0] and (mark is not None or not line.gap)
        for line, mark in zip(lines[1:], marks[1:], strict=True)
    )


@lru_cache(maxsize=1 << 12)
def _mark(line: str) -> str | None:
    if line.lstrip()[:1] not in _OPENS_MARK:
        return None
    found = _MARK.match(_EMPHASIS.sub("", line))
    if found is None:
        return None
    return (found[1] or found[2] or found[3]).translate(_RAISED)


def _last_rule(lines: Sequence[Line]) -> int | None:
    """Return the number of the rule that sets the notes off, None if there is none."""
    for number in range(len(lines) - 1, max(_FEWEST_TEXT, len(lines) // 3) - 1, -1):
        if _RULE.match(lines[number].text):
            return number
    return None


def _opens_notes(lines: Sequence[Line], rule: int) -> bool:
    """Whether a rule in a page's lower half stands over a note, though no mark refers to it."""
    below = lines[rule + 1 : rule + 2]
    return 2 * rule >= len(lines) and bool(below) and _mark(below[0].text) is not None
