"""Waivers and decisions on what other files decide: dead links, and what only all posts tell.

A verdict is not changed by them: none hangs on other files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from pubtool.checker.waiving import holds_at, in_order, of_post, with_own
from pubtool.checker.waiving.decisions import Filed, idle_finding, still_holds
from pubtool.checker.waiving.unused import with_unused
from pubtool.model import Code, Finding, PostReport, Suppression, Verdict, Where


def add_late(
    report: PostReport, found: Sequence[Finding], filed: Mapping[str, Filed], told: Collection[Code]
) -> PostReport:
    """Return the report with findings added that were found late, those that are waived apart.

    `filed` are the decisions by quotations' ids, and `told` the codes that were looked for.
    """
    words = {each.quotation.id: (each, filed.get(each.quotation.id)) for each in report.verdicts}
    said = [(finding, _word(report, finding, *words.get(finding.quotation or "", (None, None))))
            for finding in found]  # fmt: skip
    kept = [finding for finding, word in said if word is None]
    gone = [replace(finding, suppression=word) for finding, word in said if word]
    report = replace(report, suppressed=in_order([*report.suppressed, *gone]))
    for verdict, there in words.values():
        if there and still_holds(report, verdict, there.decision):
            used = {f.code for f in gone if f.quotation == verdict.quotation.id}
            idle = [code for code in there.decision.codes if code in told and code not in used]
            kept += [idle_finding(verdict, there, idle)] if idle else []
    verdicts = with_own(report.verdicts, kept)
    findings = in_order([*report.findings, *kept])
    return with_unused(replace(report, verdicts=verdicts, findings=findings), told)


def _word(
    report: PostReport, finding: Finding, verdict: Verdict | None, there: Filed | None
) -> Suppression | None:
    """Return the word by which a finding does not count; None where there is none."""
    theirs = verdict.quotation.waivers if verdict else ()
    for waiver in report.waivers:
        if (waiver in theirs and finding.code in waiver.codes) or holds_at(waiver, finding):
            return of_post(waiver).suppression
    if verdict and there and finding.code in there.decision.codes:
        decision = there.decision
        if still_holds(report, verdict, decision):
            return Suppression(Where.DECISION, decision.reason, decision.by, decision.on)
    return None
