"""Divisions: what a post's fenced divs, by their classes, are to WordPress.

=============  ====================================================================================
class          block
=============  ====================================================================================
verse          verse: a line of the text is a line; a bar that leads it (``| ``) goes
pullquote      pullquote; so is a block quotation with this class
epigraph       quote of this class
details        details; the summary is the attribute ``summary``, else the first heading inside;
               with the class ``open`` it is shown unfolded
figure         image; its caption is what follows the image in the div
left, center,  no block: the paragraphs and headings inside are so aligned (``text-center`` and
right          the style ``text-align:center`` say the same)
any other      group of these classes
=============  ====================================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pubtool.model import Node
from pubtool.writers.ast import attribute, element, has_class, is_attribution, words
from pubtool.writers.marking import is_quotation
from pubtool.writers.shapes import attribution, image_of, side, side_of, unquoted, verse_lines
from pubtool.writers.wordpress.figures import image_block
from pubtool.writers.wordpress.ledger import NOTHING
from pubtool.writers.wordpress.markup import comment, escape_attribute, html_attributes

if TYPE_CHECKING:
    from pubtool.writers.wordpress.blocks import Blocks

CLASS = "class"
"""The key under which a paragraph or heading keeps a class that it gets here; none of pandoc's."""

_TEXTS = frozenset({"Para", "Plain"})
_KNOWN = frozenset({"summary", "style"})


def division(node: Node, blocks: Blocks) -> list[str]:
    """Return the blocks of a div."""
    (identifier, classes, _), content = node["c"]
    if is_quotation(node):
        return blocks.write(_proven(node) if blocks.inlines.manner.proof else content)
    if has_class(node, "verse") and all(b["t"] in _TEXTS | {"LineBlock"} for b in content):
        return [verse(verse_lines(content), identifier, _others(classes, "verse"), blocks)]
    if has_class(node, "details"):
        return [_details(node, blocks)]
    if has_class(node, "pullquote"):
        return [_pullquote(node, blocks)]
    if has_class(node, "figure") and (found := image_of(content[:1])):
        caption = blocks.inlines.lines(content[1:])
        figure = found._replace(
            caption=caption, identifier=identifier, classes=tuple(_others(classes, "figure"))
        )
        return [image_block(figure, blocks.inlines)]
    return _styled(node, blocks)


def _styled(node: Node, blocks: Blocks) -> list[str]:
    (identifier, classes, pairs), content = node["c"]
    aligned = side(node)
    content = [_aligned(block, aligned) for block in content] if aligned else content
    rest = [name for name in classes if side_of(name) == ""]
    for name in sorted({name for name, _ in pairs} - _KNOWN):
        blocks.ledger.add(f"attribute {name}", NOTHING, "a block has no such attribute")
    if "epigraph" in rest:
        if any(block["t"] in ("BlockQuote", "Div") for block in content):
            content = [inner for block in content for inner in unquoted(block)]
        return [blocks.quote(content, identifier, rest)]
    inner = blocks.write(content)
    if not rest and not identifier:
        return inner
    name = " ".join(rest)
    given = {
        "id": escape_attribute(identifier),
        "class": escape_attribute(f"wp-block-group {name}".strip()),
    }
    html = f"<div{html_attributes(given)}>{_joined(inner)}</div>"
    return [comment("group", {"anchor": identifier, "className": name}, html)]


def verse(lines: Sequence[Sequence[Node]], anchor: str, classes: Sequence[str], blocks: Any) -> str:
    """Return lines as a verse block."""
    name = " ".join(classes)
    inner = "\n".join(blocks.inlines.verse(line) for line in lines)
    given = {
        "id": escape_attribute(anchor),
        "class": escape_attribute(f"wp-block-verse {name}".strip()),
    }
    html = f"<pre{html_attributes(given)}>{inner.strip(chr(10))}</pre>"
    return comment("verse", {"anchor": anchor, "className": name}, html)


def _details(node: Node, blocks: Blocks) -> str:
    (identifier, classes, _), content = node["c"]
    summary, given = attribute(node, "summary"), [element("Str", "Details")]
    if summary:
        given = words(summary)
    else:
        at = next((n for n, block in enumerate(content) if block["t"] == "Header"), None)
        if at is not None:
            given = content[at]["c"][2]
            content = [*content[:at], *content[at + 1 :]]
    title = blocks.inlines.html(given)
    shown = has_class(node, "open")
    name = " ".join(_others(classes, "details", "open"))
    outer = {
        "id": escape_attribute(identifier),
        "class": escape_attribute(f"wp-block-details {name}".strip()),
    }
    inner = _joined(blocks.write(content))
    html = (
        f"<details{html_attributes(outer)}{' open' if shown else ''}>"
        f"<summary>{title}</summary>{inner}</details>"
    )
    attributes = {"showContent": shown or None, "anchor": identifier, "className": name}
    return comment("details", attributes, html)


def _pullquote(node: Node, blocks: Blocks) -> str:
    (identifier, classes, _), content = node["c"]
    content = [inner for block in content for inner in unquoted(block)]
    body, source = attribution(content)
    if not all(block["t"] in _TEXTS for block in body):
        blocks.ledger.add("pullquote", "quote", "a pullquote holds text alone")
        return blocks.quote(content, identifier, classes)
    name = " ".join(_others(classes, "pullquote"))
    text = blocks.inlines.lines(body)
    cite = f"<cite>{blocks.inlines.html(source)}</cite>" if source else ""
    given = {
        "id": escape_attribute(identifier),
        "class": escape_attribute(f"wp-block-pullquote {name}".strip()),
    }
    html = f"<figure{html_attributes(given)}><blockquote><p>{text}</p>{cite}</blockquote></figure>"
    return comment("pullquote", {"anchor": identifier, "className": name}, html)


def _proven(node: Node) -> list[Node]:
    """Return a checked block quotation with its proof round the words of each paragraph."""
    own, content = node["c"]

    def proven(block: Node) -> Node:
        if block["t"] == "BlockQuote":
            body = block["c"][:-1] if is_attribution(block["c"]) else block["c"]
            return {**block, "c": [*map(proven, body), *block["c"][len(body) :]]}
        if block["t"] == "Div":
            return {**block, "c": [block["c"][0], list(map(proven, block["c"][1]))]}
        if block["t"] not in _TEXTS or all(one["t"] == "RawInline" for one in block["c"]):
            return block  # no words: a quotation that ends with a table has its mark below
        return {**block, "c": [element("Span", [own, block["c"]])]}

    return list(map(proven, content))


def _aligned(block: Node, side: str) -> Node:
    held = block["t"] in _TEXTS or block["t"] == "Header"
    return {**block, CLASS: f"has-text-align-{side}"} if held else block


def _others(classes: Sequence[str], *used: str) -> list[str]:
    return [name for name in classes if name not in used]


def _joined(blocks: Sequence[str]) -> str:
    return "\n\n".join(blocks)
