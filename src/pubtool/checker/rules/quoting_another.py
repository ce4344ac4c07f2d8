"""Q205: the source is itself quoting someone else here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Finding, QuotationKind, Severity
from pubtool.text.typography import QUOTES

RULE = Rule(Code("Q205"), Severity.WARNING, "quoting_another")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the passage stands inside the source's own quotation marks."""
    if case.shown is None or case.quotation.kind is QuotationKind.TITLE:
        return
    before = case.source_before()
    if case.quotation.text[:1] in QUOTES:  # the mark that opens there is quoted with the rest
        before = before.rstrip().rstrip(QUOTES)
    if _is_open(before) and not _says_so(case):
        message = "the source is quoting somebody else here, and the post does not say so"
        yield case.finding(RULE, message)


def _is_open(before: str) -> bool:
    """Whether a double quotation mark is open at the end of a text.

    A straight one opens where a word follows it and none stands before it, and closes the other way
    round; only where neither can be told do straight ones alternate.
    """
    depth = 0
    for found in _MARKS.finditer(before):
        mark = found.group()
        if mark == '"':
            left, right = before[: found.start()][-1:], before[found.end() :][:1]
            leads, ends = left in _OPENERS, right.isspace() or right in ".,;:!?)"
            opens = leads if leads != ends else not depth
        else:
            opens = mark in ("“", "„", "«", "``")
        depth = depth + 1 if opens else max(depth - 1, 0)
    return depth > 0


_MARKS = re.compile(r"``|''|[“”„«»\"]")
_OPENERS = ("", " ", "\n", "\t", "\u00a0", "(", "[", "—", "–", "-")
"""What may stand before a mark that opens."""


def _says_so(case: Case) -> bool:
    said = f"{case.before[-160:]} {case.after[:160]} {case.quotation.remark}"
    return bool(re.search(r"\bquot(?:e|es|ed|ing)\b|\bciting\b|\bcited in\b", said, re.IGNORECASE))
