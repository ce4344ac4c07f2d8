"""A post as its editor reads it: its words without markup, each quotation marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubtool.model import (
    Block,
    BlockKind,
    ContainerKind,
    Inline,
    InlineKind,
    Post,
    Quotation,
    Span,
)

_STAND_IN = {InlineKind.NOTE: "†", InlineKind.IMAGE: "[picture]", InlineKind.RAW: ""}
"""What stands for an element that has no words of the author's."""

_ROUND = 400
"""Code points of the paragraph on either side of a quotation that are shown beside its source."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a paragraph."""

    text: str
    quotation: str = ""
    """The id of the quotation that they are of; empty for the author's own."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One piece of running text."""

    kind: str
    """``heading``, ``quote``, ``item``, ``note``, ``cell`` or ``paragraph``."""
    runs: tuple[Run, ...]


def paragraphs(post: Post, quotations: Sequence[Quotation]) -> tuple[Paragraph, ...]:
    """Return a post's running text, the given quotations marked."""
    return tuple(
        Paragraph(_kind(block), runs)
        for number, block in enumerate(post.blocks)
        if (runs := tuple(_runs(post, number, quotations)))
    )


def surroundings(post: Post, quotation: Quotation) -> tuple[str, str]:
    """Return what the post says before and behind a quotation, in the same paragraph."""
    if not 0 <= quotation.block < len(post.blocks):
        return "", ""
    block = post.blocks[quotation.block]
    start = block.flow.offset(quotation.span.start)
    end = max(block.flow.offset(quotation.span.end), start)
    before = _shown(post, block, Span(0, start))
    after = _shown(post, block, Span(end, len(block.flow.text)))
    return _last(before), _first(after)


def _runs(post: Post, number: int, quotations: Sequence[Quotation]) -> Iterator[Run]:
    block = post.blocks[number]
    at = 0
    for quotation in quotations:
        place = _place(post, number, quotation)
        if place is None or place.start < at:  # one within another is the other's
            continue
        yield from _run(_shown(post, block, Span(at, place.start)), "")
        yield from _run(_shown(post, block, place), quotation.id)
        at = place.end
    yield from _run(_shown(post, block, Span(at, len(block.flow.text))), "")


def _run(text: str, quotation: str) -> Iterator[Run]:
    if text:
        yield Run(text, quotation)


def _place(post: Post, number: int, quotation: Quotation) -> Span | None:
    """Return where a quotation stands in a block's text, None where it does not.

    It begins in a block of its own, and may go on in those that follow, but never in a note of them
    or in what they are a note to.
    """
    if number < quotation.block or quotation.block < 0:
        return None
    block, first = post.blocks[number], post.blocks[quotation.block]
    if _is_note(block) != _is_note(first):
        return None
    start = block.flow.offset(quotation.span.start)
    end = block.flow.offset(quotation.span.end)
    return Span(start, end) if start < end else None


def _shown(post: Post, block: Block, stretch: Span) -> str:
    """Return a stretch of a block's text, what is no prose as its file spells it or in short."""
    text, at, shown = block.flow.text, stretch.start, ""
    for inline in block.inlines:
        if at <= inline.span.start < stretch.end and text[inline.span.start] == "\ufffc":
            shown += text[at : inline.span.start] + _stands_for(post, block, inline)
            at = inline.span.end
    return shown + text[at : stretch.end]


def _stands_for(post: Post, block: Block, inline: Inline) -> str:
    if inline.kind is InlineKind.CITATION:
        place = block.flow.place(inline.span.start, inline.span.end)
        return post.text[place.start : place.end]
    return _STAND_IN.get(inline.kind, inline.text)


def _kind(block: Block) -> str:
    kinds = {container.kind for container in block.containers}
    if block.kind is BlockKind.HEADING:
        return "heading"
    if ContainerKind.NOTE in kinds:
        return "note"
    if ContainerKind.BLOCK_QUOTE in kinds:
        return "quote"
    if ContainerKind.LIST_ITEM in kinds:
        return "item"
    return "cell" if block.kind is BlockKind.CELL else "paragraph"


def _is_note(block: Block) -> bool:
    return any(container.kind is ContainerKind.NOTE for container in block.containers)


def _last(text: str) -> str:
    return text if len(text) <= _ROUND else f"… {text[-_ROUND:].split(' ', 1)[-1]}"


def _first(text: str) -> str:
    return text if len(text) <= _ROUND else f"{text[:_ROUND].rsplit(' ', 1)[0]} …"
