"""A post's text as a feed reader shows it: words, links, pictures, and none of a page's machinery.

What readers do with markup differs, so little of it is left: no classes, styles or identifiers,
which would mean something else on a page of several posts, and nothing that could be pressed or
run. Every link is absolute; those to notes and headings lead to the post's page.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import urljoin

from pubtool.writers.html.body import Body

_KEPT = frozenset(
    "href src alt title lang dir cite datetime width height colspan rowspan scope start value "
    "type controls poster".split()
)
"""Attributes that say something to a reader of feeds."""
_ADDRESSES = ("href", "src", "cite", "poster")
_DROPPED = ("script", "style", "button", "form", "input", "select", "textarea", "template",
            "iframe", "object", "embed", "link", "meta", "base")  # fmt: skip
_MATHML = "math"


def feed_content(body: Body, address: str, heading: str, ending: str) -> str:
    """Return a post's text as HTML for feeds.

    `body` is that of its page, whose absolute `address` links are relative to. `heading` stands
    above its sources, and `ending`, plain text, comes last and leads to the page's proofs; it may
    be empty.
    """
    parts = [body.text]
    if body.notes:
        parts.append(f"<hr><ol>{body.notes}</ol>")
    if body.sources:
        items = "".join(f"<li>{source}</li>" for source in body.sources)
        parts.append(f"<h2>{escape(heading)}</h2><ul>{items}</ul>")
    if ending:
        parts.append(f'<p><a href="#Quotations">{escape(ending)}</a></p>')
    return _plain("\n".join(parts), address)


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
    """Return a target of the page as an address; a page of the site without ``index.html``."""
    try:
        whole = urljoin(address, target)
    except ValueError:  # no address by any rule: as its author wrote it
        return target
    return whole if whole == target else re.sub(r"/index\.html(?=#|$)", "/", whole)


def _clean(node: Any, address: str) -> None:
    if node.tag == "q" and "data-verdict" in node.attrib:
        # its author's marks stand round it, and readers' own stylesheets would add others
        node.tag = "span"
        node.attrib.pop("cite", None)
    for name in list(node.attrib):
        if name not in _KEPT:
            del node.attrib[name]
    for name in _ADDRESSES:
        if name in node.attrib:
            node.set(name, _absolute(address, node.get(name)))
    if node.tag == "span" and not node.attrib:
        node.drop_tag()
