"""Q145: a note mark of the source is left out, and nothing says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.checker.statements import omits_notes, stated
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q145"), Severity.WARNING, "notes_left_out")

_NOTE = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=[.,;:!?”\"’)]))(?<![ckm]m)(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\[\d{1,3}\])"
)
"""A mark glued to a word or to its punctuation; the square of a kilometre is none."""


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the passage has more note marks than the quotation."""
    if case.shown is None or case.part is None:
        return
    span = case.shown.alignment.span
    there = case.part.source.text[span.start : span.end]
    left_out = len(_find(there)) - len(_find(case.quotation.text))
    if left_out > 0 and not omits_notes(stated(case.quotation, case.elements)):
        mark = _find(there)[0]
        yield case.finding(RULE, f"the source's note mark {mark} is left out; say so")


def _find(text: str) -> list[str]:
    return [found.group() for found in _NOTE.finditer(text)]
