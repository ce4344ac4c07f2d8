"""Brackets: what an author's bracket did to the source, and whether it may.

A bracket marks a change; it does not license one that turns the sense. A negation or a number that
only the bracket adds or takes away, a modal verb or a limit that it swallows beside what it
replaces, and a bracket that stands for more than a phrase, are refused (Q131), whichever convention
is in force.
"""

from __future__ import annotations

import re

from pubtool.checker.align import group_of
from pubtool.checker.elements import Elements
from pubtool.checker.index import IndexPart
from pubtool.checker.place import Alignment
from pubtool.checker.steps import Step
from pubtool.model import Code, Difference, DifferenceKind, Quotation
from pubtool.text.meaning import MODALS, NEGATIVE_PREFIXES, is_negation, is_number
from pubtool.text.typography import HYPHENS

_MOST_WORDS = 6
"""Replacing more words than this is a paraphrase, and no substitution any more."""


def bracket_difference(
    quotation: Quotation, elements: Elements, alignment: Alignment, step: Step
) -> Difference:
    """Return the difference that a bracketed group makes."""
    group = group_of(elements, step)
    assert group is not None, "a step of kind BRACKETED comes from a group"
    part = alignment.part
    folds = [elements.words[n].folded for n in step.quoted]
    others = [part.folded[n] for n in step.source]
    there = part.span(step.source.start, step.source.stop)
    own = bool(step.source) and _in_own_brackets(alignment, step.source)
    turned = (
        own
        or turns_sense(folds, others)
        or bool(_PREFIX.search(quotation.text[group.span.start : group.span.end]))
        or _swallows(folds, part, step.source)
        or len(others) > _MOST_WORDS
    )
    return Difference(
        DifferenceKind.BRACKET,
        quotation.text[group.span.start : group.span.end],
        part.source.text[there.start : there.end],
        group.span,
        there,
        marked=True,
        permitted=not turned,
        code=Code("Q131") if turned else None,
    )


def _in_own_brackets(alignment: Alignment, numbers: range) -> bool:
    """Whether the source itself has these words in brackets: they are its text, not a change."""
    part = alignment.part
    before, after = part.between(numbers.start), part.between(numbers.stop)
    return before.rstrip().endswith("[") and after.lstrip().startswith("]")


def turns_sense(folds: list[str], others: list[str]) -> bool:
    """Whether two runs of folded words differ in what they deny or in their numbers."""
    if [f for f in folds if is_negation(f)] != [f for f in others if is_negation(f)]:
        return True
    if [f for f in folds if is_number(f)] != [f for f in others if is_number(f)]:
        return True
    return any(
        _is_contrary(one, other) or _is_contrary(other, one) for one in folds for other in others
    )


_SWALLOWED = frozenset({"only", "unless", "except", "solely", "merely", "if"})
"""Limits but *but* and *until*, which also merely join sentences."""

_NOUN_BEFORE = frozenset("the a an his her its their my our your this that last of".split())
"""Words behind which *will*, *can* or *might* is a noun."""


_PREFIX = re.compile(rf"\b(?:{'|'.join(NEGATIVE_PREFIXES)})[{HYPHENS}]\s*\]$", re.IGNORECASE)
"""A prefix that denies the word behind the bracket: ``[anti-]slavery``."""


def _swallows(folds: list[str], part: IndexPart, numbers: range) -> bool:
    """Whether a bracket leaves out a modal verb or a limit of the source: ``[he] go``, *he may go*.

    One modal for another (``[could]``, *can*) is a change of tense, and shown.
    """
    words = part.folded
    modals = [
        n
        for n in numbers
        if words[n] in MODALS
        and not (n and words[n - 1] in _NOUN_BEFORE)
        and part.written(n) != "May"
    ]
    if modals and not MODALS.intersection(folds):
        return True
    return any(words[n] in _SWALLOWED and words[n] not in folds for n in numbers)


def letters_difference(elements: Elements, alignment: Alignment, step: Step) -> Difference:
    """Return the difference that letters in brackets make within a word."""
    word = elements.words[step.quoted.start]
    part = alignment.part
    number = step.source.start
    other = part.folded[number]
    turned = turns_sense([word.folded], [other])
    return Difference(
        DifferenceKind.BRACKET,
        word.text,
        part.written(number),
        word.span,
        part.span(number, number + 1),
        marked=True,
        permitted=not turned,
        code=Code("Q131") if turned else None,
    )


def _is_contrary(one: str, other: str) -> bool:
    """Whether a word denies another by its prefix or its ending: ``inaccurate``, ``careless``."""
    if one.endswith("less") and other.startswith(one.removesuffix("less")):
        return not other.endswith("less")
    return any(one == prefix + other for prefix in NEGATIVE_PREFIXES) and len(other) > 2
