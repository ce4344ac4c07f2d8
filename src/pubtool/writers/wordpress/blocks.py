"""Blocks: a walk over the syntax tree that writes the block editor's own markup.

Each form here is one that the editor's ``save`` functions give (WordPress 6.8 and 7.1), since the
editor compares and warns the reader's author of anything else. What has no block of its own
(definition lists, a table inside a list) becomes a Custom HTML block.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pubtool.model import Node
from pubtool.writers.ast import DASHES, element, has_class, is_attribution
from pubtool.writers.wordpress.fallback import ordering, plain_html
from pubtool.writers.wordpress.inlines import (
    Inlines,
    escape,
    escape_attribute,
    escape_brackets,
    raw_html,
)

_RULE = '<hr class="wp-block-separator has-alpha-channel-opacity"/>'

_ALIGNMENTS: Mapping[str, str] = {
    "AlignLeft": "left",
    "AlignRight": "right",
    "AlignCenter": "center",
}


def comment(name: str, attributes: Mapping[str, Any], html: str) -> str:
    """Return a block: its comments round its HTML."""
    return f"<!-- wp:{name}{_json(attributes)} -->\n{html}\n<!-- /wp:{name} -->"


def _json(attributes: Mapping[str, Any]) -> str:
    """Return attributes as WordPress's serializer spells them: nothing that ends a comment."""
    if not attributes:
        return ""
    text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
    for plain, escaped in (
        ("--", "\\u002d\\u002d"),
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ('\\"', "\\u0022"),
    ):
        text = text.replace(plain, escaped)
    return f" {text}"


