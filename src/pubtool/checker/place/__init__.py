"""Placing: where in one source a whole quotation lies, all its fragments together.

The fragment that says most is the anchor: it is looked for in the whole source. The others are
looked for near it first, after their predecessor and before their successor; only when they do not
stand there are they looked for elsewhere, which an ellipsis must not do (Chicago 13.50).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pubtool.checker.elements import Elements
from pubtool.checker.index import IndexPart
from pubtool.checker.place.align import lay_fragment, lay_with_one_changed
from pubtool.checker.place.candidates import (
    changed_places,
    exact_places,
    find_windows,
)
from pubtool.checker.place.likeness import word_likeness
from pubtool.checker.place.near_places import near_windows
from pubtool.checker.place.prospect import Prospect
from pubtool.checker.place.steps import Lay, Step, StepKind, equal_steps, lay_exactly
from pubtool.model import Span

_NEAR = 700
"""Words from the neighbouring fragment within which a fragment is looked for first."""

_MOST_PLACES = 256
_END = Step(StepKind.GAP, range(0), range(0))
_DOUBTFUL = 45
"""Cost per word above which a lay near its neighbour is compared with one elsewhere."""


@dataclass(frozen=True)
class Alignment:
    """A quotation on one source."""

    part: IndexPart
    steps: tuple[Step, ...]
    """In the order of the quotation's words, ellipses among them."""
    cost: int
    first: int
    """The lowest number of a source word that it lies on."""
    end: int
    """One past the highest."""
    likeness: float
    """The share of the quotation's words, each by how much it says, that stand there: 0 to 1."""
    share: float
    """The share of the quotation's words that stand there, in order."""

    @cached_property
    def span(self) -> Span:
        """Source offsets from the first to the last word."""
        return self.part.span(self.first, self.end)

    @cached_property
    def stretches(self) -> tuple[Span, ...]:
        """Source offsets of each of the quotation's fragments that stands there, in its order."""
        found, numbers = list[Span](), list[int]()
        for step in (*self.steps, _END):
            if step.kind is not StepKind.GAP:
                numbers += (step.source.start, step.source.stop) if step.source else ()
            elif numbers:
                found.append(self.part.span(min(numbers), max(numbers)))
                numbers = []
        return tuple(found)

    @cached_property
    def is_exact(self) -> bool:
        """Whether the source has every word there, and no other."""
        return all(step.kind is StepKind.EQUAL for step in self.steps)

    def is_copy(self, quoted: str, elements: Elements) -> bool:
        """Whether the source has a quotation's very characters there, white space aside."""
        there, words = self.span, elements.words
        mine = quoted[words[0].span.start : words[-1].span.end]
        return self.part.source.text[there.start : there.end].split() == mine.split()


def find_alignments(
    elements: Elements, part: IndexPart, least: float = 0.0
) -> tuple[Alignment, ...]:
    """Return the places of a quotation in one source, the best first; none where no word stands.

    All exact places come back (the first 256), and else the best approximate ones, but none of a
    likeness that cannot be `least`.
    """
    fragments = elements.fragments
    if not fragments or not part.folded:
        return ()
    anchor = _anchor(elements, fragments, part)
    lays = _anchor_lays(elements, fragments[anchor], part, least)
    found = [_chain(elements, fragments, anchor, lay, part) for lay in lays]
    return tuple(sorted(found, key=lambda place: (place.cost, -place.likeness, place.first)))


def _anchor_lays(
    elements: Elements, fragment: range, part: IndexPart, least: float = 0.0
) -> list[Lay]:
    folds = [elements.words[n].folded for n in fragment]
    if _is_plain(elements, fragment):
        exact = exact_places(folds, part, most=_MOST_PLACES)
        if exact:
            return [lay_exactly(fragment, first) for first in exact]
        changed = changed_places(folds, part)
        if changed:
            return [lay_with_one_changed(elements, fragment, part, first) for first in changed]
    weights = [part.rarity(fold) for fold in folds]
    lays: dict[tuple[int, int], Lay] = {}
    for window in (*near_windows(elements, fragment, part), *find_windows(folds, part)):
        there = Prospect(part.folded[slice(*window)])
        lay = None
        if not least or there.allows(folds, weights, least):
            lay = lay_fragment(elements, fragment, part, window)
        if lay is not None:
            lays.setdefault((lay.first, lay.end), lay)
    return list(lays.values())


def _is_plain(elements: Elements, fragment: range) -> bool:
    """Whether no bracket stands in the fragment, so that only the words themselves can match."""
    if any(elements.words[n].pattern is not None for n in fragment):
        return False
    return not any(
        group.first <= fragment.stop and fragment.start <= group.end for group in elements.groups
    )


def _anchor(elements: Elements, fragments: tuple[range, ...], part: IndexPart) -> int:
    """Return the number of the fragment that says most."""
    if len(fragments) == 1:
        return 0
    return max(range(len(fragments)), key=lambda n: (_weight(elements, fragments[n], part), -n))


