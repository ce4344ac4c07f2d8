"""The quotations of a post: where they stand, what they say, and what they are cited to.

Pandoc's own reading of quotation marks leaves curly ones alone, pairs '90s with the next
apostrophe, closes on inch marks and loses a quotation over several paragraphs; so the marks are
read here, from the running text of each block (`marks`, `pairing`), and block quotes from the
blocks' containers.

A heading's quotation marks set off a title or a catchword far more often than a quotation, and a
heading is repeated in tables of contents where no citation follows: they count only where a
citation stands in the heading.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pubtool.checker.quotations.block_quotes import block_quotes, holder
from pubtool.checker.quotations.citations import bind, settings
from pubtool.checker.quotations.drafts import Draft, build, emphasis, unseen
from pubtool.checker.quotations.inline import prefers_singles, runs, scan, spans, titles
from pubtool.checker.quotations.marks import Mark
from pubtool.checker.quotations.waivers import find_waivers
from pubtool.model import BlockKind, Code, Finding, Post, Quotation, Severity, Span
from pubtool.text.words import read_folds

_ID_DIGITS = 12

_NONE = Code("Q607")
_MISREAD = re.compile("â€[\u0153\u017e\u02dc\u0161\u2122\x9d\x9c\x98\x99]|Â[«»]")
"""A quotation mark of UTF-8 that was read as Windows-1252 or Latin-1, and saved so."""
_IN_HTML = "a quotation in HTML is not checked: write it in Markdown, with > or in quotation marks"

Marks = Sequence[tuple[int, Mark]]
"""Quotation marks, each with its block's number."""


def find_quotations(post: Post) -> tuple[tuple[Quotation, ...], tuple[Finding, ...]]:
    """Return the post's quotations in order of their place, and what is wrong with their marks.

    What stands in title marks (《…》) is a quotation of a title, if the bibliography knows it, and
    none otherwise: attribution tells. The findings are Q601 (a mark that belongs to no pair), Q606
    (waivers that are none), and Q607 (marks or HTML, but no quotation). A citation's key need not
    be in the bibliography.
    """
    drafts, strays, quoting = _drafts(post)
    built = [build(draft, post.blocks) for draft in drafts]
    where = settings(post, drafts)
    waived = find_waivers(post, drafts, [span for _, span, _ in built])
    quotations = []
    for number, (draft, (flow, span, joints)) in enumerate(zip(drafts, built, strict=True)):
        bound = bind(draft, where, post)
        waivers = tuple(waived.waivers.get(number, ()))
        quotations.append(
            Quotation(
                id="",
                kind=draft.kind,
                flow=flow,
                span=span,
                block=draft.block,
                joints=joints,
                remark=bound.remark,
                cited=bound.cited,
                waivers=waivers,
                emphasis=emphasis(draft, flow, post.blocks),
                unseen=unseen(draft, flow, post.blocks),
            )
        )
    quotations.sort(key=lambda quotation: quotation.span)
    findings = [_unbalanced(post, block, mark) for block, mark in strays]
    if quoting and not quotations:
        findings.append(_none_found(post, quoting))
    findings += [
        Finding(_NONE, Severity.WARNING, _IN_HTML, place) for place in post.html_quotations
    ]
    findings += _misread_mark(post)
    findings += waived.findings
    findings.sort(key=lambda finding: (finding.span, finding.code))
    return tuple(_named(quotations)), tuple(findings)


def _drafts(post: Post) -> tuple[list[Draft], Marks, Marks]:
    """Return the quotations by their stretches, marks left over, and all double marks."""
    drafts = list(block_quotes(post))
    singles = prefers_singles(post.blocks)
    strays: list[tuple[int, Mark]] = []
    quoting: list[tuple[int, Mark]] = []
    explicit = [d for d in spans(post.blocks) if holder(post.blocks[d.block]) is None]
    inline: list[Draft] = []
    for numbers in runs(post.blocks):
        held = holder(post.blocks[numbers[0]]) is not None
        found = scan(post.blocks, numbers, singles=singles, held=held)
        strays += found.strays
        if post.blocks[numbers[0]].kind is BlockKind.HEADING and not _cites(post, numbers):
            continue
        quoting += found.quoting
        if not held:
            inline += found.drafts
    explicit = [d for d in explicit if not any(_holds(other, d) for other in inline)]
    drafts += explicit
    drafts += [d for d in inline if not any(_touches(d, other) for other in explicit)]
    named = [d for d in titles(post.blocks) if holder(post.blocks[d.block]) is None]
    drafts += [d for d in named if not any(_touches(d, other) for other in drafts)]
    return drafts, strays, quoting


def _cites(post: Post, numbers: Sequence[int]) -> bool:
    return any(inline.citations for number in numbers for inline in post.blocks[number].inlines)


def _holds(outer: Draft, inner: Draft) -> bool:
    """Whether the inner one is only a part of the outer one's words."""
    one = inner.outer[0]
    return any(
        part.block == one.block
        and part.start <= one.start
        and one.end <= part.end
        and (part.start, part.end) != (one.start, one.end)
        and (one.start > part.start + 2 or one.end < part.end - 2)
        for part in outer.outer
    )


def _touches(draft: Draft, other: Draft) -> bool:
    return any(
        one.block == two.block and one.start < two.end and two.start < one.end
        for one in draft.outer
        for two in other.outer
    )


def _named(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations with their ids: of their words, and of how often they came before."""
    seen: Counter[str] = Counter()
    named = []
    for quotation in quotations:
        words = " ".join(read_folds(quotation.text))
        seen[words] += 1
        digest = hashlib.sha256(f"{words}\n{seen[words]}".encode()).hexdigest()
        named.append(replace(quotation, id=f"q-{digest[:_ID_DIGITS]}"))
    return named


def _unbalanced(post: Post, block: int, mark: Mark) -> Finding:
    opens = mark.opening < mark.closing
    message = f"this quotation mark is never closed: {mark.shape}"
    if not opens:
        message = f"this quotation mark closes nothing: {mark.shape}"
    place = post.blocks[block].flow.place(mark.start, mark.end)
    return Finding(Code("Q601"), Severity.WARNING, message, place)


def _misread_mark(post: Post) -> Iterator[Finding]:
    """Yield a finding at the first quotation mark that is none any more."""
    found = _MISREAD.search(post.text)
    if found:
        message = "this was a quotation mark, and was saved in a wrong encoding: put it right"
        yield Finding(_NONE, Severity.WARNING, message, Span(*found.span()))


def _none_found(post: Post, quoting: Marks) -> Finding:
    block, mark = quoting[0]
    place: Span = post.blocks[block].flow.place(mark.start, mark.end)
    message = "this post has quotation marks, but no quotation was found in it"
    return Finding(_NONE, Severity.WARNING, message, place)
