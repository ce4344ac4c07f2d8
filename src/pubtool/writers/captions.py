"""Captions of tables, which CommonMark has no word for.

They are written as pandoc's own Markdown has them, and stay a paragraph when CommonMark reads them:
``Table: Words.`` or ``: Words.`` just before or after a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pubtool.model import BLANKS, Node
from pubtool.writers.ast import HOLDERS, element, is_element

_LEADS = frozenset({":", "Table:"})
_PARAGRAPHS, _TABLES = frozenset({"Para"}), frozenset({"Table"})


def caption_tables(value: Any) -> Any:
    """Return blocks in which such a paragraph has become the caption of the table beside it."""
    if isinstance(value, list):
        inner = [caption_tables(item) for item in value]
        return _joined(inner) if any(_is_table(item) for item in inner) else inner
    if isinstance(value, dict) and value.get("t") in HOLDERS:
        return {key: caption_tables(content) for key, content in value.items()}
    return value


def _joined(blocks: Sequence[Any]) -> list[Any]:
    joined: list[Any] = []
    rest = list(blocks)
    while rest:
        block = rest.pop(0)
        words = _caption(block)
        if words and rest and _is_open(rest[0]):
            joined.append(_captioned(rest.pop(0), words))
        elif words and joined and _is_open(joined[-1]):
            joined[-1] = _captioned(joined[-1], words)
        else:
            joined.append(block)
    return joined


def _caption(block: Any) -> list[Node]:
    """Return a caption's inlines without what leads them in; nothing for another block."""
    if not is_element(block, _PARAGRAPHS) or not block["c"]:
        return []
    first, *others = block["c"]
    if first["t"] != "Str" or first["c"] not in _LEADS or not others:
        return []
    if others[0]["t"] not in BLANKS:
        return []
    end = len(others)
    while others[end - 1]["t"] in BLANKS and end > 1:
        end -= 1
    words: list[Node] = others[1:end]
    return words


def _is_table(item: Any) -> bool:
    return is_element(item, _TABLES)


def _is_open(item: Any) -> bool:
    """Whether it is a table that has no caption yet."""
    return _is_table(item) and not item["c"][1][1]


def _captioned(table: Node, words: list[Node]) -> Node:
    own, (short, _), *others = table["c"]
    return {**table, "c": [own, [short, [element("Plain", words)]], *others]}
