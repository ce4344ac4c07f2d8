"""Where in the file a quotation's own citation stands.

A quotation knows which sources and places its post cites for it, and not where that is written. One
citation in the post that says the same is it; of several it is the one that binding would have
taken, by the order in `checker.quotations.citations`.
"""

from __future__ import annotations

import re

from pubtool.model import CitationMode, Inline, Key, Locator, Post, Quotation, Span

_NEAR = 600
"""Characters of the file between a quotation and its citation, where others say the same."""
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_SENTENCE_END = re.compile(r"[.!?…][)\]\"”’»“]*\s|\n[ \t]*\n")


def own_citation(
    post: Post, quotation: Quotation, key: Key, locator: Locator | None
) -> tuple[Span, Inline] | None:
    """Return a quotation's citation of a source, at a place or at none, and its range in the file.

    None where none is found, or several are, all far away.
    """
    found = [
        (block.flow.place(inline.span.start, inline.span.end), inline)
        for block in post.blocks
        for inline in block.inlines
        if any(each.key == key and each.locator == locator for each in inline.citations)
    ]
    if len(found) > 1:
        found = [each for each in found if _gap(each[0], quotation.span) <= _NEAR]
    ranked = sorted(found, key=lambda each: _rank(post.text, quotation.span, *each))
    return ranked[0] if ranked else None


def _rank(text: str, own: Span, place: Span, inline: Inline) -> tuple[int, int]:
    gap = _gap(place, own)
    names_author = inline.citations[0].mode is CitationMode.AUTHOR_IN_TEXT
    if place.start >= own.end:
        between = text[own.end : place.start]
        apart = names_author and _PARAGRAPH_END.search(between)
        if not apart and not any(char.isalnum() for char in between):
            return 0, gap
        return (4 if _SENTENCE_END.search(between) else 2), gap
    if _SENTENCE_END.search(text[place.end : own.start]):
        return 4, gap
    return (1 if names_author else 3), gap


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)
