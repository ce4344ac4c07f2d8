"""Q203: no locator, though the source has pages or articles."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import give_locator
from pubtool.checker.locating import best_locator, name_locator
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, QuotationKind, Severity

RULE = Rule(Code("Q203"), Severity.INFO, "locator_missing")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding that offers the locator."""
    place = case.judgement.place
    if place is None or case.quotation.kind is QuotationKind.TITLE:
        return
    cited = [c for c in case.quotation.cited if c.key == place.key]
    if not cited or any(c.locator for c in cited):
        return
    locator = best_locator(place.alignment.part.source, place.alignment.span)
    if locator is not None:
        fix = give_locator(case, place, locator)
        message = f"no locator is given; it stands at {name_locator(locator)}"
        yield case.finding(RULE, message, fix=fix)
