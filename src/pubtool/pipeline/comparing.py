"""Findings that only all posts together give (Q701 to Q703).

A post's report is remembered by its own text, and these depend on the other posts; so they are
added afterwards, to the reports of a run that has seen every post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pubtool.model import Bibliography, Finding, PostReport, Verdict


def with_archive_findings(
    reports: Sequence[PostReport], bibliography: Bibliography
) -> list[PostReport]:
    """Return the reports of all posts, in order, with what is found over the whole archive."""
    from pubtool.checker.archive import find_over_archive  # not for a few posts

    found = find_over_archive(reports, bibliography)
    return [_with(report, found.get(report.path, ())) for report in reports]


def _with(report: PostReport, found: Sequence[Finding]) -> PostReport:
    if not found:
        return report
    every = sorted(
        {*report.findings, *found}, key=lambda f: (f.span.start, f.code, f.span.end, f.message)
    )
    verdicts = tuple(_told(verdict, found) for verdict in report.verdicts)
    return replace(report, findings=tuple(every), verdicts=verdicts)


def _told(verdict: Verdict, found: Sequence[Finding]) -> Verdict:
    own = [finding for finding in found if finding.quotation == verdict.quotation.id]
    return replace(verdict, findings=(*verdict.findings, *own)) if own else verdict
