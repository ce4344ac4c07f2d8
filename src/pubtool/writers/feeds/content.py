"""A post's text as a feed reader shows it: words, links, pictures, and none of a page's machinery.

What readers do with markup differs, so little of it is left: no classes, styles or identifiers,
which would mean something else on a page of several posts, and nothing that could be pressed or
run. Every link is absolute; those to notes and headings lead to the post's page.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urljoin

from pubtool.model import Document, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.citations import split_sources

_OPTIONS = {"wrap_text": "wrap-none", "html_math_method": "mathml", "highlight_method": "none"}
_KEPT = frozenset(
    "href src alt title lang dir cite datetime width height colspan rowspan scope start value "
    "type controls poster".split()
)
"""Attributes that say something to a reader of feeds."""
_ADDRESSES = ("href", "src", "cite", "poster")
_DROPPED = ("script", "style", "button", "form", "input", "select", "textarea", "template",
            "iframe", "object", "embed", "link", "meta", "base")  # fmt: skip
_MATHML = "math"


def feed_content(
    document: Document, address: str, heading: str, ending: str, pandoc: Pandoc
) -> str:
    """Return a ready post as HTML for feeds.

    `address` is its page's, `heading` stands above its sources, and `ending`, plain text, comes
    last and leads to the page's proofs; it may be empty. Raises `PandocFailed`.
    """
    rest, entries = split_sources(document)
    blocks = [*rest.ast["blocks"], *_sources(entries, heading)]
    html = pandoc.render(Document({**rest.ast, "blocks": blocks}), "html5", _OPTIONS)
    if ending:
        link = escape(f"{address}#Quotations")
        html += f'\n<p><a href="{link}">{escape(ending)}</a></p>'
    return _plain(html, address)


def _sources(entries: Sequence[Node], heading: str) -> list[Node]:
    if not entries:
        return []
    head = {"t": "Header", "c": [2, ["", [], []], [{"t": "Str", "c": heading}]]}
    return [head, {"t": "BulletList", "c": [entry["c"][1] for entry in entries]}]


def _plain(html: str, address: str) -> str:
    from lxml import etree
    from lxml.html import fragment_fromstring

    root = fragment_fromstring(html, create_parent="div")
    etree.strip_elements(root, *_DROPPED, etree.Comment, with_tail=False)
    for node in list(root.iter(etree.Element)):
        if not any(parent.tag == _MATHML for parent in (node, *node.iterancestors())):
            _clean(node, address)
    parts = [escape(root.text or "", quote=False)]
    parts += [etree.tostring(node, encoding="unicode", method="html") for node in root]
    return "".join(parts).strip()


def _absolute(address: str, target: str) -> str:
    try:
        return urljoin(address, target)
    except ValueError:  # no address by any rule: as its author wrote it
        return target


def _clean(node: Any, address: str) -> None:
    for name in list(node.attrib):
        if name not in _KEPT:
            del node.attrib[name]
    for name in _ADDRESSES:
        if name in node.attrib:
            node.set(name, _absolute(address, node.get(name)))
    if node.tag == "span" and not node.attrib:
        node.drop_tag()
