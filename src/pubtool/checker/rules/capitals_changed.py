"""Q113: a capital inside the quotation changed."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import use_source
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q113"), Severity.ERROR, "capitals_changed")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a word set with other capitals."""
    for difference in case.coded(RULE.code):
        message = f"“{difference.quoted}” is “{difference.source}” in the source"
        yield case.finding(RULE, message, difference, use_source(case, difference))
