"""Q108: emphasis differs and nothing says so."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Difference, Finding, Severity

RULE = Rule(Code("Q108"), Severity.WARNING, "emphasis_changed")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a run of words that is emphasised on one side alone."""
    for difference in case.coded(RULE.code):
        words = shorten(difference.quoted)
        if _is_added(case, difference):
            message = f"“{words}” is not emphasised in the source, and nothing says so"
        else:
            message = f"the source emphasises “{words}”, and nothing says that this is left out"
        yield case.finding(RULE, message, difference)


def _is_added(case: Case, difference: Difference) -> bool:
    return any(span.overlaps(difference.at) for span in case.quotation.emphasis)
