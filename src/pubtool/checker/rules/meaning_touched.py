"""Q104: an unmarked change touches the meaning."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import use_source
from pubtool.checker.rules import poor_text
from pubtool.checker.rules.rule import WORD_KINDS, Case, Rule
from pubtool.model import Code, Difference, Finding, QuotationKind, Severity

RULE = Rule(Code("Q104"), Severity.ERROR, "meaning_touched")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a change on which the sense turns."""
    if case.quotation.kind is QuotationKind.TITLE:
        return
    for difference in case.differences:
        if _is_change(difference):
            what = case.touched(difference)
            if what:
                fix = use_source(case, difference)
                yield case.finding(RULE, f"the change touches {what}", difference, fix)


def _is_change(difference: Difference) -> bool:
    """Whether the author changed words, and not a scanner."""
    own = difference.code != poor_text.RULE.code
    return own and difference.kind in WORD_KINDS and not difference.permitted
