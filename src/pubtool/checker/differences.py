"""Differences: what an alignment says about the words, one named difference after another.

A difference that only typography decides is not listed. What is listed says whether the author
shows it (`marked`) and whether it may stand (`permitted`); a quotation passes when all may.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from pubtool.checker.align import Step, StepKind
from pubtool.checker.artefacts import is_artefact
from pubtool.checker.brackets import bracket_difference, letters_difference
from pubtool.checker.conventions import Conventions
from pubtool.checker.elements import Elements
from pubtool.checker.marks import mark_differences
from pubtool.checker.place import Alignment
from pubtool.model import Code, Difference, DifferenceKind, Quotation, Span
from pubtool.text.folding import without_diacritics
from pubtool.text.spelling import is_variant
from pubtool.text.typography import HYPHENS, LINE_HYPHEN

_WORDS = (StepKind.REPLACED, StepKind.ADDED, StepKind.LEFT_OUT)
_PASTED_HYPHEN = re.compile(rf"[{HYPHENS}\u00ad¬]\s+\Z")


@dataclass(frozen=True)
class Compared:
    """A quotation on a source: what every step of the comparison looks at."""

    quotation: Quotation
    elements: Elements
    alignment: Alignment
    conventions: Conventions

    def quoted_span(self, numbers: range) -> Span:
        """Return the quotation's offsets of some of its words; empty, after the word before."""
        words = self.elements.words
        if not numbers:
            at = words[numbers.start - 1].span.end if numbers.start else 0
            return Span(at, at)
        return Span(words[numbers.start].span.start, words[numbers.stop - 1].span.end)

    def difference(self, kind: DifferenceKind, quoted: range, source: range) -> Difference:
        """Return an unmarked, unpermitted difference between some words."""
        at = self.quoted_span(quoted)
        there = self.alignment.part.span(source.start, source.stop)
        return Difference(
            kind,
            self.quotation.text[at.start : at.end],
            self.alignment.part.source.text[there.start : there.end],
            at,
            there,
            marked=False,
            permitted=False,
        )


def find_differences(compared: Compared) -> tuple[Difference, ...]:
    """Return all differences of a quotation from the place that it was laid on, in order."""
    found = [
        *_word_differences(compared),
        *mark_differences(
            compared.quotation, compared.elements, compared.alignment, compared.conventions
        ),
    ]
    return tuple(sorted(_transposed(found), key=lambda d: (d.at.start, d.at.end, d.kind.value)))


def _word_differences(compared: Compared) -> Iterator[Difference]:
    for is_run, steps in groupby(
        compared.alignment.steps, key=lambda step: _is_word_change(step, compared)
    ):
        if is_run:
            yield from _run_difference(compared, list(steps))
        else:
            for step in steps:
                yield from _step_difference(compared, step)


def _is_word_change(step: Step, compared: Compared) -> bool:
    """Whether a step belongs to a run of changed words; a respelt word stands alone."""
    return step.kind in _WORDS and not (
        step.kind is StepKind.REPLACED and _respelling(step, compared)
    )


def _run_difference(compared: Compared, steps: list[Step]) -> Iterator[Difference]:
    quoted = _hull(step.quoted for step in steps)
    source = _hull(step.source for step in steps)
    words = compared.elements.words
    folds = [words[n].folded for n in quoted]
    others = list(compared.alignment.part.folded[source.start : source.stop])
    if not quoted:
        if is_artefact(compared.quotation, compared.elements, compared.alignment, steps):
            return
        kind, code = DifferenceKind.DELETION, "Q103"
    elif not source:
        kind, code = DifferenceKind.INSERTION, "Q102"
    elif sorted(folds) == sorted(others):
        kind, code = DifferenceKind.TRANSPOSITION, "Q109"
    else:
        kind, code = DifferenceKind.SUBSTITUTION, "Q101"
    yield replace(compared.difference(kind, quoted, source), code=Code(code))


def _hull(ranges: Iterable[range]) -> range:
    """Return the range from the lowest start to the highest stop; of empty ones, an empty one."""
    every = list(ranges)
    full = [r for r in every if r]
    if not full:
        return every[0]
    return range(min(r.start for r in full), max(r.stop for r in full))


