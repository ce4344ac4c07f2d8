"""The inlines of a paragraph seen as characters; the counterpart of filters/leaves.lua.

A *leaf* is an inline of pandoc's syntax tree, in a Span that says where it stands ("3:16-3:25", in
a block quote also "3:16-3:25;4:5-4:30"). Most are stretches of words (see `joining`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pubtool.model import BLANKS, Node
from pubtool.system.wrappers import inside, is_stretch, is_wrapper

SPACE = "\ud800"
"""Stands for white space between words. No text that pandoc gives holds half a surrogate pair."""
OBJECT = "\ud801"
"""Stands for an inline that is no text."""

_ONE_LINE = re.compile(r"[^;]*?\d+:(\d+)-\d+:(\d+)")
_START = re.compile(r"([^;]*?)(\d+):(\d+)-")
_FIRST = re.compile(r"([^;]*?\d+:\d+)-")
_LAST = re.compile(r"\d+:\d+$")
_BRACKETS = re.compile(r"[\[\];]")

Inlines = list[Node]


class Run:
    """The inlines of a paragraph, and their text: a character a token."""

    __slots__ = ("_known", "_positions", "cores", "inlines", "starts", "text")

    def __init__(self, inlines: Inlines) -> None:
        self.inlines = inlines
        self._positions = _has_positions(inlines)
        self.cores = [_core(inline) for inline in inlines] if self._positions else inlines
        parts: list[str] = []
        self.starts: list[int] = []
        at = 0
        for core in self.cores:
            kind = core["t"]
            if kind == "Str":
                part = core["c"].replace(" ", SPACE) if is_stretch(core["c"]) else core["c"]
            else:
                part = SPACE if kind in BLANKS else OBJECT
            parts.append(part)
            self.starts.append(at)
            at += len(part)
        self.text = "".join(parts)
        self._known: dict[int, bool] = {}

    def leaf(self, index: int) -> int:
        """Return the number of the inline that a character belongs to."""
        return bisect_right(self.starts, index) - 1

    def length(self, leaf: int) -> int:
        """Return how many characters an inline has."""
        end = self.starts[leaf + 1] if leaf + 1 < len(self.starts) else len(self.text)
        return end - self.starts[leaf]

    def place(self, leaf: int) -> str:
        """Return where an inline stands in the file; empty where that is not known."""
        node = self.inlines[leaf]
        if node["t"] in ("Span", "Link", "Image", "Code"):
            for name, value in node["c"][0][2]:
                if name == "data-pos":
                    return str(value)
        return ""

    def is_(self, index: int, char: str) -> bool:
        """Whether a character is this one and stands for itself: no escape, no entity."""
        return self.text[index : index + 1] == char and index >= 0 and self.is_sign(index)

    def is_sign(self, index: int) -> bool:
        """Whether a character stands in the file as itself."""
        leaf = self.leaf(index)
        known = self._known.get(leaf)
        if known is None:
            place = self.place(leaf) if self._positions else ""
            known = self._known[leaf] = not place or _width(place) == self.length(leaf)
        return known

    def skip_spaces(self, index: int) -> int:
        """Return the index of the first character from `index` on that is no space."""
        while self.text[index : index + 1] == SPACE:
            index += 1
        return index

    def closing_bracket(self, index: int) -> tuple[int, list[int]] | None:
        """Return where the bracket is that closes the one at `index`, and the outer semicolons."""
        depth, semicolons = 0, list[int]()
        for found in _BRACKETS.finditer(self.text, index):
            at, char = found.start(), found.group()
            if (char == ";" and depth != 1) or not self.is_sign(at):
                continue
            if char == ";":
                semicolons.append(at)
                continue
            depth += 1 if char == "[" else -1
            if not depth:
                return at, semicolons
        return None

    def slice(self, first: int, last: int) -> Inlines:
        """Return the inlines of the characters from `first` up to `last`."""
        found: Inlines = []
        index = first
        while index < last:
            leaf = self.leaf(index)
            start = self.starts[leaf]
            stop = min(start + self.length(leaf), last)
            found.append(self._piece(leaf, index - start, stop - start))
            index = stop
        return found

    def _piece(self, leaf: int, first: int, last: int) -> Node:
        """Return one inline of which only some characters are wanted."""
        length = self.length(leaf)
        if not first and last == length:
            return self.inlines[leaf]
        said = self.cores[leaf]["c"][first:last]
        part = {"t": "Space"} if said == " " else {"t": "Str", "c": said}
        if not self._positions:
            return part
        place = self.place(leaf)
        if place and _width(place) == length:
            place = _part_of(place, first, last)
        return wrapped(part, place)

    def placed(self, inline: Node, first: int, after: int) -> Node:
        """Return an inline in a wrapper that says where the characters stand that it is made of."""
        if not self._positions:
            return inline
        begin, end = _FIRST.match(self._place_of(first)), _LAST.search(self._place_of(after - 1))
        return wrapped(inline, f"{begin[1]}-{end[0]}") if begin and end else inline

    def _place_of(self, index: int) -> str:
        leaf = self.leaf(index)
        place = self.place(leaf)
        if not place or _width(place) != self.length(leaf):
            return place
        at = index - self.starts[leaf]
        return _part_of(place, at, at + 1)


Change = Callable[[Run], Inlines | None]
"""What is to become of a paragraph; None for "as it was"."""


def wrapped(inline: Node, place: str) -> Node:
    """Return an inline in a wrapper such as pandoc makes."""
    return {"t": "Span", "c": [["", [], [["wrapper", "1"], ["data-pos", place]]], [inline]]}


def _has_positions(inlines: Inlines) -> bool:
    """Whether pandoc has put positions on these inlines.

    A Span that the author wrote holds wrappers then, so that every Span with a single Str is one.
    """
    for inline in inlines:
        if inline["t"] == "Span":
            return any(name in ("wrapper", "data-pos") for name, _ in inline["c"][0][2])
    return False


_TEXT = frozenset({"Str", "Space"})


def is_text(inline: Node) -> bool:
    """Whether an inline is a word or a space in a wrapper of pandoc's own, as nearly all are."""
    if inline.get("t") != "Span":
        return False
    attributes, inner = inline["c"]
    if len(inner) != 1 or inner[0]["t"] not in _TEXT:
        return False
    pairs = attributes[2]
    return len(pairs) == 2 and (pairs[0][0] == "wrapper" or pairs[1][0] == "wrapper")


