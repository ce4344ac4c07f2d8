"""Q106: closes as a full sentence where the source's sentence goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.differences.marks import closes_sentence
from pubtool.checker.fixing import show_cut
from pubtool.checker.rules.rule import Case, Rule, begin
from pubtool.model import Code, Finding, Severity

RULE = Rule(Code("Q106"), Severity.WARNING, "closed_early")

_ENDS = ".!?…。！？؟।"
"""What ends a sentence, in any script."""


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the closing stop is the author's."""
    if not case.differences and not case.shown:
        return
    if case.shown is None or not closes_sentence(case.quotation, case.elements):
        return
    after = case.source_after
    if not _goes_on(after) or not _reads_as_sentence(case):
        return
    message = f"closes with a full stop where the source goes on: “{begin(after)}”"
    yield case.finding(RULE, message, fix=show_cut(case))


def _goes_on(after: str) -> bool:
    """Whether the source's sentence has not ended: a word comes before any full stop."""
    found = re.match(rf"[^\w{_ENDS}]*", after)
    rest = after[found.end() :] if found else after
    if not rest or rest[0] in _ENDS:
        return False
    between = found.group() if found else ""
    return "\n" not in between.strip(" ") or rest[0].islower()


def _reads_as_sentence(case: Case) -> bool:
    """Whether a reader takes the quotation for a whole sentence of the source's.

    A phrase of fewer than ten words that begins in the middle of the source's sentence and in small
    letters takes the full stop of the author's own sentence, as American usage sets it.
    """
    return case.quotation.text[:1].isupper() or len(case.elements.words) >= 10
