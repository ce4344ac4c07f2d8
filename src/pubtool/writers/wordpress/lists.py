"""Lists, as the block editor's list and list-item blocks have them."""

from __future__ import annotations

from pubtool.model import Node
from pubtool.writers.shapes import with_boxes
from pubtool.writers.wordpress.fallback import ordering
from pubtool.writers.wordpress.inlines import Inlines
from pubtool.writers.wordpress.markup import comment

_TEXTS = frozenset({"Plain", "Para"})
_LISTS = frozenset({"BulletList", "OrderedList"})


def fits_list(node: Node) -> bool:
    """Whether the editor's list can hold it: text, then at most one list an item."""
    for item in _items(node):
        kinds = [block["t"] for block in item]
        lists = [kind for kind in kinds if kind in _LISTS]
        if len(lists) > 1 or (lists and kinds[-1] != lists[0]):
            return False
        if any(kind not in _TEXTS | _LISTS for kind in kinds):
            return False
        if not all(fits_list(block) for block in item if block["t"] in _LISTS):
            return False
    return True


def list_block(node: Node, inlines: Inlines) -> str:
    """Return a list that fits as a block; of its paragraphs, an item's text has the lines."""
    ordered = node["t"] == "OrderedList"
    attributes, html = ordering(node["c"][0]) if ordered else ({}, "")
    tag = "ol" if ordered else "ul"
    inner = "\n\n".join(_item(item, inlines) for item in _items(node))
    return comment("list", attributes, f'<{tag}{html} class="wp-block-list">{inner}</{tag}>')


def _items(node: Node) -> list[list[Node]]:
    items: list[list[Node]] = node["c"][1] if node["t"] == "OrderedList" else node["c"]
    return items


def _item(blocks: list[Node], inlines: Inlines) -> str:
    text = inlines.lines(block for block in blocks if block["t"] in _TEXTS)
    nested = "\n\n".join(
        list_block(with_boxes(block), inlines) for block in blocks if block["t"] in _LISTS
    )
    return comment("list-item", {}, f"<li>{text}{nested}</li>")
