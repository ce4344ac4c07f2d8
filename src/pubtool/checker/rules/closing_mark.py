"""Q141: a question or exclamation mark at the end changed."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q141"), Severity.INFO, "closing_mark")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the quotation asks or exclaims and the source does not, or reversed."""
    for difference in case.coded(RULE.code):
        theirs = f"has “{difference.source}”" if difference.source else "goes on"
        message = f"closes with “{difference.quoted}” where the source {theirs}"
        yield case.finding(RULE, message, difference)
