"""The running text of one paragraph: leaves of pandoc's tree put together into a `Flow`.

pandoc's reader changes what the author typed: a straight mark becomes a curly one or a `Quoted`
element, two hyphens a dash, an entity its character. The quotation marks are given back as the file
has them; for the rest the text is as rendered, and the leaf's range in the file is exact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from pubtool.model import (
    BLANKS,
    Block,
    BlockKind,
    Citation,
    CitationMode,
    Comment,
    Container,
    Flow,
    Inline,
    InlineKind,
    Key,
    Leaf,
    Node,
    Span,
)
from pubtool.readers.locators import locator_behind, parse_locator
from pubtool.text.positions import Positions
from pubtool.text.typography import RAISABLE, RAISED

OBJECT = "\ufffc"
"""Stands for an element that is no prose (Unicode's OBJECT REPLACEMENT CHARACTER)."""

_STRAIGHT = {"‘": "'", "’": "'", "“": '"', "”": '"'}
_SPACES = BLANKS | {"LineBreak"}
_NOWHERE = Span(0, 0)
_SET_OFF = {
    "Emph": Inline(InlineKind.EMPHASIS, _NOWHERE),
    "Strong": Inline(InlineKind.EMPHASIS, _NOWHERE, classes=("strong",)),
    "Strikeout": Inline(InlineKind.STRUCK, _NOWHERE),
}
_POSITION_KEYS = frozenset({"data-pos", "wrapper"})


class Prose:
    """Collects the inlines of one block; `block` gives what was collected."""

    def __init__(self, text: str, positions: Positions, notes: Notes, lang: str) -> None:
        self._file = text
        self._lang = lang
        self._positions = positions
        self._notes = notes
        self._text: list[str] = []
        self._length = 0
        self._leaves: list[list[int]] = []
        """Where each begins in the text, its length, and its range in the file."""
        self._inlines: list[Inline] = []
        self._unplaced: list[str] = []
        self._end: int | None = None
        self._raises = False
        self.comments: list[Comment] = []

    def add(self, nodes: Sequence[Node], place: Span | None) -> None:
        """Take in inlines; `place` is the range of what holds them, if that is known."""
        for number, node in enumerate(nodes):
            if tag := _SUPERSCRIPT.match(_raw_html(node)):
                self._raises = not tag[1] and _is_raisable(nodes[number + 1 :])
            self._add_node(node, place)

    def new_line(self) -> None:
        """Take in a line end that pandoc gives no position to."""
        self._unplaced.append("\n")

    def block(self, kind: BlockKind, containers: tuple[Container, ...]) -> Block:
        """Return what was taken in."""
        if self._unplaced:
            self._place_waiting(self._end or 0)
        leaves = tuple(Leaf(at, length, Span(a, b)) for at, length, a, b in self._leaves)
        flow = Flow("".join(self._text), leaves)
        inlines = tuple(self._with_locator_behind(one, flow) for one in self._inlines)
        return Block(kind, flow, containers, inlines)

    def _with_locator_behind(self, inline: Inline, flow: Flow) -> Inline:
        """Return a citation without brackets with the locator that the prose behind it names."""
        if len(inline.citations) != 1 or inline.citations[0].suffix:
            return inline
        [citation] = inline.citations
        bracketed = self._file.startswith("[", flow.place(inline.span.start, inline.span.end).start)
        if citation.mode is CitationMode.NORMAL or bracketed:
            return inline
        found = locator_behind(flow.text, inline.span.end, self._lang)
        if found is None:
            return inline
        locator, end = found
        told = replace(citation, locator=locator, behind=end - inline.span.end)
        return replace(inline, citations=(told,))

    # --- Nodes --------------------------------------------------------------------------------

    def _add_node(self, node: Node, place: Span | None) -> None:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            self._add_text(content, place)
        elif kind == "Space":
            self._add_text(" ", place)
        elif kind in _SPACES:  # a line's end stands between what is before it and behind it
            self._unplaced.append("\n")
        elif kind == "Span":
            self._add_span(content, place)
        elif kind == "Quoted":
            self._add_quoted(content, place)
        elif kind in _SET_OFF:
            self._add_around(_SET_OFF[kind], content, place)
        elif kind == "Link":
            inside = self._own_place(content[0], place)
            named = attributes_of(content[0])
            link = Inline(InlineKind.LINK, _NOWHERE, text=content[2][0], **named)
            self._add_around(link, content[1], inside)
        elif kind in _OBJECTS:
            self._add_object(kind, content, place)
        elif kind == "Superscript":
            self._add_raised(content, place)
        else:  # Subscript, SmallCaps, Underline
            self.add(content, place)

    def _add_raised(self, nodes: Sequence[Node], place: Span | None) -> None:
        """Take in what stands raised: figures as raised ones, which they are to a reader."""
        self._raises = bool(RAISABLE.fullmatch(plain(nodes)))
        self.add(nodes, place)
        self._raises = False

    def _add_span(self, content: Any, place: Span | None) -> None:
        attributes, nodes = content
        inside = self._own_place(attributes, place)
        if "wrapper" in [name for name, _ in attributes[2]]:
            if len(nodes) == 1:
                self._add_node(nodes[0], inside)
            else:
                self.add(nodes, inside)
            return
        span = Inline(InlineKind.SPAN, _NOWHERE, **attributes_of(attributes))
        self._add_around(span, nodes, inside)

    def _own_place(self, attributes: Any, place: Span | None) -> Span | None:
        for name, value in attributes[2]:
            if name == "data-pos":
                return self._positions.span(value)
        return place

    def _add_quoted(self, content: Any, place: Span | None) -> None:
        mark = '"' if content[0]["t"] == "DoubleQuote" else "'"
        if place is None or len(place) < 2:
            self._unplaced.append(mark)
            self.add(content[1], place)
            self._unplaced.append(mark)
            return
        self._add_text(mark, Span(place.start, place.start + 1))
        self.add(content[1], Span(place.start + 1, place.end - 1))
        self._add_text(mark, Span(place.end - 1, place.end))

    def _add_around(self, inline: Inline, nodes: Sequence[Node], place: Span | None) -> None:
        """Take in an element that covers prose; its range is known when its prose is."""
        number, start = len(self._inlines), self._here()
        self._inlines.append(inline)
        self.add(nodes, place)
        self._inlines[number] = replace(inline, span=Span(start, self._here()))

    def _add_object(self, kind: str, content: Any, place: Span | None) -> None:
        """Take in an element that is no prose."""
        if kind == "RawInline" and content[1].startswith("<!--"):
            if place is not None:
                self.comments.append(Comment(inside_comment(content[1]), place))
            return
        own = self._own_place(content[0], place) if kind in ("Code", "Image") else place
        at = self._here()
        self._inlines.append(self._object(kind, content, Span(at, at + 1)))
        self._add_text(OBJECT, own)

    def _object(self, kind: str, content: Any, span: Span) -> Inline:
        if kind == "Cite":
            citations = tuple(_citation(node, self._lang) for node in content[0])
            return Inline(InlineKind.CITATION, span, citations=citations)
        if kind == "Note":
            return Inline(InlineKind.NOTE, span, note=self._notes.number(content))
        if kind == "Image":
            return _image(content, span)
        if kind == "Code":
            return Inline(InlineKind.CODE, span, text=content[1], **attributes_of(content[0]))
        return Inline(_OBJECTS[kind], span, text=content[1])

    # --- Text ---------------------------------------------------------------------------------

    def _here(self) -> int:
        return self._length + sum(map(len, self._unplaced))

    def _add_text(self, text: str, place: Span | None) -> None:
        if place is None:
            self._unplaced.append(text)
            return
        there = self._file[place.start : place.end]
        if there == text:
            self._append(text, place)
        elif len(there) == len(text):
            self._append("".join(map(_authors_own, text, there)), place)
        elif self._within(text, there):
            start = place.start + there.index(text)
            self._append(text, Span(start, start + len(text)))
        elif unicodedata.normalize("NFC", there) == text:
            self._add_pieces(place)
        else:
            self._append(text, place)

    @staticmethod
    def _within(text: str, there: str) -> bool:
        """Whether the text stands as it is in a range that holds more.

        Such are an address (``<http://…>``) and the word before an escaped bar in a table.
        """
        return not text.isspace() and (there.startswith(text) or there == f"<{text}>")

    def _add_pieces(self, place: Span) -> None:
        for piece in self._positions.pieces(place):
            part = unicodedata.normalize("NFC", self._file[piece.start : piece.end])
            self._append(part, piece)

    def _append(self, text: str, place: Span) -> None:
        """Add a stretch and its place; what waits for a place gets the gap before it."""
        if self._raises:
            text = text.translate(RAISED)
        if self._unplaced:
            self._place_waiting(place.start)
        if self._end is not None and place.start < self._end:
            place = Span(self._end, max(self._end, place.end))
        self._leaf(text, place)
        self._end = place.end

    def _place_waiting(self, until: int) -> None:
        start = until if self._end is None else self._end
        waiting, self._unplaced = "".join(self._unplaced), []
        self._leaf(waiting, Span(start, max(start, until)))

    def _leaf(self, text: str, place: Span) -> None:
        if not text:
            return
        length, start, end = len(text), place.start, place.end
        last = self._leaves[-1] if self._leaves else None
        plain = length == end - start
        if last and plain and last[3] == start and last[3] - last[2] == last[1]:
            last[1] += length
            last[3] = end
        else:
            self._leaves.append([self._length, length, start, end])
        self._text.append(text)
        self._length += length


class Notes:
    """The notes that a post refers to: each has one number, however often it is referred to."""

    def __init__(self, numbers: Iterator[int]) -> None:
        self._numbers = numbers
        self._known: dict[str, int] = {}
        self._waiting: list[tuple[int, Sequence[Node]]] = []

    def number(self, blocks: Sequence[Node]) -> int:
        """Return the number of the note that holds `blocks`, told by where they stand."""
        place = _first_position(blocks)
        if place in self._known:
            return self._known[place]
        number = next(self._numbers)
        if place:
            self._known[place] = number
        self._waiting.append((number, blocks))
        return number

    def take(self) -> list[tuple[int, Sequence[Node]]]:
        """Return the notes met since the last call, with their numbers."""
        taken, self._waiting = self._waiting, []
        return taken


def _first_position(node: Any) -> str:
    """Return the first ``data-pos`` in a tree, or an empty string."""
    if isinstance(node, list):
        if len(node) == 2 and node[0] == "data-pos":
            return str(node[1])
        return next(filter(None, map(_first_position, node)), "")
    return _first_position(node.get("c", "")) if isinstance(node, dict) else ""


_OBJECTS = {
    "Cite": InlineKind.CITATION,
    "Code": InlineKind.CODE,
    "Image": InlineKind.IMAGE,
    "Math": InlineKind.MATH,
    "Note": InlineKind.NOTE,
    "RawInline": InlineKind.RAW,
}


_SUPERSCRIPT = re.compile(r"<(/?)sup(?=[\s>])[^>]*>\Z", re.IGNORECASE)


def _raw_html(node: Node) -> str:
    """Return an inline's raw HTML; of any other inline an empty string."""
    content: Any = node.get("c")
    if node["t"] == "Span" and len(content[1]) == 1:
        return _raw_html(content[1][0])
    return str(content[1]) if node["t"] == "RawInline" else ""


def _is_raisable(nodes: Sequence[Node]) -> bool:
    """Whether nothing but figures that may stand raised comes before the tag that closes."""
    inside = takewhile(lambda node: not _SUPERSCRIPT.match(_raw_html(node)), nodes)
    return bool(RAISABLE.fullmatch(plain(list(inside))))


def plain(nodes: Sequence[Node]) -> str:
    """Return the words of inlines, as a reader of the page sees them."""
    parts = []
    for node in nodes:
        kind, content = node["t"], node.get("c", [])
        if kind == "Str":
            parts.append(content)
        elif kind in _SPACES:
            parts.append(" ")
        elif kind == "Quoted":
            marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            parts += [marks[0], plain(content[1]), marks[1]]
        elif kind in ("Code", "Math", "Span", "Link", "Cite", "Image"):
            parts.append(content[1] if isinstance(content[1], str) else plain(content[1]))
        elif kind not in ("Note", "RawInline"):
            parts.append(plain(content))
    return "".join(parts)


def inside_comment(markup: str) -> str:
    """Return what stands between ``<!--`` and ``-->``."""
    return markup.removeprefix("<!--").removesuffix("-->")


def _authors_own(read: str, there: str) -> str:
    return there if _STRAIGHT.get(read) == there else read


def attributes_of(attributes: Any) -> dict[str, Any]:
    """Return pandoc's ``[identifier, classes, pairs]`` as ``classes`` and ``attributes``.

    The identifier is the attribute ``id``; positions are left out.
    """
    identifier, classes, pairs = attributes
    named = [(name, value) for name, value in pairs if name not in _POSITION_KEYS]
    if identifier:
        named.insert(0, ("id", identifier))
    return {"classes": tuple(classes), "attributes": tuple(named)}


def _citation(node: Node, lang: str) -> Citation:
    suffix = plain(node["citationSuffix"])
    return Citation(
        Key(node["citationId"]),
        CitationMode(node["citationMode"]["t"]),
        plain(node["citationPrefix"]),
        suffix,
        parse_locator(suffix, lang),
    )


def _image(content: Any, span: Span) -> Inline:
    found = attributes_of(content[0])
    found["attributes"] += (("src", content[2][0]),)
    return Inline(InlineKind.IMAGE, span, text=plain(content[1]), **found)
