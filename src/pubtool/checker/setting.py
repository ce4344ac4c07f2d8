"""What of its post the verdict on a quotation hangs on: the quotation itself, and its setting.

Two quotations that are equal but for where they stand in the file, in equal settings, get the same
verdict from the same library: whoever keeps verdicts while a post is being written relies on that.
Only a finding's fix hangs on more: on how the whole post is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pubtool.checker.conventions import Conventions
from pubtool.checker.evidence import Library
from pubtool.model import IMPORTED, Block, Post, Quotation, Verdict

_NEARBY = 600
"""Characters of the post's own prose on either side of a quotation that a rule may look at."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands round a quotation."""

    before: str
    """The words of its block before it."""
    after: str
    """The words of its block behind it."""
    imported: bool
    """Whether the post came from a blog, and its author never told us a source."""


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
    return tuple(
        Asked(quotation, Setting(*_surroundings(quotation, post.blocks), imported))
        for quotation in quotations
    )


def _surroundings(quotation: Quotation, blocks: tuple[Block, ...]) -> tuple[str, str]:
    """Return the words of the quotation's block before and behind it."""
    if not 0 <= quotation.block < len(blocks):
        return "", ""
    flow = blocks[quotation.block].flow
    start, end = flow.offset(quotation.span.start), flow.offset(quotation.span.end)
    return flow.text[max(start - _NEARBY, 0) : start], flow.text[end : end + _NEARBY]
