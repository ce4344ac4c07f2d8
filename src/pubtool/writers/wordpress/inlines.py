"""Inline elements as WordPress's rich text has them.

The markup is what the block editor's own ``RichText`` writes (``<br>``, ``<strong>``, ``<em>``,
``<s>``), so that a block's content is the same after the first save.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pubtool.model import Node, Placed
from pubtool.writers.ast import (
    BLOCKS,
    QUOTATION_MARKS,
    attribute,
    change,
    collect,
    content_of,
    plain_text,
)
from pubtool.writers.marking import is_quotation
from pubtool.writers.wordpress.formulas import Formulas
from pubtool.writers.wordpress.ledger import TEXT, Ledger
from pubtool.writers.wordpress.markup import (
    escape,
    escape_address,
    escape_attribute,
    escape_shortcodes,
    html_attributes,
)
from pubtool.writers.wordpress.notes import Notes
from pubtool.writers.wordpress.rawtags import balanced, has_anchor, plain_html, raw_html

_UNDERLINE = ('<span style="text-decoration: underline">', "</span>")

_TAGS: Mapping[str, tuple[str, str]] = {
    "Emph": ("<em>", "</em>"),
    "Strong": ("<strong>", "</strong>"),
    "Strikeout": ("<s>", "</s>"),
    "Superscript": ("<sup>", "</sup>"),
    "Subscript": ("<sub>", "</sub>"),
    "Underline": _UNDERLINE,
    "SmallCaps": ('<span style="font-variant: small-caps">', "</span>"),
}

_CLASSES: Mapping[str, tuple[str, str]] = {
    "mark": ("<mark>", "</mark>"),
    "underline": _UNDERLINE,
    "ul": _UNDERLINE,
    "kbd": ("<kbd>", "</kbd>"),
}
"""What pandoc's own writers make of a span with one of these classes."""

_FIXED: Mapping[str, str] = {"Space": " ", "SoftBreak": " ", "LineBreak": "<br>"}
_PROOF = ("data-verdict", "data-source", "data-locator")
_SIDES = frozenset({"alignleft", "alignright", "aligncenter"})
_GENERAL = frozenset({"lang", "dir", "title", "role"})
"""Attributes that WordPress lets any element have, beside ``data-…``."""


@dataclass(frozen=True)
class Manner:
    """How the inlines of one post are to be written."""

    formulas: Formulas
    images: Callable[[str], Placed]
    """From an image's address in the post to where it is."""
    proof: bool
    """Whether a checked quotation says in its attributes what was found."""


