"""Works that are named right behind a quotation, in the text or in the note that stands there.

Law cites so: “…” *Graham v. Connor*, 490 U.S. 386 (1989); who has no citations writes notes. The
next sentence may begin with a title too, so that such a name is a mere mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from pubtool.checker.attribution.names import Mention, NameKind
from pubtool.model import Block, ContainerKind, InlineKind, Post

_BETWEEN = re.compile(r"[\s\"'“”‘’«».,;:!?()\[\]*_…\ufffc]*\Z")
_CITED = re.compile(r"[*_\"”’]*\s*(?:[,;(\[\ufffc]|\.?\s*\Z)")
"""What follows the title in a citation, and hardly one that a sentence begins with."""

_NOTE_NEAR = 4
"""Characters between a quotation's last mark and the note that belongs to it."""


def note_blocks(post: Post) -> Mapping[int, Sequence[int]]:
    """Return the numbers of the blocks of each note."""
    found: dict[int, list[int]] = {}
    for number, block in enumerate(post.blocks):
        for container in block.containers:
            if container.kind is ContainerKind.NOTE:
                found.setdefault(container.number, []).append(number)
    return found


def named_behind(block: Block, end: int, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the work that a block names where a quotation and its marks end, if it names one.

    `mentions` are those of the block, in order.
    """
    first = bisect_left(mentions, end, key=lambda mention: mention.span.start)
    return [
        mention
        for mention in mentions[first : first + 1]
        if mention.kind is NameKind.WORK
        and _BETWEEN.match(block.flow.text, end, mention.span.start)
        and _CITED.match(block.flow.text, mention.span.end)
    ]


def note_at(block: Block, end: int) -> int | None:
    """Return the number of the note that stands where a quotation and its marks end."""
    return next(
        (
            inline.note
            for inline in block.inlines
            if inline.kind is InlineKind.NOTE and 0 <= inline.span.start - end <= _NOTE_NEAR
        ),
        None,
    )
