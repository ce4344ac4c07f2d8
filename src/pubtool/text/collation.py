"""A quotation collated with its passage: what both have, what only one has, what was left out.

As editors collate two texts: what is the same stands once, what differs is given with both
wordings, in the order of the quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pubtool.model import Difference, DifferenceKind, Match, Span, Verdict


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation and what stands for it in the source."""

    quoted: str
    """The post's characters; empty where the source has more."""
    source: str
    """The source's characters; empty where the post has more."""
    same: bool = True
    """Whether nothing but typography differs."""
    grave: bool = False
    """Whether the difference is neither marked nor permitted."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of a long stretch, cut at spaces."""

    head: str
    """With no space behind it."""
    tail: str
    """With no space before it."""
    skipped: int
    """How many words are between them."""


def in_step(differences: Iterable[Difference]) -> Iterator[Difference]:
    """Yield the differences in order, without those that overlap or cross an earlier one."""
    at = there = 0
    for each in sorted(differences, key=lambda each: (each.at, each.there)):
        if each.at.start >= at and each.there.start >= there:
            yield each
            at, there = each.at.end, each.there.end


def collate(verdict: Verdict, shown: Callable[[str], str] = str) -> tuple[Piece, ...]:
    """Return the quotation piece by piece; all of it as one where it was compared with nothing.

    Differences of typography alone are none. `shown` shortens the source's words in a difference.
    """
    pieces = _joined(_pieces(verdict, shown))
    return tuple(piece for piece in pieces if piece.quoted or piece.source)


def quoted_parts(match: Match, differences: Iterable[Difference]) -> tuple[Span, ...]:
    """Return the stretches of the source that are quoted: the passage without what ellipses omit.

    An ellipsis that leaves nothing out parts nothing.
    """
    gaps = [one.there for one in differences if one.kind is DifferenceKind.ELLIPSIS]
    found, at = list[Span](), match.span.start
    for gap in sorted(gap for gap in gaps if match.span.holds(gap) and len(gap)):
        found.append(Span(at, max(at, gap.start)))
        at = max(at, gap.end)
    found.append(Span(at, match.span.end))
    return tuple(part for part in found if len(part))


def ends(text: str, most: int, kept: int) -> Ends | None:
    """Return the ends of a text of more than `most` code points, up to `kept` of them each.

    None where it is shorter, or has no spaces to cut at.
    """
    if len(text) <= most:
        return None
    low, high = text.rfind(" ", 0, kept), text.find(" ", len(text) - kept)
    if not 0 < low < high:
        return None
    return Ends(text[:low], text[high + 1 :], len(text[low:high].split()))


def abridged(text: str, most: int, kept: int) -> str:
    """Return a text; of more than `most` code points the ends, and how much is between them."""
    found = ends(text, most, kept)
    return f"{found.head} [… {found.skipped} words …] {found.tail}" if found else text


def _pieces(verdict: Verdict, shown: Callable[[str], str]) -> Iterator[Piece]:
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
        apart = _ends_in_space(before.source) and not _ends_in_space(before.quoted)
        yield _piece(one, shown, apart=apart)
        at, there = one.at.end, one.there.end
    yield between(len(text), None)


def _length(there: int, end: int | None) -> int | None:
    return None if end is None else max(end - there, 0)


def _piece(one: Difference, shown: Callable[[str], str], *, apart: bool) -> Piece:
    """Return a difference, a space before the source's words if they stand `apart`."""
    if one.kind is DifferenceKind.TYPOGRAPHY:
        return Piece(one.quoted, one.source)
    grave = not one.marked and not one.permitted
    space = " " if apart and one.source and not one.quoted else ""
    return Piece(one.quoted, space + shown(one.source), same=False, grave=grave)


def _ends_in_space(text: str) -> bool:
    return text[-1:].isspace()


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
