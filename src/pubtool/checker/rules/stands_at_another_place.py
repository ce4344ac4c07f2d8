"""Q202: the passage stands at another page, article or section."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.fixing import give_locator
from pubtool.checker.locating import best_locator, name_locator, strays
from pubtool.checker.reach import UNREAD
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q202"), Severity.ERROR, "stands_at_another_place")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding that names the place."""
    place = case.judgement.place
    if place is None or place.located is not False or case.judgement.reason == UNREAD:
        return
    source, stretches = place.alignment.part.source, place.alignment.stretches
    away = strays(source, stretches, place.cited)
    found = dict.fromkeys(best_locator(source, one, place.cited[0]) for one in away)
    where = " and ".join(f"at {name_locator(one)}" if one else _NOWHERE for one in found)
    [only, *others] = found
    whole = len(away) == len(stretches)
    fix = give_locator(case, place, only) if only and whole and not others else None
    part = "" if whole else "in part "
    cited = " or ".join(map(name_locator, place.cited))
    yield case.finding(RULE, f"stands {part}{where}, not at {cited}", fix=fix)


_NOWHERE = "outside every numbered part"
