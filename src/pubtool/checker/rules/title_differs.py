"""Q401: a quoted title is not the entry's title."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, QuotationKind, Severity, VerdictKind

RULE = Rule(Code("Q401"), Severity.WARNING, "title_differs")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the title's words differ."""
    if case.quotation.kind is not QuotationKind.TITLE or not case.quotation.cited:
        return
    if case.judgement.kind is VerdictKind.ALTERED:
        source = case.library.bibliography.sources[case.quotation.cited[0].key]
        yield case.finding(RULE, f"the title of {source.key} is “{source.title}”")
