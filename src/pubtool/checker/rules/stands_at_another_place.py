"""Q202: the passage stands at another page, article or section."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import give_locator
from pubtool.checker.locating import best_locator, name_locator
from pubtool.checker.reach import UNREAD
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q202"), Severity.ERROR, "stands_at_another_place")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding that names the place."""
    place = case.judgement.place
    if place is None or place.located is not False or case.judgement.reason == UNREAD:
        return
    found = best_locator(place.alignment.part.source, place.alignment.span, place.cited[0])
    where = f"at {name_locator(found)}" if found else "outside every numbered part"
    fix = give_locator(case, place, found) if found else None
    cited = " or ".join(map(name_locator, place.cited))
    yield case.finding(RULE, f"stands {where}, not at {cited}", fix=fix)
