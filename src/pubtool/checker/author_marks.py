"""The marks by which an author shows an alteration: ellipses, [sic], remarks in brackets.

Each is tried literally first: dots and a [sic] that the source itself has are its own text, and no
difference at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.align import Step, StepKind
from pubtool.checker.compared import Compared
from pubtool.checker.elements import ELLIPSIS, SIC
from pubtool.checker.soundness import is_sound
from pubtool.model import Code, Difference, DifferenceKind, Span

_AROUND = 24
"""Characters of the source in which its own [sic] stands behind a word."""

_EMPHASIS = " \n\t\u00a0*_"
"""What may stand between a word and the [sic] that means it."""


def gap_difference(compared: Compared, step: Step) -> Iterator[Difference]:
    """Yield what an ellipsis within the quotation leaves out; nothing if the dots are the source's.

    An ellipsis that goes back in the source is not permitted (Q122).
    """
    gap = next(g for g in compared.elements.gaps if g.before == step.quoted.start)
    part = compared.alignment.part
    there = part.span(step.source.start, step.source.stop)
    backwards = _goes_back(compared, step)
    if not step.source and not backwards and ELLIPSIS.search(part.between(step.source.start)):
        return
    yield _shown(
        compared,
        DifferenceKind.ELLIPSIS,
        gap.span,
        there,
        code=Code("Q122") if backwards else None,
    )


def shown_marks(compared: Compared) -> Iterator[Difference]:
    """Yield the ellipses at the quotation's ends, each [sic], and the author's remarks inside."""
    part, alignment = compared.alignment.part, compared.alignment
    ends = ((0, alignment.first), (len(compared.elements.words), alignment.end))
    for gap in compared.elements.gaps:
        for before, number in ends:
            if gap.before == before and not _is_own_dots(compared, number):
                yield _shown(compared, DifferenceKind.ELLIPSIS, gap.span, part.span(number, number))
                break
    for number, span in compared.elements.sics:
        if not _has_sic(compared, number):
            code = Code("Q132") if _is_false(compared, number, span) else None
            yield _shown(compared, DifferenceKind.BRACKET, span, _after(compared, number), code)
    for span in compared.elements.remarks:
        yield _shown(
            compared, DifferenceKind.BRACKET, span, part.span(alignment.end, alignment.end)
        )


def _shown(
    compared: Compared,
    kind: DifferenceKind,
    at: Span,
    there: Span,
    code: Code | None = None,
) -> Difference:
    return Difference(
        kind,
        compared.quotation.text[at.start : at.end],
        compared.alignment.part.source.text[there.start : there.end],
        at,
        there,
        marked=True,
        permitted=code is None,
        code=code,
    )


def _is_own_dots(compared: Compared, number: int) -> bool:
    """Whether the source itself has dots before one of its words."""
    return bool(ELLIPSIS.search(compared.alignment.part.between(number)))


def _after(compared: Compared, number: int) -> Span:
    """Return the empty place of the source behind what the quotation's word `number` - 1 is."""
    ends = [s.source.stop for s in compared.alignment.steps if s.quoted and s.quoted.stop <= number]
    at = ends[-1] if ends else compared.alignment.first
    return compared.alignment.part.span(at, at)


def _has_sic(compared: Compared, number: int) -> bool:
    at = _after(compared, number).start
    behind = compared.alignment.part.source.text[at : at + _AROUND]
    return bool(re.match(rf"\W{{0,3}}?(?:{SIC.pattern})", behind, re.IGNORECASE))


def _is_false(compared: Compared, number: int, span: Span) -> bool:
    """Whether [sic] stands behind a word that the source has, and that is sound there.

    Behind a mark, [sic] may mean the mark.
    """
    for step in compared.alignment.steps:
        if step.kind is StepKind.EQUAL and step.quoted.stop == number:
            end = compared.elements.words[number - 1].span.end
            marked = compared.quotation.text[end : span.start].strip(_EMPHASIS)
            return not marked and is_sound(compared.alignment.part, step.source.start)
    return False


def _goes_back(compared: Compared, step: Step) -> bool:
    """Whether what follows an ellipsis stands before what precedes it."""
    steps = compared.alignment.steps
    before = [s.source.stop for s in steps[: steps.index(step)] if s.source]
    return bool(before) and step.source.start < before[-1]
