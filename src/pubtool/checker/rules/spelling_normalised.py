"""Q105: a spelling variant silently normalised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pubtool.checker.fixing import use_source
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity
from pubtool.text.folding import fold
from pubtool.text.spelling import is_slip

RULE = Rule(Code("Q105"), Severity.ERROR, "spelling_normalised")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a word spelt in another way; a note where that may stand."""
    for difference in case.coded(RULE.code):
        message = f"“{difference.quoted}” is spelt “{difference.source}” in the source"
        if difference.permitted:
            slip = is_slip(fold(difference.source), fold(difference.quoted))
            message += ", an obvious slip" if slip else "; the modernisation is announced"
            yield replace(case.finding(RULE, message, difference), severity=Severity.INFO)
        else:
            yield case.finding(RULE, message, difference, use_source(case, difference))
