"""Powers: raised figures that belong to the word before them, where others are marks of notes.

A quotation may drop a note's mark (Chicago 13.7); 10³ without its power is another number. Which of
the two a raised figure is, what it stands behind tells: a power has a number, a unit or a variable
before it, a note hardly ever, and one that has a sign is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from pubtool.checker.differences.compared import Compared
from pubtool.checker.place.steps import Step, StepKind
from pubtool.model import Code, Difference, DifferenceKind, SourceText, Span
from pubtool.text.folding import SUPERSCRIPTS

_RAISED = re.compile(f"[{''.join(sorted(SUPERSCRIPTS))}⁺⁻]+")
_SIGNS = frozenset("⁺⁻")
_UNITS = frozenset("m dm cm mm km nm µm μm s ft yd".split())
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
"""A number that a note's mark stands behind: no power of one is ever written."""

_NO_VARIABLES = frozenset("aAI")
_ALWAYS_BASE = "10"


def power_differences(compared: Compared) -> Iterator[Difference]:
    """Yield the powers that the quotation has and the source has not, or the other way round."""
    part, text = compared.alignment.part, compared.quotation.text
    there = compared.alignment.span
    source = part.source.text
    if not _RAISED.search(source, there.start, there.end + 4) and not _RAISED.search(text):
        return
    for step in compared.alignment.steps:
        if step.kind is StepKind.EQUAL:
            yield from _difference(compared, step)


def _difference(compared: Compared, step: Step) -> Iterator[Difference]:
    word = compared.elements.words[step.quoted.start]
    part, number = compared.alignment.part, step.source.start
    mine = _raised(compared.quotation.text, word.span.end)
    theirs = _raised(part.source.text, part.ends[number])
    if mine == theirs:
        return
    behind = Span(part.ends[number], part.ends[number] + len(theirs))
    noted = _is_noted(part.source, behind) and word.folded != _ALWAYS_BASE
    if not _is_power(word.text, mine) and (noted or not _is_power(part.written(number), theirs)):
        return
    at = Span(word.span.start, word.span.end + len(mine))
    there = Span(part.starts[number], behind.end)
    yield Difference(
        DifferenceKind.SUBSTITUTION,
        compared.quotation.text[at.start : at.end],
        part.source.text[there.start : there.end],
        at,
        there,
        marked=False,
        permitted=False,
        code=Code("Q101"),
    )


def is_flat_power(compared: Compared, step: Step) -> bool:
    """Whether a source's text layer has a letter's power on the line: ``x2`` for x².

    Of a figure that cannot be told: ``103`` may be what was printed.
    """
    word = compared.elements.words[step.quoted.start]
    raised = _raised(compared.quotation.text, word.span.end)
    flat = word.folded + raised.translate(_LOWERED)
    return (
        bool(raised)
        and word.text.isalpha()
        and flat == compared.alignment.part.folded[step.source.start]
    )


_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _raised(text: str, at: int) -> str:
    found = _RAISED.match(text, at)
    return found.group() if found else ""


def _is_power(word: str, raised: str) -> bool:
    """Whether a raised figure behind a word as written is a power of it."""
    if not raised:
        return False
    if not _SIGNS.isdisjoint(raised):
        return True
    if _NUMBER.fullmatch(word):
        return not _YEAR.fullmatch(word)
    return len(raised) == 1 and (word in _UNITS or (len(word) == 1 and word not in _NO_VARIABLES))


def _is_noted(source: SourceText, span: Span) -> bool:
    """Whether a raised figure counts on from others, as the marks of notes do."""
    after = bisect_right(source.furniture, Span(span.start, len(source.text)))
    return after > 0 and source.furniture[after - 1].end >= span.end > span.start
