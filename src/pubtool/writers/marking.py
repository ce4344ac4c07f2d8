"""Where the small mark after a checked quotation stands, whatever each format makes of it."""

from __future__ import annotations

from collections.abc import Mapping

from pubtool.model import Node
from pubtool.writers.ast import (
    attribute,
    collect,
    element,
    has_class,
    is_attribution,
    is_element,
)

_CLOSING = frozenset("”’»«›‹“‘\"'」』")
"""Marks that can close a quotation; German and Danish ones open elsewhere."""


def place_marks(blocks: list[Node], marks: Mapping[str, Node]) -> list[Node]:
    """Return the blocks with each mark after the closing quotation mark of its quotation.

    `marks` are inlines by the quotation's id. A block quotation has its mark at the end of its last
    paragraph.
    """
    last = _last_pieces(blocks)
    marked: list[Node] = _in_list(blocks, marks, last)
    return marked


def _last_pieces(blocks: list[Node]) -> dict[int, str]:
    """Return, by identity, the last element of each quotation and the quotation's id."""
    found: dict[str, int] = {}
    for node in collect(blocks, frozenset({"Span", "Div"})):
        if name := _quotation(node):
            found[name] = id(node)
    return {place: name for name, place in found.items()}


def _quotation(node: Node) -> str:
    if node["t"] not in ("Span", "Div") or not has_class(node, "quotation"):
        return ""
    if not attribute(node, "data-verdict"):
        return ""
    return attribute(node, "data-part-of") or str(node["c"][0][0])


def _in_list(items: list[Node], known: Mapping[str, Node], last: Mapping[int, str]) -> list[Node]:
    """Mark the elements of one list; marks due inside a ``Quoted`` come out behind it."""
    result: list[Node] = []
    due: list[Node] = []
    for item in items:
        closing, rest = _cut_closing(item) if due else ([], [item])
        result.extend([*closing, *due])
        due = []
        for piece in rest:
            new, due = _marked(piece, known, last)
            result.append(new)
    return [*result, *due]


def _cut_closing(item: Node) -> tuple[list[Node], list[Node]]:
    """Cut the quotation mark off that an element begins with."""
    if item["t"] != "Str" or item["c"][0] not in _CLOSING:
        return [], [item]
    rest = [element("Str", item["c"][1:])] if item["c"][1:] else []
    return [element("Str", item["c"][0])], rest


def _marked(
    item: Node, known: Mapping[str, Node], last: Mapping[int, str]
) -> tuple[Node, list[Node]]:
    """Return the element with the marks inside it, and the mark that is due behind it."""
    name = last.get(id(item), "")
    if item["t"] == "Div" and name in known:
        return element("Div", [item["c"][0], _at_end(item["c"][1], known[name])]), []
    new = {**item, "c": _content(item["c"], known, last)} if "c" in item else item
    due = [known[name]] if name in known else []
    if item["t"] == "Quoted":
        inner, ending = _ending_marks(new["c"][1], known)
        return element("Quoted", [new["c"][0], inner]), [*ending, *due]
    return new, due


def _ending_marks(items: list[Node], known: Mapping[str, Node]) -> tuple[list[Node], list[Node]]:
    """Take the marks out that nothing but punctuation follows (a style may move it inside)."""
    kept, marks = list[Node](), list[Node]()
    for at in range(len(items) - 1, -1, -1):
        if any(items[at] is mark for mark in known.values()):
            marks.insert(0, items[at])
        elif items[at]["t"] == "Str" and not any(c.isalnum() for c in items[at]["c"]):
            kept.insert(0, items[at])
        else:
            return [*items[: at + 1], *kept], marks
    return kept, marks


def _content(value: object, known: Mapping[str, Node], last: Mapping[int, str]) -> object:
    if isinstance(value, list):
        if any(is_element(item) for item in value):
            return _in_list(value, known, last)
        return [_content(item, known, last) for item in value]
    if isinstance(value, dict) and not is_element(value):
        return {key: _content(item, known, last) for key, item in value.items()}
    return value


def _at_end(blocks: list[Node], mark: Node) -> list[Node]:
    """Return the blocks with the mark at the end of the last paragraph, or after all of them.

    The line that names the author is none of the quoted ones.
    """
    if is_attribution(blocks):
        return [*_at_end(blocks[:-1], mark), blocks[-1]]
    if blocks and blocks[-1]["t"] in ("Para", "Plain"):
        inlines = [*blocks[-1]["c"], mark]
        return [*blocks[:-1], element(blocks[-1]["t"], inlines)]
    if blocks and blocks[-1]["t"] == "BlockQuote":
        return [*blocks[:-1], element("BlockQuote", _at_end(blocks[-1]["c"], mark))]
    return [*blocks, element("Para", [mark])]
