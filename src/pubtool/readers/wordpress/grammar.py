"""The grammar of block markup: HTML with comments that open and close blocks.

A block is ``<!-- wp:NAME {ATTRIBUTES} -->…<!-- /wp:NAME -->`` or, void, ``<!-- wp:NAME /-->``. The
parser is as lenient as WordPress's (class-wp-block-parser.php): the name in a closing comment is
not looked at, a closing comment without an opening one makes text of all that follows, a block that
is not closed ends with the content, and attributes that are no JSON count as none. One thing
differs: of several blocks that are not closed WordPress shows the innermost first, and here they
stay in the order of the text. Nothing is lost: ``serialise(parse(x)) == x``.

Attributes hold no comment's beginning or end, which WordPress's serializer escapes, so that no
content takes long to read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_COMMENT = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<space>[a-z][a-z0-9_-]*/)?(?P<name>[a-z][a-z0-9_-]*)\s+"
    r"(?:(?P<attributes>\{(?:(?!-->|<!--).)*?\})\s+)?(?P<void>/)?-->",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block, its own comments included."""

    name: str
    """Without ``core/``; of others with their namespace: ``jetpack/map``."""
    attributes: Mapping[str, Any]
    inner: tuple[str | Block, ...]
    """HTML and blocks, in order."""
    opening: str
    """The comment as it stands there."""
    closing: str
    """Empty for a void block, and for one that is not closed."""
    start: int
    """Where the opening comment begins in the content."""


Piece = str | Block
"""HTML between blocks, or a block."""


def parse(content: str) -> tuple[Piece, ...]:
    """Return the pieces of a post's raw content, in order."""
    return tuple(_Parser(content).pieces())


def serialise(pieces: Sequence[Piece]) -> str:
    """Return the content that the pieces were parsed from."""
    parts: list[str] = []
    waiting: list[Piece] = list(reversed(pieces))
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            parts.append(piece)
        else:
            parts.append(piece.opening)
            waiting.append(piece.closing)
            waiting.extend(reversed(piece.inner))
    return "".join(parts)


class _Open:
    """A block whose end has not been seen."""

    def __init__(self, found: re.Match[str]) -> None:
        self.found = found
        self.inner: list[Piece] = []

    def close(self, closing: str) -> Block:
        return _block(self.found, tuple(self.inner), closing)


class _Parser:
    def __init__(self, content: str) -> None:
        self._content = content

    def pieces(self) -> Iterator[Piece]:
        outermost: list[Piece] = []
        opened: list[_Open] = []
        at = 0
        for found in _COMMENT.finditer(self._content):
            if found["end"] and not found["void"] and not opened:
                break
            inside = opened[-1].inner if opened else outermost
            if found.start() > at:
                inside.append(self._content[at : found.start()])
            at = found.end()
            if found["void"]:
                inside.append(_block(found, (), ""))
            elif found["end"]:
                closed = opened.pop().close(found[0])
                (opened[-1].inner if opened else outermost).append(closed)
            else:
                opened.append(_Open(found))
        rest = self._content[at:]
        if rest:
            (opened[-1].inner if opened else outermost).append(rest)
        while opened:
            closed = opened.pop().close("")
            (opened[-1].inner if opened else outermost).append(closed)
        return iter(outermost)


def _block(found: re.Match[str], inner: tuple[Piece, ...], closing: str) -> Block:
    space = (found["space"] or "").removesuffix("/")
    name = found["name"] if space in ("", "core") else f"{space}/{found['name']}"
    return Block(name, _attributes(found["attributes"]), inner, found[0], closing, found.start())


def _attributes(text: str | None) -> Mapping[str, Any]:
    try:
        said = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
