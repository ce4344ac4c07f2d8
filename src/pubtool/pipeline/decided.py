"""Decisions on the way to a report: those that hold are applied, the others are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pubtool.errors import BadDecision
from pubtool.model import Choice, Code, FileReport, Finding, PostReport, Severity, Span
from pubtool.pipeline.deciding import Standing, decisions_of
from pubtool.reporters.columns import shorten

_UNUSED, _MALFORMED = Code("Q603"), Code("Q606")
_SHOWN = 40
"""Columns of a quotation's words in a message."""


def with_decisions_of(root: Path, report: PostReport) -> PostReport:
    """Return the report on a post with the decisions about it, as their files stand now."""
    return with_decisions([report], decisions_of(root, report.path))[0]


def with_decisions(reports: Sequence[PostReport], files: Iterable[Standing]) -> list[PostReport]:
    """Return the reports with the decisions that hold taken into account."""
    by_post: dict[str, list[Standing]] = {}
    for file in files:
        by_post.setdefault(file.post, []).append(file)
    return [_with(report, by_post.get(report.path, ())) for report in reports]


def _with(report: PostReport, files: Sequence[Standing]) -> PostReport:
    if not files:
        return report
    from pubtool.checker.waiving.decisions import (  # not where nothing is decided
        Filed,
        apply_decisions,
    )

    filed = {each.quotation: Filed(each.path, each.last) for each in files if each.last}
    return apply_decisions(report, filed)


def decision_reports(
    root: Path, reports: Sequence[PostReport], files: Iterable[Standing], *, whole: bool
) -> tuple[FileReport, ...]:
    """Return the findings about files of decisions: those that say nothing, and are for nothing.

    Unless the `whole` project was checked, of the posts that were checked alone.
    """
    files = list(files)
    about = {each.post for each in files}
    ids = {
        post.path: {verdict.quotation.id for verdict in post.verdicts}
        for post in reports
        if post.path in about
    }
    found = []
    for each in files:
        if not whole and each.post not in ids:
            continue
        finding = _malformed(each) if each.fault else _orphaned(each, root, ids.get(each.post))
        if finding:
            found.append(FileReport(each.path, each.text, (finding,)))
    return tuple(found)


def _malformed(file: Standing) -> Finding:
    fault, text = file.fault, file.text
    if not isinstance(fault, BadDecision):
        why = str(fault).removeprefix(f"{file.path}:").strip()
        return Finding(_MALFORMED, Severity.WARNING, f"no decision can be read: {why}", Span(0, 0))
    lines = text.splitlines(keepends=True)
    start = sum(len(line) for line in lines[: fault.line - 1])
    length = len(lines[fault.line - 1].rstrip()) if fault.line <= len(lines) else 0
    return Finding(_MALFORMED, Severity.WARNING, fault.why, Span(start, start + length))


def _orphaned(file: Standing, root: Path, ids: set[str] | None) -> Finding | None:
    """Return what is to be said of a waiver whose quotation is no more."""
    last = file.last
    if last is None or last.choice is not Choice.WAIVE:
        return None
    if ids is not None and file.quotation in ids:
        return None
    if ids is None and (root / file.post).exists():
        return None  # a post that could not be read, which is said elsewhere
    gone = f"{file.post} is no more"
    if ids is not None:
        words = shorten(" ".join(last.text.split()), _SHOWN)
        gone = f"{file.post} has no quotation “{words}” any more"
    message = f"{gone}, and this waiver waives nothing; delete the file"
    return Finding(_UNUSED, Severity.WARNING, message, Span(0, 0))
