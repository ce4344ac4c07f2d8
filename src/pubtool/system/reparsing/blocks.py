"""The blocks at the top level of a post, and where each begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pubtool.model import Document, Node
from pubtool.system.own_attribute import NAME

MARKERS = r"(?:[ \t]*(?:>|[-+*:~]|\(?[0-9A-Za-z#@]{1,9}[.)]))*[ \t]*"
"""What may stand before a block on its first line: the signs of quotes and of lists' items."""

ATTRIBUTES = re.compile(rf"{MARKERS}\{{")
"""The beginning of a line of attributes, which wait for the next block."""

_PLACE = re.compile(r"(\d+):(\d+)-")
_LINE = re.compile(r"(\d+):")
_PLACED = frozenset({"CodeBlock", "Div", "Figure", "Header", "Table"})
"""The blocks that say where they stand; pandoc puts all others into a Div."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block at the top level, or a gap: lines between two that gave none, as definitions do."""

    node: Node
    """Empty for a gap."""
    start: int
    """Its first line, from 0."""
    column: int = 1
    has_heading: bool = False

    def holds(self, kind: str) -> bool:
        """Whether it is, but for its position, one element of some kind."""
        held = self.node["c"][1] if self.node.get("t") == "Div" else []
        return len(held) == 1 and bool(held[0]["t"] == kind) and self._is_bare

    @property
    def _is_bare(self) -> bool:
        return "wrapper" in dict(self.node["c"][0][2])


@dataclass(frozen=True, slots=True)
class Parsed:
    """A post as it was read last."""

    lines: list[str]
    blocks: list[Block]
    document: Document

    def begins(self, number: int) -> int:
        """Return the first line of what belongs to a block: the first one has all before it."""
        if number >= len(self.blocks):
            return len(self.lines)
        return self.blocks[number].start if number else 0

    def is_clean(self, number: int) -> bool:
        """Whether nothing is open where a block begins, so that it would begin there alone too."""
        if number in (0, len(self.blocks)):
            return True
        block = self.blocks[number]
        if block.column != 1 or self.lines[block.start][:1].isspace():
            return False
        if block.holds("DefinitionList") or self.blocks[number - 1].holds("DefinitionList"):
            return False  # two of them become one
        before = self.lines[self.begins(number - 1) : block.start]
        return not before[-1].strip() and not any(map(ATTRIBUTES.match, before))

    def is_line_heading(self, number: int) -> bool:
        """Whether a block is a heading of one line with an empty one behind it: nothing is open."""
        block = self.blocks[number]
        lines = self.lines[block.start : block.start + 2]
        is_line = block.node.get("t") == "Header" and lines[0].startswith("#")
        return is_line and lines[1:] == [""] and self.is_clean(number)


def placed(nodes: Iterable[Node]) -> list[Block] | None:
    """Return blocks with where they begin; None where that cannot be told of all."""
    blocks: list[Block] = []
    for node in nodes:
        if node["t"] not in _PLACED:
            return None
        attributes = node["c"][1] if node["t"] == "Header" else node["c"][0]
        places = _PLACE.findall(dict(attributes[2]).get(NAME, ""))
        if not places:
            return None
        line, column = min((int(one), int(other)) for one, other in places)
        if blocks and line - 1 <= blocks[-1].start:
            return None
        blocks.append(Block(node, line - 1, column, _has_heading(node)))
    return blocks


def with_gaps(blocks: Sequence[Block], lines: Sequence[str]) -> list[Block]:
    """Return blocks, and the gaps of which it is known where they begin."""
    return [*_gaps_and_blocks(blocks, lines)]


def _gaps_and_blocks(blocks: Sequence[Block], lines: Sequence[str]) -> Iterator[Block]:
    if blocks and blocks[0].start and not any(map(str.strip, lines[: blocks[0].start])):
        yield Block({}, 0)
    for number, block in enumerate(blocks):
        yield block
        if not block.holds("Para"):  # which ends where its first empty line is
            continue
        end = blocks[number + 1].start if number + 1 < len(blocks) else len(lines)
        blank = next((n for n in range(block.start, end) if not lines[n].strip()), end)
        first = next((n for n in range(blank, end) if lines[n].strip()), end)
        if first < end:
            yield Block({}, first)


def _has_heading(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get("t") == "Header" or _has_heading(value.get("c"))
    return isinstance(value, list) and any(map(_has_heading, value))


def shifted(value: Any, from_: int, by: int) -> Any:
    """Return a tree in which what stands from a line on, counted from 1, is further down."""
    if isinstance(value, dict):
        return {key: shifted(inner, from_, by) for key, inner in value.items()}
    if isinstance(value, list):
        if len(value) == 2 and value[0] == NAME:
            return [NAME, _LINE.sub(lambda found: _moved(int(found[1]), from_, by), value[1])]
        return [shifted(inner, from_, by) for inner in value]
    return value


def _moved(line: int, from_: int, by: int) -> str:
    return f"{line + by if line >= from_ else line}:"
