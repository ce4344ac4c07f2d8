"""HTML that an author wrote into a post."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from pubtool.model import Node
from pubtool.writers.ast import collect
from pubtool.writers.wordpress.ledger import NOTHING, Ledger
from pubtool.writers.wordpress.markup import escape, escape_attribute

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
_PHRASES = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time "
    "u var".split()
)
_VOID = frozenset({"br", "wbr", "img"})


def balanced(nodes: Sequence[Node], ledger: Ledger) -> list[Node]:
    """Return inlines without the author's tags that have no partner among them.

    In a paragraph the editor refuses an element that is not closed or that is no phrase of text;
    such tags go, the words between them stay, and the ledger says so.
    """
    opened: list[tuple[str, int]] = []
    kept: set[int] = set()
    for index, node in enumerate(nodes):
        tag = _TAG.fullmatch(raw_html(node)) if node["t"] == "RawInline" else None
        name = tag[2].lower() if tag else ""
        if name in _VOID or (node["t"] == "RawInline" and not tag and plain_html(raw_html(node))):
            kept.add(index)
        elif tag and not tag[1] and name in _PHRASES:
            opened.append((name, index))
        elif tag and opened and opened[-1][0] == name:
            first = opened.pop()[1]
            if name != "a" or not _leads_on(nodes[first + 1 : index]):
                kept |= {first, index}
    for index, node in enumerate(nodes):
        if node["t"] == "RawInline" and index not in kept:
            _tell(node, ledger)
    return [n for index, n in enumerate(nodes) if n["t"] != "RawInline" or index in kept]


def _leads_on(nodes: Sequence[Node]) -> bool:
    """Whether there is a link among inlines already, or a note, whose reference is one."""
    found = collect(list(nodes), frozenset({"Link", "Note", "RawInline"}))
    return any(node["t"] != "RawInline" or has_anchor(node) for node in found)


def has_anchor(node: Node) -> bool:
    """Whether the author's own HTML has a link's tag."""
    return re.search(r"</?a\b", raw_html(node), re.IGNORECASE) is not None


def _tell(node: Node, ledger: Ledger) -> None:
    form, raw = node["c"]
    if raw_html(node).strip():
        why = "a paragraph holds only elements of text, each with its end"
        ledger.add(f"HTML tag {raw.strip()}", NOTHING, why)
    elif not form.startswith("html"):
        ledger.add(f"raw {form}", NOTHING, "WordPress shows HTML alone")


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


def plain_html(raw: str) -> str:
    """Return HTML as a browser spells it: lower case, double quotation marks.

    One tag, or a piece that holds phrases of text alone, each with its end; empty for any other.
    """
    parser = _Phrases()
    parser.feed(raw)
    parser.close()
    whole = not parser.opened and not parser.strange
    return "".join(parser.written) if whole or _TAG.fullmatch(raw) else ""


class _Phrases(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self.opened: list[str] = []
        self.strange = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = "".join(f' {name}="{escape_attribute(value or "")}"' for name, value in attrs)
        self.written.append(f"<{tag}{words}>")
        self.strange = self.strange or tag not in _PHRASES | _VOID
        if tag not in _VOID:
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{tag}>")
        if self.opened[-1:] == [tag]:
            self.opened.pop()
        else:
            self.strange = True

    def handle_data(self, data: str) -> None:
        self.written.append(escape(data))
