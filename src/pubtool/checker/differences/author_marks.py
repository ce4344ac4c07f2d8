"""The marks by which an author shows an alteration: ellipses, [sic], remarks in brackets.

Each is tried literally first: dots and a [sic] that the source itself has are its own text, and no
difference at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.differences.compared import Compared
from pubtool.checker.differences.soundness import is_sound
from pubtool.checker.elements import ELLIPSIS, REMARK, SIC
from pubtool.checker.place.steps import Step, StepKind
from pubtool.model import Code, Difference, DifferenceKind, Span
from pubtool.text.languages import is_function_word
from pubtool.text.meaning import sense
from pubtool.text.typography import ends_sentence

_AROUND = 48
"""Characters of the source in which its own [sic] or remark stands behind a word."""

_EMPHASIS = " \n\t\u00a0*_"
"""What may stand between a word and the [sic] that means it."""

_FEW = 2
"""Words of a fragment that prove nothing by themselves."""

_NEAR = 30
"""Words to a neighbour: a long sentence. A word that stands once in 500 is as near by chance in one
case of 17, and within the 700 words in which a fragment is looked for in three of four."""


def gap_difference(compared: Compared, step: Step) -> Iterator[Difference]:
    """Yield what an ellipsis within the quotation leaves out; nothing if the dots are the source's.

    An ellipsis that goes back in the source is not permitted (Q122), nor is one before or behind a
    word or two that stand too far away to be known for the author's.
    """
    gap = next(g for g in compared.elements.gaps if g.before == step.quoted.start)
    part = compared.alignment.part
    there = part.span(step.source.start, step.source.stop)
    backwards = _goes_back(compared, step)
    refused = backwards or _strays(compared, step)
    if not step.source and not backwards and ELLIPSIS.search(part.between(step.source.start)):
        return
    yield _shown(
        compared,
        DifferenceKind.ELLIPSIS,
        gap.span,
        there,
        code=Code("Q122") if refused else None,
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
        if not _stands_behind(compared, number, SIC):
            code = Code("Q132") if _is_false(compared, number, span) else None
            yield _shown(compared, DifferenceKind.BRACKET, span, _after(compared, number), code)
    for span in compared.elements.remarks:
        number = sum(word.span.end <= span.start for word in compared.elements.words)
        if not _stands_behind(compared, number, REMARK):
            there = part.span(alignment.end, alignment.end)
            yield _shown(compared, DifferenceKind.BRACKET, span, there)


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


def _stands_behind(compared: Compared, number: int, mark: re.Pattern[str]) -> bool:
    """Whether the source itself has such a mark behind the quotation's word `number` - 1."""
    at = _after(compared, number).start
    behind = compared.alignment.part.source.text[at : at + _AROUND]
    return bool(re.match(rf"\W{{0,3}}?(?:{mark.pattern})", behind, re.IGNORECASE))


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


def _strays(compared: Compared, step: Step) -> bool:
    """Whether an ellipsis cuts off a fragment that says too little to be known where it stands.

    Such a fragment must stand within a sentence's length of one of its neighbours; and if the sense
    turns on it (*not*, *may*, *two*), in one sentence with each, unless a sentence begins or ends
    with it.
    """
    at = step.quoted.start
    fragments = compared.elements.fragments
    number = next(n for n, fragment in enumerate(fragments) if fragment.start == at)
    gaps = {s.quoted.start: s for s in compared.alignment.steps if s.kind is StepKind.GAP}
    for fragment in fragments[number - 1 : number + 1]:
        if not _says_little(compared, fragment):
            continue
        around = [gaps[n].source for n in (fragment.start, fragment.stop) if n in gaps]
        if all(_size(compared, gap) > _NEAR for gap in around):
            return True
        folds = [compared.elements.words[n].folded for n in fragment]
        beside = step.source.stop if fragment.start == at else step.source.start
        if sense(folds) and not _parts_sentences(compared, beside):
            whole = range(step.source.start, step.source.stop + 1)
            if any(_parts_sentences(compared, n) for n in whole):
                return True
    return False


def _size(compared: Compared, gap: range) -> int:
    """Return how many words of the source's author an ellipsis leaves out."""
    return sum(1 for n in gap if n not in compared.alignment.part.furniture)


def _says_little(compared: Compared, fragment: range) -> bool:
    """Whether a fragment is so short, or so common, that it stands by chance near any place."""
    folds = [compared.elements.words[n].folded for n in fragment]
    return len(folds) <= _FEW or (len(folds) <= 2 * _FEW and all(map(is_function_word, folds)))


def _parts_sentences(compared: Compared, number: int) -> bool:
    """Whether a sentence begins with a word of the source."""
    part = compared.alignment.part
    if not 0 < number < len(part.folded):
        return True
    return ends_sentence(part.between(number)) and part.written(number)[:1].isupper()
