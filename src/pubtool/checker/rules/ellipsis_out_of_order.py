"""Q122: an ellipsis joins passages out of order."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q122"), Severity.ERROR, "ellipsis_out_of_order")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an ellipsis that goes back in the source."""
    for difference in case.coded(RULE.code):
        message = "what follows the ellipsis stands before what precedes it in the source"
        yield case.finding(RULE, message, difference)
