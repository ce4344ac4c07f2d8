"""Editors' decisions, as far as they hold: for the same words with the same verdict, no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pubtool.checker.rules import waiver_unused
from pubtool.checker.waiving import Waived, Word, in_order, waive
from pubtool.checker.waiving.late import LATE
from pubtool.model import (
    Choice,
    Code,
    Decision,
    Finding,
    PostReport,
    Suppression,
    Verdict,
    Where,
)


@dataclass(frozen=True, slots=True)
class Filed:
    """A decision and the file that it stands in."""

    path: str
    decision: Decision


def apply_decisions(report: PostReport, filed: Mapping[str, Filed]) -> PostReport:
    """Return the report with the decisions on its quotations, by their ids, taken into account.

    A waiver that is for another verdict, or for a finding that there is not, is a Q603. To accept
    changes nothing.
    """
    verdicts, suppressed, unused = list[Verdict](), list[Finding](), list[Finding]()
    for verdict in report.verdicts:
        found = filed.get(verdict.quotation.id)
        if found is None or found.decision.choice is not Choice.WAIVE:
            verdicts.append(verdict)
            continue
        decided = _decide(verdict, found.decision)
        idle = _idle(decided, verdict, found)
        verdicts.append(replace(decided.verdict, findings=(*decided.verdict.findings, *idle)))
        suppressed += decided.suppressed
        unused += idle
    gone = {replace(finding, suppression=None) for finding in suppressed}
    kept = (finding for finding in report.findings if finding not in gone)
    return replace(
        report,
        verdicts=tuple(verdicts),
        findings=in_order([*kept, *unused]),
        suppressed=in_order([*report.suppressed, *suppressed]),
    )


def holds(verdict: Verdict, decision: Decision) -> bool:
    """Whether a decision is about the verdict that its quotation has by itself now."""
    return decision.verdict == verdict.kind.value


def still_holds(report: PostReport, verdict: Verdict, decision: Decision) -> bool:
    """Whether a decision holds for a verdict to which it may have been applied already."""
    applied = any(
        finding.quotation == verdict.quotation.id
        and finding.suppression is not None
        and finding.suppression.where is Where.DECISION
        for finding in report.suppressed
    )
    return applied or holds(verdict, decision)


def _decide(verdict: Verdict, decision: Decision) -> Waived:
    if not holds(verdict, decision):
        return Waived(verdict)
    said = Suppression(Where.DECISION, decision.reason, decision.by, decision.on)
    return waive(verdict, (Word(decision.codes, said),))


def _idle(decided: Waived, verdict: Verdict, filed: Filed) -> tuple[Finding, ...]:
    """Return what is to be said of a waiver that does not do what it was made for."""
    decision = filed.decision
    held = holds(verdict, decision)
    late = LATE if held else frozenset[Code]()
    idle = [code for code in decision.codes if code not in decided.used | late]
    now = verdict.kind.value
    why = f": it was made when this was {decision.verdict}, and now it is {now}"
    return (idle_finding(verdict, filed, idle, "" if held else why),) if idle else ()


def idle_finding(verdict: Verdict, filed: Filed, idle: Sequence[Code], why: str = "") -> Finding:
    """Return what is to be said of codes in a decision that waive nothing."""
    rule = waiver_unused.RULE
    message = f"the waiver of {', '.join(idle)} in {filed.path} waives nothing{why}"
    message += "; decide again, or delete the file"
    span, quotation = verdict.quotation.span, verdict.quotation.id
    return Finding(rule.code, rule.severity, message, span, quotation)
