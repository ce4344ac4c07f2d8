"""Blocks: a walk over the syntax tree that writes the block editor's own markup.

Each form here is one that the editor's ``save`` functions give, since the editor compares and warns
the reader's author of anything else: strictly valid on WordPress 6.8 and 7.1, and the same byte for
byte when 7.1 saves it (where an id stands in a tag differs by block and version; the places are
7.1's). What has no block of its own (definition lists, a code block inside a list) becomes a Custom
HTML block and a line of the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pubtool.model import BLANKS, Node
from pubtool.writers.block_comments import (
    filled_block,
    is_for_wordpress,
    is_more,
    is_next_page,
    more_text,
)
from pubtool.writers.lines import LINE
from pubtool.writers.shapes import attribution, image_of, lone_image, with_boxes
from pubtool.writers.wordpress.divisions import CLASS, division, verse
from pubtool.writers.wordpress.embeds import embedded
from pubtool.writers.wordpress.fallback import custom_html
from pubtool.writers.wordpress.figures import image_block
from pubtool.writers.wordpress.inlines import Inlines
from pubtool.writers.wordpress.ledger import CUSTOM_HTML, NOTHING, Ledger
from pubtool.writers.wordpress.lists import fits_list, list_block
from pubtool.writers.wordpress.markup import (
    comment,
    escape,
    escape_attribute,
    escape_brackets,
    html_attributes,
    void,
)
from pubtool.writers.wordpress.rawtags import raw_html
from pubtool.writers.wordpress.tables import table_caption, table_html

_RULE = '<hr class="wp-block-separator has-alpha-channel-opacity"/>'

_AFTER_BREAK, _END_BREAKS = re.compile("<br> +"), re.compile(r"(?:\s|<br>)+\Z")
"""What no reader sees, and what stands beside a tag that is left out."""

_LONE_ADDRESS = re.compile(r"^(\s*https?:)//([^\s<>\"]+\s*)$", re.MULTILINE)
"""A line that WordPress would take for an embed; its editor escapes the first of a block."""

_NO_BLOCK: Mapping[str, tuple[str, str]] = {
    "DefinitionList": ("definition list", "the block editor has none"),
    "BulletList": ("list", "the editor's list holds text, then at most one list an item"),
    "OrderedList": ("ordered list", "the editor's list holds text, then at most one list an item"),
}


class Blocks:
    """Writes the blocks of one post."""

    def __init__(self, inlines: Inlines, slug: str) -> None:
        self.inlines = inlines
        self._slug = slug
        self._custom = 0
        self._more = False
        self._depth = 0
        self._writers: Mapping[str, Callable[[Node], list[str]]] = {
            "Para": lambda node: [self._paragraph(node)],
            "Plain": lambda node: [self._paragraph(node)],
            "LineBlock": lambda node: [verse(node["c"], "", (), self)],
            "Header": lambda node: [self._heading(node)],
            "BlockQuote": lambda node: [self.quote(node["c"])],
            "BulletList": self._list,
            "OrderedList": self._list,
            "CodeBlock": lambda node: [self._code(node)],
            "HorizontalRule": lambda _: [comment("separator", {}, _RULE)],
            "Div": lambda node: division(node, self),
            "Figure": self._figure,
            "Table": self._table,
            "RawBlock": self._raw,
        }

    @property
    def ledger(self) -> Ledger:
        """The ledger of the post."""
        return self.inlines.ledger

    def write(self, nodes: Iterable[Node]) -> list[str]:
        """Return the nodes' blocks, in order; a node may give none or several."""
        return [block for node in nodes for block in self.node(node)]

    def node(self, node: Node) -> list[str]:
        """Return one node's blocks, the ledger at its line."""
        outer, self.ledger.line = self.ledger.line, node.get(LINE, self.ledger.line)
        self._depth += 1
        try:
            writer = self._writers.get(node["t"], self._without_block)
            return [block for block in writer(node) if block]
        finally:
            self.ledger.line = outer
            self._depth -= 1

    def _without_block(self, node: Node) -> list[str]:
        self.ledger.add(_NO_BLOCK[node["t"]][0], CUSTOM_HTML, _NO_BLOCK[node["t"]][1])
        self._custom += 1
        return [custom_html(node, self.inlines, self._slug, f"{self._custom}")]

    def _raw(self, node: Node) -> list[str]:
        if is_more(node):
            return self._more_block(more_text(node))
        if is_next_page(node):
            return [comment("nextpage", {}, "<!--nextpage-->")]
        if block := filled_block(node):
            return [void(*block)]
        if is_for_wordpress(node):
            why = "only a block that WordPress fills itself may stand in a post as its comment"
            self.ledger.add(f"block comment {node['c'][1].strip()}", NOTHING, why)
            return []
        raw = raw_html(node).strip()
        if raw:
            why = "WordPress takes from it what the account may not write"
            self.ledger.add("raw HTML", CUSTOM_HTML, why)
        elif not node["c"][0].startswith("html"):
            self.ledger.add(f"raw {node['c'][0]}", NOTHING, "WordPress shows HTML alone")
        return [comment("html", {}, raw)] if raw else []

    def _more_block(self, text: str) -> list[str]:
        if self._more or self._depth > 1:
            self.ledger.add("more", NOTHING, "a post has one, between its outermost blocks")
            return []
        self._more = True
        words = f" {text}" if text else ""
        return [comment("more", {"customText": text}, f"<!--more{words}-->")]

    # --- Text ---

    def _paragraph(self, node: Node) -> str:
        inlines: list[Node] = node["c"]
        if figure := lone_image(inlines):
            return image_block(figure, self.inlines)
        if address := embedded(inlines):
            return address
        visible = [inline for inline in inlines if inline["t"] not in BLANKS]
        if len(visible) == 1 and visible[0]["t"] == "Math":
            return self._formula(visible[0])
        html = _END_BREAKS.sub("", _AFTER_BREAK.sub("<br>", self.inlines.html(inlines))).strip()
        name = node.get(CLASS, "")
        given = html_attributes({"class": escape_attribute(name)})
        return comment("paragraph", {"className": name}, f"<p{given}>{html}</p>") if html else ""

    def _formula(self, node: Node) -> str:
        written = self.inlines.formula(node)
        if not written.startswith("<math"):
            return self._code_block(node["c"][1].strip(), "", ["language-latex"])
        why = "a block for formulas is there since WordPress 6.9 only"
        self.ledger.add("formula", CUSTOM_HTML, why)
        return comment("html", {}, f'<div class="wp-block-math">{written}</div>')

    def _heading(self, node: Node) -> str:
        level, (identifier, classes, _), inlines = node["c"]
        name = " ".join([*classes, *filter(None, [node.get(CLASS)])])
        attributes = {"level": level if level != 2 else None}
        attributes |= {"anchor": identifier, "className": name}
        given = {
            "id": escape_attribute(identifier),
            "class": escape_attribute(f"wp-block-heading {name}".strip()),
        }
        html = f"<h{level}{html_attributes(given)}>{self.inlines.html(inlines)}</h{level}>"
        return comment("heading", attributes, html)

    def quote(self, blocks: Sequence[Node], anchor: str = "", classes: Iterable[str] = ()) -> str:
        """Return a block quotation; a last line ``— Author`` becomes its citation."""
        body, source = attribution(blocks)
        inner = "\n\n".join(self.write(body))
        cite = f"<cite>{self.inlines.html(source)}</cite>" if source else ""
        name = " ".join(classes)
        given = {
            "class": escape_attribute(f"wp-block-quote {name}".strip()),
            "id": escape_attribute(anchor),
        }
        html = f"<blockquote{html_attributes(given)}>{inner}{cite}</blockquote>"
        return comment("quote", {"anchor": anchor, "className": name}, html)

    def _code(self, node: Node) -> str:
        (identifier, classes, _), text = node["c"]
        names = [f"language-{classes[0]}", *classes[1:]] if classes else []
        return self._code_block(text, identifier, names)

    def _code_block(self, text: str, anchor: str, names: Sequence[str]) -> str:
        name = " ".join(names)
        given = {
            "id": escape_attribute(anchor),
            "class": escape_attribute(f"wp-block-code {name}".strip()),
        }
        inner = _LONE_ADDRESS.sub(r"\1&#47;&#47;\2", escape_brackets(escape(text)), count=1)
        html = f"<pre{html_attributes(given)}><code>{inner}</code></pre>"
        return comment("code", {"anchor": anchor, "className": name}, html)

    # --- Lists, images and tables ---

    def _list(self, node: Node) -> list[str]:
        boxed = with_boxes(self._without_comments(node))
        fits = fits_list(boxed)
        return [list_block(boxed, self.inlines)] if fits else self._without_block(boxed)

    def _without_comments(self, node: Node) -> Node:
        """Return a list without the raw HTML in its items that WordPress would show nothing of."""
        items = node["c"][1] if node["t"] == "OrderedList" else node["c"]
        kept = [[b for b in item if b["t"] != "RawBlock" or raw_html(b).strip()] for item in items]
        if kept == items:
            return node
        self.ledger.add("block comment in a list", NOTHING, "the editor's list holds text")
        return {**node, "c": [node["c"][0], kept] if node["t"] == "OrderedList" else kept}

    def _figure(self, node: Node) -> list[str]:
        (identifier, classes, _), (_, caption), blocks = node["c"]
        if found := image_of(blocks):
            words = self.inlines.lines(caption)
            figure = found._replace(caption=words, identifier=identifier, classes=tuple(classes))
            return [image_block(figure, self.inlines)]
        return self.write([*blocks, *caption])

    def _table(self, node: Node) -> list[str]:
        identifier, classes, _ = node["c"][0]
        html = table_html(node, self.inlines)
        words = table_caption(node, self.inlines)
        if not html:
            return [comment("paragraph", {}, f"<p>{words}</p>")] if words else []
        note = f'<figcaption class="wp-element-caption">{words}</figcaption>' if words else ""
        name = " ".join(classes)
        given = {
            "id": escape_attribute(identifier),
            "class": escape_attribute(f"wp-block-table {name}".strip()),
        }
        attributes: dict[str, Any] = {"hasFixedLayout": False}
        attributes |= {"anchor": identifier, "className": name}
        html = f"<figure{html_attributes(given)}>{html}{note}</figure>"
        return [comment("table", attributes, html)]
