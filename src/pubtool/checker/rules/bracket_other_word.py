"""Q133: a bracket puts another word in the place of the source's."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q133"), Severity.WARNING, "bracket_other_word")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a bracketed word that is none of the source's in another form."""
    for difference in case.coded(RULE.code):
        source = shorten(difference.source)
        yield case.finding(
            RULE, f"the source has “{source}” where the post has “{difference.quoted}”", difference
        )
