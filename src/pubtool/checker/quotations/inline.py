"""Quotations in running text: by their marks, and by a span of class ``quote``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pubtool.checker import speech
from pubtool.checker.quotations.drafts import Draft, Part, trim
from pubtool.checker.quotations.marks import PLACEHOLDER, Mark, find_marks
from pubtool.checker.quotations.pairing import Pair, Pairing, Place, pair
from pubtool.model import Block, BlockKind, ContainerKind, InlineKind, QuotationKind

_CLOSED_WITH_COMMA = re.compile(r"[,،，、—–-]\s*\Z")
_ENDS_SENTENCE = re.compile(r"[.!?…:\"'”’»)\]\ufffc。！？：」』؟।]\s*\Z|\A\W*\Z")
_TITLE = re.compile(r"《([^《》\n]{1,80})》")
_LONGEST_INTERRUPTION = 12
"""Words; longer ones are sentences of their own."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What the marks of some consecutive paragraphs say."""

    drafts: tuple[Draft, ...]
    strays: tuple[tuple[int, Mark], ...]
    """Marks that belong to no pair, each with its block's number."""
    quoting: tuple[tuple[int, Mark], ...]
    """The double marks that are quotation marks, in pairs or not."""


def runs(blocks: Sequence[Block]) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of blocks that one quotation can go on over, notes between them apart."""
    open_: dict[tuple[object, ...], list[int]] = {}
    current: dict[int | None, tuple[object, ...]] = {}
    for number, block in enumerate(blocks):
        note = _note(block)
        place: tuple[object, ...] = (block.containers, block.kind)
        if current.get(note) != place or block.kind is not BlockKind.PARAGRAPH:
            before = current.pop(note, None)
            if before is not None:
                yield tuple(open_.pop((note, before)))
            current[note] = place
            open_[note, place] = []
        open_[note, place].append(number)
    for note, place in current.items():
        yield tuple(open_[note, place])


def _note(block: Block) -> int | None:
    notes = [c.number for c in block.containers if c.kind is ContainerKind.NOTE]
    return notes[0] if notes else None


def scan(
    blocks: Sequence[Block], numbers: Sequence[int], *, singles: bool, held: bool = False
) -> Scan:
    """Return the quotations of consecutive blocks; `held` says that they are one block quote's."""
    marks = [
        find_marks(blocks[n].flow.text, table_cell=blocks[n].kind is BlockKind.CELL)
        for n in numbers
    ]
    if not any(marks):
        return Scan((), (), ())
    goes_on = [bool(_ENDS_SENTENCE.search(blocks[n].flow.text)) for n in numbers]
    pairing = pair(marks, goes_on, singles=singles, held=held)

    def at(place: Place) -> tuple[int, Mark]:
        return numbers[place[0]], marks[place[0]][place[1]]

    drafts = [_draft(blocks, numbers, marks, one) for one in pairing.pairs]
    return Scan(
        _interrupted([draft for draft in drafts if draft is not None], blocks),
        tuple(at(place) for place in pairing.strays),
        tuple(_quoting(marks, pairing, numbers)),
    )


def _quoting(
    marks: Sequence[Sequence[Mark]], pairing: Pairing, numbers: Sequence[int]
) -> Iterator[tuple[int, Mark]]:
    no_marks = set(pairing.apostrophes)
    for row, some in enumerate(marks):
        for column, mark in enumerate(some):
            if not mark.single and (row, column) not in no_marks:
                yield numbers[row], mark


def prefers_singles(blocks: Sequence[Block]) -> bool:
    """Whether the post's outer marks are single ones, as in British print.

    Every block votes with the marks that open its outermost pairs when both kinds cost the same.
    """
    every = [find_marks(b.flow.text, table_cell=b.kind is BlockKind.CELL) for b in blocks]
    if not any(mark.single for marks in every for mark in marks):
        return False
    return sum(map(_votes, every)) > 0


@lru_cache(8192)
def _votes(marks: tuple[Mark, ...]) -> int:
    pairs = pair([marks], [False], singles=True).pairs if marks else ()
    return sum(1 if marks[one.opening[1]].single else -1 for one in pairs)


