"""A quotation and its passage as one text: what both have, what only one has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from pubtool.model import Difference, DifferenceKind, Verdict
from pubtool.model.dataclass import dataclass

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
    match = verdict.match
    if match is None:
        return ()
    text, pieces, at = verdict.quotation.text, list[Piece](), 0
    for difference in _in_step(verdict.differences):
        if difference.kind is DifferenceKind.TYPOGRAPHY:
            continue
        pieces.append(Piece(Side.BOTH, text[at : difference.at.start]))
        pieces += _sides(difference)
        at = difference.at.end
    pieces.append(Piece(Side.BOTH, text[at:]))
    return tuple(_joined(pieces))


def _sides(difference: Difference) -> Iterator[Piece]:
    faulty = not (difference.marked or difference.permitted)
    yield Piece(Side.SOURCE, _shortened(difference.source), faulty)
    yield Piece(Side.POST, difference.quoted, faulty)


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) <= _LONGEST_GAP:
        return flat
    head, tail = flat[:_SHOWN].rpartition(" ")[0], flat[-_SHOWN:].partition(" ")[2]
    count = len(flat.split()) - len(head.split()) - len(tail.split())
    return f"{head} [… {count} words …] {tail}"


def _in_step(differences: Iterable[Difference]) -> Iterator[Difference]:
    """Yield the differences in the quotation's order, without those that overlap an earlier one."""
    at = 0
    for each in sorted(differences, key=lambda each: (each.at, each.there)):
        if each.at.start >= at:
            yield each
            at = each.at.end


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces that have words, white space as one space; a piece keeps its own ends."""
    for piece in pieces:
        flat = " ".join(piece.text.split())
        if piece.side is Side.BOTH:
            lead = " " if piece.text[:1].isspace() else ""
            trail = " " if flat and piece.text[-1:].isspace() else ""
            flat = f"{lead}{flat}{trail}"
        if flat:
            yield Piece(piece.side, flat, piece.faulty)
