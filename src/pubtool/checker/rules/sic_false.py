"""Q132: [sic] where the source has no such error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pubtool.checker.rules.rule import WORD_KINDS, Case, Rule, shorten
from pubtool.model import Code, DifferenceKind, Finding, Severity

RULE = Rule(Code("Q132"), Severity.ERROR, "sic_false")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a [sic] behind a sound word, or behind the post's own words."""
    if case.shown is None:
        return
    for number, span in case.elements.sics:
        before = case.elements.words[number - 1] if number else None
        for difference in case.differences:
            if difference.permitted or before is None:
                continue
            if difference.code == RULE.code and difference.at == span:
                message = f"“{before.text}” is in the source, and is no error there"
                yield case.finding(RULE, message, difference)
            elif difference.at.overlaps(before.span) and difference.kind in _OWN_KINDS:
                at = replace(difference, at=span)
                has = shorten(difference.source) or "no such word"
                yield case.finding(RULE, f"the source has no such error: it has “{has}”", at)


_OWN_KINDS = (*WORD_KINDS, DifferenceKind.SPELLING, DifferenceKind.CASE)
"""Differences that make the word before [sic] the post's own."""