def _core(inline: Node) -> Node:
    """Return an inline without its wrapper; a Span of the author's holds wrappers, or nothing."""
    if inline["t"] == "Span":
        content = inline["c"][1]
        if content and content[0]["t"] != "Span":
            inner: Node = content[0]
            return inner
    return inline


def _width(place: str) -> int | None:
    """Return the number of columns of a position on one line."""
    found = _ONE_LINE.fullmatch(place)
    return int(found[2]) - int(found[1]) if found else None


def _part_of(place: str, first: int, last: int) -> str:
    """Return the position of some characters of a leaf on one line."""
    found = _START.match(place)
    assert found is not None
    before, line, column = found.groups()
    start = int(column) + first
    return f"{before}{line}:{start}-{line}:{start + last - first}"


def bare(inlines: Inlines) -> Inlines:
    """Return the inlines as readers without positions give them: no wrappers, whole words."""
    joined: Inlines = []
    for inline in _unwrapped(inlines):
        if inline["t"] == "Str" and joined and joined[-1]["t"] == "Str":
            joined[-1] = {"t": "Str", "c": joined[-1]["c"] + inline["c"]}
        else:
            joined.append(inline)
    return joined


def _unwrapped(value: Any) -> Any:
    if isinstance(value, list):
        plain: list[Any] = []
        for item in value:
            new = _unwrapped(item)
            if is_wrapper(new) and new["t"] == "Span":
                plain.extend(inside(new))
            else:
                plain.append(new)
        return plain
    if isinstance(value, dict):
        return {key: _unwrapped(content) for key, content in value.items()}
    return value


# --- Where paragraphs are -------------------------------------------------------------------------

_HOLDS_PROSE = frozenset(
    "Emph Quoted SmallCaps Span Strikeout Strong Subscript Superscript Underline".split()
)
_CONTENT_SECOND = frozenset({"Quoted", "Span"})


def rewrite(inlines: Inlines, change: Change) -> Inlines | None:
    """Apply `change` to inlines, those inside emphasis and the like first.

    Links are left alone: what is in brackets there is the author's. Returns the new inlines, None
    where the list stays, though what is inside may have changed.
    """
    run = Run(inlines)
    for core in run.cores:
        kind = core["t"]
        if kind in _HOLDS_PROSE:
            content = core["c"][1] if kind in _CONTENT_SECOND else core["c"]
            new = rewrite(content, change)
            if new is not None:
                content[:] = new
    return change(run)


def paragraphs(blocks: Sequence[Node]) -> Iterator[tuple[Any, Any]]:
    """Yield what holds each list of inlines that is a paragraph, and its key there.

    Those of notes come before the paragraph that has the note, and of tables those of the cells.
    """
    for block in blocks:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind in ("Para", "Plain"):
            yield from _in_notes(content)
            yield block, "c"
        elif kind == "Header":
            yield from _in_notes(content[2])
            yield content, 2
        elif kind == "LineBlock":
            for number, line in enumerate(content):
                yield from _in_notes(line)
                yield content, number
        elif kind == "DefinitionList":
            for item in content:
                yield from _in_notes(item[0])
                yield item, 0
                for definition in item[1]:
                    yield from paragraphs(definition)
        else:
            yield from _within(kind, content)


def _within(kind: str, content: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the paragraphs of a block that holds blocks."""
    if kind == "BlockQuote":
        yield from paragraphs(content)
    elif kind == "Div":
        yield from paragraphs(content[1])
    elif kind in ("BulletList", "OrderedList"):
        for item in content if kind == "BulletList" else content[1]:
            yield from paragraphs(item)
    elif kind == "Figure":
        yield from paragraphs(content[1][1])
        yield from paragraphs(content[2])
    elif kind == "Table":
        _, caption, _, head, bodies, foot = content
        yield from paragraphs(caption[1])
        rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
        for row in rows:
            for cell in row[1]:
                yield from paragraphs(cell[4])


def _in_notes(inlines: Inlines) -> Iterator[tuple[Any, Any]]:
    """Yield the paragraphs of the notes among some inlines."""
    for inline in inlines:
        kind = inline["t"]
        if kind == "Note":
            yield from paragraphs(inline["c"])
        elif kind == "Span":
            if not is_text(inline):
                yield from _in_notes(inline["c"][1])
        elif kind in ("Cite", "Link", "Image", "Quoted"):
            yield from _in_notes(inline["c"][1])
        elif kind in _HOLDS_PROSE:
            yield from _in_notes(inline["c"])
