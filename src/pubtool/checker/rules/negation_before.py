"""Q111: begins just after a negation that governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity
from pubtool.text.meaning import is_negation
from pubtool.text.words import find_words

RULE = Rule(Code("Q111"), Severity.WARNING, "negation_before")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the source denies what was quoted."""
    if case.shown is None or any(gap.before == 0 for gap in case.elements.gaps):
        return
    clause = re.split(r"[.,;:!?()—–]", case.source_before())[-1]
    near = [word.folded for word in find_words(clause)][-_NEAR:]
    if not any(map(is_negation, near)):
        return
    own = [word.folded for word in find_words(case.before)][-_OWN:]
    if not any(is_negation(word) or word in _DENIALS for word in own):
        message = f"begins just after the source's “{shorten(' '.join(near))}”"
        yield case.finding(RULE, message)


_NEAR = 3
"""A negation further back than this seldom governs the quoted words alone."""
_OWN = 8
_DENIALS = frozenset("denies denied refuses refused rejects rejected lacks lacked fails".split())
