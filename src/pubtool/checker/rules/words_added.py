"""Q102: words added without a mark."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import use_source
from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q102"), Severity.ERROR, "words_added")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an added stretch."""
    for difference in case.coded(RULE.code):
        quoted = shorten(difference.quoted)
        if difference.at in case.quotation.unseen:
            message = f"“{quoted}” is struck out or hidden: readers do not see it as the source's"
            yield case.finding(RULE, message, difference)
            continue
        message = f"“{quoted}” is not in the source and stands in no brackets"
        yield case.finding(RULE, message, difference, use_source(case, difference))
