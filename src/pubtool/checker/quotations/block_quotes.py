"""Block quotes and epigraphs: each outermost one is a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pubtool.checker.quotations.credits import credit_start, is_byline, is_credit, is_name
from pubtool.checker.quotations.drafts import Draft, Part, trim
from pubtool.checker.quotations.inline import scan
from pubtool.checker.quotations.marks import PLACEHOLDER
from pubtool.model import (
    Block,
    BlockKind,
    Container,
    ContainerKind,
    InlineKind,
    Post,
    QuotationKind,
)

_DASH = re.compile(r"[ \t\u00a0]*(?:[—–―]|--+)\s*\S")
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.TERM)
"""Kinds of block that are sentences; a line with a tilde makes the line before it a term."""

_CALLOUT = re.compile(r"\[!\w[\w-]*\][+-]?")
_CITE = re.compile(r"<cite(?=[\s>])", re.IGNORECASE)
_CITED = re.compile(r"</cite\s*>", re.IGNORECASE)
_TRAILING = re.compile(
    r"\s*\([^()\ufffc]{0,80}\ufffc[^()]{0,80}\)[\s.]*\Z|[\s([]*\ufffc[\s\ufffc;,)\].]*\Z"
)
"""A citation or a note that ends a paragraph, with the brackets that hold it."""


_PLACE = re.compile(
    r"\s*\((?:pp?|loc(?:ation)?s?)\.?\s*\d{1,5}(?:\s*[-–]\s*\d{1,5})?\)[.\s]*\Z"
    r"|(?<=[.!?…\"”’»])\s+\(\d{1,5}(?:\s*[-–]\s*\d{1,5})?\)[.\s]*\Z",
    re.IGNORECASE,
)
"""The page that the words are on: *(p. 12)*, or *(12)* behind the end of a sentence."""


def holder(block: Block) -> Container | None:
    """Return the outermost block quote or epigraph that a block stands in."""
    for container in block.containers:
        if container.kind is ContainerKind.NOTE:
            continue
        if container.kind is ContainerKind.BLOCK_QUOTE or "epigraph" in container.classes:
            return container
    return None


def held_with(post: Post, first: int) -> Iterator[int]:
    """Yield a block and those behind it that stand in the same block quote or epigraph."""
    container = holder(post.blocks[first])
    for number in range(first, len(post.blocks)):
        block = post.blocks[number]
        if container is not None and holder(block) == container:
            yield number
        elif not any(c.kind is ContainerKind.NOTE for c in block.containers):
            return


def block_quotes(post: Post) -> Iterator[Draft]:
    """Yield the post's block quotes and epigraphs, attribution lines left off."""
    held: dict[int, list[int]] = {}
    kinds: dict[int, QuotationKind] = {}
    for number, block in enumerate(post.blocks):
        container = holder(block)
        if container is not None:
            held.setdefault(container.number, []).append(number)
            epigraph = "epigraph" in container.classes
            kinds[container.number] = QuotationKind.EPIGRAPH if epigraph else QuotationKind.BLOCK
    for container_number, numbers in held.items():
        parts = list(_without_attribution(post, numbers))
        if parts:
            inner = _without_marks(post.blocks, parts)
            yield Draft(kinds[container_number], tuple(inner), tuple(parts), container_number)


def _without_attribution(post: Post, numbers: Sequence[int]) -> Iterator[Part]:
    """Yield the quoted stretches of a block quote's blocks."""
    texts = {number: post.blocks[number].flow.text for number in numbers}
    whole = [Part(number, *trim(text, 0, len(text))) for number, text in texts.items()]
    whole = [part for part in whole if part.start < part.end]
    whole = [*_without_callout(post, whole[0]), *whole[1:]] if whole else []
    if len(whole) > 1 and (
        _is_attribution(texts, whole)
        or _is_named(post, whole[-1])
        or _is_listed_name(post, texts, whole)
    ):
        whole.pop()
    for part in whole[:-1]:
        yield part
    for part in whole[-1:]:
        start, end = trim(texts[part.block], part.start, _end_of_words(post, part))
        if start < end:
            yield Part(part.block, start, end)


def _without_callout(post: Post, part: Part) -> Iterator[Part]:
    """Yield what stands below the line ``[!quote] Title``, with which note takers begin a quote."""
    block = post.blocks[part.block]
    if not _CALLOUT.match(block.flow.text, part.start):
        yield part
        return
    for line in line_starts(post, block)[:1]:
        yield Part(part.block, *trim(block.flow.text, line, part.end))


