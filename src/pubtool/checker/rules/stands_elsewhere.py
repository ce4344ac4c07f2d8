"""Q201: the passage stands in another source."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.locating import best_locator, name_locator
from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity, VerdictKind

RULE = Rule(Code("Q201"), Severity.ERROR, "stands_elsewhere")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding that names the source in which the words stand."""
    place = case.judgement.elsewhere
    if case.judgement.kind is not VerdictKind.MISATTRIBUTED or place is None:
        return
    source = case.library.bibliography.sources.get(place.key)
    locator = best_locator(place.alignment.part.source, place.alignment.span)
    where = f"{place.key}, {name_locator(locator)}" if locator else str(place.key)
    named = ", ".join(cited.key for cited in case.quotation.cited if cited.firm)
    title = f" ({shorten(source.title)})" if source else ""
    yield case.finding(RULE, f"not in {named} but in {where}{title}")
