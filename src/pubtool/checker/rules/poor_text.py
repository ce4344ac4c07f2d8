"""Q306: the source's text is of poor quality here."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q306"), Severity.WARNING, "poor_text")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a stretch that looks misread."""
    for difference in case.coded(RULE.code):
        quoted, source = shorten(difference.quoted), shorten(difference.source)
        message = (
            f"the source's text has “{source}” for “{quoted}”, which looks misread by a scanner"
        )
        yield case.finding(RULE, message, difference)
