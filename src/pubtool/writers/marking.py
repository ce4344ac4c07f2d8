"""Where the small mark after a checked quotation stands, whatever each format makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pubtool.model import BARE, BLANKS, Node
from pubtool.writers.ast import (
    ATTR_FIRST,
    attribute,
    collect,
    element,
    has_class,
    is_attribution,
    is_element,
)

CLOSING = frozenset("”’»«›‹“‘\"'」』")
"""Marks that can close a quotation; German and Danish ones open elsewhere."""


def place_marks(blocks: list[Node], marks: Mapping[str, Node]) -> list[Node]:
    """Return the blocks with each mark after the closing quotation mark of its quotation.

    A full stop or comma behind that comes before the mark too. `marks` are inlines by the
    quotation's id. A block quotation has its mark at the end of its last paragraph, a quotation
    inside a link behind the link: a link or a button in a link is neither.
    """
    placing = _Placing(marks, _last_pieces(blocks))
    return placing.in_list(blocks)


def is_quotation(node: Node) -> bool:
    """Whether an element is a checked quotation, or a piece of one."""
    ours = node["t"] in ("Span", "Div") and has_class(node, "quotation")
    return bool(ours) and attribute(node, "data-verdict") != ""


def quotation_id(node: Node) -> str:
    """Return the id of the quotation that such an element is, or is a piece of."""
    return attribute(node, "data-part-of") or str(node["c"][0][0])


def is_note(node: Node) -> bool:
    """Whether an inline is a note, or a citation that its style has made one."""
    if node["t"] == "Cite":
        return bool(node["c"][1]) and all(is_note(inner) for inner in node["c"][1])
    return bool(node["t"] == "Note")


def _last_pieces(blocks: list[Node]) -> dict[int, str]:
    """Return, by identity, the last element of each quotation and the quotation's id.

    What an image is called is not part of the text.
    """
    shown = collect(blocks, frozenset({"Span", "Div", "Image"}))
    images = [node for node in shown if node["t"] == "Image"]
    unseen = {id(node) for node in collect(images, frozenset({"Span"}))}
    found: dict[str, int] = {}
    for node in shown:
        if is_quotation(node) and id(node) not in unseen:
            found[quotation_id(node)] = id(node)
    return {place: name for name, place in found.items()}


class _Placing:
    """The marks of one post, and the elements behind which they are due."""

    def __init__(self, marks: Mapping[str, Node], last: Mapping[int, str]) -> None:
        self._due = {place: marks[name] for place, name in last.items() if name in marks}
        self._marks = {id(mark) for mark in marks.values()}

    def in_list(self, items: list[Node]) -> list[Node]:
        """Mark the elements of one list; marks due inside a ``Quoted`` come out behind it."""
        result: list[Node] = []
        due: list[Node] = []
        closed = False
        for at, item in enumerate(items):
            if not due and item["t"] in BARE:  # nearly all of a text
                result.append(item)
                continue
            if due and not closed and _is_blank_before_mark(items[at : at + 3]):
                result.append(item)
                continue
            before, rest = _cut_clinging(item, closed=closed) if due else ([], [item])
            result.extend(before)
            if before and not rest:
                closed = True
                continue
            result.extend(due)
            due, closed = [], False
            for piece in rest:
                new, due = self._marked(piece)
                result.append(new)
        return [*result, *due]

    def _marked(self, item: Node) -> tuple[Node, list[Node]]:
        """Return the element with the marks inside it, and the marks that are due behind it."""
        if item["t"] in BARE:
            return item, []
        mark = self._due.get(id(item))
        if item["t"] == "Div" and mark:
            return {**item, "c": [item["c"][0], _at_end(item["c"][1], mark)]}, []
        if item["t"] == "Link":
            inside = (self._due.get(id(node)) for node in collect([item], frozenset({"Span"})))
            return item, [found for found in inside if found]
        new = self._inside(item)
        due = [mark] if mark else []
        if item["t"] == "Quoted":
            inner, ending = self._ending_marks(new["c"][1])
            return element("Quoted", [new["c"][0], inner]), [*ending, *due]
        return new, due

    def _ending_marks(self, items: list[Node]) -> tuple[list[Node], list[Node]]:
        """Take the marks out that nothing but punctuation follows (a style may move it inside)."""
        kept, marks = list[Node](), list[Node]()
        for at in range(len(items) - 1, -1, -1):
            if id(items[at]) in self._marks:
                marks.insert(0, items[at])
            elif items[at]["t"] == "Str" and not any(c.isalnum() for c in items[at]["c"]):
                kept.insert(0, items[at])
            else:
                return [*items[: at + 1], *kept], marks
        return kept, marks

    def _inside(self, item: Node) -> Node:
        """Return the element with what it holds marked."""
        if item["t"] in ATTR_FIRST:
            own, *content = item["c"]
            return {**item, "c": [own, *map(self._content, content)]}
        return {**item, "c": self._content(item["c"])}

    def _content(self, value: object) -> object:
        if isinstance(value, list):
            if any(is_element(item) for item in value):
                return self.in_list(value)
            return [self._content(item) for item in value]
        if isinstance(value, dict) and not is_element(value):
            return {key: self._content(item) for key, item in value.items()}
        return value


_STOPS = ".,;:!?…"
_APART = frozenset("»›")
"""Closing marks that may have a blank before them."""


def _is_blank_before_mark(items: Sequence[Node]) -> bool:
    """Whether inlines begin with a blank and a mark that closes behind one.

    One that opens stands at a word, as in German »so«.
    """
    if len(items) < 2 or items[0]["t"] not in BLANKS or items[1]["t"] != "Str":
        return False
    text, behind = items[1]["c"], items[2:]
    if text[:1] not in _APART or text[1:2].isalnum():
        return False
    return len(text) > 1 or not behind or behind[0]["t"] in _BEHIND or _is_no_word(behind[0])


_BEHIND = BLANKS | {"LineBreak", "Note", "Cite"}


def _is_no_word(node: Node) -> bool:
    return bool(node["t"] == "Str") and not node["c"][:1].isalnum()


def _cut_clinging(item: Node, *, closed: bool) -> tuple[list[Node], list[Node]]:
    """Cut off what an element begins with and a mark stands behind: a quotation mark, and stops.

    A note's number comes behind the stops too, and the two belong together. `closed`: whether the
    quotation mark was there before. A French one has a blank before it.
    """
    if item["t"] != "Str":
        return [], [item]
    text = item["c"]
    end = int(not closed and text[:1] in CLOSING)
    if not closed and text[:1].isspace() and text[1:2] in _APART and not text[2:3].isalnum():
        end = 2
    while end < len(text) and text[end] in _STOPS:
        end += 1
    before, rest = ([element("Str", piece)] if piece else [] for piece in (text[:end], text[end:]))
    return before, rest


def _at_end(blocks: list[Node], mark: Node) -> list[Node]:
    """Return the blocks with the mark at the end of the last paragraph, or after all of them.

    The line that names the author is none of the quoted ones. A note of the source comes after the
    mark, as it does in running text.
    """
    if is_attribution(blocks):
        return [*_at_end(blocks[:-1], mark), blocks[-1]]
    if blocks and blocks[-1]["t"] in ("Para", "Plain"):
        inlines = list(blocks[-1]["c"])
        at = len(inlines)
        while at and is_note(inlines[at - 1]):
            at -= 1
        inlines.insert(at, mark)
        return [*blocks[:-1], {**blocks[-1], "c": inlines}]
    if blocks and blocks[-1]["t"] == "BlockQuote":
        return [*blocks[:-1], {**blocks[-1], "c": _at_end(blocks[-1]["c"], mark)}]
    return [*blocks, element("Para", [mark])]
