"""What the readers of one post's HTML share: how strict they are, and what they gather."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from pubtool.readers.wordpress.ledger import Ledger

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pubtool.model import Node


class Form(Enum):
    """What sort of HTML is read."""

    BLOCK = "block"
    """A block's: the editor wrote it, so every tag is meant; line ends are spaces."""
    CLASSIC = "classic"
    """The old editor's: line ends are breaks, ``<b>`` is strong."""


@dataclass
class Setting:
    """One post's."""

    notes: Mapping[str, str]
    """The words of its notes, HTML, by id."""
    listed: Mapping[str, str]
    """The words of notes that stand as a list in the text, by the item's id."""
    address: Callable[[str], str]
    """Where an image is to be found, given its address on the site."""
    link: Callable[[str], str]
    """Where a link is to lead, given the address that it leads to: a post's file, for a post."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What stands in the Markdown for some notes, by their ids."""
    whole: bool = True
    """Whether it is the post and not a part of it."""
    ledger: Ledger = field(default_factory=Ledger)
    images: dict[str, None] = field(default_factory=dict)
    """The addresses of the images on the site, in order."""
    placed: dict[str, list[Node]] = field(default_factory=dict)
    """Nodes that stand for what is no HTML: by the number of their place."""
    form: Form = Form.BLOCK

    def put(self, nodes: list[Node]) -> str:
        """Return an element to stand in the HTML for some nodes."""
        number = str(len(self.placed))
        self.placed[number] = nodes
        return f'<{PLACE} n="{number}"></{PLACE}>'


PLACE = "pubtool-place"

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p "
    "pre search section summary table tbody td tfoot th thead tr caption ul".split()
)
"""Elements that stand between lines and not within one."""

OPAQUE = frozenset(
    "audio button canvas embed iframe input math noscript object script select style svg template "
    "textarea video applet map".split()
)
"""Elements that Markdown has nothing for, kept whole."""


def name_of(element: _Element) -> str:
    """Return an element's name in lower case; ``#`` for a comment or the like."""
    return element.tag.lower() if isinstance(element.tag, str) else "#"


def classes_of(element: _Element) -> list[str]:
    """Return an element's classes."""
    return (element.get("class") or "").split()


def style_of(element: _Element) -> dict[str, str]:
    """Return an element's style, property by property."""
    pairs = (part.partition(":") for part in (element.get("style") or "").split(";"))
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def holds_blocks(element: _Element) -> bool:
    """Whether an element or one within it stands between lines."""
    return any(name_of(inner) in BLOCKS for inner in element.iter())


def parse_html(html: str) -> _Element:
    """Return the element round some HTML, read as browsers are lenient, no address of it opened.

    Raises RecursionError where it is nested more deeply than any page is.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    legal = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", html)
    root = etree.fromstring(f"<html><body><div>{legal}</div></body></html>".encode(), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise RecursionError
    found = root.find("body") if root is not None else None
    return found if found is not None else etree.Element("body")


def without_comments(html: str) -> str:
    """Return HTML without its comments; one that is not closed stays."""
    parts, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
        parts.append(html[at:start])
        at = end + 3
    return "".join([*parts, html[at:]])


def html_of(element: _Element) -> str:
    """Return an element as HTML, without what follows it."""
    from lxml import etree

    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
