"""The lines of a post that must be read after an edit, and what they may refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubtool.system.reparsing.blocks import ATTRIBUTES, MARKERS
from pubtool.system.reparsing.edits import Edit

_GUARD = "<!-- -->"
"""Closes every block before it but those that only their own end closes, and is one by itself."""

_BEFORE_LABEL = re.compile(MARKERS)
_PLAIN_LABEL = re.compile(r"\[([!-Z^-~]+)\]:")
"""A label that stands in a reference as it is, whatever is round it."""
_REFERENCE = re.compile(r"\[(?!-?@|\^)")
"""A bracket that may refer to a heading or a link; citations and notes do not."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is read."""

    text: str
    """The post's lines, all others empty."""
    starts: set[int]
    """The lines where blocks must begin, or what was read means nothing."""


def lines_to_read(edit: Edit) -> Shown | None:
    """Return what to read; None where the edit may change what other lines mean."""
    if any(block.has_heading for block in edit.old):
        return None
    if any(map(_may_define, [*edit.old_lines, *edit.new_lines])):
        return None
    if any(map(ATTRIBUTES.match, edit.new_lines)):
        return None
    if edit.meets_gap and any(map(str.strip, edit.new_lines[-1:])):
        return None  # a guard ends a paragraph, where what it stands for may not
    numbers, starts = set(range(edit.begin, min(edit.end + 1, len(edit.lines)))), set[int]()
    if edit.last < len(edit.before.blocks):
        starts.add(edit.end)
    for first, last in _referred_to(edit):
        if edit.meets_gap and first == edit.last:
            return None  # a guard is to show that nothing is open there
        numbers.update(range(edit.begins(first), edit.begins(last)))
        starts.update(edit.starts(first, last))
    guards = {number - 1 for number in numbers if number and number - 1 not in numbers}
    if edit.meets_gap:
        guards.add(edit.end)
    shown = [line if number in numbers else "" for number, line in enumerate(edit.lines)]
    for number in guards:
        shown[number] = _GUARD
    return Shown("\n".join(shown), starts | guards)


def _referred_to(edit: Edit) -> Iterator[tuple[int, int]]:
    """Yield the ranges of blocks, outside of the edit, that its brackets may refer to."""
    said = "\n".join(edit.new_lines)
    if "[" not in said:
        return
    headings = bool(_REFERENCE.search(said))
    waiting = dict[int, Sequence[str]]()
    for number in (*range(edit.first), *range(edit.last, len(edit.before.blocks))):
        if headings and edit.before.blocks[number].has_heading:
            yield _clean_range(edit, number)
            continue
        part = edit.lines[edit.begins(number) : edit.begins(number + 1)]
        if any(map(_may_define, part)):
            waiting[number] = part
    said, more = said.casefold(), True
    while more:
        meant = [number for number, part in waiting.items() if _may_be_meant(part, said)]
        for number in meant:
            said += "\n".join(waiting.pop(number)).casefold()
            yield _clean_range(edit, number)
        more = bool(meant)


def _clean_range(edit: Edit, number: int) -> tuple[int, int]:
    """Return a range of blocks that holds one of them and can be read by itself."""
    before = edit.before
    low, high = (0, edit.first) if number < edit.first else (edit.last, len(before.blocks))
    first, end = number, number + 1
    while first > low and not before.is_clean(first):
        first -= 1
    while end < high and not before.is_clean(end):
        end += 1
    return first, end


def _may_be_meant(part: Sequence[str], said: str) -> bool:
    """Whether a text may refer to something that some lines define."""
    for line in filter(_may_define, part):
        label = _PLAIN_LABEL.search(line)
        if label is None or label[1].casefold() in said:
            return True
    return False


def _may_define(line: str) -> bool:
    """Whether a link's or a note's definition may begin on a line, or its label end there."""
    at = line.find("]:")
    while at >= 0:
        opening = line.rfind("[", 0, at)
        if opening < 0 or line[opening - 1 : opening] == "\\":
            return True
        if _BEFORE_LABEL.fullmatch(line, 0, opening):
            return True
        at = line.find("]:", at + 1)
    return False
