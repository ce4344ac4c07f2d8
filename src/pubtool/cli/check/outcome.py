"""The exit status of a check: what the report says, whatever form it is written in."""

from __future__ import annotations

from pubtool.model import Report, Severity, VerdictKind
from pubtool.pipeline import all_findings


def status(report: Report, *, fail_on: Severity, strict: bool) -> int:
    """Return the exit status of a report: 2 where a part of the work could not be done.

    What is suppressed does not count, nor does, where strictness is asked for, a quotation that the
    baseline knows to be unchecked.
    """
    if report.errors:
        return 2
    least = min(fail_on, Severity.WARNING) if strict else fail_on
    found = [finding.severity for finding in all_findings(report)]
    unknown = strict and any(
        verdict.kind is VerdictKind.UNCHECKED and verdict.quotation.id not in post.known
        for post in report.posts
        for verdict in post.verdicts
    )
    return 1 if unknown or any(severity >= least for severity in found) else 0
