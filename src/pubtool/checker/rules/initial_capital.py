"""Q107: initial capital changed without brackets."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Edit, Finding, Fix, Severity

RULE = Rule(Code("Q107"), Severity.INFO, "initial_capital")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the first letter's case is the author's."""
    for difference in case.coded(RULE.code):
        quoted, source = difference.quoted, difference.source
        fix = Fix(
            "show the change in brackets",
            (
                Edit(
                    case.quotation.flow.place(difference.at.start, difference.at.start + 1),
                    f"[{quoted[:1]}]",
                ),
            ),
        )
        message = f"“{quoted}” begins as “{source}” in the source, and no brackets say so"
        yield case.finding(RULE, message, difference, fix)
