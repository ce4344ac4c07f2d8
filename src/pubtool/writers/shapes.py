"""What a post's elements are to a reader, in whatever format they are written.

Markdown has no word for a figure, a verse or a task: a post has them as an image that stands by
itself, a div of a class, a list with brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from pubtool.model import BLANKS, Node
from pubtool.writers.ast import attr_of, attribute, element, has_class, is_attribution

_SIDES = ("left", "center", "right")
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")
_TEXTS = frozenset({"Plain", "Para"})
_OPEN, _DONE = "☐", "☑"
"""A task's box as text: WordPress takes ``<input>`` away from whoever may not write any HTML."""


class Figure(NamedTuple):
    """An image with what belongs to it."""

    image: Node
    link: str = ""
    """Where it leads; empty for nowhere."""
    caption: str | None = None
    """HTML; None where the image's title is to be it."""
    identifier: str = ""
    classes: tuple[str, ...] = ()


def lone_image(inlines: Sequence[Node]) -> Figure | None:
    """Return the image that a paragraph is, with its link; None for any other paragraph."""
    given = [node for node in inlines if node["t"] not in BLANKS]
    if len(given) != 1:
        return None
    if given[0]["t"] == "Image":
        return Figure(given[0])
    if given[0]["t"] != "Link":
        return None
    inside = lone_image(given[0]["c"][1])
    return inside._replace(link=given[0]["c"][2][0]) if inside and not inside.link else None


def image_of(blocks: Sequence[Node]) -> Figure | None:
    """Return the image that a single block is."""
    lone = len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para")
    return lone_image(blocks[0]["c"]) if lone else None


def title_of(image: Node) -> str:
    """Return an image's title, which is the caption of one that stands by itself."""
    return str(image["c"][2][1]).strip()


def with_boxes(node: Node) -> Node:
    """Return a list in which ``[ ]`` and ``[x]`` at an item's beginning are signs for it."""
    if node["t"] != "BulletList":
        return node
    return {**node, "c": [_boxed(item) for item in node["c"]]}


def _boxed(item: Sequence[Node]) -> list[Node]:
    if not item or item[0]["t"] not in _TEXTS:
        return list(item)
    inlines: list[Any] = item[0]["c"]
    signs = [node["c"] if node["t"] == "Str" else node["t"] for node in inlines[:4]]
    if signs[:2] in (["[x]", "Space"], ["[X]", "Space"]):
        box, rest = _DONE, inlines[1:]
    elif signs == ["[", "Space", "]", "Space"]:
        box, rest = _OPEN, inlines[3:]
    else:
        return list(item)
    return [{**item[0], "c": [element("Str", box), *rest]}, *item[1:]]


def attribution(blocks: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """Split a block quotation into its body and the inlines of its last line, ``— Author``."""
    if not is_attribution(blocks):
        return list(blocks), []
    return list(blocks[:-1]), _without_dash(blocks[-1]["c"])


def _without_dash(inlines: list[Node]) -> list[Node]:
    """Return inlines without the dash that they begin with, which may stand in an emphasis."""
    first, rest = inlines[0], inlines[1:]
    content: Any = first["c"]
    if first["t"] in ("Span", "Link"):
        return [{**first, "c": [content[0], _without_dash(content[1]), *content[2:]]}, *rest]
    if first["t"] in ("Emph", "Strong", "Underline", "Strikeout", "SmallCaps"):
        return [{**first, "c": _without_dash(content)}, *rest]
    if first["t"] != "Str":
        return inlines
    said = content.lstrip("—–―")
    source = [element("Str", said), *rest] if said else rest
    while source and source[0]["t"] == "Space":
        source = source[1:]
    return source


def unquoted(block: Node) -> list[Node]:
    """Return what a block quotation holds, and any other block as it is."""
    if block["t"] == "BlockQuote":
        inner: list[Node] = block["c"]
        return inner
    if block["t"] == "Div" and has_class(block, "quotation"):
        return [inner for held in block["c"][1] for inner in unquoted(held)]
    return [block]


def verse_lines(content: Sequence[Node]) -> list[list[Node]]:
    """Return the lines of a verse; a blank one between two paragraphs."""
    lines: list[list[Node]] = []
    for block in content:
        if lines:
            lines.append([])
        if block["t"] == "LineBlock":
            lines.extend(block["c"])
        else:
            lines.extend(map(_unbarred, _split(block["c"])))
    return lines


def _split(inlines: Sequence[Node]) -> list[list[Node]]:
    lines: list[list[Node]] = [[]]
    for node in inlines:
        if node["t"] in ("SoftBreak", "LineBreak"):
            lines.append([])
        else:
            lines[-1].append(node)
    return lines


def _unbarred(line: list[Node]) -> list[Node]:
    barred = line[:1] == [element("Str", "|")]
    return line[2:] if barred and line[1:2] == [{"t": "Space"}] else line[barred:]


def side(node: Node) -> str:
    """Return the side to which a div aligns its text; empty for none."""
    classes = (attr_of(node) or ["", []])[1]
    named = next(filter(None, map(side_of, classes)), "")
    found = _ALIGN.search(attribute(node, "style"))
    return named or (found[1] if found else "")


def side_of(name: str) -> str:
    """Return the side that a class aligns text to; empty for another class."""
    bare = name.removeprefix("has-").removeprefix("text-").removeprefix("align-")
    return bare if bare in _SIDES else ""
