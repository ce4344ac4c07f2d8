"""Steps: how a stretch of a quotation's words lies on a stretch of a source's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class StepKind(Enum):
    """What one step of an alignment does."""

    EQUAL = "equal"
    JOINED = "joined"
    """The same letters, divided into words in another way."""
    FITS = "fits"
    """A word with letters in brackets that may be this word of the source."""
    REPLACED = "replaced"
    ADDED = "added"
    LEFT_OUT = "left out"
    BRACKETED = "bracketed"
    """A bracketed group against the words that it replaces, or none."""
    FURNITURE = "furniture"
    GAP = "gap"
    """An ellipsis against what it leaves out."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the quotation's words against a stretch of the source's."""

    kind: StepKind
    quoted: range
    """Numbers of the quotation's words."""
    source: range
    """Numbers of the source's words; for a gap that goes back, empty at the place it goes to."""


@dataclass(frozen=True, slots=True)
class Lay:
    """One fragment on the source."""

    steps: tuple[Step, ...]
    cost: int
    first: int
    """The first source word that it lies on."""
    end: int


def lay_exactly(fragment: range, first: int) -> Lay:
    """Return the lay of a fragment whose words stand in the source from word `first` on."""
    shift = first - fragment.start
    steps = tuple(
        Step(StepKind.EQUAL, range(n, n + 1), range(n + shift, n + shift + 1)) for n in fragment
    )
    return Lay(steps, 0, first, first + len(fragment))


def equal_steps(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield the steps in which the source has the quotation's words."""
    same = (StepKind.EQUAL, StepKind.JOINED, StepKind.FITS)
    return (step for step in steps if step.kind in same)
