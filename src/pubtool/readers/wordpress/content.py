"""A post's raw content, block by block, as pandoc's elements.

A block's HTML says by itself what it is, since the editor writes it so that a page without the
editor shows it: comments round it are taken off, and what is read is the HTML. Only what the HTML
does not say is read from the comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape

from pubtool.model import Node
from pubtool.readers.wordpress.elements import Elements
from pubtool.readers.wordpress.grammar import Block, Piece, parse, serialise
from pubtool.readers.wordpress.ledger import NOTHING, RAW
from pubtool.readers.wordpress.nodes import node, raw_block
from pubtool.readers.wordpress.setting import Form, Setting, classes_of, name_of, parse_html
from pubtool.readers.wordpress.shortcodes import read_shortcodes
from pubtool.text.block_comments import NOTES_HERE

_MARKS = re.compile(r"<!--\s*(more|nextpage)\b((?:(?!-->|<!--).)*)-->", re.DOTALL)
_URL = re.compile(r"https?://[^\s<>\"']+")
_OPEN_LINE = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"'\[\]]+)[ \t]*$")

_TRANSPARENT = frozenset(
    "paragraph heading list list-item quote pullquote image table code preformatted verse "
    "separator details group columns column buttons button media-text cover gallery footnotes "
    "spacer audio video file more nextpage freeform html shortcode embed math missing".split()
)
"""Blocks whose HTML is all that there is to them."""


def read_content(content: str, setting: Setting) -> list[Node]:
    """Return a post's content as blocks.

    Where the list of notes stands between others, a comment keeps its place.
    """
    elements = Elements(setting)
    nodes: list[Node] = []
    place = None
    for piece in parse(content):
        if isinstance(piece, str):
            if piece.strip():
                nodes += _classic(piece, setting, elements)
        elif piece.name == "footnotes":
            place = len(nodes)
        else:
            nodes += _block(piece, setting, elements)
    if setting.whole and setting.notes and place is not None and place < len(nodes):
        nodes.insert(place, raw_block(NOTES_HERE))
    return nodes


def _classic(html: str, setting: Setting, elements: Elements) -> list[Node]:
    """Read what stands in no block: the old editor's HTML."""
    whole = read_shortcodes(_own_lines(html), setting)
    marked = _MARKS.sub(lambda found: setting.put([_mark(found)]), whole)
    return elements.read(marked, Form.CLASSIC)


def _own_lines(html: str) -> str:
    """Return classic content in which an address on a line of its own is a paragraph (an embed)."""
    return _OPEN_LINE.sub(r"\n\n\1\n\n", html)


def _mark(found: re.Match[str]) -> Node:
    return raw_block(f"<!--{found[1]}{found[2].rstrip()}-->")


def _block(block: Block, setting: Setting, elements: Elements) -> list[Node]:
    if block.name == "freeform":
        return _classic(serialise(block.inner), setting, elements)
    reader = _READERS.get("embed" if block.name.startswith("core-embed/") else block.name)
    if reader is not None:
        return reader(block, setting)
    html = _flat(block, setting, elements)
    if block.name not in _TRANSPARENT:
        said = "a block of a plugin, or one that WordPress fills itself"
        if not html.strip():
            text = serialise([block])
            setting.ledger.add(f"block {block.name}", RAW, said, text)
            return [raw_block(text)]
        said = f"{said}; its HTML stays, and not what is made of it"
        setting.ledger.add(f"block {block.name}", "its HTML", said)
    return elements.read(html, Form.BLOCK)


def _flat(block: Block, setting: Setting, elements: Elements) -> str:
    """Return a block's HTML with that of the blocks within it."""
    return "".join(_inner(piece, setting, elements) for piece in block.inner)


def _inner(piece: Piece, setting: Setting, elements: Elements) -> str:
    if isinstance(piece, str):
        return piece
    if piece.name in _READERS or piece.name == "freeform" or piece.name not in _TRANSPARENT:
        return setting.put(_block(piece, setting, elements))
    return _flat(piece, setting, elements)


# --- Blocks that are read from more than their HTML -----------------------------------------------


def _html(block: Block, setting: Setting) -> list[Node]:
    text = serialise(block.inner).strip("\n")
    if not text.strip():
        return []
    if _is_plain(text):
        return Elements(setting).read(text, Form.BLOCK)
    setting.ledger.add("Custom HTML", RAW, "its author's own HTML", text)
    return [raw_block(text)]


def _is_plain(html: str) -> bool:
    """Whether all of some HTML is said by Markdown: lists of terms or of blocks, a formula."""
    root = parse_html(html)[0]
    if len(root) != 1 or (root.text or "").strip() or (root[0].tail or "").strip():
        return False
    if name_of(root[0]) == "div" and classes_of(root[0]) == ["wp-block-math"]:
        return True
    return name_of(root[0]) in _PLAIN_ROOTS and all(
        name_of(one) in _PLAIN and set(map(str, one.attrib)) <= _PLAIN_ATTRIBUTES
        for one in root[0].iter()
    )


def _shortcode(block: Block, setting: Setting) -> list[Node]:
    text = serialise(block.inner).strip()
    if not text:
        return []
    said = "a shortcode: WordPress or a plugin of it makes something of it, nobody else does"
    setting.ledger.add("shortcode", RAW, said, text)
    return [raw_block(text)]


def _embed(block: Block, setting: Setting) -> list[Node]:
    html = serialise(block.inner)
    address = str(block.attributes.get("url") or "")
    if not address:
        found = _URL.search(html)
        address = unescape(found[0]) if found else ""
    if not address:
        return []
    nodes = [node("Para", [node("Str", address)])]
    if side := block.attributes.get("align"):
        setting.ledger.add("style", NOTHING, f"align{side}: the page's design")
    caption = re.search(r"<figcaption\b[^>]*>(.*?)</figcaption>", html, re.DOTALL)
    if caption:
        setting.ledger.add("caption", "text", "an embed has none in Markdown; it stands below")
        nodes += Elements(setting).read(f"<p>{caption[1]}</p>", Form.BLOCK)
    return nodes


def _more(block: Block, setting: Setting) -> list[Node]:
    found = _MARKS.search(serialise(block.inner))
    return [_mark(found)] if found else []


def _math(block: Block, setting: Setting) -> list[Node]:
    latex = str(block.attributes.get("latex") or "")
    if not latex:
        return _html(block, setting)
    return [node("Para", [node("Math", [{"t": "DisplayMath"}, latex])])]


def _nothing(block: Block, setting: Setting) -> list[Node]:
    return []


def _spacer(block: Block, setting: Setting) -> list[Node]:
    setting.ledger.add("spacer", NOTHING, "empty space is the page's design")
    return []


_PLAIN_ROOTS = frozenset({"dl", "ol", "ul"})
_PLAIN = frozenset("a blockquote br code dd dl dt em li ol p pre s strong sub sup ul".split())
_PLAIN_ATTRIBUTES = frozenset({"href", "start", "style"})

_READERS: Mapping[str, Callable[[Block, Setting], list[Node]]] = {
    "html": _html,
    "shortcode": _shortcode,
    "embed": _embed,
    "more": _more,
    "nextpage": _more,
    "math": _math,
    "footnotes": _nothing,
    "spacer": _spacer,
}
