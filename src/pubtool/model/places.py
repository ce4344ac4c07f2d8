"""Places: ranges of code points, running text with the way back to its file, locators."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NewType

Key = NewType("Key", str)
"""A citation key, as the bibliography spells it."""

Code = NewType("Code", str)
"""A finding's code, such as ``Q103``."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    """The first code point of the range, 0-based."""
    end: int
    """One past the last."""

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other range lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch of a flow's text and where it stands in the file."""

    at: int
    """Where it begins in the flow's text."""
    length: int
    """Its length in the flow's text."""
    source: Span
    """Its place in the file; of another length where the file spells it otherwise (an entity, a
    decomposed accent, an escaped mark), and then it has no inside: only its two ends are known."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Running text together with the way back to the file that it was read from."""

    text: str
    """What a reader of the rendered page would read, with the author's own quotation marks."""
    leaves: tuple[Leaf, ...]
    """The stretches, in order, covering the text without a gap."""

    def place(self, start: int, end: int) -> Span:
        """Return the range of the file that holds ``text[start:end]``.

        An empty stretch (start == end) gives an empty range at the place where it would stand; an
        empty flow gives ``Span(0, 0)``.
        """
        if not self.leaves:
            return Span(0, 0)
        first = self._leaf(start)
        begin = self._offset(first, start, first.source.start)
        if end <= start:
            return Span(begin, begin)
        last = self._leaf(end - 1)
        return Span(begin, self._offset(last, end, last.source.end))

    def offset(self, place: int) -> int:
        """Return where an offset of the file stands in the text; beyond it, the nearer end."""
        number = bisect_right(self.leaves, place, key=lambda leaf: leaf.source.start) - 1
        if number < 0:
            return 0
        leaf = self.leaves[number]
        if place >= leaf.source.end:
            return leaf.at + leaf.length
        return leaf.at + min(place - leaf.source.start, leaf.length)

    def cut(self, start: int, end: int) -> Flow:
        """Return the flow of ``text[start:end]``."""
        leaves = []
        for leaf in self.leaves:
            low, high = max(start, leaf.at), min(end, leaf.at + leaf.length)
            if low < high:
                leaves.append(Leaf(low - start, high - low, self.place(low, high)))
        return Flow(self.text[start:end], tuple(leaves))

    def _leaf(self, offset: int) -> Leaf:
        index = bisect_right(self.leaves, offset, key=lambda leaf: leaf.at) - 1
        return self.leaves[max(index, 0)]

    @staticmethod
    def _offset(leaf: Leaf, offset: int, otherwise: int) -> int:
        if len(leaf.source) == leaf.length:
            return leaf.source.start + min(offset - leaf.at, leaf.length)
        return otherwise


def join_flows(flows: tuple[Flow, ...], joint: str) -> Flow:
    """Return one flow of several, with `joint` between them (it maps to the gap in the file)."""
    text, leaves, end = "", list[Leaf](), 0
    for number, flow in enumerate(flows):
        begin = flow.place(0, 0).start
        if number and joint:
            leaves.append(Leaf(len(text), len(joint), Span(min(end, begin), max(end, begin))))
            text += joint
        leaves.extend(Leaf(leaf.at + len(text), leaf.length, leaf.source) for leaf in flow.leaves)
        text += flow.text
        end = flow.place(0, len(flow.text)).end
    return Flow(text, tuple(leaves))


@dataclass(frozen=True, slots=True)
class Locator:
    """A place inside a source, in CSL's terms."""

    label: str
    """A CSL locator term: page, article-locator, section, paragraph, chapter, note, …"""
    value: str
    """As written, without the label: ``253``, ``3(a)``, ``iv–vi``."""


FINER = {
    ("page", "note"): "n.",
    ("book", "chapter"): "ch.",
    ("part", "chapter"): "ch.",
    ("act", "scene"): "sc.",
}
"""The sorts of places that lie in one another in every work, the outer first, and what stands
between the two in a locator's value: ``77 n. 3``."""
