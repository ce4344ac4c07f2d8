"""An edit of a post: the blocks that it may have changed, and those that stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pubtool.system.reparsing.blocks import Block, Parsed, shifted


class Kept(NamedTuple):
    """The blocks that stay, as they stand after an edit."""

    before: list[Block]
    behind: list[Block]


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit."""

    before: Parsed
    lines: list[str]
    """Those of the post after it."""
    first: int
    """The first block that may be another now."""
    last: int
    """The first one behind them that is as it was; their number where there is none."""
    begin: int
    """The line where reading begins."""
    known: bool
    """Whether a block begins there for certain."""
    by: int
    """How many lines there are more."""

    @property
    def end(self) -> int:
        """The line where what stays begins again."""
        return self.before.begins(self.last) + self.by

    @property
    def meets_gap(self) -> bool:
        """Whether what stays begins with a gap, of which a tree shows nothing."""
        return self.last < len(self.before.blocks) and not self.before.blocks[self.last].node

    @property
    def old(self) -> Sequence[Block]:
        """What stood where the edit is."""
        return self.before.blocks[self.first : self.last]

    @property
    def old_lines(self) -> Sequence[str]:
        """The lines that are read anew as they were."""
        return self.before.lines[self.begin : self.before.begins(self.last)]

    @property
    def new_lines(self) -> Sequence[str]:
        """The same as they are."""
        return self.lines[self.begin : self.end]

    def begins(self, number: int) -> int:
        """Return the first line of what belongs to a block that stays."""
        if number == self.first:
            return self.begin
        return self.before.begins(number) + (self.by if number >= self.last else 0)

    def starts(self, first: int, end: int) -> Iterator[int]:
        """Yield the lines where some blocks that stay begin; those of gaps show nothing."""
        for number in range(first, end):
            block = self.before.blocks[number]
            if block.node:
                yield block.start + (self.by if number >= self.last else 0)

    def found(self, read: Sequence[Block], expected: Collection[int]) -> list[Block] | None:
        """Return the new blocks among those that were read; None where others are not as before."""
        if not {block.start for block in read if block.column == 1}.issuperset(expected):
            return None
        new = [block for block in read if self.begin <= block.start < self.end]
        if any(block.has_heading for block in new):
            return None
        if self.known and (not new or new[0].start != self.begin):
            return None
        return new

    def moved(self) -> Kept:
        """Return the blocks that stay; the notes of one may have moved without it."""
        blocks = self.before.blocks
        return Kept(
            [self._moved(block) for block in blocks[: self.first] if block.node],
            [self._moved(block) for block in blocks[self.last :] if block.node],
        )

    def _moved(self, block: Block) -> Block:
        if not self.by:
            return block
        from_ = self.before.begins(self.last)
        start = block.start + (self.by if block.start >= from_ else 0)
        return replace(block, node=shifted(block.node, from_ + 1, self.by), start=start)


def edit_between(before: Parsed, lines: list[str]) -> Edit | None:
    """Return the edit that made other lines of a post; None where nothing is known of it."""
    if not before.blocks:
        return None
    alike, behind = _alike(before.lines, lines)
    first = _last_clean(before, alike)
    begin, known = before.begins(first), first > 0 and bool(before.blocks[first].node)
    below = before.blocks[first].start + 1
    if below < alike and before.is_line_heading(first):
        first, begin, known = first + 1, below, False
    least = max(len(before.lines) - behind, begin + 1)
    last = next(
        n
        for n in range(first, len(before.blocks) + 1)
        if before.begins(n) >= least and before.is_clean(n)
    )
    return Edit(before, lines, first, last, begin, known, len(lines) - len(before.lines))


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many lines two texts have in common at their beginnings and at their ends."""
    most = min(len(old), len(new))
    first = next((n for n in range(most) if old[n] != new[n]), most)
    rest = most - first
    return first, next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)


def _last_clean(before: Parsed, alike: int) -> int:
    """Return the last block whose first line is before a change; 0 where there is none."""
    for number in range(len(before.blocks) - 1, 0, -1):
        if before.blocks[number].start < alike and before.is_clean(number):
            return number
    return 0
