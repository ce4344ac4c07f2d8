"""Inline elements as WordPress's rich text has them, and the notes among them.

The markup is what the block editor's own ``RichText`` writes (``<br>``, ``<strong>``, ``<em>``,
``<s>``), so that a block's content is the same after the first save.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pubtool.model import Node
from pubtool.writers.ast import (
    BLOCKS,
    QUOTATION_MARKS,
    attribute,
    content_of,
    has_class,
    plain_text,
)

_TAGS: Mapping[str, tuple[str, str]] = {
    "Emph": ("<em>", "</em>"),
    "Strong": ("<strong>", "</strong>"),
    "Strikeout": ("<s>", "</s>"),
    "Superscript": ("<sup>", "</sup>"),
    "Subscript": ("<sub>", "</sub>"),
    "Underline": ('<span style="text-decoration: underline">', "</span>"),
    "SmallCaps": ('<span style="font-variant: small-caps">', "</span>"),
}

_FIXED: Mapping[str, str] = {"Space": " ", "SoftBreak": " ", "LineBreak": "<br>"}

_NAMESPACE = uuid.UUID("6f1c2e0e-2b8f-5f5a-9a55-6a1d0a9a7c11")
"""Ours alone: a note's id is the uuid5 of its post and its words in this namespace."""


def escape(text: str) -> str:
    """Return `text` as HTML text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """Return `text` as the value of an attribute in double quotation marks."""
    return escape(text).replace('"', "&quot;")


class Notes:
    """The notes of one post, numbered as they come.

    WordPress keeps their words apart from the content, in the post's ``footnotes`` field; the
    content holds a reference each. The server reads the field as one line of JSON with the keys
    ``content`` and ``id`` in this order (block-library/src/footnotes/index.php).
    """

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._notes: list[dict[str, str]] = []

    def __len__(self) -> int:
        return len(self._notes)

    def refer(self, content: str) -> str:
        """Add a note and return the reference to it."""
        same = sum(note["content"] == content for note in self._notes)
        identifier = str(uuid.uuid5(_NAMESPACE, f"{self._slug}\n{same}\n{content}"))
        self._notes.append({"content": content, "id": identifier})
        number = len(self._notes)
        return (
            f'<sup data-fn="{identifier}" class="fn">'
            f'<a href="#{identifier}" id="{identifier}-link">{number}</a></sup>'
        )

    def meta(self) -> str:
        """Return the value of the ``footnotes`` field; empty where there is no note."""
        return json.dumps(self._notes, ensure_ascii=False) if self._notes else ""


class Inlines:
    """Writes inline elements of one post."""

    def __init__(self, notes: Notes, address: Callable[[str], str]) -> None:
        self.notes = notes
        self.address = address

    def html(self, nodes: Sequence[Node]) -> str:
        """Return the nodes as HTML without a block element."""
        return "".join(self._node(node) for node in balanced(nodes))

    def image(self, node: Node, end: str = "/>") -> str:
        """Return an image; the editor ends it with ``/>`` in a block and with ``>`` in text."""
        words = attribute(node, "alt") or plain_text(node["c"][1]).strip()
        source = escape_attribute(self.address(node["c"][2][0]))
        return f'<img src="{source}" alt="{escape_attribute(words)}"{end}'

    def lines(self, blocks: Iterable[Node]) -> str:
        """Return the text of some blocks with a line break between paragraphs.

        For places that hold no blocks: a note, a table's cell, an item's further paragraphs.
        """
        return "<br>".join(text for block in blocks for text in self._texts(block) if text)

    def _texts(self, value: Any) -> Iterable[str]:
        if isinstance(value, list):
            for item in value:
                yield from self._texts(item)
            return
        if not isinstance(value, dict) or value.get("t") not in BLOCKS:
            return
        kind, content = value["t"], content_of(value)
        if kind in ("Para", "Plain"):
            yield self.html(content)
        elif kind == "Header":
            yield f"<strong>{self.html(content[2])}</strong>"
        elif kind == "CodeBlock":
            yield f"<code>{escape(content[1])}</code>"
        elif kind == "DefinitionList":
            for term, definitions in content:
                yield self.html(term)
                yield from self._texts(definitions)
        else:
            yield from self._texts(content)

    def _node(self, node: Node) -> str:
        kind, content = node["t"], content_of(node)
        if kind == "Str":
            return escape(content)
        if kind in _FIXED:
            return _FIXED[kind]
        if kind in _TAGS:
            opening, closing = _TAGS[kind]
            return f"{opening}{self.html(content)}{closing}"
        if kind in ("Code", "Math"):
            return f"<code>{escape(content[1])}</code>"
        return self._rest(node)

    def _rest(self, node: Node) -> str:
        kind, content = node["t"], node["c"]
        writers: Mapping[str, Callable[[], str]] = {
            "Quoted": lambda: self.html(content[1]).join(QUOTATION_MARKS[content[0]["t"]]),
            "Cite": lambda: self.html(content[1]),
            "Link": lambda: self._link(content),
            "Image": lambda: self.image(node, ">"),
            "Note": lambda: self.notes.refer(self.lines(content)),
            "Span": lambda: self._span(node),
            "RawInline": lambda: raw_html(node),
        }
        return writers[kind]()

    def _link(self, content: Any) -> str:
        return f'<a href="{escape_attribute(content[2][0])}">{self.html(content[1])}</a>'

    def _span(self, node: Node) -> str:
        inner = self.html(node["c"][1])
        if has_class(node, "quotation") and attribute(node, "data-verdict"):
            data = "".join(
                f' {name}="{escape_attribute(value)}"'
                for name in ("data-verdict", "data-source", "data-locator")
                if (value := attribute(node, name))
            )
            return f'<span class="quotation"{data}>{inner}</span>'
        return inner


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
_PHRASES = frozenset(
    "abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u "
    "var".split()
)
_VOID = frozenset({"br", "wbr"})


def balanced(nodes: Sequence[Node]) -> list[Node]:
    """Return inlines without the author's tags that have no partner among them.

    In a paragraph the editor refuses an element that is not closed or that is no phrase of text;
    such tags go, the words between them stay.
    """
    opened: list[tuple[str, int]] = []
    kept: set[int] = set()
    for index, node in enumerate(nodes):
        tag = _TAG.fullmatch(raw_html(node)) if node["t"] == "RawInline" else None
        name = tag[2].lower() if tag else ""
        if name in _VOID:
            kept.add(index)
        elif tag and not tag[1] and name in _PHRASES:
            opened.append((name, index))
        elif tag and opened and opened[-1][0] == name:
            kept |= {opened.pop()[1], index}
    return [n for index, n in enumerate(nodes) if n["t"] != "RawInline" or index in kept]


def raw_html(node: Node) -> str:
    """Return the author's own HTML without its comments; nothing for markup of other formats.

    A comment could open or close a block.
    """
    form, raw = node["c"]
    if form not in ("html", "html4", "html5"):
        return ""
    while (start := raw.find("<!--")) >= 0:
        end = raw.find("-->", start)
        raw = raw[:start] + (raw[end + 3 :] if end >= 0 else "")
    return str(raw)


def escape_brackets(text: str) -> str:
    """Return HTML text in which WordPress sees no shortcode, as the editor does it for code."""
    return text.replace("[", "&#91;")
