"""Differences: what an alignment says about the words, one named difference after another.

A difference that only typography decides is not listed. What is listed says whether the author
shows it (`marked`) and whether it may stand (`permitted`); a quotation passes when all may.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from pubtool.checker.differences.accents import is_accent_restored
from pubtool.checker.differences.artefacts import (
    has_glued_note,
    is_artefact,
    is_omitted_citation,
    is_source_interruption,
)
from pubtool.checker.differences.asides import is_aside
from pubtool.checker.differences.author_marks import gap_difference, shown_marks
from pubtool.checker.differences.brackets import bracket_difference, letters_difference
from pubtool.checker.differences.compared import Compared
from pubtool.checker.differences.emphasis import emphasis_differences
from pubtool.checker.differences.marks import mark_differences
from pubtool.checker.differences.powers import is_flat_power, power_differences
from pubtool.checker.differences.transpositions import join_transpositions
from pubtool.checker.place.steps import Step, StepKind
from pubtool.model import Code, Difference, DifferenceKind, Span
from pubtool.text.folding import without_diacritics
from pubtool.text.spelling import is_behind_elision, is_compound, is_slip, is_variant
from pubtool.text.typography import HYPHENS, LINE_HYPHEN, marks

POOR_TEXT = Code("Q306")
"""The code of what a scanner did to the source's text."""

_WORDS = (StepKind.REPLACED, StepKind.ADDED, StepKind.LEFT_OUT)
_PASTED_HYPHEN = re.compile(rf"[{HYPHENS}\u00ad¬]\s+\Z")


def find_differences(compared: Compared) -> tuple[Difference, ...]:
    """Return all differences of a quotation from the place that it was laid on, in order."""
    found = [
        *_word_differences(compared),
        *power_differences(compared),
        *_unseen(compared),
        *shown_marks(compared),
        *_mark_differences(compared),
        *emphasis_differences(compared),
    ]
    return tuple(
        sorted(
            join_transpositions(found, compared),
            key=lambda d: (d.at.start, d.at.end, d.kind.value),
        )
    )


def _unseen(compared: Compared) -> Iterator[Difference]:
    """Yield the words that the post has, and its readers do not."""
    for span in compared.quotation.unseen:
        words = [w for w in compared.elements.words if span.overlaps(w.span)]
        if words:
            at = compared.alignment.part.ends[compared.alignment.end - 1]
            yield Difference(
                DifferenceKind.INSERTION,
                compared.quotation.text[span.start : span.end],
                "",
                span,
                Span(at, at),
                marked=False,
                permitted=False,
                code=Code("Q102"),
            )


def _mark_differences(compared: Compared) -> Iterator[Difference]:
    """Yield the differences in case and punctuation, laid to a scanner where they are its."""
    for found in mark_differences(
        compared.quotation, compared.elements, compared.alignment, compared.conventions
    ):
        misread = not found.permitted and _is_mark_misread(found, compared)
        yield replace(found, code=POOR_TEXT) if misread else found


def _is_mark_misread(found: Difference, compared: Compared) -> bool:
    if found.kind is DifferenceKind.EMPHASIS:
        return False
    if found.kind is DifferenceKind.CASE:
        number = bisect_left(compared.alignment.part.starts, found.there.start)
        return compared.scan.is_case_misread(found.quoted, number)
    return compared.scan.are_marks_misread(marks(found.quoted), marks(found.source))


def _word_differences(compared: Compared) -> Iterator[Difference]:
    if compared.alignment.is_exact:
        return
    for is_run, steps in groupby(
        _sound_steps(compared), key=lambda step: _is_word_change(step, compared)
    ):
        if is_run:
            yield from _run_difference(compared, list(steps))
        else:
            for step in steps:
                yield from _step_difference(compared, step)


def _sound_steps(compared: Compared) -> Iterator[Step]:
    """Yield the steps; furniture that is passed over in part is left out like any other words."""
    for kind, run in groupby(compared.alignment.steps, key=lambda step: step.kind):
        steps = list(run)
        if kind is StepKind.FURNITURE and not _is_whole(_hull(s.source for s in steps), compared):
            steps = [replace(step, kind=StepKind.LEFT_OUT) for step in steps]
        yield from steps


def _is_whole(passed: range, compared: Compared) -> bool:
    """Whether some furniture is whole lines, so that no words of a line were picked out of it."""
    part = compared.alignment.part
    ends = ((passed.start - 1, passed.start), (passed.stop, passed.stop))
    return all(
        number not in part.furniture or "\n" in part.between(border) for number, border in ends
    )


