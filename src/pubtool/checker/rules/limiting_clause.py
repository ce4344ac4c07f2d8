"""Q110: stops just before the words that limit it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, begin
from pubtool.model import Code, Finding, Severity
from pubtool.text.clauses import condition_after
from pubtool.text.meaning import limit_at

RULE = Rule(Code("Q110"), Severity.WARNING, "limiting_clause")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the source goes on to limit what was quoted, or to deny it."""
    if case.shown is None:
        return
    limit = limit_at(case.source_after) or _condition(case)
    if limit and not _is_shown_after(case, limit):
        rest = begin(case.source_after)
        yield case.finding(RULE, f"stops just before the source limits it: “{rest}”")
    elif not limit and _is_denied(case):
        rest = begin(case.source_after)
        yield case.finding(RULE, f"stops just before the source denies it: “{rest}”")


def _condition(case: Case) -> str:
    """Return the conjunction with which the source goes on to say when the quotation holds.

    A few words are no clause that could hold.
    """
    if len(case.elements.words) < _LEAST_CLAUSE:
        return ""
    return condition_after(case.source_after, case.quotation.text, case.language)


def _is_shown_after(case: Case, limit: str) -> bool:
    """Whether the author's own words go on with the same limit."""
    after = case.after.lstrip("\ufffc")
    said = limit_at(after) or condition_after(after, "", case.language)
    return limit.casefold() == said.casefold() if said else bool(_OWN_LIMIT.match(after))


def _is_denied(case: Case) -> bool:
    """Whether the clause that is quoted from its beginning ends with a *not* behind it.

    So German, Dutch and the Scandinavian languages deny. Where only a phrase is quoted, the
    author's own verb tells what is said of it.
    """
    if len(case.elements.words) < _LEAST_CLAUSE or not _NOT_LAST.match(case.source_after):
        return False
    before = case.source_before.rstrip()
    return not before or before[-1] in _CLAUSE_ENDS


_LEAST_CLAUSE = 4
_NOT_LAST = re.compile(r"\s+(?:nicht|niet|inte|ikke|icke|not)\s*[.;:!?,]", re.IGNORECASE)
_CLAUSE_ENDS = frozenset(".;:!?,")
_OWN_LIMIT = re.compile(r"\W*(?:if|when|wenn|falls|si|s['’]il|se|indien|als|jeśli|jeżeli)\b", re.I)
"""A condition in the author's language, which need not be the source's."""
