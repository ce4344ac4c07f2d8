"""Forms of a post that are pubtool's own way of writing: what the block writer turns into blocks.

Each is the inverse of what `docs/writing-posts.md` shows.
"""

from __future__ import annotations

from pubtool.model import Node
from pubtool.readers.wordpress.nodes import LINE_BREAK, attributes, node


def is_picture(block: Node) -> bool:
    """Whether a block is an image and nothing else, with a link round it or not."""
    if block["t"] not in ("Para", "Plain") or len(block["c"]) != 1:
        return False
    (one,) = block["c"]
    if one["t"] == "Link":
        return len(one["c"][1]) == 1 and one["c"][1][0]["t"] == "Image"
    return bool(one["t"] == "Image")


def figure(picture: Node, caption: list[Node]) -> list[Node]:
    """Return an image with its caption."""
    return [node("Div", [attributes("", ["figure"]), [picture, node("Para", caption)]])]


def captioned_table(table: Node, caption: list[Node]) -> list[Node]:
    """Return a table with its caption."""
    return [node("Div", [attributes("", ["figure"]), [table, node("Para", caption)]])]


def pullquote(blocks: list[Node]) -> list[Node]:
    """Return a pullquote; its last line may name the author."""
    return [node("Div", [attributes("", ["pullquote"]), [node("BlockQuote", blocks)]])]


def verse(lines: list[list[Node]]) -> list[Node]:
    """Return lines of verse."""
    inner = [one for line in lines for one in (*line, LINE_BREAK)][:-1]
    return [node("Div", [attributes("", ["verse"]), [node("Para", inner)]])]


def details(summary: list[Node], blocks: list[Node]) -> list[Node]:
    """Return blocks that readers unfold."""
    head = [node("Para", summary)] if summary else []
    return [node("Div", [attributes("", ["details"]), [*head, *blocks]])]