def _draft(
    blocks: Sequence[Block], numbers: Sequence[int], marks: Sequence[Sequence[Mark]], one: Pair
) -> Draft | None:
    (first, opening), (last, closing) = one.opening, one.closing
    parts, outer = [], []
    for row in range(first, last + 1):
        text = blocks[numbers[row]].flow.text
        start = outer_start = 0
        end = outer_end = len(text)
        again = [place[1] for place in one.repeated if place[0] == row]
        if row == first:
            outer_start, start = marks[row][opening].start, marks[row][opening].end
        elif again:
            outer_start, start = marks[row][again[0]].start, marks[row][again[0]].end
        if row == last:
            end, outer_end = marks[row][closing].start, marks[row][closing].end
        parts.append(Part(numbers[row], *trim(text, start, end)))
        outer.append(Part(numbers[row], outer_start, outer_end))
    if not any(
        any(c.isalnum() for c in blocks[part.block].flow.text[part.start : part.end])
        for part in parts
    ):
        return None
    return Draft(QuotationKind.INLINE, tuple(parts), tuple(outer))


def _interrupted(drafts: Sequence[Draft], blocks: Sequence[Block]) -> tuple[Draft, ...]:
    """Return the drafts with those made one that the author only interrupts."""
    done: list[Draft] = []
    for draft in drafts:
        before = done[-1] if done else None
        if before is not None and _goes_on(before, draft, blocks):
            done[-1] = Draft(before.kind, before.parts + draft.parts, before.outer + draft.outer)
        else:
            done.append(draft)
    return tuple(done)


def _goes_on(first: Draft, second: Draft, blocks: Sequence[Block]) -> bool:
    """Whether the second is the rest of the first, with "she writes" between them."""
    end, start = first.outer[-1], second.outer[0]
    if end.block != start.block:
        return False
    text = blocks[end.block].flow.text
    if text[end.start] != text[start.start]:
        return False
    between = text[end.end : start.start].replace(PLACEHOLDER, "")
    said = text[first.parts[-1].start : first.parts[-1].end]
    words = between.lower().split()
    if len(words) > _LONGEST_INTERRUPTION or re.search(r"[.!?;:]\s", between):
        return False
    if not _CLOSED_WITH_COMMA.search(between) or not speech.says(between):
        return False
    rest = text[second.parts[0].start : second.parts[0].end]
    comma = bool(_CLOSED_WITH_COMMA.search(said)) or between.lstrip()[0] in ",—–"
    asked = said[-1:] in "?!…" and rest[:1].islower() and not _begins_anew(text, end, start)
    return (comma or asked) and not speech.JOINS.search(between)


def _begins_anew(text: str, end: Part, start: Part) -> bool:
    """Whether a citation and a capital behind it show that a sentence of the author's begins."""
    between = text[end.end : start.start].lstrip()
    return between[:1] == PLACEHOLDER and between.strip(PLACEHOLDER + " ")[:1].isupper()


def spans(blocks: Sequence[Block]) -> Iterator[Draft]:
    """Yield what the author has put in spans of class ``quote``, ``noquote`` or ``term``."""
    for number, block in enumerate(blocks):
        for inline in block.inlines:
            if inline.kind is not InlineKind.SPAN:
                continue
            kind = _span_kind(inline.classes)
            start, end = trim(block.flow.text, inline.span.start, inline.span.end)
            if kind is None or start == end:
                continue
            inner = _inside_marks(block, start, end)
            yield Draft(kind, (Part(number, *inner),), (Part(number, start, end),))


def titles(blocks: Sequence[Block]) -> Iterator[Draft]:
    """Yield what stands in Chinese title marks; only the bibliography knows which are sources."""
    for number, block in enumerate(blocks):
        text = block.flow.text
        for found in _TITLE.finditer(text):
            start, end = trim(text, *found.span(1))
            if start < end:
                outer = Part(number, found.start(), found.end())
                yield Draft(QuotationKind.TITLE, (Part(number, start, end),), (outer,))


def _span_kind(classes: tuple[str, ...]) -> QuotationKind | None:
    if "quote" in classes:
        return QuotationKind.INLINE
    if "noquote" in classes or "term" in classes:
        return QuotationKind.TERM
    return None


def _inside_marks(block: Block, start: int, end: int) -> tuple[int, int]:
    """Return a range without the pair of marks round it, if there is one."""
    text = block.flow.text[start:end]
    marks = find_marks(text, table_cell=False)
    for one in pair([marks], [False], singles=True).pairs:
        opening, closing = marks[one.opening[1]], marks[one.closing[1]]
        if opening.start == 0 and closing.end == len(text):
            return trim(block.flow.text, start + opening.end, start + closing.start)
    return start, end
