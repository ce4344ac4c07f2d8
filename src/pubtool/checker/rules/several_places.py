"""Q204: the passage stands in several places."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.locating import best_locator, name_locator
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q204"), Severity.INFO, "several_places")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding that names the places."""
    place = case.judgement.place
    if place is None or not place.equals or place.located:
        return
    part = place.alignment.part
    spans = sorted([place.alignment.span, *(other.span for other in place.equals)])
    found = [best_locator(part.source, span) for span in spans]
    names = list(dict.fromkeys(name_locator(locator) for locator in found if locator))
    where = f": {', '.join(names[:5])}" if len(names) > 1 else ""
    yield case.finding(RULE, f"stands in {len(spans)} places of {place.key}{where}")
