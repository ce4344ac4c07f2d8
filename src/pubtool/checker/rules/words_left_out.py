"""Q103: words left out without a mark."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import mark_omission
from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q103"), Severity.ERROR, "words_left_out")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an omission."""
    for difference in case.coded(RULE.code):
        message = f"the source's “{shorten(difference.source)}” is left out without an ellipsis"
        yield case.finding(RULE, message, difference, mark_omission(case, difference))
