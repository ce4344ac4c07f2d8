"""The names in a post that a link can lead to."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from pubtool.model import BARE, Document
from pubtool.system.dialect.leaves import is_text

_FIRST = frozenset("Code CodeBlock Div Figure Image Link Span Table".split())
"""Elements whose content begins with their attributes; a heading's come second."""
_RAW = frozenset({"RawBlock", "RawInline"})
_IN_HTML = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def find_anchors(document: Document) -> tuple[str, ...]:
    """Return the identifiers of a document's elements, each once, in order.

    Headings have one from pandoc where their author gave none; raw HTML has its own.
    """
    found: dict[str, None] = {}
    _find([document.ast["blocks"]], found)
    return tuple(found)


def _find(items: list[Any], found: dict[str, None]) -> None:
    for value in items:
        if isinstance(value, dict):
            kind, content = value.get("t"), value.get("c")
            if kind in BARE or is_text(value):
                continue
            found.update(dict.fromkeys(filter(None, _names(value))))
            if kind in _FIRST and isinstance(content, list):
                content = content[1:]
        else:
            content = value
        if isinstance(content, list):
            _find(content, found)


def _names(node: Any) -> list[str]:
    kind, content = node.get("t"), node.get("c")
    if kind in _FIRST:
        return [content[0][0]]
    if kind == "Header":
        return [content[1][0]]
    if kind in _RAW:
        return [unescape("".join(parts)) for parts in _IN_HTML.findall(content[1])]
    return []
