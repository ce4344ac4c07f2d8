"""Q301: not found in any source's text."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity, VerdictKind

RULE = Rule(Code("Q301"), Severity.ERROR, "absent")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where no text has the words."""
    if case.judgement.kind is not VerdictKind.ABSENT:
        return
    named = [cited.key for cited in case.quotation.cited if cited.firm]
    where = f"not found in {', '.join(named)} nor in any other" if named else "not found in any"
    yield case.finding(RULE, f"{where} source's text")
