"""Q142: an ellipsis at the very start or end."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.differences.marks import ended_before
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Difference, DifferenceKind, Finding, Severity

RULE = Rule(Code("Q142"), Severity.INFO, "dots_at_ends")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding for dots that no words of the quotation's stand before, or none behind.

    A sentence of the source's that is quoted from its beginning and cut before its end may show
    so: Bluebook 5.3, Chicago 13.55.
    """
    last = len(case.elements.words)
    shown = {d.at: d for d in case.differences if d.kind is DifferenceKind.ELLIPSIS}
    for gap in case.elements.gaps:
        difference = shown.get(gap.span)
        if difference is None:
            continue
        if gap.before == 0:
            yield case.finding(RULE, "no dots are needed at the start of a quotation", difference)
        elif gap.before == last and not _cuts_sentence(case, difference):
            yield case.finding(RULE, "no dots are needed at the end of a quotation", difference)


def _cuts_sentence(case: Case, difference: Difference) -> bool:
    """Whether the quotation reads as a sentence of the source's that goes on there."""
    if case.shown is None or not case.quotation.text[:1].isupper():
        return False
    alignment = case.shown.alignment
    whole = ended_before(alignment.part, alignment.end)
    return not whole and difference.at.start > 0
