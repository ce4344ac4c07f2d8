"""A post: from pandoc's syntax tree to running text with the way back to the file.

pandoc wraps every leaf (a word, a space, a mark) in a Span that says where it stands. The walk puts
the leaves of each paragraph together into a `Flow`, gives the author's own quotation marks back
where pandoc has made them curly or a `Quoted` element, and notes what is no prose as an `Inline`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from pubtool.model import (
    Block,
    BlockKind,
    Comment,
    Container,
    ContainerKind,
    Document,
    Finding,
    FrontMatter,
    Node,
    Post,
    Span,
)
from pubtool.readers.anchors import find_anchors
from pubtool.readers.front_matter import front_matter_comments, read_front_matter
from pubtool.readers.html_images import find_html_images
from pubtool.readers.html_quotations import find_html_quotations
from pubtool.readers.prose import Notes, Prose, attributes_of
from pubtool.text.positions import Positions

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)

Containers = tuple[Container, ...]
ReadHead = Callable[[str, str], tuple[FrontMatter, tuple[Finding, ...]]]
"""Gives a post's front matter and what is wrong with it, by the post's path and text."""


def read_post(
    path: str,
    text: str,
    document: Document,
    read_head: ReadHead = read_front_matter,
    lang: str = "",
) -> Post:
    """Return the post in the file `path` (relative to the project) whose content is `text`.

    `document` is what `pubtool.system.pandoc.Pandoc.parse` returns for the same text; `read_head`
    may know from before what `read_front_matter` returns; `lang` is the project's language, for a
    post that names none. Where the front matter is malformed, the post's findings say so, and the
    rest is read all the same.
    """
    front, findings = read_head(path, text)
    walk = _Walk(text, front.lang or lang)
    walk.add(document.ast["blocks"], ())
    comments = (*front_matter_comments(text), *sorted(walk.comments, key=lambda one: one.span))
    anchors = find_anchors(document)
    images = find_html_images(text, document)
    quoted = find_html_quotations(text, document)
    return Post(path, text, front, tuple(walk.read), comments, findings, anchors, images, quoted)


class _Walk:
    """Goes through the blocks in document order and collects what is prose."""

    def __init__(self, text: str, lang: str) -> None:
        self._lang = lang
        self.read: list[Block] = []
        self.comments: list[Comment] = []
        self._file = text
        self._positions = Positions(text)
        self._numbers = count()
        self._notes = Notes(self._numbers)

    def add(
        self,
        nodes: Sequence[Node],
        containers: Containers,
        kind: BlockKind = BlockKind.PARAGRAPH,
        place: Span | None = None,
    ) -> None:
        """Take in blocks; their paragraphs count as `kind`, and `place` is what holds them."""
        for node in nodes:
            on = _ON.get(node["t"])  # CodeBlock and HorizontalRule hold no prose
            if on:
                on(self, node.get("c"), containers, kind, place)

    def _inside(self, containers: Containers, kind: ContainerKind, attributes: Any) -> Containers:
        return (*containers, Container(kind, next(self._numbers), **attributes_of(attributes)))

    def _prose(self, lines: Sequence[Sequence[Node]], kind: BlockKind, around: Containers) -> None:
        prose = Prose(self._file, self._positions, self._notes, self._lang)
        for number, line in enumerate(lines):
            if number:
                prose.new_line()
            prose.add(line, None)
        self.comments += prose.comments
        block = prose.block(kind, around)
        if block.flow.text:
            self.read.append(block)
        for note, blocks in self._notes.take():
            # a note stands at the foot of the page: not in the block quote that refers to it
            self.add(blocks, (Container(ContainerKind.NOTE, note),))

    def _paragraph(
        self, content: Any, around: Containers, kind: BlockKind, place: Span | None
    ) -> None:
        self._prose([content], kind, around)

    def _lines(self, content: Any, around: Containers, kind: BlockKind, place: Span | None) -> None:
        self._prose(content, BlockKind.LINES, around)

    def _header(
        self, content: Any, around: Containers, kind: BlockKind, place: Span | None
    ) -> None:
        self._prose([content[2]], BlockKind.HEADING, around)

    def _block_quote(
        self, content: Any, around: Containers, kind: BlockKind, place: Span | None
    ) -> None:
        self.add(content, self._inside(around, ContainerKind.BLOCK_QUOTE, _NO_ATTRIBUTES), kind)

    def _list(self, content: Any, around: Containers, kind: BlockKind, place: Span | None) -> None:
        for item in content:
            self.add(item, self._inside(around, ContainerKind.LIST_ITEM, _NO_ATTRIBUTES), kind)

    def _ordered_list(
        self, content: Any, around: Containers, kind: BlockKind, place: Span | None
    ) -> None:
        self._list(content[1], around, kind, place)

    def _definitions(
        self, content: Any, around: Containers, kind: BlockKind, place: Span | None
    ) -> None:
        for term, definitions in content:
            self._prose([term], BlockKind.TERM, around)
            self._list(definitions, around, kind, place)

    def _div(self, content: Any, around: Containers, kind: BlockKind, place: Span | None) -> None:
        attributes, nodes = content
        own = dict(attributes[2])
        inside = self._positions.span(own.get("data-pos", "")) or place
        if "wrapper" not in own:
            around = self._inside(around, ContainerKind.DIV, attributes)
        self.add(nodes, around, kind, inside)

    def _figure(
        self, content: Any, around: Containers, kind: BlockKind, place: Span | None
    ) -> None:
        self.add(content[2], around, kind, place)
        self.add(content[1][1], around, BlockKind.CAPTION, place)

    def _table(self, content: Any, around: Containers, kind: BlockKind, place: Span | None) -> None:
        attributes, caption, _, head, bodies, foot = content
        inside = self._inside(around, ContainerKind.TABLE, attributes)
        self.add(caption[1], inside, BlockKind.CAPTION)
        rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
        for row in rows:
            for cell in row[1]:
                self.add(cell[4], inside, BlockKind.CELL)

    def _raw(self, content: Any, around: Containers, kind: BlockKind, place: Span | None) -> None:
        """Take in the comments of raw HTML; by CommonMark's rules nothing in it is Markdown."""
        if place is None:
            return
        for found in _COMMENT.finditer(self._file, place.start, place.end):
            self.comments.append(Comment(found.group(1), Span(*found.span())))


_ON: Mapping[str, Callable[[_Walk, Any, Containers, BlockKind, Span | None], None]] = {
    "BlockQuote": _Walk._block_quote,
    "BulletList": _Walk._list,
    "DefinitionList": _Walk._definitions,
    "Div": _Walk._div,
    "Figure": _Walk._figure,
    "Header": _Walk._header,
    "LineBlock": _Walk._lines,
    "OrderedList": _Walk._ordered_list,
    "Para": _Walk._paragraph,
    "Plain": _Walk._paragraph,
    "RawBlock": _Walk._raw,
    "Table": _Walk._table,
}
"""Not a walk's own: each would hold itself, and its post till Python looks for such circles."""


_NO_ATTRIBUTES: Any = ("", [], [])
