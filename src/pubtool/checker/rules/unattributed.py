"""Q303: no citation and no attribution."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import cite_source
from pubtool.checker.locating import best_locator, name_locator
from pubtool.checker.rules.rule import Case, Rule
from pubtool.checker.verdict import NO_SOURCE
from pubtool.model import Code, Finding, Severity, VerdictKind

RULE = Rule(Code("Q303"), Severity.WARNING, "unattributed")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding that offers the source where the words were located."""
    if case.quotation.cited or case.judgement.kind is VerdictKind.EXEMPT:
        return
    place = case.judgement.place
    if place is None:
        mend = "; cite the source, and add its text with `pubtool sources add`"
        to_add = mend if case.judgement.reason == NO_SOURCE else ""
        yield case.finding(RULE, f"nothing says whose words these are{to_add}")
        return
    locator = best_locator(place.alignment.part.source, place.alignment.span)
    where = f"@{place.key}, {name_locator(locator)}" if locator else f"@{place.key}"
    message = f"nothing says whose words these are; they stand in [{where}]"
    yield case.finding(RULE, message, fix=cite_source(case, place))
