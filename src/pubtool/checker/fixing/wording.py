"""Wording: the source's words put in for the quotation's, or a mark where some are left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pubtool.checker.differences.marks import ended_before
from pubtool.checker.fixing.certainty import FEW, why_not_words
from pubtool.checker.fixing.typed import PLAIN, edit, ellipsis_of, typed
from pubtool.model import Difference, Edit, Fix, QuotationKind, Span
from pubtool.text.typography import LINE_HYPHEN, ends_sentence, marks

if TYPE_CHECKING:
    from pubtool.checker.index import IndexPart
    from pubtool.checker.rules.rule import Case


def use_source(case: Case, difference: Difference) -> Fix | None:
    """Return the fix that puts the source's words in; None where no plain edit does.

    Words that the post has not are given back, and those that the source has not taken out; the
    marks between them and their neighbours become the source's where they differ.
    """
    if case.shown is None or case.quotation.kind is QuotationKind.TITLE:
        return None
    stretch = _stretch(case, difference)
    made = stretch.replaced() if stretch else None
    if made is None:
        return None
    found = edit(case.quotation.flow, case.post.text, made.at, made.new)
    if difference.quoted and difference.source:
        what = "use the source's wording"
    elif difference.source:
        what = f"give back “{_shown(difference.source)}”"
    else:
        what = f"take out “{_shown(difference.quoted)}”"
    doubt = "" if PLAIN.fullmatch(made.new) else "the source's words hold marks of their own"
    return _fix(what, found, why_not_words(case, difference) or doubt)


def mark_omission(case: Case, difference: Difference) -> Fix | None:
    """Return the fix for words left out: an ellipsis, or the words where they are a slip's few."""
    if case.shown is None or case.quotation.kind is QuotationKind.TITLE:
        return None
    if len(difference.source.split()) <= FEW:
        return use_source(case, difference)
    stretch = _stretch(case, difference)
    if stretch is None:
        return None
    dots = ellipsis_of(case.post.text, case.conventions.name)
    made = stretch.marked(dots)
    found = edit(case.quotation.flow, case.post.text, made.at, made.new)
    return _fix(f"mark the omission with {dots}", found, why_not_words(case, difference))


def use_marks(case: Case, difference: Difference) -> Fix | None:
    """Return the fix that puts the source's marks between two words; the author has to agree."""
    stretch = None if case.quotation.kind is QuotationKind.TITLE else _stretch(case, difference)
    made = stretch.between_words() if stretch else None
    found = made and edit(case.quotation.flow, case.post.text, made.at, made.new)
    return Fix("use the source's punctuation", (found,)) if found else None


def show_cut(case: Case) -> Fix | None:
    """Return the fix that shows before the last full stop that the source's sentence goes on."""
    end = case.elements.words[-1].span.end
    if case.quotation.text[end : end + 1] != ".":
        return None
    dots = ellipsis_of(case.post.text, case.conventions.name)
    found = edit(case.quotation.flow, case.post.text, Span(end, end), f" {dots}")
    return Fix(f"put {dots} before the full stop", (found,)) if found else None


def _fix(what: str, found: Edit | None, why: str) -> Fix | None:
    if found is None:
        return None
    return Fix(f"{what}, if you agree: {why}" if why else what, (found,), safe=not why)


