"""Q143: three dots join two sentences."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.differences.marks import ended_before
from pubtool.checker.place.steps import StepKind
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, DifferenceKind, Finding, Severity
from pubtool.text.typography import ends_sentence

RULE = Rule(Code("Q143"), Severity.INFO, "three_dots")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding for each ellipsis behind a whole sentence whose full stop is gone.

    Dots in brackets are their own mark, with or without the full stop before them.
    """
    if case.shown is None or case.part is None:
        return
    words = case.elements.words
    shown = {d.at: d for d in case.differences if d.kind is DifferenceKind.ELLIPSIS}
    for step in case.shown.alignment.steps:
        number = step.quoted.start
        if step.kind is not StepKind.GAP or not 0 < number < len(words):
            continue
        gap = next(gap for gap in case.elements.gaps if gap.before == number)
        between = case.quotation.text[words[number - 1].span.end : words[number].span.start]
        if gap.span not in shown or "[" in between or "(" in between:
            continue
        if ended_before(case.part, step.source.start) and not _shows_end(between):
            message = "a sentence ends before these dots: a full stop and three dots show it"
            yield case.finding(RULE, message, shown[gap.span])


def _shows_end(between: str) -> bool:
    """Whether a stretch has more than the three dots: a fourth, or the mark of a question."""
    bare = between.replace("…", "...")
    return bare.count(".") > 3 or ends_sentence(bare.replace(".", ""))
