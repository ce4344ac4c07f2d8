"""pandoc's syntax tree, as far as a post that is read from HTML needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from pubtool.model import BLANKS, Node

SPACE: Node = {"t": "Space"}
LINE_BREAK: Node = {"t": "LineBreak"}
NEW_LINE: Node = {"t": "SoftBreak"}
"""A line end of classic content, which WordPress shows as a break."""
NEW_PARAGRAPH: Node = {"t": "NewParagraph"}
"""A blank line of classic content; none is left in a finished tree."""
RULE: Node = {"t": "HorizontalRule"}

_BLANKS = BLANKS | {"LineBreak", "NewParagraph"}
_MELTING = frozenset({"Emph", "Strong", "Strikeout", "Underline"})


def node(kind: str, content: Any) -> Node:
    """Return an element."""
    return {"t": kind, "c": content}


def attributes(
    identifier: str = "", classes: Iterable[str] = (), others: Iterable[tuple[str, str]] = ()
) -> list[Any]:
    """Return an attribute list."""
    return [identifier, list(classes), [list(pair) for pair in others]]


def raw_block(html: str) -> Node:
    """Return HTML as a block."""
    return node("RawBlock", ["html", html])


def raw_inline(html: str) -> Node:
    """Return HTML within a line."""
    return node("RawInline", ["html", html])


def markdown(text: str) -> Node:
    """Return a block that is Markdown already."""
    return node("RawBlock", ["markdown", text])


def needs_a_blank_line(item: Sequence[Node]) -> bool:
    """Whether an item's text is followed by a list that cannot interrupt a line of text.

    By CommonMark's rules only one that begins with 1 can.
    """
    return any(
        one["t"] == "Plain"
        and other["t"] == "OrderedList"
        and (other["c"][0][0] != 1 or other["c"][0][1]["t"] != "Decimal")
        for one, other in pairwise(item)
    )


def loosened(block: Node) -> Node:
    """Return a block with a blank line round it."""
    return node("Para", block["c"]) if block["t"] == "Plain" else block


def is_blank(one: Node) -> bool:
    """Whether a node is a space or a break."""
    return one["t"] in _BLANKS


def trimmed(nodes: Sequence[Node]) -> list[Node]:
    """Return inlines without the blanks at both ends."""
    start, end = 0, len(nodes)
    while start < end and is_blank(nodes[start]):
        start += 1
    while end > start and is_blank(nodes[end - 1]):
        end -= 1
    return list(nodes[start:end])


def tidy(nodes: Sequence[Node]) -> list[Node]:
    """Return inlines with neighbours joined and blanks outside of what they stand at the edge of.

    Two words are one, of two blanks the wider stays, and two emphases are one, as pandoc's own
    readers have it; ``<em>word </em>`` is a word and a space, since Markdown can only say it so.
    """
    flat: list[Node] = []
    for one in nodes:
        flat.extend(_turned_out(one))
    joined: list[Node] = []
    for one in flat:
        if joined and (both := _joined(joined[-1], one)) is not None:
            joined[-1:] = both
        else:
            joined.append(one)
    return joined


def _turned_out(one: Node) -> list[Node]:
    """Return an emphasis and the blanks that stood at its edges; nothing for an empty one."""
    if one["t"] not in _MELTING and one["t"] not in ("Superscript", "Subscript", "SmallCaps"):
        return [one]
    inner = tidy([part for n in one["c"] for part in (n["c"] if n["t"] == one["t"] else [n])])
    body = trimmed(inner)
    if not body:
        return inner
    start = next(i for i, n in enumerate(inner) if not is_blank(n))
    end = start + len(body)
    return [*inner[:start], node(one["t"], body), *inner[end:]]


def _joined(one: Node, other: Node) -> list[Node] | None:
    kinds = one["t"], other["t"]
    if kinds == ("Str", "Str"):
        return [node("Str", one["c"] + other["c"])]
    if kinds == ("Code", "Code"):
        return [node("Code", [one["c"][0], one["c"][1] + other["c"][1]])]
    if kinds[0] in _BLANKS and kinds[1] in _BLANKS:
        return _wider(one, other)
    if kinds[0] == kinds[1] and kinds[0] in _MELTING:
        return [node(kinds[0], tidy([*one["c"], *other["c"]]))]
    return None


def _wider(one: Node, other: Node) -> list[Node] | None:
    order = ["Space", "SoftBreak", "LineBreak", "NewParagraph"]
    if one["t"] == other["t"] == "LineBreak":
        return None
    return [max(one, other, key=lambda blank: order.index(blank["t"]))]


def broken(nodes: Sequence[Node]) -> list[Node]:
    """Return inlines of classic content with its line ends as breaks, also within an emphasis.

    Blank lines are left at the outermost level, where they end a paragraph, and nowhere else.
    """
    return [LINE_BREAK if one["t"] == "SoftBreak" else _broken(one) for one in nodes]


def _broken(tree: Any) -> Any:
    if isinstance(tree, list):
        return [LINE_BREAK if _is_line_end(one) else _broken(one) for one in tree]
    if isinstance(tree, dict) and isinstance(tree.get("c"), list) and tree["t"] != "Note":
        return {**tree, "c": _broken(tree["c"])}
    return tree


def _is_line_end(one: Any) -> bool:
    return isinstance(one, dict) and one.get("t") in ("SoftBreak", "NewParagraph")


def within_lines(tree: Any) -> Any:
    """Return a tree whose notes have their words where they are referred to: ``^[…]``."""
    if isinstance(tree, list):
        return [part for one in tree for part in _inline_note(one)]
    if isinstance(tree, dict) and isinstance(tree.get("c"), list):
        return {**tree, "c": within_lines(tree["c"])}
    return tree


def _inline_note(one: Any) -> list[Any]:
    if not isinstance(one, dict) or one.get("t") != "Note":
        return [within_lines(one)]
    marks = [node("RawInline", ["commonmark", mark]) for mark in ("^[", "]")]
    words: list[Any] = []
    for block in one["c"]:
        words += [LINE_BREAK, *block["c"]] if words else block["c"]
    return [marks[0], *words, marks[1]]


def words_of(tree: Any) -> str:
    """Return the words of a piece of tree; notes and raw markup left out."""
    if isinstance(tree, list):
        return "".join(words_of(one) for one in tree)
    if not isinstance(tree, dict) or tree["t"] in ("Note", "RawInline", "RawBlock"):
        return ""
    if tree["t"] in _BLANKS:
        return " "
    if tree["t"] in ("Code", "CodeBlock", "Math"):
        return str(tree["c"][1])
    content = tree.get("c")
    return content if isinstance(content, str) else words_of(content)