def _shown(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _MOST_SHOWN else f"{line[: _MOST_SHOWN - 1].rstrip()}…"


_MOST_SHOWN = 40


@dataclass(frozen=True)
class _Made:
    at: Span
    """Of the quotation's text."""
    new: str
    """What stands there instead, as typed."""


@dataclass(frozen=True)
class _Stretch:
    """Words of a quotation and of its source that differ, with what stands beside them."""

    case: Case
    part: IndexPart
    first: int
    """The number of the first of the quotation's words."""
    end: int
    low: int
    """The number of the first of the source's words."""
    high: int

    def replaced(self) -> _Made | None:
        """Return the source's words in place of the quotation's."""
        words, text = self.case.elements.words, self.case.quotation.text
        if self.low == self.high:
            return self._without()
        new = self._words()
        if new is None:
            return None
        if self.first == self.end:
            return self._with(new)
        at = Span(words[self.first].span.start, words[self.end - 1].span.end)
        start, stop = at.start, at.end
        new = _in_case_of(text[start:stop], new, begins=self._begins())
        if self.first and self._differ(self.first, self.low):
            start, new = words[self.first - 1].span.end, self._between(self.low) + new
        if self.end < len(words) and self._differ(self.end, self.high):
            stop, new = words[self.end].span.start, new + self._between(self.high)
        return _Made(Span(start, stop), new)

    def between_words(self) -> _Made | None:
        """Return the source's marks between two words; None where more than marks differs."""
        words, first = self.case.elements.words, self.first
        between = self.part.between(self.low)
        if first != self.end or any(character.isalnum() for character in between):
            return None
        return _Made(
            Span(words[first - 1].span.end, words[first].span.start), self._between(self.low)
        )

    def marked(self, dots: str) -> _Made:
        """Return the dots before the word behind what is left out."""
        words, text = self.case.elements.words, self.case.quotation.text
        start, stop = words[self.end - 1].span.end, words[self.end].span.start
        ended = ended_before(self.part, self.low) and not ends_sentence(text[start:stop])
        if ended and not dots.startswith("["):
            return _Made(Span(start, stop), f". {dots} ")
        return _Made(Span(stop, stop), f"{dots} ")

    def _words(self) -> str | None:
        """Return the source's words as typed; None where a page's end or a bracket is in them."""
        part = self.part
        if not part.furniture.isdisjoint(range(self.low, self.high)):
            return None
        words = part.source.text[part.starts[self.low] : part.ends[self.high - 1]]
        if LINE_HYPHEN.search(words) or not {*"[]"}.isdisjoint(words):
            return None
        return typed(words, self.case.post.text)

    def _without(self) -> _Made:
        words, text = self.case.elements.words, self.case.quotation.text
        start, stop = words[self.first].span.start, words[self.end - 1].span.end
        if self.end == len(words):
            return _Made(
                Span(words[self.first - 1].span.end, stop) if self.first else Span(start, stop), ""
            )
        behind = words[self.end].span.start
        if not self.first:
            return _Made(Span(start, behind), "")
        before = words[self.first - 1].span.end
        theirs = marks(self.part.between(self.low))
        keeps_left = marks(text[before:start]) == theirs
        if marks(text[stop:behind]) == theirs and not (
            keeps_left and "\n" not in text[stop:behind]
        ):
            return _Made(Span(before, stop), "")
        if keeps_left:
            return _Made(Span(start, behind), "")
        return _Made(Span(before, behind), self._between(self.low))

    def _with(self, new: str) -> _Made | None:
        words, text = self.case.elements.words, self.case.quotation.text
        if not 0 < self.first < len(words):
            return None
        before, behind = words[self.first - 1].span.end, words[self.first].span.start
        mine = marks(text[before:behind])
        left, right = marks(self.part.between(self.low)), marks(self.part.between(self.high))
        if mine == left and not right:
            return _Made(Span(behind, behind), f"{new} ")
        if mine == right and not left:
            return _Made(Span(before, before), f" {new}")
        return _Made(
            Span(before, behind), f"{self._between(self.low)}{new}{self._between(self.high)}"
        )

    def _differ(self, number: int, there: int) -> bool:
        """Whether other marks stand before a word of the quotation than before one there.

        Where the author interrupts it, they are the author's.
        """
        words, quotation = self.case.elements.words, self.case.quotation
        start, end = words[number - 1].span.end, words[number].span.start
        if any(start <= joint <= end for joint in quotation.joints):
            return False
        return marks(quotation.text[start:end]) != marks(self.part.between(there))

    def _between(self, number: int) -> str:
        """Return what stands before a word of the source, as typed."""
        between = self.part.between(number)
        said = typed(between, self.case.post.text)
        return (
            (" " if between[:1].isspace() else "")
            + said
            + (" " if said and between[-1:].isspace() else "")
        )

    def _begins(self) -> bool:
        """Whether the author may choose the case of the first letter."""
        return self.first == 0 and self.case.conventions.initial_capital


def _stretch(case: Case, difference: Difference) -> _Stretch | None:
    """Return the stretch of a difference; None where it has no words on either side."""
    shown = case.shown
    if shown is None:
        return None
    words, part = case.elements.words, shown.alignment.part
    at, there = difference.at, difference.there
    first = sum(1 for word in words if word.span.end <= at.start)
    end = sum(1 for word in words if word.span.start < at.end) if at else first
    low = part.number_at(there.start)
    high = part.number_at(there.end) if there else low
    if first > end or (first == end and not 0 < first < len(words)) or not words:
        return None
    return _Stretch(case, part, first, end, low, high)


def _in_case_of(quoted: str, source: str, *, begins: bool) -> str:
    """Return the source's words with capitals as the author may have chosen them.

    A heading's capitals are given up where the post gave them up, and the first letter of the
    quotation stays large or small.
    """
    if source.isupper() and not quoted.isupper():
        return source.capitalize() if quoted[:1].isupper() else source.lower()
    if begins and quoted[:1].isupper() and source[:1].islower():
        return source[:1].upper() + source[1:]
    return source
