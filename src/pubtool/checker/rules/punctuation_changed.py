"""Q112: punctuation inside the quotation changed."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import use_marks
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity
from pubtool.text.typography import marks

RULE = Rule(Code("Q112"), Severity.ERROR, "punctuation_changed")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a changed mark."""
    for difference in case.coded(RULE.code):
        mine, theirs = marks(difference.quoted), marks(difference.source)
        if not theirs:
            message = f"“{mine}” is not in the source here"
        elif not mine:
            message = f"the source has “{theirs}” here"
        else:
            message = f"“{mine}” stands where the source has “{theirs}”"
        yield case.finding(RULE, message, difference, use_marks(case, difference))
