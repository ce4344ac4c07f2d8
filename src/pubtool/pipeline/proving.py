"""Proving a fix: the post as it would be reads like the one before, its quotations aside.

A fix may not add a finding anywhere, nor lose a quotation, nor change how any other part of the
post renders. What a fix does not do is proved by comparing two posts, both read and checked whole.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pubtool.model import (
    BLANKS,
    Block,
    Code,
    Document,
    Edit,
    Finding,
    Post,
    PostReport,
    Severity,
    Span,
    Verdict,
)


@dataclass(frozen=True)
class Examined:
    """A post's text, with all that is known of it."""

    post: Post
    document: Document
    report: PostReport


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with some edits made; they are in order and none touches another."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def why_refused(
    before: Examined, after: Examined, fixed: Sequence[Finding], edits: Sequence[Edit]
) -> str:
    """Return why `after`, which is `before` with the edits made, may not stand; empty if it may."""
    if len(before.report.verdicts) != len(after.report.verdicts):
        return "the post would not have the same quotations"
    if not _reads_alike(before, after, edits):
        return "something else in the post would read otherwise"
    old, new = _found(before.report), _found(after.report)
    left = [finding for finding in fixed if new[key_of(before.report, finding)]]
    if left:
        return f"{left[0].code} would still be found"
    numbers = {_number(before.report, finding) for finding in fixed}
    added = [key for key in (new - old) if not (key[0] in numbers and key[1] in _BENEATH)]
    if added:
        return f"{added[0][1]} would be found: {added[0][2]}"
    return _why_worse(before.report, after.report, numbers)


def key_of(report: PostReport, finding: Finding) -> tuple[int, Code, str]:
    """Return what a finding is known by, whatever edits are made elsewhere in the post."""
    return (_number(report, finding), finding.code, finding.message)


_BENEATH = frozenset({Code("Q107")})
"""What a changed word hides: that its first letter, which stays, is the author's."""


def _why_worse(before: PostReport, after: PostReport, numbers: set[int]) -> str:
    for number, (old, new) in enumerate(zip(before.verdicts, after.verdicts, strict=True)):
        if number not in numbers and _standing(old) != _standing(new):
            return "the verdict on another quotation would change"
        wrong = [finding for finding in new.findings if finding.severity is Severity.ERROR]
        if number in numbers and new.kind.fails and not wrong:
            return f"the quotation would be {new.kind.value}"
    return ""


def _standing(verdict: Verdict) -> tuple[str, str, str | None]:
    return (verdict.quotation.id, verdict.kind.value, verdict.reason)


def _found(report: PostReport) -> Counter[tuple[int, Code, str]]:
    return Counter(key_of(report, finding) for finding in report.findings)


def _number(report: PostReport, finding: Finding) -> int:
    """Return the place of a finding's quotation among the post's, -1 where it has none."""
    names = [verdict.quotation.id for verdict in report.verdicts]
    return names.index(finding.quotation) if finding.quotation in names else -1


# --- Reading alike --------------------------------------------------------------------------------


def _reads_alike(before: Examined, after: Examined, edits: Sequence[Edit]) -> bool:
    grown = accumulate((len(e.text) - len(e.span) for e in edits), initial=0)
    old = [edit.span for edit in edits]
    new = [
        Span(edit.span.start + shift, edit.span.start + shift + len(edit.text))
        for edit, shift in zip(edits, grown, strict=False)
    ]
    own = [b for b in after.post.blocks if not any(span.holds(_range(b)) for span in new)]
    if len(own) != len(before.post.blocks) or not _same_tree(before.document, after.document):
        return False
    return all(
        one.kind is other.kind and _outside(one, old) == _outside(other, new)
        for one, other in zip(before.post.blocks, own, strict=True)
    )


def _range(block: Block) -> Span:
    return block.flow.place(0, len(block.flow.text))


def _outside(block: Block, spans: Sequence[Span]) -> list[str]:
    """Return a block's text between the stretches that are edited."""
    pieces, at, whole = [], 0, _range(block)
    for span in spans:
        if whole.start <= span.start and span.end <= whole.end:
            start, end = block.flow.offset(span.start), block.flow.offset(span.end)
            pieces.append(block.flow.text[at:start])
            at = end
    return [*pieces, block.flow.text[at:]]


def _same_tree(before: Document, after: Document) -> bool:
    """Whether two trees are the same but for words, and for citations that are new."""
    old = iter([*_tokens(before.ast)])
    wanted = next(old, None)
    for token in _tokens(after.ast):
        if token == wanted:
            wanted = next(old, None)
        elif not token.startswith(_NEW):
            return False
    return wanted is None


_NEW = ("Cite ", "Note", "Para")
"""What a new citation may bring: itself, or a note with a paragraph."""

_WORDS = BLANKS | {"Str"}
_PLACES = frozenset({"data-pos", "wrapper"})


def _tokens(value: Any) -> Iterator[str]:
    """Yield what a tree is made of, without its words and where they stand, in order."""
    if isinstance(value, list):
        if len(value) == 2 and isinstance(value[0], str) and value[0] in _PLACES:
            return
        for each in value:
            yield from _tokens(each)
    elif isinstance(value, dict):
        yield from _node(value)
    else:
        yield json.dumps(value)


def _node(node: dict[str, Any]) -> Iterator[str]:
    kind = node.get("t")
    if kind in _WORDS:
        return
    if kind == "Cite":
        yield f"Cite {_citations(node)}"
        return
    if kind in ("Span", "Quoted") and _is_a_leaf(node):
        yield from _tokens(node["c"][1])
        return
    if kind is not None:
        yield kind
    for name in sorted(node):
        if name not in ("t", "data-pos"):
            yield from _tokens(node[name])


def _is_a_leaf(node: dict[str, Any]) -> bool:
    """Whether an element only says where words stand, or sets them in quotation marks."""
    if node["t"] == "Quoted":
        return True
    name, classes, others = node["c"][0]
    return not name and not classes and {key for key, _ in others} <= _PLACES


def _citations(node: dict[str, Any]) -> str:
    """Return what a citation says, its words among them, and not where it stands."""
    said = []
    for each in node["c"][0]:
        words = [_words(each["citationPrefix"]), _words(each["citationSuffix"])]
        said.append([each["citationId"], each["citationMode"]["t"], *words])
    return json.dumps(said)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(_words, value))
    if isinstance(value, dict):
        if value.get("t") == "Str":
            return str(value["c"])
        return " " if value.get("t") in BLANKS else _words(value.get("c"))
    return ""
