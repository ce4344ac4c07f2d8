"""A quotation laid on a source: what every step of the comparison looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pubtool.checker.conventions import Conventions
from pubtool.checker.differences.poor_text import Scan
from pubtool.checker.elements import Elements
from pubtool.checker.place import Alignment
from pubtool.model import Difference, DifferenceKind, Quotation, Span


@dataclass(frozen=True)
class Compared:
    """One quotation, its elements, and where they lie."""

    quotation: Quotation
    elements: Elements
    alignment: Alignment
    conventions: Conventions

    @cached_property
    def scan(self) -> Scan:
        """The passage as a scanner may have left it."""
        return Scan(self.alignment.part, self.alignment.first, self.alignment.end)

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
