"""Q123: an ellipsis joins distant passages."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.locating import marks_between, name_locator
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, DifferenceKind, Finding, Severity
from pubtool.text.words import find_words

RULE = Rule(Code("Q123"), Severity.WARNING, "ellipsis_far")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an ellipsis that leaves out a great deal."""
    for difference in case.differences:
        if difference.kind is not DifferenceKind.ELLIPSIS or case.part is None:
            continue
        count = sum(1 for _ in find_words(difference.source))
        headings = [
            mark.locator
            for mark in marks_between(case.part.source, difference.there)
            if mark.locator.label != "page" and mark.locator.value.isalnum()
        ]
        if count > _MOST_WORDS:
            yield case.finding(RULE, f"the ellipsis leaves out {count} words", difference)
        elif headings:
            name = name_locator(headings[0])
            yield case.finding(RULE, f"the ellipsis passes over the head of {name}", difference)


_MOST_WORDS = 150
"""More than a long paragraph; a house may think otherwise, so this is a warning."""