def _weight(elements: Elements, fragment: range, part: IndexPart) -> float:
    return sum(part.rarity(elements.words[n].folded) for n in fragment)


def _chain(
    elements: Elements, fragments: tuple[range, ...], anchor: int, lay: Lay, part: IndexPart
) -> Alignment:
    """Lay the other fragments round the anchor and join all into one alignment."""
    lays = {anchor: lay}
    for number in range(anchor + 1, len(fragments)):
        lays[number] = _behind(elements, fragments[number], part, lays[number - 1].end)
    for number in range(anchor - 1, -1, -1):
        lays[number] = _ahead(elements, fragments[number], part, lays[number + 1].first)
    return _join(elements, fragments, [lays[number] for number in range(len(fragments))], part)


def _behind(elements: Elements, fragment: range, part: IndexPart, at: int) -> Lay:
    """Return the lay of a fragment that should follow source word `at` closely."""
    window = (at, min(at + _NEAR, len(part.folded)))
    starts = range(window[0], window[1])
    return _near_or_elsewhere(elements, fragment, part, window, starts)


def _ahead(elements: Elements, fragment: range, part: IndexPart, at: int) -> Lay:
    """Return the lay of a fragment that should end closely before source word `at`."""
    window = (max(at - _NEAR, 0), at)
    starts = range(at - len(fragment), window[0] - 1, -1)
    return _near_or_elsewhere(elements, fragment, part, window, starts)


def _near_or_elsewhere(
    elements: Elements, fragment: range, part: IndexPart, window: tuple[int, int], starts: range
) -> Lay:
    """Return the lay of a fragment near its neighbour, or elsewhere where it stands better."""
    lay = _exact_lay(elements, fragment, part, starts)
    if lay is None:
        lay = lay_fragment(elements, fragment, part, window)
    if lay is not None and lay.cost <= _DOUBTFUL * len(fragment):
        return lay
    elsewhere = _anchor_lays(elements, fragment, part)
    choices = [*([lay] if lay is not None else []), *elsewhere]
    if not choices:
        steps = tuple(Step(StepKind.ADDED, range(n, n + 1), range(0)) for n in fragment)
        return Lay(steps, 100 * len(fragment), window[0], window[0])
    near = starts[0] if starts else window[0]
    return min(choices, key=lambda other: (other.cost, abs(other.first - near)))


def _exact_lay(elements: Elements, fragment: range, part: IndexPart, starts: range) -> Lay | None:
    """Return the first of some places at which a fragment's words stand unchanged."""
    if not _is_plain(elements, fragment):
        return None
    folds = tuple(elements.words[n].folded for n in fragment)
    size = len(folds)
    for first in starts:
        if (
            part.folded[first : first + 1] == folds[:1]
            and part.folded[first : first + size] == folds
        ):
            return lay_exactly(fragment, first)
    return None


def _join(
    elements: Elements, fragments: tuple[range, ...], lays: list[Lay], part: IndexPart
) -> Alignment:
    steps: list[Step] = []
    for number, lay in enumerate(lays):
        if number:
            at, before = lay.first, lays[number - 1].end
            word = fragments[number].start
            gap = range(before, at) if at >= before else range(at, at)
            steps.append(Step(StepKind.GAP, range(word, word), gap))
        steps.extend(lay.steps)
    on_source = [step.source for step in steps if step.source and step.kind is not StepKind.GAP]
    first = min((r.start for r in on_source), default=lays[0].first)
    end = max((r.stop for r in on_source), default=first)
    stands = all(step.kind in (StepKind.EQUAL, StepKind.GAP) for step in steps)
    return Alignment(
        part,
        tuple(steps),
        sum(lay.cost for lay in lays),
        first,
        end,
        1.0 if stands else _likeness(elements, tuple(steps), part),
        1.0 if stands else _share(elements, tuple(steps)),
    )


def _likeness(elements: Elements, steps: tuple[Step, ...], part: IndexPart) -> float:
    """Return the weighed share of words that stand there, the author's bracketed ones left out."""
    weight = {n: part.rarity(word.folded) for n, word in enumerate(elements.words)}
    for step in steps:
        if step.kind is StepKind.BRACKETED:
            weight.update(dict.fromkeys(step.quoted, 0.0))
    there = sum(weight[n] for step in equal_steps(steps) for n in step.quoted)
    for step in steps:
        if step.kind is StepKind.REPLACED:
            one, other = elements.words[step.quoted.start], part.folded[step.source.start]
            there += weight[step.quoted.start] * word_likeness(one.folded, other)
    total = sum(weight.values())
    return there / total if total else 0.0


def _share(elements: Elements, steps: tuple[Step, ...]) -> float:
    bracketed = sum(len(s.quoted) for s in steps if s.kind is StepKind.BRACKETED)
    total = len(elements.words) - bracketed
    there = sum(len(step.quoted) for step in equal_steps(steps))
    return there / total if total else 0.0
