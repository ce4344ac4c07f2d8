"""Reading order: column after column, as a reader takes them.

Whoever found the lines mostly gives them in the order in which they were written, which is the
order of reading. That is kept unless the page contradicts it: a block that stands above or left of
one that comes before it. Then the page is cut: by gutters into columns, where nothing crosses
them, else by what crosses into bands, one below the other (the XY-cut of Nagy and Seth, 1984, with
bands of the same columns kept together).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pubtool.readers.sources.layout.printed import Box, PrintedLine

_FAR = 3.0
"""Letter sizes between two lines of one block, at most, from top to top."""
_SHARED = 0.3
"""Share of the narrower of two boxes that stands below the other, if they are of one column."""
_SLACK = 0.6
"""Letter sizes by which boxes may reach into each other and still stand apart."""
_NARROWEST = 4.0
"""Points that a gutter has at least."""


@dataclass(frozen=True)
class _Block:
    """Lines that follow each other downwards in one column."""

    lines: tuple[PrintedLine, ...]
    box: Box


def in_reading_order(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page's text in the order in which they are read."""
    blocks = _blocks(lines)
    if _is_contradicted(blocks):
        blocks = _cut(blocks)
    return [line for block in blocks for line in block.lines]


def _blocks(lines: Sequence[PrintedLine]) -> list[_Block]:
    groups: list[list[PrintedLine]] = []
    for line in lines:
        if groups and _follows(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_Block(tuple(group), _around(line.box for line in group)) for group in groups]


def _follows(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line stands below another in the same column."""
    step = line.box.top - before.box.top
    size = max(before.size, line.size)
    beside = abs(step) < 0.5 * size and line.box.left >= before.box.left  # cells of one row
    below = 0 <= step <= _FAR * size and _share_column(before.box, line.box)
    return below or beside


def _share_column(a: Box, b: Box) -> bool:
    shared = min(a.right, b.right) - max(a.left, b.left)
    return shared > _SHARED * min(a.right - a.left, b.right - b.left)


def _around(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _is_contradicted(blocks: Sequence[_Block]) -> bool:
    return any(
        _is_before(later.box, earlier.box)
        for place, earlier in enumerate(blocks)
        for later in blocks[place + 1 :]
    )


def _is_before(a: Box, b: Box) -> bool:
    """Whether a box is read before another for certain: above it, or beside it on the left."""
    slack = _SLACK * min(a.bottom - a.top, b.bottom - b.top, 10.0)
    if _share_column(a, b):
        return a.bottom <= b.top + slack
    beside = min(a.bottom, b.bottom) - max(a.top, b.top) > slack
    return beside and a.right <= b.left + slack


# --- Cutting --------------------------------------------------------------------------------------


def _cut(blocks: Sequence[_Block]) -> list[_Block]:
    """Return blocks in reading order by their places alone."""
    if len(blocks) < 2:
        return list(blocks)
    gutter = _gutter(blocks)
    if gutter is not None:
        left = [block for block in blocks if block.box.right <= gutter]
        right = [block for block in blocks if block.box.right > gutter]
        return _cut(left) + _cut(right)
    bands = _bands(blocks)
    if len(bands) == 1:
        return sorted(blocks, key=lambda block: (block.box.top, block.box.left))
    return [block for band in bands for block in _cut(band)]


def _gutter(blocks: Sequence[_Block]) -> float | None:
    """Return a place that no block crosses and that has blocks on both sides: the first."""
    ordered = sorted(blocks, key=lambda block: block.box.left)
    right = ordered[0].box.right
    for block in ordered[1:]:
        if block.box.left - right >= _NARROWEST:
            return (block.box.left + right) / 2
        right = max(right, block.box.right)
    return None


def _bands(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """Return blocks in bands, one below the other; neighbours with the same gutter are one band."""
    ordered = sorted(blocks, key=lambda block: block.box.top)
    bands: list[list[_Block]] = [[ordered[0]]]
    bottom = ordered[0].box.bottom
    for block in ordered[1:]:
        slack = _SLACK * min(line.size for line in block.lines)
        if block.box.top >= bottom - slack:
            bands.append([block])
        else:
            bands[-1].append(block)
        bottom = max(bottom, block.box.bottom)
    joined = bands[:1]
    for band in bands[1:]:
        together = [*joined[-1], *band]
        columns = _gutter(joined[-1]) is not None or _gutter(band) is not None
        if columns and _gutter(together) is not None:
            joined[-1] = together
        else:
            joined.append(band)
    return joined
