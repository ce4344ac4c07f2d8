"""Q111: begins just after a negation that governs it, or *almost*."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity
from pubtool.text.meaning import APPROXIMATIONS, is_negation
from pubtool.text.words import read_folds

RULE = Rule(Code("Q111"), Severity.WARNING, "negation_before")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the source denies what was quoted, or takes some of it back."""
    if case.shown is None or any(gap.before == 0 for gap in case.elements.gaps):
        return
    before = case.source_before
    clause = before[max(map(before.rfind, _CLAUSE_ENDS)) + 1 :]
    near = read_folds(clause)[-_NEAR:]
    if any(map(is_negation, near)):
        own = read_folds(case.before)[-_OWN:]
        said = any(is_negation(word) or word in _DENIALS for word in own)
    elif near and near[-1] in APPROXIMATIONS:
        near = near[-1:]
        said = not APPROXIMATIONS.isdisjoint(read_folds(case.before)[-_OWN:])
    else:
        return
    if not said:
        message = f"begins just after the source's “{shorten(' '.join(near))}”"
        yield case.finding(RULE, message)


_CLAUSE_ENDS = ".,;:!?()—–"
_NEAR = 3
"""A negation further back than this seldom governs the quoted words alone."""
_OWN = 8
_DENIALS = frozenset("denies denied refuses refused rejects rejected lacks lacked fails".split())
