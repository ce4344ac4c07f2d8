"""The names in a post that a link can lead to."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from pubtool.model import Document

_FIRST = frozenset("Code CodeBlock Div Figure Image Link Span Table".split())
"""Elements whose content begins with their attributes; a heading's come second."""
_RAW = frozenset({"RawBlock", "RawInline"})
_IN_HTML = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def find_anchors(document: Document) -> tuple[str, ...]:
    """Return the identifiers of a document's elements, each once, in order.

    Headings have one from pandoc where their author gave none; raw HTML has its own.
    """
    found: dict[str, None] = {}
    stack: list[Any] = [document.ast["blocks"]]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            found.update(dict.fromkeys(filter(None, _names(value))))
            value = value.get("c")
        if isinstance(value, list):
            stack.extend(reversed([item for item in value if isinstance(item, list | dict)]))
    return tuple(found)


def _names(node: Any) -> list[str]:
    kind, content = node.get("t"), node.get("c")
    if kind in _FIRST:
        return [content[0][0]]
    if kind == "Header":
        return [content[1][0]]
    if kind in _RAW:
        return [unescape("".join(parts)) for parts in _IN_HTML.findall(content[1])]
    return []
