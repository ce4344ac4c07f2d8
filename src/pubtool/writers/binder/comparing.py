"""A quotation and its passage as one text: what both have, what only one has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from pubtool.model import Verdict
from pubtool.text import collation
from pubtool.text.collation import abridged, collate

_LONGEST_GAP = 240
"""Code points of the source that an ellipsis leaves out; of a longer gap the ends are shown."""
_SHOWN = 80


class Side(Enum):
    """Who has some words."""

    BOTH = "both"
    POST = "post"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of the comparison."""

    side: Side
    text: str
    faulty: bool = False
    """Whether the difference is neither marked by the author nor permitted."""


def compare(verdict: Verdict) -> tuple[Piece, ...]:
    """Return a quotation with the source's words where they are others; nothing if none are known.

    Typography is no difference: the post's is shown.
    """
    if verdict.match is None:
        return ()
    pieces = (side for piece in collate(verdict, _shortened) for side in _sides(piece))
    return tuple(_flat(pieces))


def _sides(piece: collation.Piece) -> Iterator[Piece]:
    if piece.same:
        yield Piece(Side.BOTH, piece.quoted)
        return
    yield Piece(Side.SOURCE, piece.source, piece.grave)
    yield Piece(Side.POST, piece.quoted, piece.grave)


def _shortened(text: str) -> str:
    return abridged(" ".join(text.split()), _LONGEST_GAP, _SHOWN)


def _flat(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces that have words, white space as one space; a piece keeps its own ends."""
    for piece in pieces:
        flat = " ".join(piece.text.split())
        if piece.side is Side.BOTH:
            lead = " " if piece.text[:1].isspace() else ""
            trail = " " if flat and piece.text[-1:].isspace() else ""
            flat = f"{lead}{flat}{trail}"
        if flat:
            yield Piece(piece.side, flat, piece.faulty)
