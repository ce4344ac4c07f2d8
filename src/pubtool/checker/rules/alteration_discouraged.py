"""Q147: an ellipsis or a bracket where the house would rather have a paraphrase."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, DifferenceKind, Finding, Severity

RULE = Rule(Code("Q147"), Severity.INFO, "alteration_discouraged")

_NAMES = {DifferenceKind.ELLIPSIS: "an ellipsis", DifferenceKind.BRACKET: "a bracketed change"}


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an ellipsis or bracket of the author's."""
    for difference in case.differences:
        if difference.kind in _NAMES and difference.permitted:
            name = _NAMES[difference.kind]
            message = f"{name} in a quotation: quote a whole sentence, or paraphrase"
            yield case.finding(RULE, message, difference)
