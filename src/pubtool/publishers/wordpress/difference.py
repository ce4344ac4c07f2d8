"""What somebody changed in a post, as a reader sees it: pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Literal, NamedTuple

from pubtool.publishers.wordpress.marker import unmarked
from pubtool.publishers.wordpress.readback import split_blocks

_BREAKING = frozenset("p li h1 h2 h3 h4 h5 h6 td th figcaption cite pre br dt dd summary".split())


class Line(NamedTuple):
    """A line of a difference."""

    sign: Literal["-", "+"]
    text: str


def changes(before: str, after: str) -> tuple[Line, ...]:
    """Return the lines of text that differ between two contents, in order.

    Blocks that read the same are compared by their markup, without our own marker.
    """
    ours, theirs = split_blocks(unmarked(before)), split_blocks(unmarked(after))
    found: list[Line] = []
    for tag, start, end, other, other_end in SequenceMatcher(
        None, ours, theirs, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            found += _differing(ours[start:end], theirs[other:other_end])
    return tuple(found)


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    old = [line for block in before for line in _text_lines(block)]
    new = [line for block in after for line in _text_lines(block)]
    if old == new:
        old, new = list(before), list(after)
    for tag, start, end, other, other_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield from (Line("-", line) for line in old[start:end])
            yield from (Line("+", line) for line in new[other:other_end])


def _text_lines(block: str) -> list[str]:
    reader = _Lines()
    reader.feed(block)
    reader.close()
    return [line for piece in reader.pieces if (line := " ".join("".join(piece).split()))]


class _Lines(HTMLParser):
    """The text of a block, a line for each paragraph, item or cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[list[str]] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where the tag does; an image is its address and its words."""
        if tag in _BREAKING:
            self.pieces.append([])
        if tag == "img":
            given = dict(attrs)
            self.pieces.append([f"[image {given.get('src')}: {given.get('alt') or 'no words'}]"])

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.pieces[-1].append(data)
