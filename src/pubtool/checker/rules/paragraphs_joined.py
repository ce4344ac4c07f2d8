"""Q144: a paragraph break of the source is run together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pubtool.checker.place.steps import Step, StepKind
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, Severity
from pubtool.text.typography import ends_sentence

RULE = Rule(Code("Q144"), Severity.INFO, "paragraphs_joined")

_BREAK = re.compile(r"\n[ \t]*\n")
_SAME = (StepKind.EQUAL, StepKind.JOINED)


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding where paragraphs of the source are quoted as one."""
    if case.shown is not None and any(
        _joins(case, one, other) for one, other in pairwise(case.shown.alignment.steps)
    ):
        yield case.finding(RULE, "a paragraph of the source ends inside this quotation")


def _joins(case: Case, one: Step, other: Step) -> bool:
    if case.part is None or one.kind not in _SAME or other.kind not in _SAME:
        return False
    theirs = case.part.between(other.source.start)
    if not _BREAK.search(theirs) or "\f" in theirs or not ends_sentence(theirs):
        return False
    number = other.quoted.start
    words = case.elements.words
    mine = case.quotation.text[words[number - 1].span.end : words[number].span.start]
    return not (_BREAK.search(mine) or re.search(r"[¶/|]", mine))
