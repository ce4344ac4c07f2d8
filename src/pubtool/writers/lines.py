"""Where each block of a post stands: the line goes along until a writer asks for it.

citeproc hands back a tree of its own, so what is to survive it must be part of the tree: each block
is put into a ``Div`` that holds its line and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pubtool.model import Document, Node
from pubtool.writers.ast import BLOCKS, HOLDERS, attr, attribute, element, is_element

LINE = "line"
"""The key under which `take_lines` leaves a block's line; no key of pandoc's."""

_NAME = "pubtool-line"
_LINE = re.compile(r"(\d+):")
_DIVISIONS = frozenset({"Div"})


def mark_lines(document: Document) -> Document:
    """Return a document, as `Pandoc.parse` gives it, whose blocks say where they stand.

    Blocks inside a note or a table say nothing; theirs is the line of what they are in.
    """
    return Document({**document.ast, "blocks": _marked(document.ast["blocks"])})


def drop_lines(blocks: Iterable[Node]) -> list[Node]:
    """Return the blocks without what `mark_lines` added."""
    dropped: list[Node] = _taken(list(blocks), None)
    return dropped


def take_lines(blocks: Iterable[Node]) -> list[Node]:
    """Return the blocks, each with its line in the post's file, 1-based, under `LINE`."""
    taken: list[Node] = _taken(list(blocks), 0)
    return taken


def _marked(value: Any) -> Any:
    if isinstance(value, list):
        return [
            _marked_block(item) if is_element(item, BLOCKS) else _marked(item) for item in value
        ]
    if isinstance(value, dict) and value.get("t") in HOLDERS:
        return {key: _marked(content) for key, content in value.items()}
    return value


def _marked_block(node: Node) -> Node:
    found = _LINE.match(attribute(node, "data-pos"))
    marked: Node = _marked(node)
    return element("Div", [attr("", (), [(_NAME, found[1])]), [marked]]) if found else marked


def _taken(value: Any, line: int | None) -> Any:
    if isinstance(value, list):
        taken: list[Any] = []
        for item in value:
            own = attribute(item, _NAME) if is_element(item, _DIVISIONS) else ""
            if own:
                number = None if line is None else int(own)
                taken.extend(_placed(block, number) for block in _taken(item["c"][1], number))
            else:
                taken.append(_taken(item, line))
        return taken
    if isinstance(value, dict) and value.get("t") in HOLDERS:
        return {key: _taken(content, line) for key, content in value.items()}
    return value


def _placed(block: Node, line: int | None) -> Node:
    return block if line is None or LINE in block else {**block, LINE: line}
