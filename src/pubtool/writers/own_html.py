"""The HTML that an author wrote, as elements of the tree: for formats that hold no HTML.

What a book can show is kept (emphasis, links, tables, the words of anything else) and the rest
goes: scripts, styles, forms, frames. Markup of other formats (``{=latex}``) goes too. A picture in
such HTML is none of the project's images, so its alternative text stands for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from pubtool.errors import PandocFailed
from pubtool.model import Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import attr, attribute, change, element, is_element, plain_text, words

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b([^>]*)>")
_GIVEN = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
_ELEMENTS = {
    **dict.fromkeys(("b", "strong"), "Strong"),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), "Emph"),
    **dict.fromkeys(("u", "ins"), "Underline"),
    **dict.fromkeys(("s", "del", "strike"), "Strikeout"),
    "sub": "Subscript",
    "sup": "Superscript",
}
"""HTML's phrases that the tree has an element for."""
_SPANS = frozenset({"span", "kbd", "mark", "small", "abbr", "bdi", "bdo", "samp", "time"})
_WIDEST = 20_000
"""Code points of a piece of HTML that is read; what is longer is no passage of a post."""


class OwnHtml:
    """Turns the author's HTML into elements; keeps what it has read."""

    def __init__(self, pandoc: Pandoc) -> None:
        self._pandoc = pandoc

    def without_raw(self, value: object) -> object:
        """Return a piece of tree in which no raw markup is left."""
        if isinstance(value, list):
            items = [self.without_raw(item) for item in value]
            inner: list[Any] = [new for item in items for new in self._blocks(item)]
            return self._paired(inner) if any(_is_raw_inline(item) for item in inner) else inner
        if isinstance(value, dict):
            return {key: self.without_raw(content) for key, content in value.items()}
        return value

    def _blocks(self, item: object) -> list[object]:
        if not is_element(item, frozenset({"RawBlock"})):
            return [item]
        assert isinstance(item, dict)
        return list(self._read(_html(item)))

    def _paired(self, nodes: Sequence[Node]) -> list[Node]:
        """Return inlines with each pair of the author's tags as an element round what it holds.

        A tag without a partner goes and the words stay.
        """
        done: list[Node] = []
        opened: list[tuple[str, str, int]] = []
        for node in nodes:
            if not _is_raw_inline(node):
                done.append(node)
                continue
            raw = _html(node)
            tag = _TAG.fullmatch(raw)
            if tag is None:
                done.extend(_inlines(self._read(raw)))
                continue
            end, name, given = tag[1], tag[2].lower(), tag[3]
            if name == "br":
                done.append({"t": "LineBreak"})
            elif name == "img":
                done.extend(words(_given(given, "alt")))
            elif not end:
                opened.append((name, given, len(done)))
            elif name in (one[0] for one in opened):
                while opened:
                    last, its, start = opened.pop()
                    if last == name:
                        done[start:] = _element(name, its, done[start:])
                        break
        return done

    def _read(self, raw: str) -> list[Node]:
        """Return the blocks that a piece of HTML shows."""
        if not raw.strip() or len(raw) > _WIDEST:
            return []
        try:
            blocks = json.loads(self._pandoc.convert(raw, "html", "json"))["blocks"]
        except PandocFailed:  # what nothing can read shows nothing either
            return []
        shown: list[Node] = change(blocks, _without_pictures)
        return [block for block in shown if not _is_empty(block)]


def _is_raw_inline(item: object) -> bool:
    return is_element(item, frozenset({"RawInline"}))


def _html(node: Node) -> str:
    form, raw = node["c"]
    return str(raw) if form in ("html", "html4", "html5") else ""


def _given(attributes: str, name: str) -> str:
    for found in _GIVEN.finditer(attributes):
        if found[1].lower() == name:
            return unescape(found[2] or found[3] or found[4] or "")
    return ""


def _element(name: str, given: str, inner: list[Node]) -> list[Node]:
    if name in _ELEMENTS:
        return [element(_ELEMENTS[name], inner)]
    if name == "q":
        return [element("Quoted", [{"t": "DoubleQuote"}, inner])]
    if name == "code":
        return [element("Code", [attr(), plain_text(inner)])]
    if name == "a" and _given(given, "href"):
        return [element("Link", [attr(), inner, [_given(given, "href"), ""]])]
    if name in _SPANS:
        own = [(key, value) for key in ("lang", "dir") if (value := _given(given, key))]
        return [element("Span", [attr("", [] if name == "span" else [name], own), inner])]
    return inner


def _inlines(blocks: Sequence[Node]) -> list[Node]:
    """Return the words of what stands within a paragraph."""
    found: list[Node] = []
    for block in blocks:
        if found:
            found.append({"t": "Space"})
        whole = block["t"] in ("Plain", "Para", "Header")
        found.extend(block["c"][-1] if block["t"] == "Header" else block["c"] if whole else [])
        if not whole:
            found.extend(words(" ".join(plain_text(block).split())))
    return found


def _without_pictures(node: Node) -> list[Node] | None:
    if node["t"] in ("RawInline", "RawBlock"):
        return []
    if node["t"] == "Image":
        return words(attribute(node, "alt") or plain_text(node["c"][1]))
    return None


def _is_empty(block: Node) -> bool:
    return block["t"] in ("Plain", "Para", "Div") and not plain_text(block).strip()
