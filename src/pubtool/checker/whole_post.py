"""What is said of a post as a whole: its citations and its images."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pubtool.checker.rules import image_without_text, unknown_key
from pubtool.model import (
    Bibliography,
    Block,
    Finding,
    Inline,
    InlineKind,
    Key,
    Post,
    PostLink,
    Quotation,
    Verdict,
)


def cited_keys(post: Post, verdicts: Sequence[Verdict]) -> tuple[Key, ...]:
    """Return every key that the post cites, names, or quotes from, ascending."""
    keys = {citation.key for _, inline in _inlines(post) for citation in inline.citations}
    keys |= {cited.key for verdict in verdicts for cited in verdict.quotation.cited}
    keys |= {verdict.match.key for verdict in verdicts if verdict.match}
    return tuple(sorted(keys))


def unknown_citations(
    post: Post, quotations: Sequence[Quotation], bibliography: Bibliography
) -> Iterator[Finding]:
    """Yield a finding for each citation that belongs to no quotation and has an unknown key."""
    told = {cited.key for quotation in quotations for cited in quotation.cited}
    known = {*bibliography.sources, *told}
    for block, inline in _inlines(post):
        for citation in inline.citations:
            if citation.key not in known:
                message = unknown_key.message(citation.key, bibliography)
                span = block.flow.place(inline.span.start, inline.span.end)
                yield Finding(unknown_key.RULE.code, unknown_key.RULE.severity, message, span)


def images_without_text(post: Post) -> Iterator[Finding]:
    """Yield a finding for each image without an alternative text (WCAG 2.2, 1.1.1)."""
    rule = image_without_text.RULE
    for block, inline in _inlines(post):
        if inline.kind is InlineKind.IMAGE and not inline.text.strip():
            span = block.flow.place(inline.span.start, inline.span.end)
            message = "the image has no alternative text; write it between the square brackets"
            yield Finding(rule.code, rule.severity, message, span)


def links_within(post: Post) -> tuple[PostLink, ...]:
    """Return the post's links and images that mean something in the project, by place."""
    found = (link for link in _links(post) if _is_local(link.target))
    return tuple(sorted(found, key=lambda link: (link.span, link.target)))


def _is_local(target: str) -> bool:
    """Whether a target is a path relative to the post, or a name in it: no address, no root's."""
    if not target or target.startswith(("/", "\\", "?")):
        return False
    return ":" not in re.split("[/?#]", target, maxsplit=1)[0]


def _links(post: Post) -> Iterator[PostLink]:
    for block, inline in _inlines(post):
        if inline.kind in (InlineKind.LINK, InlineKind.IMAGE):
            image = inline.kind is InlineKind.IMAGE
            target = dict(inline.attributes).get("src", "") if image else inline.text
            span = block.flow.place(inline.span.start, inline.span.end)
            yield PostLink(target, span, image)


def _inlines(post: Post) -> Iterator[tuple[Block, Inline]]:
    return ((block, inline) for block in post.blocks for inline in block.inlines)
