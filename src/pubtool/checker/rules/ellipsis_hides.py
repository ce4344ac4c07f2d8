"""Q121: an ellipsis leaves out a negation or a limiting clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, DifferenceKind, Finding, Severity
from pubtool.text.meaning import LIMITS, is_negation
from pubtool.text.words import find_words

RULE = Rule(Code("Q121"), Severity.WARNING, "ellipsis_hides")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an ellipsis that hides what the sense turns on."""
    for difference in case.differences:
        if difference.kind is DifferenceKind.ELLIPSIS:
            hidden = _hidden(difference.source)
            if hidden:
                yield case.finding(RULE, f"the ellipsis leaves out “{hidden}”", difference)


def _hidden(omitted: str) -> str:
    """Return the first word left out that denies or limits what is quoted.

    Of a long omission only the rest of the sentence before it and the beginning of the sentence
    after it can govern the quoted words.
    """
    sentences = re.split(r"(?<=[.!?])\s+", omitted)
    near = omitted if len(sentences) == 1 else f"{sentences[0]} {sentences[-1]}"
    for word in find_words(near):
        if is_negation(word.folded) or word.folded in LIMITS:
            return word.text
    return ""
