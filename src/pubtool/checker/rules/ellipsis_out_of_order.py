"""Q122: an ellipsis joins passages out of order, or words that stand anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity
from pubtool.text.words import find_words

RULE = Rule(Code("Q122"), Severity.ERROR, "ellipsis_out_of_order")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an ellipsis that goes back in the source, or cuts too little off."""
    for difference in case.coded(RULE.code):
        if difference.source:
            count = sum(1 for _ in find_words(difference.source))
            message = f"too few words to be known behind the {count} that the ellipsis leaves out"
        else:
            message = "what follows the ellipsis stands before what precedes it in the source"
        yield case.finding(RULE, message, difference)
