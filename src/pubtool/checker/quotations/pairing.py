"""Which mark closes which: the cheapest reading of all marks of some paragraphs.

A beam search over the marks in order. A state is the stack of the marks that are open; each mark
opens, closes the innermost one, is no quotation mark at all, or is left over, and each choice has
its cost (`pubtool.checker.quotations.marks`). The beam keeps the cheapest states, so the work is
linear in the number of marks; for a text whose marks fit, the first state is always the right one.

A quotation may go on over the next paragraph only where that paragraph repeats the marks that
are open, as the custom is, or where all of them stand in one block quote. Whatever else is open at
the end of a paragraph is left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pubtool.checker.quotations.marks import NEVER, STRAY, Mark, pairing_cost

BEAM = 48
"""How many readings are kept; a property test holds the result to that of a far wider beam."""

DEEPEST = 6
SAME_LEVEL = 10
"""What it costs to open a mark inside one of the same kind, the levels alternating by custom."""

INSIDE = 1
"""What a left-over mark costs more within a quotation: of two openings and one closing the first
one is left over, so that the quotation stays short."""

CONTINUED = 1
UNREPEATED = 3
"""What it costs each open mark that the next paragraph of a block quote does not repeat it."""

INNER_OUTSIDE = 2
"""What it costs to open with a single mark outside double ones, in a text that prefers double
ones."""

_GUILLEMETS = "«»‹›"
"""Within them many languages set curly marks, and the other way round: levels alternate so too."""

_REPEATED = {"«": "«»"}
"""The shapes that a paragraph may repeat an opening mark with, where not only its own."""

Place = tuple[int, int]
"""The number of the paragraph and of the mark in it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks that belong together, with the repeated opening marks of later paragraphs."""

    opening: Place
    closing: Place
    repeated: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The cheapest reading."""

    pairs: tuple[Pair, ...]
    """The outermost pairs, in order."""
    strays: tuple[Place, ...]
    """The marks that belong to none, in order."""
    apostrophes: tuple[Place, ...]
    """The marks that are no quotation marks, in order."""


class _Step:
    """A choice for one mark, and the choices before it."""

    __slots__ = ("act", "before", "place")

    def __init__(self, before: _Step | None, place: Place, act: str) -> None:
        self.before = before
        self.place = place
        self.act = act


_State = tuple[int, tuple[str, ...], int, "_Step | None"]
"""Cost, open shapes, marks still to be taken as repeated ones, the last choice."""


def pair(
    paragraphs: Sequence[Sequence[Mark]],
    goes_on: Sequence[bool],
    *,
    singles: bool,
    held: bool = False,
) -> Pairing:
    """Return the cheapest reading of the marks of consecutive paragraphs.

    `goes_on` says of each paragraph whether its end may stand within a quotation; `singles`,
    whether the text uses single marks where others use double ones; `held`, whether the paragraphs
    are one block quote's, in which marks need not be repeated.
    """
    states: list[_State] = [(0, (), 0, None)]
    for number, marks in enumerate(paragraphs):
        for index, mark in enumerate(marks):
            states = _advance(states, mark, (number, index), 0 if singles else INNER_OUTSIDE)
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else ()
        last = number + 1 == len(paragraphs)
        states = _end_paragraph(states, after if goes_on[number] else (), held and not last)
    return _trace(min(states, key=lambda state: state[0])[3])


def _advance(states: list[_State], mark: Mark, place: Place, outside: int) -> list[_State]:
    best: dict[tuple[tuple[str, ...], int], _State] = {}

    def offer(state: _State) -> None:
        known = best.get((state[1], state[2]))
        if known is None or state[0] < known[0]:
            best[state[1], state[2]] = state

    for cost, stack, repeats, last in states:
        if repeats:
            offer((cost, stack, repeats - 1, _Step(last, place, "repeat")))
            continue
        if stack and mark.closing < NEVER:
            closing = mark.closing + pairing_cost(stack[-1], mark.shape)
            if closing < NEVER:
                offer((cost + closing, stack[:-1], 0, _Step(last, place, "close")))
        if mark.opening < NEVER and len(stack) < DEEPEST:
            opening = mark.opening + _level_cost(stack, mark, outside)
            offer((cost + opening, (*stack, mark.shape), 0, _Step(last, place, "open")))
        if mark.nothing < NEVER:
            offer((cost + mark.nothing, stack, 0, _Step(last, place, "nothing")))
        else:
            left_over = STRAY + INSIDE if stack else STRAY
            offer((cost + left_over, stack, 0, _Step(last, place, "stray")))
    return sorted(best.values(), key=lambda state: state[0])[:BEAM]


def _level_cost(stack: tuple[str, ...], mark: Mark, outside: int) -> int:
    if not stack:
        return outside if mark.single else 0
    inner = stack[-1] in "'‘’‚‛‹›"
    alternate = inner != mark.single or (stack[-1] in _GUILLEMETS) != (mark.shape in _GUILLEMETS)
    return 0 if alternate else SAME_LEVEL


def _end_paragraph(
    states: list[_State],
    after: Sequence[Mark],
    stays_open: bool,  # noqa: FBT001 - a state of the text, handed on
) -> list[_State]:
    """Return the states at a paragraph's end, where `after` are the next one's marks."""
    ended = []
    for cost, stack, _, last in states:
        if not stack:
            ended.append((cost, stack, 0, last))
            continue
        ended.append((cost + STRAY * len(stack), (), 0, _Step(last, (-1, -1), "end")))
        if _repeats(stack, after):
            ended.append((cost + CONTINUED, stack, len(stack), last))
        if stays_open:
            ended.append((cost + UNREPEATED * len(stack), stack, 0, last))
    return sorted(ended, key=lambda state: state[0])[:BEAM]


def _repeats(stack: tuple[str, ...], after: Sequence[Mark]) -> bool:
    if len(after) < len(stack) or after[0].start:
        return False
    place = 0
    for shape, mark in zip(stack, after, strict=False):
        if mark.start - place > 1 or mark.shape not in _REPEATED.get(shape, shape):
            return False
        place = mark.end
    return True


def _trace(last: _Step | None) -> Pairing:
    steps: list[_Step] = []
    while last is not None:
        steps.append(last)
        last = last.before
    open_: list[tuple[Place, list[Place]]] = []
    found: list[Pair] = []
    strays: list[Place] = []
    apostrophes: list[Place] = []
    repeated = 0
    for step in reversed(steps):
        if step.act == "open":
            open_.append((step.place, []))
        elif step.act == "repeat":
            if repeated >= len(open_) or step.place[1] == 0:
                repeated = 0
            open_[repeated][1].append(step.place)
            repeated += 1
        elif step.act == "close":
            opening, again = open_.pop()
            found.append(Pair(opening, step.place, tuple(again)))
        elif step.act == "nothing":
            apostrophes.append(step.place)
        elif step.act == "stray":
            strays.append(step.place)
        else:
            strays.extend(place for opening, again in open_ for place in (opening, *again))
            open_ = []
    return Pairing(_outermost(found), tuple(sorted(strays)), tuple(apostrophes))


def _outermost(pairs: list[Pair]) -> tuple[Pair, ...]:
    outer: list[Pair] = []
    for one in sorted(pairs, key=lambda pair: pair.opening):
        if not outer or one.opening > outer[-1].closing:
            outer.append(one)
    return tuple(outer)