def _is_word_change(step: Step, compared: Compared) -> bool:
    """Whether a step belongs to a run of changed words; a respelt or misread one stands alone."""
    return step.kind in _WORDS and not (
        step.kind is StepKind.REPLACED and (_respelling(step, compared) or _misread(step, compared))
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
        if is_omitted_citation(compared, steps):
            found = compared.difference(DifferenceKind.DELETION, quoted, source)
            yield replace(found, marked=True, permitted=True, code=Code("Q146"))
            return
        if is_source_interruption(compared, steps):
            found = compared.difference(DifferenceKind.DELETION, quoted, source)
            yield replace(found, marked=True, permitted=True)
            return
        kind, code = DifferenceKind.DELETION, Code("Q103")
        if compared.scan.is_doubtful(source):
            code = POOR_TEXT
    elif not source:
        if is_aside(compared, quoted):
            found = compared.difference(DifferenceKind.INSERTION, quoted, source)
            yield replace(found, marked=True, permitted=True)
            return
        kind, code = DifferenceKind.INSERTION, Code("Q102")
    elif sorted(folds) == sorted(others):
        kind, code = DifferenceKind.TRANSPOSITION, Code("Q109")
    else:
        kind, code = DifferenceKind.SUBSTITUTION, Code("Q101")
        if compared.scan.is_misread(folds, source):
            code = POOR_TEXT
    yield replace(compared.difference(kind, quoted, source), code=code)


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
        yield from gap_difference(compared, step)


def _respelling(step: Step, compared: Compared) -> bool:
    """Whether a replaced word is the same word, spelt or set otherwise."""
    one = compared.elements.words[step.quoted.start].folded
    other = compared.alignment.part.folded[step.source.start]
    if _is_set_otherwise(step, compared) or is_slip(other, one):
        return True
    respelt = one.replace("'", "") == other.replace("'", "") or is_variant(one, other)
    return respelt and not _misread(step, compared)


def _is_set_otherwise(step: Step, compared: Compared) -> bool:
    one = compared.elements.words[step.quoted.start].folded
    other = compared.alignment.part.folded[step.source.start]
    return (
        without_diacritics(one) == without_diacritics(other)
        or has_glued_note(one, compared.alignment.part, step.source.start)
        or is_flat_power(compared, step)
        or _begins_behind_elision(step, compared)
    )


def _begins_behind_elision(step: Step, compared: Compared) -> bool:
    """Whether a fragment begins within one of the source's words: *esprit* in *l'esprit*."""
    one = compared.elements.words[step.quoted.start].folded
    other = compared.alignment.part.folded[step.source.start]
    begins = any(step.quoted.start == fragment.start for fragment in compared.elements.fragments)
    return begins and is_behind_elision(one, other)


def _misread(step: Step, compared: Compared) -> bool:
    """Whether a scanner made the source's words of the quotation's."""
    quoted = [compared.elements.words[n].folded for n in step.quoted]
    return compared.scan.is_misread(quoted, step.source)


def _respelt(compared: Compared, step: Step) -> Iterator[Difference]:
    if not _respelling(step, compared):
        found = compared.difference(DifferenceKind.SUBSTITUTION, step.quoted, step.source)
        yield replace(found, code=POOR_TEXT)
        return
    one = compared.elements.words[step.quoted.start].folded
    other = compared.alignment.part.folded[step.source.start]
    part = compared.alignment.part
    if has_glued_note(one, part, step.source.start) or is_flat_power(compared, step):
        return
    if _begins_behind_elision(step, compared):
        return
    if without_diacritics(one) == other:
        if is_accent_restored(compared, step):
            found = compared.difference(DifferenceKind.TYPOGRAPHY, step.quoted, step.source)
            yield replace(found, permitted=True)
            return
        if _misread(step, compared):
            found = compared.difference(DifferenceKind.SUBSTITUTION, step.quoted, step.source)
            yield replace(found, code=POOR_TEXT)
            return
    found = compared.difference(DifferenceKind.SPELLING, step.quoted, step.source)
    conventions = compared.conventions
    permitted = (conventions.modernised_spelling and is_variant(one, other)) or (
        conventions.corrected_slips and is_slip(other, one)
    )
    yield replace(found, permitted=permitted, code=Code("Q105"))


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
    at = compared.quoted_span(step.quoted)
    written = compared.quotation.text[at.start : at.end]
    if "[]" in written or "[ ]" in written:  # the author shows a space taken out, or put in
        found = compared.difference(DifferenceKind.BRACKET, step.quoted, step.source)
        yield replace(found, marked=True, permitted=True)
        return
    found = compared.difference(DifferenceKind.SPELLING, step.quoted, step.source)
    torn = _misread(step, compared)
    one = "".join(words[n].folded for n in step.quoted)
    announced = compared.conventions.modernised_spelling and is_compound(one) and not torn
    yield replace(found, permitted=announced, code=POOR_TEXT if torn else Code("Q105"))
