"""Forms of a post that are pubtool's own way of writing: what the block writer turns into blocks.

Each is the inverse of what `writers/wordpress/divisions.py` reads: fenced divs by their classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pubtool.model import Node
from pubtool.readers.wordpress.nodes import (
    NEW_LINE,
    SPACE,
    attributes,
    markdown,
    node,
    words_of,
)

_PLAIN = frozenset({"Str", "Space"})
_QUOTING = re.compile('["“”„‟«»‹›「」『』]')
_DEEPEST = 6


def is_picture(block: Node) -> bool:
    """Whether a block is an image and nothing else, with a link round it or not."""
    return picture_of(block) is not None


def picture_of(block: Node) -> Node | None:
    """Return the image that a block is, with a link round it or not; None for any other block."""
    if block["t"] not in ("Para", "Plain") or len(block["c"]) != 1:
        return None
    inner: Node = block["c"][0]
    if inner["t"] == "Link" and len(inner["c"][1]) == 1:
        inner = inner["c"][1][0]
    return inner if inner["t"] == "Image" else None


def figure(picture: Node, caption: list[Node]) -> list[Node]:
    """Return an image with its caption: the image's title where that can be it, else a div.

    A title is no prose: a quotation in it would not be checked.
    """
    image, words = picture_of(picture), words_of(caption)
    plain = all(one["t"] in _PLAIN for one in caption) and not _QUOTING.search(words)
    if image is not None and plain:
        image["c"][2][1] = words
        return [picture]
    return [division(["figure"], [picture, node("Para", caption)])]


def captioned_table(table: Node, caption: list[Node]) -> list[Node]:
    """Return a table with its caption, in a paragraph above it that says so."""
    lead = node("RawInline", ["commonmark", "Table:"])
    return [node("Para", [lead, SPACE, *caption]), table]


def code(text: str, identifier: str, classes: Sequence[str]) -> Node:
    """Return code between fences, whatever stands in it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    simple = len(classes) == 1 and not identifier and re.fullmatch(r"[\w+-]+", classes[0])
    names = [f"#{identifier}"] * bool(identifier) + [f".{name}" for name in classes]
    info = classes[0] if simple else f"{{{' '.join(names)}}}" if names else ""
    return markdown(f"{fence}{info}\n{text}\n{fence}")


def pullquote(blocks: list[Node], classes: Iterable[str] = ()) -> list[Node]:
    """Return a pullquote; its last line may name the author."""
    return [division(["pullquote", *classes], blocks)]


def verse(
    stanzas: Sequence[Sequence[Sequence[Node]]], classes: Iterable[str] = (), identifier: str = ""
) -> list[Node]:
    """Return lines of verse, stanza by stanza."""
    paragraphs = [
        node("Para", [one for line in lines for one in (*line, NEW_LINE)][:-1])
        for lines in stanzas
        if lines
    ]
    return [division(["verse", *classes], paragraphs, (), identifier)]


def details(summary: list[Node], blocks: list[Node], classes: Iterable[str] = ()) -> list[Node]:
    """Return blocks that readers unfold; the summary is an attribute where it is plain text."""
    if all(one["t"] in _PLAIN for one in summary):
        others = [("summary", words_of(summary))] if summary else []
        return [division(["details", *classes], blocks, others)]
    head = node("Header", [_DEEPEST, attributes(), summary])
    return [division(["details", *classes], [head, *blocks])]


def division(
    classes: Iterable[str],
    blocks: list[Node],
    others: Iterable[tuple[str, str]] = (),
    identifier: str = "",
) -> Node:
    """Return a div."""
    content: list[Any] = [attributes(identifier, classes, others), blocks]
    return node("Div", content)