class Inlines:
    """Writes inline elements of one post."""

    def __init__(self, notes: Notes, ledger: Ledger, manner: Manner) -> None:
        self.ledger = ledger
        self.manner = manner
        self._notes = notes
        self._in_note = False
        self._preformatted = False

    @contextmanager
    def noting(self, notes: Notes) -> Iterator[None]:
        """Have the notes that come taken by `notes` for a while."""
        outer, self._notes = self._notes, notes
        try:
            yield
        finally:
            self._notes = outer

    def html(self, nodes: Sequence[Node]) -> str:
        """Return the nodes as HTML without a block element."""
        return "".join(self._node(node) for node in balanced(nodes, self.ledger))

    def verse(self, nodes: Sequence[Node]) -> str:
        """Return the nodes as preformatted HTML, in which a line's end is a line's end."""
        self._preformatted = True
        try:
            return self.html(nodes)
        finally:
            self._preformatted = False

    def image(self, node: Node, given: Mapping[str, str], end: str) -> str:
        """Return an image with some attributes that come behind its words.

        The editor ends it with ``/>`` in a block and with ``>`` in text.
        """
        words = attribute(node, "alt") or plain_text(node["c"][1]).strip()
        source = self.address(node["c"][2][0])
        return f'<img src="{source}" alt="{escape_attribute(words)}"{html_attributes(given)}{end}'

    def address(self, target: str) -> str:
        """Return the address that a link or an image leads to, as the value of an attribute."""
        return escape_address(self.manner.images(target).url)

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
        if kind not in ("Para", "Plain", "Div"):
            self.ledger.add(_BLOCK_NAMES.get(kind, "block"), TEXT, "only words can stand here")
        yield from self._texts_of(kind, content)

    def _texts_of(self, kind: str, content: Any) -> Iterable[str]:
        if kind in ("Para", "Plain"):
            yield self.html(content)
        elif kind == "LineBlock":
            yield from (self.html(line) for line in content)
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
            return escape(escape_shortcodes(content))
        if kind in _FIXED:
            return "\n" if self._preformatted and kind != "Space" else _FIXED[kind]
        if kind in _TAGS:
            opening, closing = _TAGS[kind]
            return f"{opening}{self.html(content)}{closing}"
        return self._rest(node)

    def _rest(self, node: Node) -> str:
        kind, content = node["t"], node["c"]
        writers: Mapping[str, Callable[[], str]] = {
            "Code": lambda: f"<code>{escape(escape_shortcodes(content[1]))}</code>",
            "Math": lambda: self.formula(node),
            "Quoted": lambda: self.html(content[1]).join(QUOTATION_MARKS[content[0]["t"]]),
            "Cite": lambda: self.html(content[1]),
            "Link": lambda: self._link(content),
            "Image": lambda: self._inline_image(node),
            "Note": lambda: self._note(content),
            "Span": lambda: self._span(node),
            "RawInline": lambda: plain_html(raw_html(node)),
        }
        return writers[kind]()

    def formula(self, node: Node) -> str:
        """Return a formula; its TeX where pandoc cannot read it."""
        kind, tex = node["c"][0]["t"], node["c"][1]
        written = self.manner.formulas.get((kind, tex))
        if written is None:
            self.ledger.add("formula", TEXT, "pandoc cannot read it as TeX")
            return f"<code>{escape(tex.strip())}</code>"
        return written

    def _inline_image(self, node: Node) -> str:
        placed = self.manner.images(node["c"][2][0])
        names = [name for name in node["c"][0][1] if name in _SIDES]
        names += [f"wp-image-{placed.id}"] if placed.id else []
        given = {"class": " ".join(names)}
        given["title"] = escape_attribute(node["c"][2][1])
        return self.image(node, given, ">")

    def _note(self, blocks: list[Node]) -> str:
        if self._in_note:
            why = "WordPress keeps no note that only another note refers to"
            self.ledger.add("note in a note", "text in brackets", why)
            return f" ({self.lines(blocks)})"
        self._in_note, preformatted, self._preformatted = True, self._preformatted, False
        try:
            content = self.lines(blocks)
        finally:
            self._in_note, self._preformatted = False, preformatted
        return self._notes.refer(content)

    def _link(self, content: Any) -> str:
        own, inlines, (target, title) = content
        inner = self.html(change(inlines, _without_links))
        given = {"title": escape_attribute(title), **_general(own)}
        link = f'<a href="{self.address(target)}"{html_attributes(given)}>{inner}</a>'
        return link + "".join(map(self._node, collect(inlines, frozenset({"Note"}))))

    def _span(self, node: Node) -> str:
        own, inlines = node["c"]
        inner = self.html(inlines)
        if is_quotation(node):
            if not self.manner.proof:
                return inner
            data = {name: escape_attribute(attribute(node, name)) for name in _PROOF}
            return f'<span class="quotation"{html_attributes(data)}>{inner}</span>'
        for name in own[1]:
            if name in _CLASSES:
                opening, closing = _CLASSES[name]
                return f"{opening}{inner}{closing}"
        given = html_attributes(_general(own))
        return f"<span{given}>{inner}</span>" if given else inner


_BLOCK_NAMES: Mapping[str, str] = {
    "LineBlock": "line block",
    "Header": "heading",
    "CodeBlock": "code block",
    "RawBlock": "raw HTML",
    "BlockQuote": "block quotation",
    "OrderedList": "ordered list",
    "BulletList": "list",
    "DefinitionList": "definition list",
    "HorizontalRule": "separator",
    "Table": "table",
    "Figure": "figure",
}


def _general(own: Any) -> dict[str, str]:
    """Return an element's own attributes as far as WordPress lets any element have them."""
    identifier, classes, pairs = own
    kept = {"id": escape_attribute(identifier), "class": escape_attribute(" ".join(classes))}
    for name, value in pairs:
        if name in _GENERAL or name.startswith("data-"):
            kept[name] = escape_attribute(value)
    return kept


def _without_links(node: Node) -> list[Node] | None:
    """Take away what would put a link into a link: a note's reference, the author's own tag.

    Of an address in angle brackets, which pandoc leaves in a link, the words stay.
    """
    if node["t"] == "RawInline" and has_anchor(node):
        return []
    if node["t"] == "Link":
        return list(node["c"][1])
    return [] if node["t"] == "Note" else None
