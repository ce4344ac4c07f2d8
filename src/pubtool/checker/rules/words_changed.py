"""Q101: words changed without a mark."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import use_source
from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q101"), Severity.ERROR, "words_changed")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a changed stretch."""
    for difference in case.coded(RULE.code):
        quoted, source = shorten(difference.quoted), shorten(difference.source)
        message = f"“{quoted}” stands where the source has “{source}”"
        yield case.finding(RULE, message, difference, use_source(case, difference))
