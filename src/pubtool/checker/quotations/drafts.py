"""Quotations while they are being found: which stretches of which blocks they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pubtool.checker.quotations.marks import PLACEHOLDER
from pubtool.checker.quotations.unseen import unseen_in
from pubtool.model import Block, Flow, Inline, InlineKind, Leaf, QuotationKind, Span, join_flows

_SHOWN = (InlineKind.CODE, InlineKind.MATH)
"""Kinds of inline that a reader reads as words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a block's text."""

    block: int
    start: int
    """The first quoted character."""
    end: int
    """One past the last."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A quotation before its citations are bound."""

    kind: QuotationKind
    parts: tuple[Part, ...]
    """In order; of several, those in one block are interrupted, those in another one go on."""
    outer: tuple[Part, ...]
    """The same with their marks."""
    container: int | None = None
    """The number of the block quote or epigraph that it is all of."""

    @property
    def block(self) -> int:
        """The block that it begins in."""
        return self.parts[0].block

    @property
    def last(self) -> Part:
        """Its end, marks included."""
        return self.outer[-1]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without white space, soft or hard, at its ends."""
    while start < end and (text[start].isspace() or text[start] == "\u2060"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == "\u2060"):
        end -= 1
    return start, end


def build(draft: Draft, blocks: Sequence[Block]) -> tuple[Flow, Span, tuple[int, ...]]:
    """Return the quotation's flow, its range in the file and the places of its joints."""
    flow = Flow("", ())
    joints = []
    previous: Part | None = None
    for part in draft.parts:
        piece = _piece(blocks[part.block], part)
        if not piece.text:
            continue
        if previous is None:
            flow = piece
        elif previous.block == part.block:
            joints.append(len(flow.text))
            flow = join_flows((flow, piece), " ")
        else:
            flow = join_flows((flow, piece), "\n\n")
        previous = part
    parts = [part for part in draft.parts if part.start < part.end]
    first, last = parts[0], parts[-1]
    begin = blocks[first.block].flow.place(first.start, first.end).start
    end = blocks[last.block].flow.place(last.start, last.end).end
    return flow, Span(begin, max(begin, end)), tuple(joints)


def _piece(block: Block, part: Part) -> Flow:
    """Return the words of a part: citations, notes and images cut out, code spelled out."""
    text = block.flow.text
    if PLACEHOLDER not in text[part.start : part.end]:
        return block.flow.cut(part.start, part.end)
    flows, place = [], part.start
    for inline in block.inlines:
        start, end = inline.span.start, inline.span.end
        if start < place or end > part.end or text[start:end] != PLACEHOLDER:
            continue
        low, high = _gap(text, inline, part)
        flows.append(block.flow.cut(place, max(low, place)))
        if inline.kind in _SHOWN:
            where = block.flow.place(start, end)
            flows.append(Flow(inline.text, (Leaf(0, len(inline.text), where),)))
        place = max(high, place)
    flows.append(block.flow.cut(place, part.end))
    return join_flows(tuple(flow for flow in flows if flow.text), "")


def _gap(text: str, inline: Inline, part: Part) -> tuple[int, int]:
    """Return what goes with an inline: of the spaces on its two sides only one may stay."""
    start, end = inline.span.start, inline.span.end
    if inline.kind in _SHOWN:
        return start, end
    after = text[end] if end < part.end else " "
    if after.isspace() or re.match(r"[.,;:!?)\]]", after):
        while start > part.start and text[start - 1].isspace():
            start -= 1
    if start == part.start:
        while end < part.end and text[end].isspace():
            end += 1
    return start, end


def emphasis(draft: Draft, flow: Flow, blocks: Sequence[Block]) -> tuple[Span, ...]:
    """Return what of a quotation's text is set in italics or bold, sorted."""
    return _within(draft, flow, blocks, _emphasised)


def unseen(draft: Draft, flow: Flow, blocks: Sequence[Block]) -> tuple[Span, ...]:
    """Return what of a quotation's text is struck out or hidden from readers, sorted."""
    return _within(draft, flow, blocks, unseen_in)


def _within(
    draft: Draft, flow: Flow, blocks: Sequence[Block], find: Callable[[Block], Iterable[Span]]
) -> tuple[Span, ...]:
    """Return what of a quotation's text is in the ranges that are found in its blocks, sorted."""
    found = set()
    for part in draft.parts:
        block = blocks[part.block]
        for span in find(block):
            start, end = max(span.start, part.start), min(span.end, part.end)
            if start < end:
                place = block.flow.place(start, end)
                found.add(Span(flow.offset(place.start), flow.offset(place.end)))
    return tuple(sorted(span for span in found if len(span)))


def _emphasised(block: Block) -> Iterator[Span]:
    return (inline.span for inline in block.inlines if inline.kind is InlineKind.EMPHASIS)
