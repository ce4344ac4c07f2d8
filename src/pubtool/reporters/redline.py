"""A redline: the source's words that the post has not, and the post's that the source has not.

As editors mark a proof: what is the same stands once, what differs is given with both wordings, in
the order of the quotation. Differences of typography alone are no difference here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.model import Difference, DifferenceKind, Verdict
from pubtool.model.dataclass import dataclass
from pubtool.reporters.interlinear import in_step

_LONGEST = 400
"""Code points of the source that an ellipsis leaves out; of more, the ends are shown."""
_ENDS = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation and what stands for it in the source."""

    quoted: str
    """The post's characters; empty where the source has more."""
    source: str
    """The source's characters; empty where the post has more."""
    kind: str = ""
    """The kind of difference; empty where there is none."""
    grave: bool = False
    """Whether the difference is neither marked nor permitted."""

    @property
    def same(self) -> bool:
        """Whether nothing but typography differs."""
        return not self.kind


def redline(verdict: Verdict) -> tuple[Piece, ...]:
    """Return the quotation piece by piece; all of it as one where it was compared with nothing."""
    return tuple(piece for piece in _joined(_pieces(verdict)) if piece.quoted or piece.source)


def _pieces(verdict: Verdict) -> Iterator[Piece]:
    text, match = verdict.quotation.text, verdict.match
    begin = match.span.start if match else 0
    at, there = 0, begin

    def between(quoted_end: int, source_end: int | None) -> Piece:
        quoted = text[at:quoted_end]
        if match is None:
            return Piece(quoted, quoted)
        return Piece(quoted, match.text[there - begin :][: _length(there, source_end)])

    for one in in_step(verdict.differences):
        before = between(one.at.start, one.there.start)
        yield before
        yield _piece(one, apart=_ends_in_space(before.source) and not _ends_in_space(before.quoted))
        at, there = one.at.end, one.there.end
    yield between(len(text), None)


def _length(there: int, end: int | None) -> int | None:
    return None if end is None else max(end - there, 0)


def _piece(one: Difference, *, apart: bool) -> Piece:
    """Return a difference, a space before the source's words if they stand `apart`."""
    if one.kind is DifferenceKind.TYPOGRAPHY:
        return Piece(one.quoted, one.source)
    grave = not one.marked and not one.permitted
    space = " " if apart and one.source and not one.quoted else ""
    return Piece(one.quoted, space + _clipped(one.source), one.kind.value, grave)


def _ends_in_space(text: str) -> bool:
    return text[-1:].isspace()


def _clipped(text: str) -> str:
    """Return the source's words; of very many, that an ellipsis leaves out, the ends."""
    if len(text) <= _LONGEST:
        return text
    head, tail = text[:_ENDS].rsplit(" ", 1)[0], text[-_ENDS:].split(" ", 1)[-1]
    skipped = len(text.split()) - len(head.split()) - len(tail.split())
    return f"{head} [… {skipped} words …] {tail}"


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield the pieces, those that are the same and stand beside each other as one."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and last.same and piece.same:
            last = Piece(last.quoted + piece.quoted, last.source + piece.source)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
