"""Q131: a bracketed change does not fit the source or turns its sense."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q131"), Severity.ERROR, "bracket_misfit")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a bracket that may not stand."""
    for difference in case.coded(RULE.code):
        source = shorten(difference.source)
        if difference.source:
            message = f"“{difference.quoted}” stands for the source's “{source}”"
        else:
            message = f"“{difference.quoted}” adds a negation or a number"
        yield case.finding(RULE, message, difference)
