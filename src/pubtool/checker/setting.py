"""What of its post the verdict on a quotation hangs on: the quotation itself, and its setting.

Two quotations that are equal but for where they stand in the file, in equal settings, get the same
verdict from the same library: whoever keeps verdicts while a post is being written relies on that.
Only a finding's fix hangs on more: on how the whole post is written.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pubtool.checker.conventions import Conventions
from pubtool.checker.evidence import Library
from pubtool.checker.quotations.block_quotes import held_with, holder
from pubtool.model import (
    IMPORTED,
    Block,
    BlockKind,
    ContainerKind,
    Post,
    Quotation,
    QuotationKind,
    Verdict,
)

_NEARBY = 600
"""Characters of the post's own prose on either side of a quotation that a rule may look at."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands round a quotation."""

    before: str
    """The words of its block before it; before a block quote, those of the paragraph that leads."""
    after: str
    """The words of its block behind it; behind a block quote's words, all that credits them."""
    imported: bool
    """Whether the post came from a blog, and its author never told us a source."""
    above: tuple[str, ...] = ()
    """The title of its post and the headings over it, each of which may name what it is from."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A quotation in its setting."""

    quotation: Quotation
    setting: Setting


Judging = Callable[[Sequence[Asked], Post, Library, Conventions], Iterable[Verdict]]
"""Gives the verdict on each of some quotations, in their order."""


def settings_of(quotations: Sequence[Quotation], post: Post) -> tuple[Asked, ...]:
    """Return some quotations of a post in their settings."""
    imported = any(name == IMPORTED for name, _ in post.front.other)
    headings = [n for n, block in enumerate(post.blocks) if block.kind is BlockKind.HEADING]
    return tuple(
        Asked(
            quotation,
            Setting(
                *_surroundings(quotation, post), imported, _above(quotation.block, headings, post)
            ),
        )
        for quotation in quotations
    )


def _surroundings(quotation: Quotation, post: Post) -> tuple[str, str]:
    """Return the words of the quotation's block before and behind it."""
    if not 0 <= quotation.block < len(post.blocks):
        return "", ""
    flow = post.blocks[quotation.block].flow
    start, end = flow.offset(quotation.span.start), flow.offset(quotation.span.end)
    before, after = flow.text[max(start - _NEARBY, 0) : start], flow.text[end : end + _NEARBY]
    if quotation.kind in (QuotationKind.BLOCK, QuotationKind.EPIGRAPH):
        return before or _lead(quotation.block, post.blocks), _credit(quotation, post)
    return before, after


def _above(block: int, headings: Sequence[int], post: Post) -> tuple[str, ...]:
    """Return the post's title, its first heading and the one next before a block."""
    before = headings[: bisect_left(headings, block)]
    texts = [post.blocks[number].flow.text for number in (*before[:1], *before[-1:])]
    return tuple(filter(None, dict.fromkeys((post.front.title, *texts))))


def _lead(number: int, blocks: Sequence[Block]) -> str:
    """Return the words that lead to a block quote: the paragraph's before it."""
    for block in reversed(blocks[:number]):
        if any(c.kind is ContainerKind.NOTE for c in block.containers):
            continue
        leads = block.kind is not BlockKind.HEADING and holder(block) is None
        return block.flow.text[-_NEARBY:] if leads else ""
    return ""


def _credit(quotation: Quotation, post: Post) -> str:
    """Return what a block quote holds behind its words."""
    flows = [post.blocks[number].flow for number in held_with(post, quotation.block)]
    behind = [flow.text[flow.offset(quotation.span.end) :] for flow in flows]
    return "\n".join(filter(None, behind))[:_NEARBY]
