"""Cases written into a Markdown post, read by pandoc, found and checked as in real use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cases import Case
from pubtool.checker.check import check_post
from pubtool.checker.conventions import CONVENTIONS
from pubtool.model import Verdict
from pubtool.pipeline.judging import read
from pubtool.pipeline.workspace import Workspace


def check_posts(
    workspace: Workspace, cases: Sequence[Case]
) -> Iterator[tuple[Case, Verdict | None]]:
    """Yield each case with its verdict, None where it was not found as one quotation."""
    if not cases:
        return
    pieces, spans, at = [], [], 0
    for case in cases:
        piece = _write(case) + "\n\n"
        pieces.append(piece)
        spans.append((at, at + len(piece)))
        at += len(piece)
    post = read(workspace, "posts/cases.md", "".join(pieces))
    report = check_post(post, workspace.library, CONVENTIONS["chicago"])
    for case, (start, end) in zip(cases, spans, strict=True):
        inside = [v for v in report.verdicts if start <= v.quotation.span.start < end]
        yield case, inside[0] if len(inside) == 1 else None


def _write(case: Case) -> str:
    """Return the Markdown of one case: a paragraph that quotes and cites."""
    page = f", p. {case.page}" if case.page else ""
    cite = f"[@{case.cited}{page}]"
    text = case.made.text
    if case.kind.name == "block quote":
        return f"The text has this:\n\n> {text} {cite}"
    if "\n\n" in text:
        first, second = text.split("\n\n")
        return f"There it says: “{first}\n\n“{second}” {cite}."
    if case.made.joints:
        at = case.made.joints[0]
        return f"“{text[:at].rstrip(',;:.')},” it says there, “{text[at:].lstrip()}” {cite}."
    remark = f" ({case.made.remark})" if case.made.remark else ""
    return f"There it says: “{text.removeprefix('“')}”{remark} {cite}."
