"""Waivers in a post that waive nothing (Q603).

What a link leads to and what other posts say is not known from the post alone, so that the waivers
of `LATE` are judged when that has been looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pubtool.checker.rules import waiver_unused
from pubtool.checker.waiving import holds_at, in_order, with_own
from pubtool.checker.waiving.late import LATE
from pubtool.model import Code, Finding, PostReport, Verdict, Waiver


def with_unused(report: PostReport, told: Collection[Code] | None = None) -> PostReport:
    """Return the report with a finding for each waiver in the post whose codes waive nothing.

    `told` are the codes that were looked for; None: all but those of `LATE`.
    """
    found = [
        finding
        for waiver in report.waivers
        if (idle := idle_codes(report, waiver, told))
        for finding in (_unused(report, waiver, idle),)
    ]
    if not found:
        return report
    verdicts = with_own(report.verdicts, found)
    return replace(report, verdicts=verdicts, findings=in_order([*report.findings, *found]))


def idle_codes(
    report: PostReport, waiver: Waiver, told: Collection[Code] | None = None
) -> tuple[Code, ...]:
    """Return those of a waiver's codes that waive nothing; `told` as in `with_unused`."""
    return tuple(
        code for code in waiver.codes if _asked(code, told) and not _used(report, waiver, code)
    )


def _asked(code: Code, told: Collection[Code] | None) -> bool:
    return code not in LATE if told is None else code in told


def _used(report: PostReport, waiver: Waiver, code: Code) -> bool:
    """Whether something is suppressed that the waiver is for, be it by another word as well."""
    theirs = {verdict.quotation.id for verdict in _verdicts(report, waiver)}
    return any(
        finding.code == code and (finding.quotation in theirs or holds_at(waiver, finding))
        for finding in report.suppressed
    )


def _unused(report: PostReport, waiver: Waiver, idle: Sequence[Code]) -> Finding:
    rule = waiver_unused.RULE
    message = f"the waiver of {', '.join(idle)} waives nothing"
    about = _verdicts(report, waiver)
    quotation = about[0].quotation.id if about else None
    return Finding(rule.code, rule.severity, message, waiver.span, quotation)


def _verdicts(report: PostReport, waiver: Waiver) -> list[Verdict]:
    return [each for each in report.verdicts if waiver in each.quotation.waivers]