class Blocks:
    """Writes the blocks of one post."""

    def __init__(self, inlines: Inlines) -> None:
        self._inlines = inlines
        self._writers: Mapping[str, Callable[[Node], list[str]]] = {
            "Para": lambda node: [self._paragraph(node["c"])],
            "Plain": lambda node: [self._paragraph(node["c"])],
            "Header": lambda node: [self._heading(node)],
            "BlockQuote": lambda node: [self._quote(node["c"])],
            "BulletList": lambda node: [self._list(node)],
            "OrderedList": lambda node: [self._list(node)],
            "CodeBlock": lambda node: [self._code(node)],
            "HorizontalRule": lambda _: [comment("separator", {}, _RULE)],
            "Div": self._division,
            "Figure": self._figure,
            "Table": lambda node: [self._table(node)],
            "RawBlock": self._raw,
        }

    def write(self, nodes: Iterable[Node]) -> list[str]:
        """Return the nodes' blocks, in order; a node may give none or several."""
        return [block for node in nodes for block in self._node(node) if block]

    def _node(self, node: Node) -> list[str]:
        writer = self._writers.get(node["t"])
        return writer(node) if writer else [comment("html", {}, plain_html([node], self._inlines))]

    def _raw(self, node: Node) -> list[str]:
        raw = raw_html(node).strip()
        return [comment("html", {}, raw)] if raw else []

    # --- Text ---

    def _paragraph(self, inlines: list[Node]) -> str:
        visible = [node for node in inlines if node["t"] not in ("Space", "SoftBreak")]
        if len(visible) == 1 and visible[0]["t"] == "Image":
            return self._image(visible[0], "")
        if len(visible) == 1 and visible[0]["t"] == "Math":
            return self._code_block(visible[0]["c"][1].strip(), "latex")
        html = self._inlines.html(inlines).strip()
        return comment("paragraph", {}, f"<p>{html}</p>") if html else ""

    def _heading(self, node: Node) -> str:
        level, attributes, inlines = node["c"]
        anchor = f' id="{escape_attribute(attributes[0])}"' if attributes[0] else ""
        html = (
            f'<h{level} class="wp-block-heading"{anchor}>{self._inlines.html(inlines)}</h{level}>'
        )
        return comment("heading", {"level": level} if level != 2 else {}, html)

    def _quote(self, blocks: list[Node]) -> str:
        body, source = _attribution(blocks)
        inner = "\n\n".join(self.write(body))
        cite = f"<cite>{self._inlines.html(source)}</cite>" if source else ""
        return comment(
            "quote", {}, f'<blockquote class="wp-block-quote">{inner}{cite}</blockquote>'
        )

    def _division(self, node: Node) -> list[str]:
        if has_class(node, "epigraph") and not any(b["t"] == "BlockQuote" for b in node["c"][1]):
            return [self._quote(node["c"][1])]
        return self.write(node["c"][1])

    def _code(self, node: Node) -> str:
        (_, classes, _), text = node["c"]
        return self._code_block(text, classes[0] if classes else "")

    def _code_block(self, text: str, language: str) -> str:
        name = f"language-{language}" if language else ""
        classes = f"wp-block-code {name}".strip()
        html = escape_brackets(escape(text))
        return comment(
            "code",
            {"className": name} if name else {},
            f'<pre class="{escape_attribute(classes)}"><code>{html}</code></pre>',
        )

    # --- Lists ---

    def _list(self, node: Node) -> str:
        if not _fits_list(node):
            return comment("html", {}, plain_html([node], self._inlines))
        ordered = node["t"] == "OrderedList"
        items = node["c"][1] if ordered else node["c"]
        attributes, html = ordering(node["c"][0]) if ordered else ({}, "")
        tag = "ol" if ordered else "ul"
        inner = "\n\n".join(self._item(item) for item in items)
        return comment("list", attributes, f'<{tag}{html} class="wp-block-list">{inner}</{tag}>')

    def _item(self, blocks: list[Node]) -> str:
        text = self._inlines.lines(b for b in blocks if b["t"] in ("Plain", "Para"))
        nested = "\n\n".join(self._list(b) for b in blocks if b["t"] not in ("Plain", "Para"))
        return comment("list-item", {}, f"<li>{text}{nested}</li>")

    # --- Images and tables ---

    def _image(self, image: Node, caption: str) -> str:
        note = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
        html = f'<figure class="wp-block-image">{self._inlines.image(image)}{note}</figure>'
        return comment("image", {}, html)

    def _figure(self, node: Node) -> list[str]:
        _, (_, caption), blocks = node["c"]
        inlines = blocks[0]["c"] if len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para") else []
        if len(inlines) == 1 and inlines[0]["t"] == "Image":
            return [self._image(inlines[0], self._inlines.lines(caption))]
        return self.write([*blocks, *caption])

    def _table(self, node: Node) -> str:
        _, (_, caption), columns, (_, head), bodies, (_, foot) = node["c"]
        alignments = [_ALIGNMENTS.get(column[0]["t"], "") for column in columns]
        sections = [
            ("thead", "th", head),
            ("tbody", "td", [row for body in bodies for row in (*body[2], *body[3])]),
            ("tfoot", "td", foot),
        ]
        inner = "".join(
            f"<{name}>{''.join(self._row(row, tag, alignments) for row in rows)}</{name}>"
            for name, tag, rows in sections
            if rows
        )
        words = self._inlines.lines(caption)
        note = f'<figcaption class="wp-element-caption">{words}</figcaption>' if words else ""
        html = f'<figure class="wp-block-table"><table>{inner}</table>{note}</figure>'
        return comment("table", {"hasFixedLayout": False}, html)

    def _row(self, row: Any, tag: str, alignments: list[str]) -> str:
        cells, at = [], 0
        for _, own, rows, columns, blocks in row[1]:
            align = _ALIGNMENTS.get(own["t"], alignments[at] if at < len(alignments) else "")
            attributes = f' class="has-text-align-{align}" data-align="{align}"' if align else ""
            attributes += f' colspan="{columns}"' if columns > 1 else ""
            attributes += f' rowspan="{rows}"' if rows > 1 else ""
            cells.append(f"<{tag}{attributes}>{self._inlines.lines(blocks)}</{tag}>")
            at += columns
        return f"<tr>{''.join(cells)}</tr>"


def _attribution(blocks: list[Node]) -> tuple[list[Node], list[Node]]:
    """Split a block quotation into its body and the inlines of its last line, ``— Author``."""
    if not is_attribution(blocks):
        return blocks, []
    inlines: list[Node] = blocks[-1]["c"]
    rest = element("Str", inlines[0]["c"].lstrip("".join(DASHES)))
    source = [rest, *inlines[1:]] if rest["c"] else inlines[1:]
    while source and source[0]["t"] == "Space":
        source = source[1:]
    return blocks[:-1], source


def _fits_list(node: Node) -> bool:
    """Whether the editor's list can hold it: text, then at most one list an item."""
    items = node["c"][1] if node["t"] == "OrderedList" else node["c"]
    for item in items:
        kinds = [block["t"] for block in item]
        lists = [kind for kind in kinds if kind in ("BulletList", "OrderedList")]
        if len(lists) > 1 or (lists and kinds[-1] != lists[0]):
            return False
        if any(kind not in ("Plain", "Para", "BulletList", "OrderedList") for kind in kinds):
            return False
        if not all(_fits_list(block) for block in item if block["t"] in lists):
            return False
    return True
