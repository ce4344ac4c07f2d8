"""Q132: [sic] where the source has no such error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pubtool.checker.rules.rule import WORD_KINDS, Case, Rule, shorten
from pubtool.model import Code, DifferenceKind, Finding, Severity

RULE = Rule(Code("Q132"), Severity.ERROR, "sic_false")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a [sic] that blames the source for the post's own words."""
    if case.shown is None:
        return
    for number, span in case.elements.sics:
        before = case.elements.words[number - 1].span if number else None
        for difference in case.differences:
            if difference.permitted or before is None or not difference.at.overlaps(before):
                continue
            if difference.kind in (*WORD_KINDS, DifferenceKind.SPELLING, DifferenceKind.CASE):
                at = replace(difference, at=span)
                has = shorten(difference.source) or "no such word"
                yield case.finding(RULE, f"the source has no such error: it has “{has}”", at)
