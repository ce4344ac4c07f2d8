"""The prose round each quotation: its block with all quotations blacked out, and its sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pubtool.checker.sentences import sentences
from pubtool.model import Block, Flow, Post, Quotation, Span
from pubtool.text.typography import QUOTES

BLACKED_OUT = "\u2588"
"""Stands for each character of a quotation in the prose round it."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What a block says outside its quotations; offsets are those of the block's text."""

    text: str
    sentences: tuple[Span, ...]


def quoted_ranges(post: Post, quotations: Sequence[Quotation]) -> list[dict[int, list[Span]]]:
    """Return, for each quotation, its ranges in each block's text, marks included."""
    places = [block.flow.place(0, len(block.flow.text)) for block in post.blocks]
    found = []
    for quotation in quotations:
        ranges: dict[int, list[Span]] = {}
        for stretch in _stretches(quotation):
            number = quotation.block
            while number < len(post.blocks) and places[number].start < stretch.end:
                if places[number].overlaps(stretch):
                    span = _within(post.blocks[number], places[number], stretch)
                    ranges.setdefault(number, []).append(span)
                number += 1
        found.append(ranges)
    return found


def _stretches(quotation: Quotation) -> list[Span]:
    """Return the quotation's parts in the file: without what the author says in between."""
    edges = [0, *(edge for joint in quotation.joints for edge in (joint, joint + 1))]
    edges.append(len(quotation.text))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [quotation.flow.place(start, end) for start, end in pairs if start < end]


def _within(block: Block, place: Span, stretch: Span) -> Span:
    text = block.flow.text
    start = offset_in(block.flow, max(stretch.start, place.start))
    end = offset_in(block.flow, min(stretch.end, place.end))
    while start and text[start - 1] in QUOTES + " \u00a0\u202f" and _mark_before(text, start):
        start -= 1
    while end < len(text) and text[end] in QUOTES + " \u00a0\u202f" and _mark_behind(text, end):
        end += 1
    return Span(start, end)


def _mark_before(text: str, start: int) -> bool:
    return text[start - 1] in QUOTES or (start > 1 and text[start - 2] in "«»‹›")


def _mark_behind(text: str, end: int) -> bool:
    return text[end] in QUOTES or text[end + 1 : end + 2] in ("«", "»", "‹", "›")


def offset_in(flow: Flow, place: int) -> int:
    """Return the offset in a flow's text of a place in the file."""
    number = bisect_right(flow.leaves, place, key=lambda leaf: leaf.source.start) - 1
    if number < 0:
        return 0
    leaf = flow.leaves[number]
    return leaf.at + min(max(place - leaf.source.start, 0), leaf.length)


def read_prose(post: Post, ranges: Sequence[dict[int, list[Span]]]) -> tuple[Prose, ...]:
    """Return the prose of each block."""
    taken: dict[int, list[Span]] = {}
    for one in ranges:
        for number, spans in one.items():
            taken.setdefault(number, []).extend(spans)
    read = []
    for number, block in enumerate(post.blocks):
        spans = sorted(taken.get(number, ()))
        text = list(block.flow.text)
        for span in spans:
            text[span.start : span.end] = BLACKED_OUT * len(span)
        read.append(Prose("".join(text), sentences(block, spans)))
    return tuple(read)
