"""What authors write as divisions and by signs, as the elements that HTML has for it.

The same forms become blocks in WordPress and boxes in the PDF (`shapes`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from pubtool.model import Node
from pubtool.writers.ast import (
    BLOCKS,
    LEAVES,
    attr,
    attribute,
    element,
    is_element,
    plain_text,
    words,
)
from pubtool.writers.shapes import image_of, lone_image, side, title_of, verse_lines, with_boxes

_TEXTS = frozenset({"Para", "Plain", "LineBlock"})


def shaped(blocks: list[Node]) -> list[Node]:
    """Return the blocks with figures, tasks, verses, details and alignment as HTML has them.

    What notes and tables hold is left: no paragraph is looked into.
    """
    result: list[Node] = _shaped(blocks)
    return result


def _shaped(value: Any) -> Any:
    if isinstance(value, list):
        out: list[Any] = []
        for item in value:
            if is_element(item, BLOCKS):
                inner = {**item, "c": _shaped(item["c"])} if item["t"] not in LEAVES else item
                out.extend(_shape(inner))
            else:
                out.append(_shaped(item))
        return out
    return value


def _shape(node: Node) -> list[Node]:
    if node["t"] == "BulletList":
        return [_as_text(with_boxes(node))]
    if node["t"] == "Para":
        return _captioned(node) or [node]
    if node["t"] != "Div":
        return [node]
    made = next((make for name, make in _DIVISIONS.items() if name in node["c"][0][1]), None)
    return _aligned(made(node) if made else None, node) or [node]


def _as_text(tasks: Node) -> Node:
    """Return a list whose boxes stay signs: pandoc makes ``☐`` a box that readers could tick."""
    items = [
        [{**item[0], "c": [element("Str", "☐ "), *item[0]["c"][2:]]}, *item[1:]]
        if item and item[0]["t"] in _TEXTS and item[0]["c"][:1] == [element("Str", "☐")]
        else item
        for item in tasks["c"]
    ]
    return {**tasks, "c": items}


def _captioned(paragraph: Node) -> list[Node] | None:
    """Return an image that stands by itself and has a title as a figure with that caption."""
    found = lone_image(paragraph["c"])
    title = title_of(found.image) if found else ""
    if not found or not title:
        return None
    given, alternative, (target, _) = found.image["c"]
    image = element("Image", [given, alternative, [target, ""]])
    shown = element("Link", [attr(), [image], [found.link, ""]]) if found.link else image
    return [_figure(attr(), [element("Plain", words(title))], shown)]


def _figure(attributes: list[object], caption: list[Node], shown: Node) -> Node:
    return element("Figure", [attributes, [None, caption], [element("Plain", [shown])]])


def _of_figure(node: Node) -> list[Node] | None:
    content = node["c"][1]
    found = image_of(content[:1])
    if not found:
        return None
    shown = next(inline for inline in content[0]["c"] if inline["t"] in ("Image", "Link"))
    return [_figure(_without(node, "figure"), content[1:], shown)]


def _of_verse(node: Node) -> list[Node] | None:
    content = node["c"][1]
    if not all(block["t"] in _TEXTS for block in content):
        return None
    return [element("Div", [node["c"][0], [element("LineBlock", verse_lines(content))]])]


def _of_details(node: Node) -> list[Node] | None:
    """Return what is folded away; an attribute or the heading at its beginning is the summary."""
    content = list(node["c"][1])
    summary = attribute(node, "summary")
    if not summary and content and content[0]["t"] == "Header":
        summary = plain_text(content.pop(0)["c"][2])
    if not summary:
        return None
    identifier = f' id="{escape(node["c"][0][0])}"' if node["c"][0][0] else ""
    opened = " open" if "open" in node["c"][0][1] else ""
    start = f"<details{identifier}{opened}><summary>{escape(summary)}</summary>"
    return [_raw(start), *content, _raw("</details>")]


def _raw(html: str) -> Node:
    return element("RawBlock", ["html", html])


def _without(node: Node, name: str) -> list[object]:
    identifier, classes, pairs = node["c"][0]
    return [identifier, [one for one in classes if one != name], pairs]


def _aligned(made: list[Node] | None, node: Node) -> list[Node] | None:
    """Return a division with the side of its text as one class, however its author named it."""
    aligned = side(node)
    if not aligned or made is not None:
        return made
    identifier, classes, pairs = node["c"][0]
    return [
        element(
            "Div", [[identifier, list(dict.fromkeys([*classes, aligned])), pairs], node["c"][1]]
        )
    ]


_DIVISIONS: Mapping[str, Callable[[Node], list[Node] | None]] = {
    "figure": _of_figure,
    "verse": _of_verse,
    "details": _of_details,
}
