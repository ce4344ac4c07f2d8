"""What is said of a post as a whole: its citations and its images."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pubtool.checker.rules import image_without_text, locator_uncompared, not_as_meant, unknown_key
from pubtool.model import (
    Bibliography,
    Block,
    BlockKind,
    Finding,
    Inline,
    InlineKind,
    Key,
    Post,
    PostLink,
    Quotation,
    Span,
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
    for block, inline in _inlines(post):
        for citation in inline.citations:
            if citation.key not in bibliography.sources and citation.key not in told:
                message = unknown_key.message(citation.key, bibliography)
                span = block.flow.place(inline.span.start, inline.span.end)
                yield Finding(unknown_key.RULE.code, unknown_key.RULE.severity, message, span)


def uncompared_locators(verdicts: Sequence[Verdict]) -> Iterator[Finding]:
    """Yield a finding for each source of which cited places could not be compared.

    It is at the first of them, or at the first for which the post waives it: a waiver holds for
    all, wherever the author wrote it.
    """
    rule = locator_uncompared.RULE
    found: dict[Key, list[Verdict]] = {}
    for verdict in sorted(verdicts, key=lambda verdict: verdict.quotation.span):
        if verdict.match and verdict.uncompared:
            found.setdefault(verdict.match.key, []).append(verdict)
    for key, some in found.items():
        waived = (v for v in some if any(rule.code in w.codes for w in v.quotation.waivers))
        first = next(waived, some[0])
        message = locator_uncompared.message(key, first.uncompared, len(some) - 1)
        yield Finding(rule.code, rule.severity, message, first.quotation.span)


def images_without_text(post: Post) -> Iterator[Finding]:
    """Yield a finding for each image without an alternative text (WCAG 2.2, 1.1.1)."""
    rule = image_without_text.RULE
    for message, span in _mute_images(post):
        yield Finding(rule.code, rule.severity, message, span)


def title_again(post: Post) -> Iterator[Finding]:
    """Yield a finding where the text begins with the title, which stands above it already."""
    first = post.blocks[0] if post.blocks else None
    if first is None or first.kind is not BlockKind.HEADING or first.containers:
        return
    if _plain(first.flow.text) == _plain(post.front.title):
        rule, place = not_as_meant.RULE, first.flow.place(0, len(first.flow.text))
        message = (
            "the page prints the title above the text: take this heading out, which repeats it"
        )
        yield Finding(rule.code, rule.severity, message, place)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _mute_images(post: Post) -> Iterator[tuple[str, Span]]:
    """Yield what is said of each image without words, and its place."""
    for block, inline in _inlines(post):
        if inline.kind is not InlineKind.IMAGE or inline.text.strip():
            continue
        alt = dict(inline.attributes).get("alt")
        if alt and alt.strip():
            continue
        place = block.flow.place(inline.span.start, inline.span.end)
        if _is_alone_in_link(inline, block):
            yield "the image is all that its link shows, and has no text to name it by", place
        elif alt != "":
            yield "the image has no alternative text; write it between the square brackets", place
    for image in post.html_images:
        if image.alt is None or (image.alt and not image.alt.strip()):
            yield 'the image has no alternative text; give its tag alt="…"', image.span
    if (span := _mute_lead(post)) is not None:
        yield "the image of the front matter has no alternative text; add `image-alt`", span


def _is_alone_in_link(image: Inline, block: Block) -> bool:
    """Whether an image is the whole of a link, which then has no other name (WCAG 2.2, 2.4.4)."""
    for link in block.inlines:
        if link.kind is InlineKind.LINK and link.span.holds(image.span):
            around = block.flow.text[link.span.start : link.span.end]
            return len(around.replace(_OBJECT, "", 1).strip()) == 0
    return False


_OBJECT = "\ufffc"
"""What stands in a flow for an element that is no prose."""
_LEAD = re.compile(r"^image[ \t]*:.*$", re.MULTILINE)
_LEAD_TEXT = re.compile(r"^image-alt[ \t]*:", re.MULTILINE)


def _mute_lead(post: Post) -> Span | None:
    """Return the place of the front matter's image where nothing says what it shows.

    An empty ``image-alt`` says that it only decorates, and words in the text will do for both.
    """
    front = post.front
    line = _LEAD.search(post.text)
    if not front.image or front.image_alt.strip() or line is None:
        return None
    first = post.blocks[0].flow.place(0, 0).start if post.blocks else len(post.text)
    if _LEAD_TEXT.search(post.text, 0, first):
        return None
    told = (
        dict(inline.attributes).get("src") == front.image and inline.text.strip()
        for _, inline in _inlines(post)
        if inline.kind is InlineKind.IMAGE
    )
    return None if any(told) else Span(*line.span())


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
    for shown in post.html_images:
        yield PostLink(shown.src, shown.span, image=True)
    line = _LEAD.search(post.text) if post.front.image else None
    if line is not None:
        yield PostLink(post.front.image.replace("%", "%25"), Span(*line.span()), image=True)


def _inlines(post: Post) -> Iterator[tuple[Block, Inline]]:
    return ((block, inline) for block in post.blocks for inline in block.inlines)
