"""Q121: an ellipsis leaves out a negation or a limiting clause."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, DifferenceKind, Finding, Severity
from pubtool.text.meaning import LIMITS, MODALS, is_negation, is_number
from pubtool.text.words import find_words

RULE = Rule(Code("Q121"), Severity.WARNING, "ellipsis_hides")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an ellipsis that hides what the sense turns on."""
    said = {word.folded for word in case.elements.words}
    for difference in case.differences:
        if difference.kind is DifferenceKind.ELLIPSIS:
            hidden = _hidden(difference.source) or _touching(difference.source, said)
            if hidden:
                yield case.finding(RULE, f"the ellipsis leaves out “{hidden}”", difference)


def _hidden(omitted: str) -> str:
    """Return the first word left out that denies or limits what is quoted.

    Of a long omission only the rest of the sentence before it and the beginning of the sentence
    after it can govern the quoted words.
    """
    sentences = _SENTENCES.split(omitted)
    near = omitted if len(sentences) == 1 else f"{sentences[0]} {sentences[-1]}"
    for word in find_words(near):
        if is_negation(word.folded) or word.folded in LIMITS:
            return word.text
    return ""


def _touching(omitted: str, said: Collection[str]) -> str:
    """Return the modal verb or number that is left out beside quoted words and not said by them.

    *The two keepers*, *he may go*: further in, or in another sentence, it is about something else.
    """
    words = [] if _SENTENCES.search(omitted) else list(find_words(omitted))
    for word in (*words[:1], *words[-1:]):
        if word.folded not in said and (is_number(word.folded) or word.folded in MODALS):
            return word.text
    return ""


_SENTENCES = re.compile(r"(?<=[.!?])\s+")