def _is_attribution(texts: dict[int, str], whole: Sequence[Part]) -> bool:
    """Whether the last paragraph names the source: it begins with a dash or is a citation alone."""
    dashes = [bool(_DASH.match(texts[part.block], part.start)) for part in whole]
    last = texts[whole[-1].block]
    credit = is_credit(last) or is_byline(last)
    return (dashes[-1] and not all(dashes)) or _is_citation(last) or credit


def _is_listed_name(post: Post, texts: dict[int, str], whole: Sequence[Part]) -> bool:
    """Whether the last paragraph is the only item of a list, and a name: ``> - Somebody``."""
    items = [_items(post.blocks[part.block]) for part in whole]
    alone = bool(items[-1]) and not any(items[:-1])
    leads = texts[whole[-2].block].rstrip().endswith(":")  # to what the list holds
    return alone and not leads and is_name(texts[whole[-1].block])


def _items(block: Block) -> list[Container]:
    return [c for c in block.containers if c.kind is ContainerKind.LIST_ITEM]


def _is_named(post: Post, part: Part) -> bool:
    """Whether a paragraph or a line is all of it a ``<cite>``, HTML's way to name a source."""
    block = post.blocks[part.block]
    tags = [
        inline
        for inline in block.inlines
        if inline.kind is InlineKind.RAW and part.start <= inline.span.start < part.end
    ]
    if not tags or not _CITE.match(tags[0].text) or not _CITED.match(tags[-1].text):
        return False
    text = block.flow.text
    outside = text[part.start : tags[0].span.start] + text[tags[-1].span.end : part.end]
    return not any(c.isalnum() for c in outside)


def _end_of_words(post: Post, part: Part) -> int:
    """Return where the last paragraph's quoted words end and its attribution begins."""
    block = post.blocks[part.block]
    text = block.flow.text[: part.end]
    starts = line_starts(post, block)
    if starts and _DASH.match(text, starts[-1]) and not _is_dialogue(text, (part.start, *starts)):
        return starts[-1]
    if starts and _is_named(post, Part(part.block, starts[-1], part.end)):
        return starts[-1]
    found = _TRAILING.search(text, part.start)
    end = found.start() if found and _is_reference(block, found) else part.end
    if place := _PLACE.search(text, part.start, end):
        end = place.start()
    return credit_start(text, part.start, end, starts)


def _is_dialogue(text: str, starts: Sequence[int]) -> bool:
    return all(_DASH.match(text, start) for start in starts)


def _is_reference(block: Block, found: re.Match[str]) -> bool:
    """Whether what ends a paragraph is a citation or a note, not code or an image."""
    places = [found.start() + at for at, c in enumerate(found.group()) if c == PLACEHOLDER]
    inlines = {inline.span.start: inline for inline in block.inlines}
    return all(
        place in inlines and (inlines[place].citations or inlines[place].note is not None)
        for place in places
    )


def _is_citation(text: str) -> bool:
    """Whether a paragraph is nothing but a citation, in brackets or not."""
    return PLACEHOLDER in text and not any(c.isalnum() for c in text)


def line_starts(post: Post, block: Block) -> tuple[int, ...]:
    """Return where a block's second and later lines begin, as the file or the page breaks them."""
    text = block.flow.text
    starts = []
    for leaf in block.flow.leaves:
        end = leaf.at + leaf.length
        written = post.text[leaf.source.start : leaf.source.end]
        if "\n" not in written and "\n" not in text[leaf.at : end]:
            continue
        for at in range(leaf.at, end):
            place = block.flow.place(at, at + 1)
            if text[at].isspace() and (
                text[at] == "\n" or "\n" in post.text[place.start : place.end]
            ):
                starts.append(at + 1)
    return tuple(starts)


def _without_marks(blocks: Sequence[Block], parts: Sequence[Part]) -> list[Part]:
    """Return the parts without the marks round all of them, if they are one quotation in marks."""
    numbers = [part.block for part in parts]
    if any(blocks[number].kind not in _RUNNING for number in numbers):
        return list(parts)
    drafts = scan(blocks, numbers, singles=True, held=True).drafts
    if len(drafts) != 1 or len(drafts[0].parts) != len(parts):
        return list(parts)
    outer = drafts[0].outer
    behind = blocks[outer[-1].block].flow.text[outer[-1].end : parts[-1].end]
    if outer[0].start > parts[0].start or any(c.isalnum() for c in behind):
        return list(parts)
    return list(drafts[0].parts)
