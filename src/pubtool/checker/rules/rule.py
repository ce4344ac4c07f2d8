"""What a rule is: a code with its severity and name, and the case that it looks at.

A rule is a pair of files of one name: the module with `RULE` and, where the rule is about a
quotation, `find`; and the page that `pubtool explain` prints and that the tests run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from pubtool.checker.conventions import Conventions
from pubtool.checker.elements import Elements
from pubtool.checker.evidence import Library
from pubtool.checker.index import IndexPart
from pubtool.checker.search import Place
from pubtool.checker.sense_changes import touched
from pubtool.checker.verdict import Judgement
from pubtool.model import (
    Code,
    Difference,
    DifferenceKind,
    Finding,
    Fix,
    Post,
    Quotation,
    Severity,
    Span,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A finding's code, how much it matters, and its name (that of its two files)."""

    code: Code
    severity: Severity
    name: str


class QuotationRule(Protocol):
    """A module that finds something about a quotation."""

    RULE: Rule

    def find(self, case: Case) -> Iterator[Finding]:
        """Yield the findings of one case."""


@dataclass(frozen=True)
class Case:
    """A judged quotation, with all that a rule may look at."""

    post: Post
    quotation: Quotation
    elements: Elements
    before: str
    """The post's words before the quotation, in the same paragraph."""
    after: str
    """Those after it."""
    above: tuple[str, ...]
    """The post's title and the headings over the quotation."""
    judgement: Judgement
    places: Sequence[Place]
    library: Library
    conventions: Conventions

    @cached_property
    def shown(self) -> Place | None:
        """The place that the reader is shown: the named source's, else where the words stand."""
        return self.judgement.place or self.judgement.elsewhere

    @property
    def part(self) -> IndexPart | None:
        """The index of the shown place's source."""
        return self.shown.alignment.part if self.shown else None

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """The differences at the shown place."""
        return self.shown.differences if self.shown else ()

    def coded(self, code: Code) -> Iterator[Difference]:
        """Yield the differences that have a code."""
        return (difference for difference in self.differences if difference.code == code)

    def source_text(self) -> str:
        """Return the text of the shown place's source, empty where nothing is shown."""
        return self.part.source.text if self.part else ""

    @cached_property
    def source_before(self) -> str:
        """The source's text before the shown passage, to the paragraph's start."""
        return self.leading_to(self.shown.alignment.span) if self.shown else ""

    def leading_to(self, place: Span) -> str:
        """Return the text of the shown source before a range, from its paragraph's start."""
        before = self.source_text()[max(place.start - _LONGEST_PARAGRAPH, 0) : place.start]
        return before[before.rfind(_border(before)) + 1 :]

    @cached_property
    def source_after(self) -> str:
        """The source's text behind the shown passage, to the paragraph's end."""
        if self.shown is None or self.part is None:
            return ""
        text, start = self.part.source.text, self.shown.alignment.span.end
        after = text[start : start + _LONGEST_PARAGRAPH]
        end = after.find(_border(after))
        return after[:end] if end >= 0 else after

    def finding(
        self,
        rule: Rule,
        message: str,
        difference: Difference | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """Return a finding of a rule about the quotation, or one of its differences."""
        span = self.quotation.span
        if difference is not None:
            span = self.quotation.flow.place(difference.at.start, difference.at.end)
        severity = self.conventions.severities.get(rule.code, rule.severity)
        return Finding(rule.code, severity, message, span, self.quotation.id, fix)

    def touched(self, difference: Difference) -> str:
        """Return what of the sense a change turns on, in words; empty where it is nothing known."""
        source = self.part.source.text[: difference.there.start] if self.part else ""
        before = self.quotation.text[: difference.at.start]
        return touched(difference, before, source, nouns_capitalised=self.language == "German")

    @cached_property
    def language(self) -> str | None:
        """The language of the shown source, as far as its words tell."""
        if self.shown is None or self.shown.key not in self.library.index.live:
            return None
        return self.library.index.parts.tongue(self.shown.key).language


_LONGEST_PARAGRAPH = 20_000
"""Characters round a passage that a rule looks at, where no paragraph ends."""

_LONGEST_LINE = 160
"""Characters: a longer line was not broken to fit a page, so that it is a paragraph."""


def _border(text: str) -> str:
    """Return what ends a paragraph in some stretch of a source: a blank line, or a line's end."""
    if "\n\n" in text or max(map(len, text.split("\n"))) <= _LONGEST_LINE:
        return "\n\n"
    return "\n"


WORD_KINDS = (
    DifferenceKind.SUBSTITUTION,
    DifferenceKind.INSERTION,
    DifferenceKind.DELETION,
    DifferenceKind.TRANSPOSITION,
)


def begin(text: str, most: int = 50) -> str:
    """Return the first words of a text on one line, with an ellipsis where there are more."""
    line = " ".join(text.split()).lstrip(" ,;:—–-")
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0] + " …"


def shorten(text: str, most: int = 60) -> str:
    """Return a text on one line, its middle left out where it is long; characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    half = (most - 3) // 2
    return f"{line[:half].rstrip()} … {line[-half:].lstrip()}"
