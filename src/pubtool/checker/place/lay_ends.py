"""The ends of a lay: words there that the cheapest reading takes for changed or added.

A lay ends where its last word does. Which words of the source's neighbouring sentences belong to
it, and whether words that look added stand a little further on, is told here, once it is laid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, takewhile

from pubtool.checker.elements import Elements
from pubtool.checker.index import IndexPart
from pubtool.checker.place.likeness import are_unlike
from pubtool.checker.place.steps import Lay, Step, StepKind, lay_exactly
from pubtool.text.typography import ends_sentence

_MOST_PASSED = 6
"""Words that moved words may have passed on their way from an end."""

_FEWEST_FURTHER = 3
_FURTHEST = 80
"""Words that may be left out before words that are not where they should be: a string of citations.
Three words in a row stand there by chance in one text of many thousands."""


def within_sentence(lay: Lay, elements: Elements, part: IndexPart) -> Lay:
    """Return the lay without words of the source's neighbouring sentences at its ends.

    A word that follows the passage in the next sentence was not changed into the quotation's last
    one: that one was added.
    """

    def unlike(step: Step) -> bool:
        return step.kind is StepKind.REPLACED and are_unlike(
            elements.words[step.quoted.start].folded, part.folded[step.source.start]
        )

    steps, end = list(lay.steps), lay.end
    for number in range(_run_of_changes(reversed(steps), unlike), 0, -1):
        if ends_sentence(part.between(steps[-number].source.start)):
            end = steps[-number].source.start
            steps[-number:] = [_added(step, end) for step in steps[-number:]]
            break
    first = lay.first
    for number in range(_run_of_changes(iter(steps), unlike), 0, -1):
        stop = steps[number - 1].source.stop
        if ends_sentence(part.between(stop)) and stop < end:
            steps[:number] = [_added(step, stop) for step in steps[:number]]
            first = stop
            break
    return Lay(tuple(steps), lay.cost, first, end)


def _run_of_changes(steps: Iterator[Step], unlike: Callable[[Step], bool]) -> int:
    """Return how many steps from an end on read a word as one that is not like it."""
    return sum(1 for _ in takewhile(unlike, steps))


def _added(step: Step, at: int) -> Step:
    return Step(StepKind.ADDED, step.quoted, range(at, at))


def with_words_further_on(lay: Lay, elements: Elements, part: IndexPart) -> Lay:
    """Return the lay, its last words where they stand behind something left out, and its first.

    A few words cost less when they are added than as many others when they are left out; but where
    they stand in a row, they were not added.
    """
    steps = lay.steps
    size = _run_of_changes(reversed(steps), _is_added)
    if _FEWEST_FURTHER <= size < len(steps):
        folds = tuple(elements.words[step.quoted.start].folded for step in steps[-size:])
        for at in range(lay.end + 1, min(lay.end + _FURTHEST, len(part.folded) - size + 1)):
            if part.folded[at : at + size] == folds:
                number = steps[-size].quoted.start
                between = _passed(range(lay.end, at), number, part)
                found = _there(elements, range(number, number + size), at)
                return Lay((*steps[:-size], *between, *found), lay.cost, lay.first, at + size)
    size = _run_of_changes(iter(steps), _is_added)
    if _FEWEST_FURTHER <= size < len(steps):
        folds = tuple(elements.words[step.quoted.start].folded for step in steps[:size])
        for at in range(lay.first - size - 1, max(lay.first - size - _FURTHEST, -1), -1):
            if part.folded[at : at + size] == folds:
                number = steps[0].quoted.start
                between = _passed(range(at + size, lay.first), number + size, part)
                found = _there(elements, range(number, number + size), at)
                return Lay((*found, *between, *steps[size:]), lay.cost, at, lay.end)
    return lay


def _there(elements: Elements, numbers: range, at: int) -> Iterator[Step]:
    """Yield the steps that read words of the quotation as those from a source word on."""
    for step in lay_exactly(numbers, at).steps:
        bracketed = elements.words[step.quoted.start].pattern is not None
        yield replace(step, kind=StepKind.FITS) if bracketed else step


def _is_added(step: Step) -> bool:
    return step.kind is StepKind.ADDED


def _passed(numbers: range, at: int, part: IndexPart) -> Iterator[Step]:
    """Yield the steps that pass over words of the source."""
    for step in _left_out(numbers, at):
        furniture = step.source.start in part.furniture
        yield replace(step, kind=StepKind.FURNITURE) if furniture else step


def with_moved_words(lay: Lay, elements: Elements, part: IndexPart) -> Lay:
    """Return the lay, reaching on to words just beyond its end that the quotation has further in.

    A lay ends where its last word does, so that words moved away from an end look as if they had
    only been added. The same words left out beside it show them as moved.
    """
    for run in _added_runs(lay.steps):
        folds = tuple(elements.words[n].folded for n in run)
        size = len(folds)
        last = lay.steps[-1].quoted.stop
        if last - run.stop <= _MOST_PASSED and part.folded[lay.end : lay.end + size] == folds:
            beyond = _left_out(range(lay.end, lay.end + size), last)
            return Lay((*lay.steps, *beyond), lay.cost, lay.first, lay.end + size)
        first = lay.first - size
        begin = lay.steps[0].quoted.start
        if run.start - begin <= _MOST_PASSED and part.folded[max(first, 0) : lay.first] == folds:
            before = _left_out(range(first, lay.first), begin)
            return Lay((*before, *lay.steps), lay.cost, first, lay.end)
    return lay


def _added_runs(steps: tuple[Step, ...]) -> Iterator[range]:
    """Yield the runs of the quotation's words that the source does not have."""
    for kind, run in groupby(steps, key=lambda step: step.kind):
        if kind is StepKind.ADDED:
            numbers = [n for step in run for n in step.quoted]
            yield range(numbers[0], numbers[-1] + 1)


def _left_out(numbers: range, at: int) -> Iterator[Step]:
    return (Step(StepKind.LEFT_OUT, range(at, at), range(n, n + 1)) for n in numbers)
