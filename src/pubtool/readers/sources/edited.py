"""A text that is edited in passes, and the ranges of it that keep their place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from pubtool.model import Span


class Replacement(NamedTuple):
    """Characters for a range of a text."""

    start: int
    end: int
    text: str = ""


class EditedText:
    """A text and the ranges that were marked in it, which follow every edit."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marked: list[Span] = []
        self.set_off: list[Span] = []
        """Ranges of another sort, which keep their place too."""

    def edit(self, replacements: Iterable[Replacement], marks: Iterable[Span] = ()) -> None:
        """Make disjoint replacements, in order; `marks` are new ranges of the text as it was."""
        every = list(replacements)
        self.marked += marks
        if not every:
            return
        starts = [one.start for one in every]
        shifts = [0, *accumulate(len(one.text) - (one.end - one.start) for one in every)]

        def moved(place: int) -> int:
            before = bisect_right(starts, place)
            if before and place < every[before - 1].end:  # within what goes: where that began
                return every[before - 1].start + shifts[before - 1]
            return place + shifts[before]

        self.marked = [Span(moved(mark.start), moved(mark.end)) for mark in self.marked]
        self.set_off = [Span(moved(one.start), moved(one.end)) for one in self.set_off]
        pieces, at = list[str](), 0
        for one in every:
            pieces += (self.text[at : one.start], one.text)
            at = one.end
        self.text = "".join((*pieces, self.text[at:]))
