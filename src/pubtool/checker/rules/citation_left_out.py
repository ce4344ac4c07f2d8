"""Q146: a citation is left out by a statement instead of an ellipsis."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q146"), Severity.INFO, "citation_left_out")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a citation that only a statement accounts for."""
    for difference in case.coded(RULE.code):
        source = shorten(difference.source)
        yield case.finding(RULE, f"an ellipsis would show where “{source}” stood", difference)
