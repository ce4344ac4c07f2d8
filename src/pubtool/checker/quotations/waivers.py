"""Waivers: the author's or editor's word that findings do not matter here.

``<!-- pubtool: waive Q301, Q302 -- reason -->`` holds for the quotations of the next block, or,
within a line, for the next quotation of that block; ``waive`` and ``reason`` on a span or a div
hold for the quotations inside. ``# pubtool: waive Q703 -- reason`` in the front matter is for the
key behind it. A waiver without a reason is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pubtool.checker.quotations.block_quotes import holder
from pubtool.checker.quotations.drafts import Draft
from pubtool.model import (
    Code,
    Comment,
    Container,
    ContainerKind,
    Finding,
    Post,
    Severity,
    Span,
    Waiver,
)

_OURS = re.compile(r"\s*pubtool\b\s*:?", re.IGNORECASE)
_WAIVER = re.compile(
    r"\s*pubtool:\s*waive\s+(Q\d{3}(?:[\s,]+Q\d{3})*)\s+(?:--+|[–—])\s*(\S.*?)\s*\Z", re.DOTALL
)
_CODES = re.compile(r"\s*Q\d{3}(?:[\s,]+Q\d{3})*\s*\Z")
_CODE = re.compile(r"Q\d{3}")
_MALFORMED = Code("Q606")


@dataclass(frozen=True, slots=True)
class Waived:
    """What the waivers of a post come to."""

    waivers: Mapping[int, Sequence[Waiver]]
    """Those of each draft, by the draft's number."""
    findings: tuple[Finding, ...]


def find_waivers(post: Post, drafts: Sequence[Draft], spans: Sequence[Span]) -> Waived:
    """Return the waivers; `spans` are the drafts' ranges in the file, in the same order."""
    waivers: dict[int, list[Waiver]] = {}
    findings: list[Finding] = []
    for waiver, targets in _every(post, drafts, spans, findings):
        for target in targets:
            waivers.setdefault(target, []).append(waiver)
    return Waived(waivers, tuple(findings))


def all_waivers(post: Post) -> tuple[Waiver, ...]:
    """Return every waiver of a post, used or not, by place."""
    found = {waiver for waiver, _ in _every(post, (), (), [])}
    return tuple(sorted(found, key=lambda waiver: (waiver.span, waiver.codes)))


def _every(
    post: Post, drafts: Sequence[Draft], spans: Sequence[Span], findings: list[Finding]
) -> _Found:
    yield from _from_comments(post, drafts, spans, findings)
    yield from _from_spans(post, drafts, findings)
    yield from _from_divs(post, drafts, spans, findings)


def _finding(code: Code, message: str, span: Span) -> Finding:
    return Finding(code, Severity.WARNING, message, span)


def _read(
    codes: str, reason: str, span: Span, place: Span, findings: list[Finding]
) -> Waiver | None:
    """Return a waiver, or say what is missing from it."""
    if not _CODES.match(codes):
        message = "this waiver names no finding: write the codes it is for, such as Q301"
    elif not reason.strip():
        message = "this waiver gives no reason, and so waives nothing"
    else:
        return Waiver(tuple(Code(c) for c in _CODE.findall(codes)), reason.strip(), span, place)
    findings.append(_finding(_MALFORMED, message, span))
    return None


_Found = Iterator[tuple[Waiver, list[int]]]
"""Waivers with the drafts that they are for."""


def _from_comments(
    post: Post, drafts: Sequence[Draft], spans: Sequence[Span], findings: list[Finding]
) -> _Found:
    for comment in post.comments:
        if not _OURS.match(comment.text):
            continue
        found = _WAIVER.match(comment.text)
        if found is None:
            findings.append(
                _finding(
                    _MALFORMED,
                    "this comment is no waiver: write `pubtool: waive Q301 -- the reason`",
                    comment.span,
                )
            )
            continue
        targets, place = _after(comment, post, drafts, spans)
        waiver = _read(found.group(1), found.group(2), comment.span, place, findings)
        if waiver is not None:
            yield waiver, targets


def _after(
    comment: Comment, post: Post, drafts: Sequence[Draft], spans: Sequence[Span]
) -> tuple[list[int], Span]:
    """Return the drafts that a comment is for, and the range that it holds for."""
    if comment.entry is not None:
        return [], comment.entry
    following = None
    for number, block in enumerate(post.blocks):
        place = block.flow.place(0, len(block.flow.text))
        if place.start <= comment.span.start < place.end:
            later = [
                draft
                for draft, span in enumerate(spans)
                if span.start >= comment.span.end and drafts[draft].block == number
            ]
            return later[:1], Span(comment.span.end, place.end)
        if following is None and place.start >= comment.span.end:
            following = number
    if following is None:
        return [], Span(comment.span.end, comment.span.end)
    flow = post.blocks[following].flow
    place = flow.place(0, len(flow.text))
    container = holder(post.blocks[following])
    if container is not None:
        return [n for n, draft in enumerate(drafts) if draft.container == container.number], place
    return [n for n, draft in enumerate(drafts) if draft.block == following], place


def _from_spans(post: Post, drafts: Sequence[Draft], findings: list[Finding]) -> _Found:
    for number, block in enumerate(post.blocks):
        for inline in block.inlines:
            attributes = dict(inline.attributes)
            if "waive" not in attributes:
                continue
            place = block.flow.place(inline.span.start, inline.span.end)
            waiver = _read(
                attributes["waive"], attributes.get("reason", ""), place, place, findings
            )
            if waiver is not None:
                yield (
                    waiver,
                    [
                        at
                        for at, draft in enumerate(drafts)
                        if draft.block == number
                        and (inline.span.holds(_outer(draft)) or _outer(draft).holds(inline.span))
                    ],
                )


def _outer(draft: Draft) -> Span:
    block = draft.block
    ends = [part.end for part in draft.outer if part.block == block]
    return Span(draft.outer[0].start, ends[-1])


def _from_divs(
    post: Post, drafts: Sequence[Draft], spans: Sequence[Span], findings: list[Finding]
) -> _Found:
    divs: dict[Container, list[int]] = {}
    for number, block in enumerate(post.blocks):
        for container in block.containers:
            if container.kind is ContainerKind.DIV and "waive" in dict(container.attributes):
                divs.setdefault(container, []).append(number)
    for container, numbers in divs.items():
        attributes = dict(container.attributes)
        places = [post.blocks[n].flow.place(0, len(post.blocks[n].flow.text)) for n in numbers]
        place = Span(min(p.start for p in places), max(p.end for p in places))
        waiver = _read(attributes["waive"], attributes.get("reason", ""), place, place, findings)
        if waiver is not None:
            yield waiver, [at for at, draft in enumerate(drafts) if draft.block in numbers]