def _step_difference(compared: Compared, step: Step) -> Iterator[Difference]:
    if step.kind is StepKind.REPLACED:
        yield from _respelt(compared, step)
    elif step.kind is StepKind.JOINED:
        yield from _joined(compared, step)
    elif step.kind is StepKind.FITS:
        yield letters_difference(compared.elements, compared.alignment, step)
    elif step.kind is StepKind.BRACKETED:
        yield bracket_difference(compared.quotation, compared.elements, compared.alignment, step)
    elif step.kind is StepKind.GAP:
        yield _ellipsis(compared, step)


def _respelling(step: Step, compared: Compared) -> bool:
    """Whether a replaced word is the same word, spelt or set otherwise."""
    one = compared.elements.words[step.quoted.start].folded
    other = compared.alignment.part.folded[step.source.start]
    return (
        without_diacritics(one) == without_diacritics(other)
        or one.replace("'", "") == other.replace("'", "")
        or is_variant(one, other)
        or _has_note_mark(one, other)
    )


def _has_note_mark(one: str, other: str) -> bool:
    """Whether the source's word is the quotation's with the digits of a note mark glued on."""
    glued = other[len(one) :]
    return other.startswith(one) and one.isalpha() and len(one) > 3 and glued.isdigit()


def _respelt(compared: Compared, step: Step) -> Iterator[Difference]:
    one = compared.elements.words[step.quoted.start].folded
    other = compared.alignment.part.folded[step.source.start]
    if _has_note_mark(one, other):
        return
    lost = without_diacritics(one) == other
    kind = DifferenceKind.TYPOGRAPHY if lost else DifferenceKind.SPELLING
    found = compared.difference(kind, step.quoted, step.source)
    yield replace(found, permitted=lost, code=None if lost else Code("Q105"))


def _joined(compared: Compared, step: Step) -> Iterator[Difference]:
    """Words run together: by a hyphen at a line's end (nothing), or in the author's spelling."""
    part, words = compared.alignment.part, compared.elements.words
    if len(step.source) > 1:
        between = part.between(step.source.start + 1)
    else:
        first, second = (words[n].span for n in step.quoted)
        between = compared.quotation.text[first.end : second.start]
    if LINE_HYPHEN.search(between) or _PASTED_HYPHEN.match(between):
        return
    found = compared.difference(DifferenceKind.SPELLING, step.quoted, step.source)
    yield replace(found, code=Code("Q105"))


def _ellipsis(compared: Compared, step: Step) -> Difference:
    gap = next(g for g in compared.elements.gaps if g.before == step.quoted.start)
    part = compared.alignment.part
    there = part.span(step.source.start, step.source.stop)
    text = compared.quotation.text
    backwards = _goes_back(compared, step)
    return Difference(
        DifferenceKind.ELLIPSIS,
        text[gap.span.start : gap.span.end],
        part.source.text[there.start : there.end],
        gap.span,
        there,
        marked=True,
        permitted=not backwards,
        code=Code("Q122") if backwards else None,
    )


def _goes_back(compared: Compared, step: Step) -> bool:
    """Whether what follows an ellipsis stands before what precedes it."""
    steps = compared.alignment.steps
    before = [s.source.stop for s in steps[: steps.index(step)] if s.source]
    return bool(before) and step.source.start < before[-1]


def _transposed(found: list[Difference]) -> list[Difference]:
    """Join an addition and an omission of the same words, close by, into one transposition."""
    for added in found:
        if added.kind is not DifferenceKind.INSERTION:
            continue
        for lost in found:
            if (
                lost.kind is DifferenceKind.DELETION
                and lost.source.casefold() == added.quoted.casefold()
                and abs(lost.at.start - added.at.start) < 80
            ):
                moved = replace(
                    added,
                    kind=DifferenceKind.TRANSPOSITION,
                    source=lost.source,
                    there=lost.there,
                    code=Code("Q109"),
                )
                rest = [d for d in found if d not in (added, lost)]
                return _transposed([*rest, moved])
    return found
