"""A post's tree made ready to be bound: nothing is left in it that a book must not hold.

Raw markup is elements or gone, addresses are those that a reader may follow, images are those that
the book carries, and of what an author wrote into attributes only identifiers, classes, languages
and sizes stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pubtool.model import Document, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import (
    Attr,
    attr,
    attr_of,
    attribute,
    change,
    element,
    has_class,
    plain_text,
    with_attr,
    words,
)
from pubtool.writers.book import CHAPTER, language
from pubtool.writers.citations import split_sources
from pubtool.writers.own_html import OwnHtml
from pubtool.writers.shapes import image_of, title_of, verse_lines, with_boxes

_SCHEMES = re.compile(r"(?:https?|ftps?|mailto|tel|doi|urn|isbn):", re.IGNORECASE)
"""Addresses that lead somewhere and run nothing."""
_SIZE = re.compile(r"\d+(\.\d+)?(px|cm|mm|in|pt|em|%)?")
_OURS = ("data-verdict", "data-source", "data-locator", "data-part-of")


@dataclass(frozen=True)
class Bound:
    """A post's tree in its parts."""

    document: Document
    """The body; what its blocks are rendered with."""
    sources: tuple[tuple[Node, ...], ...]
    """The blocks of each entry of the list of sources."""

    @property
    def blocks(self) -> list[Node]:
        """The body's blocks."""
        blocks: list[Node] = self.document.ast["blocks"]
        return blocks

    def holding(self, blocks: list[Node]) -> Document:
        """Return the document with other blocks."""
        return Document({**self.document.ast, "blocks": blocks})


def prepare(document: Document, images: Mapping[str, str], pandoc: Pandoc) -> Bound:
    """Return a post's tree; `images` are the names in the book by the address in the tree."""
    plain = OwnHtml(pandoc).without_raw(document.ast["blocks"])

    def ready(node: Node) -> list[Node] | None:
        if node["t"] == "Image":
            return _image(node, images)
        if node["t"] == "Link":
            return _link(node)
        if node["t"] == "BulletList":
            return [with_boxes(node)]
        if node["t"] == "Para":
            return _figure(node)
        if node["t"] == "Div":
            return [_division(node)]
        return [with_attr(node, _attr(node))] if attr_of(node) is not None else None

    body, entries = split_sources(Document({**document.ast, "blocks": change(plain, ready)}))
    return Bound(body, tuple(tuple(entry["c"][1]) for entry in entries))


def _image(node: Node, images: Mapping[str, str]) -> list[Node]:
    """Return the image, or its words where the book does not carry it.

    One that stands elsewhere on the web is never loaded: a link leads to it.
    """
    source, title = node["c"][2]
    said = attribute(node, "alt") or plain_text(node["c"][1]).strip()
    if source in images:
        sized = dict(pair for pair in node["c"][0][2] if _is_size(pair))
        own = attr(node["c"][0][0], node["c"][0][1], sized.items())
        return [element("Image", [own, words(said), [images[source], title]])]
    if re.match(r"https?:", source, re.IGNORECASE):
        return [element("Link", [attr(), words(said or source), [source, ""]])]
    return words(said)


def _figure(node: Node) -> list[Node] | None:
    """Return an image that stands by itself and has a title: the title is its caption."""
    found = image_of([node])
    if found is None or not title_of(found.image):
        return None
    caption = [None, [element("Plain", words(title_of(found.image)))]]
    return [element("Figure", [attr(), caption, [element("Plain", node["c"])]])]


def _division(node: Node) -> Node:
    """Return a div as a verse of lines or with its summary, where it is such."""
    content = node["c"][1]
    if has_class(node, "verse") and all(b["t"] in ("Para", "Plain", "LineBlock") for b in content):
        content = [element("LineBlock", verse_lines(content))]
    elif has_class(node, "details") and attribute(node, "summary"):
        summary = element("Strong", words(attribute(node, "summary")))
        content = [element("Para", [summary]), *content]
    return element("Div", [_attr(node), content])


def _is_size(pair: list[str]) -> bool:
    return pair[0] in ("width", "height") and _SIZE.fullmatch(pair[1]) is not None


def _link(node: Node) -> list[Node]:
    target, title = node["c"][2]
    if not (target.startswith(("#", CHAPTER)) or _SCHEMES.match(target)):
        return list(node["c"][1])
    return [element("Link", [_attr(node), node["c"][1], [target, title]])]


def _attr(node: Node) -> Attr:
    identifier, classes, pairs = attr_of(node) or attr()
    ours = _OURS if has_class(node, "quotation") else ()
    kept = {name: value for name, value in pairs if name in ours or _is_of_language(name, value)}
    return attr(identifier, classes, kept.items())  # an author may have given one twice


def _is_of_language(name: str, value: str) -> bool:
    if name == "dir":
        return value in ("ltr", "rtl", "auto")
    return name == "lang" and bool(language(value))
