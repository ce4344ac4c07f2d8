"""Q110: stops just before the words that limit it."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, begin
from pubtool.model import Code, Finding, Severity
from pubtool.text.meaning import LIMITING_CLAUSE

RULE = Rule(Code("Q110"), Severity.WARNING, "limiting_clause")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the source goes on to limit what was quoted."""
    found = LIMITING_CLAUSE.match(case.source_after) if case.shown else None
    if found and not _is_shown_after(case, found.group(1)):
        rest = begin(case.source_after)
        yield case.finding(RULE, f"stops just before the source limits it: “{rest}”")


def _is_shown_after(case: Case, limit: str) -> bool:
    """Whether the author's own words go on with the same limit."""
    mine = LIMITING_CLAUSE.match(case.after.lstrip("\ufffc"))
    return mine is not None and limit.casefold() == mine.group(1).casefold()
