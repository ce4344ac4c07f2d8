"""What of a block's text readers see struck out, or do not see at all.

A word of a quotation that is struck out is none of it to a reader, and one that is hidden was never
there, though both stand in the text that is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.model import Block, Inline, InlineKind, Span
from pubtool.text.patterns import late

_TAG = late(r"<(/?)([a-z][a-z0-9]*)\b([^>]*)>", re.IGNORECASE)
_STRIKING = frozenset({"s", "del", "strike"})
_HIDING = late(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|\bhidden\b|\b(?:screen-reader-text|sr-only|visually-hidden)\b",
    re.IGNORECASE,
)
"""In an element's attributes; the classes are those of WordPress, Bootstrap and others."""


def unseen_in(block: Block) -> Iterator[Span]:
    """Yield the ranges of a block's text that are struck out or hidden."""
    open_: list[tuple[str, int]] = []
    for inline in block.inlines:
        if inline.kind is InlineKind.STRUCK or (
            inline.kind is InlineKind.SPAN and _HIDING.search(_attributes(inline))
        ):
            yield inline.span
        elif inline.kind is InlineKind.RAW and (tag := _TAG.fullmatch(inline.text.strip())):
            closes, name, attributes = tag[1], tag[2].lower(), tag[3]
            if closes:
                yield from (Span(at, inline.span.start) for one, at in open_ if one == name)
                open_ = [(one, at) for one, at in open_ if one != name]
            elif name in _STRIKING or _HIDING.search(attributes):
                open_.append((name, inline.span.end))


def _attributes(inline: Inline) -> str:
    pairs = (f"{name}: {value}" for name, value in inline.attributes)
    return "; ".join((*inline.classes, *pairs))
