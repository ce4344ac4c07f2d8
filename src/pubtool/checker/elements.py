"""What a quotation is made of: words, and the marks by which its author shows an alteration.

Brackets are read three ways (Chicago 13.59-62, Bluebook 5.2): round a letter within a word
(``[t]he``), round whole words (an insertion or a substitution; which of the two only the source can
say), and as a word of the author's about the text (``[sic]``, ``[emphasis added]``). An ellipsis
splits the quotation into fragments, each of which must stand in the source without a gap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pubtool.model import Quotation, Span
from pubtool.text.folding import fold
from pubtool.text.patterns import late
from pubtool.text.words import WORD, read_words, split_run

_DOTS = r"(?:…|\.(?:\s?\.){2,3}|\*\s?\*\s?\*)"
ELLIPSIS = re.compile(rf"\[\s*{_DOTS}\s*\.?\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS}(?:\s?\.)?")
SIC = late(r"\[\s*[*_]?sic[*_]?[.!]?\s*\]|\(\s*sic[.!]?\s*\)", re.IGNORECASE)
REMARK = late(
    r"[\[(]\s*(?:(?:emphas[ie]s|italics|citations?|footnotes?|translation|alterations?|ellips[ie]s|"
    r"internal (?:quotation marks?|quotations?|quotes|citations?|footnotes?))"
    r" (?:mine|ours|added|omitted|supplied|in (?:the )?original)|(?:my|our) (?:emphas[ie]s|italics|"
    r"translation))\s*[\])]",
    re.IGNORECASE,
)
"""A remark says what was done or by whom: a bare *(citation)* may be the source's own word."""

_LETTERS = r"[^\W\d_]*"
_WITHIN = late(
    rf"(?=[^\W\d_]*\[)(?:{_LETTERS}\[['’]?{_LETTERS}\])+{_LETTERS}(?:['’]{_LETTERS})?", re.UNICODE
)
_ACROSS = late(r"([^\W\d_]+\[[^\W\d_]+)\s+([^\W\d_]+\][^\W\d_]+)", re.UNICODE)
"""One bracket round the end of a word and the beginning of the next: *a[n un]kind word*."""
_BEHIND_DOTS = late(rf"(\[\s*{_DOTS}\s*)([^\W\d_]\]{_LETTERS}(?<!\]))")
"""One bracket round an ellipsis and the first letter behind it: *[… S]uddenly*."""
_CUT_OFF = late(r"([^\W\d_]+)\[\s\](?![^\W\d_])")
"""A word whose ending is left out; a space between words that is taken out has letters behind."""
_GROUP = late(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]")
"""Whole words in brackets, among which an ellipsis or a letter may stand in brackets of its own."""

_MARKED = re.compile(r"[\[(…*]|\.\s?\.")
"""What every bracket, remark and ellipsis has."""

_SIGNS = late(f"{ELLIPSIS.pattern}|{_WITHIN.pattern}|[\\[(]")
"""Where an element may begin that is no plain word."""


@dataclass(frozen=True, slots=True)
class QuotedWord:
    """A word of the quotation."""

    text: str
    """As written, without brackets."""
    folded: str
    span: Span
    """In the quotation's text, brackets included."""
    pattern: re.Pattern[str] | None = None
    """Where letters stand in brackets: what a folded source word must look like."""
    bracketed: tuple[str, ...] = ()
    """The letters in brackets, folded; an empty pair shows an omission."""


@dataclass(frozen=True, slots=True)
class Group:
    """Whole words in brackets."""

    first: int
    """The number of its first word."""
    end: int
    """One past that of its last; equal to `first` where the brackets hold no word."""
    span: Span
    """In the quotation's text, brackets included."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An ellipsis."""

    before: int
    """The number of the word that follows it."""
    span: Span
    """In the quotation's text."""


@dataclass(frozen=True, slots=True)
class Elements:
    """A quotation, taken apart."""

    words: tuple[QuotedWord, ...]
    groups: tuple[Group, ...] = ()
    gaps: tuple[Gap, ...] = ()
    sics: tuple[tuple[int, Span], ...] = ()
    """Each [sic]: the number of words before it, and its place."""
    remarks: tuple[Span, ...] = ()
    """Places of the author's remarks about the text."""

    @property
    def is_plain(self) -> bool:
        """Whether there is no ellipsis and no bracket of the author's, so that all words count."""
        return not (self.gaps or self.groups) and all(word.pattern is None for word in self.words)

    @property
    def fragments(self) -> tuple[range, ...]:
        """The runs of word numbers between ellipses; never empty ones.

        A run of nothing but the author's bracketed words has no place of its own in the source: it
        belongs to the run behind it, the last one to that before.
        """
        borders = [0, *(gap.before for gap in self.gaps), len(self.words)]
        bracketed = {n for group in self.groups for n in range(group.first, group.end)}
        runs: list[range] = []
        for low, high in pairwise(borders):
            if runs and bracketed.issuperset(runs[-1]):
                runs[-1] = range(runs[-1].start, high)
            elif low < high:
                runs.append(range(low, high))
        if len(runs) > 1 and bracketed.issuperset(runs[-1]):
            last = runs.pop()
            runs[-1] = range(runs[-1].start, last.stop)
        return tuple(runs)


def take_apart(quotation: Quotation) -> Elements:
    """Return the elements of a quotation, in order; linear in its length."""
    return take_text_apart(quotation.text)


def take_text_apart(text: str) -> Elements:
    """Return the elements of a quotation's text, in order; linear in its length."""
    if not _MARKED.search(text):
        table = read_words(text)
        rows = zip(table.folded, table.starts, table.ends, strict=True)
        return Elements(tuple(QuotedWord(text[a:b], folded, Span(a, b)) for folded, a, b in rows))
    builder = _Builder(text)
    place = 0
    while place < len(text):
        place = builder.step(place)
    return builder.elements()


class _Next:
    """Where a pattern is found next in a text, looked for once on the way to each such place."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern = pattern
        self._text = text
        self._at = -1

    def behind(self, place: int) -> int:
        """Return where it is found at or after `place`, which never grows less; else the end."""
        if self._at < place:
            found = self._pattern.search(self._text, place)
            self._at = found.start() if found else len(self._text)
        return self._at


class _Builder:
    """Walks a text once and collects its elements."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[QuotedWord] = []
        self.groups: list[Group] = []
        self.gaps: list[Gap] = []
        self.sics: list[tuple[int, Span]] = []
        self.remarks: list[Span] = []
        self._signs = _Next(_SIGNS, text)
        self._plain = _Next(WORD, text)

    def step(self, place: int) -> int:
        """Read the next element at or after `place` and return where to go on."""
        at = min(self._signs.behind(place), self._plain.behind(place))
        if at == len(self.text):
            return at
        readers = (
            self._sic,
            self._remark,
            self._behind_dots,
            self._ellipsis,
            self._across,
            self._within,
            self._group,
        )
        for read in readers:
            end = read(at)
            if end:
                return end
        return self._word(at)

    def elements(self) -> Elements:
        return Elements(
            tuple(self.words),
            tuple(self.groups),
            tuple(self.gaps),
            tuple(self.sics),
            tuple(self.remarks),
        )

    def _sic(self, at: int) -> int:
        found = SIC.match(self.text, at)
        if not found:
            return 0
        self.sics.append((len(self.words), Span(*found.span())))
        return found.end()

    def _remark(self, at: int) -> int:
        found = REMARK.match(self.text, at)
        if not found:
            return 0
        self.remarks.append(Span(*found.span()))
        return found.end()

    def _ellipsis(self, at: int) -> int:
        found = ELLIPSIS.match(self.text, at)
        if not found:
            return 0
        self.gaps.append(Gap(len(self.words), Span(*found.span())))
        return found.end()

    def _behind_dots(self, at: int) -> int:
        """Read one bracket round an ellipsis and a letter as one round each."""
        found = _BEHIND_DOTS.match(self.text, at)
        if not found:
            return 0
        self.gaps.append(Gap(len(self.words), Span(*found.span(1))))
        self._add_bracketed(f"[{found[2]}", Span(*found.span(2)))
        return found.end()

    def _across(self, at: int) -> int:
        """Read one bracket round letters of two words, each of which is then a word of its own."""
        found = _ACROSS.match(self.text, at)
        if not found:
            return 0
        self._add_bracketed(f"{found[1]}]", Span(*found.span(1)))
        self._add_bracketed(f"[{found[2]}", Span(*found.span(2)))
        return found.end()

    def _within(self, at: int) -> int:
        if cut := _CUT_OFF.match(self.text, at):
            self._add_bracketed(f"{cut[1]}[]", Span(*cut.span()))
            return cut.end()
        found = _WITHIN.match(self.text, at)
        if not found:
            return 0
        written = found.group()
        if not re.sub(r"\[[^\]]*\]", "", written).strip("'’"):
            return 0
        self._add_bracketed(written, Span(*found.span()))
        return found.end()

    def _add_bracketed(self, written: str, span: Span) -> None:
        """Add a word among whose letters brackets stand."""
        plain = written.replace("[", "").replace("]", "")
        inside = tuple(fold(part) for part in re.findall(r"\[([^\]]*)\]", written))
        self.words.append(QuotedWord(plain, fold(plain), span, _pattern(written), inside))

    def _group(self, at: int) -> int:
        found = _GROUP.match(self.text, at)
        if not found:
            return at + 1 if self.text[at] in "[(" else 0
        first = len(self.words)
        for run in WORD.finditer(found.group(1)):
            self._add(run.group(), at + 1 + run.start())
        self.groups.append(Group(first, len(self.words), Span(*found.span())))
        return found.end()

    def _word(self, at: int) -> int:
        found = WORD.match(self.text, at)
        if not found:
            return at + 1
        self._add(found.group(), at)
        return found.end()

    def _add(self, run: str, at: int) -> None:
        for word in split_run(run, at):
            self.words.append(QuotedWord(word.text, word.folded, word.span))


def _pattern(written: str) -> re.Pattern[str]:
    """Return what a source word must look like for letters in brackets to have replaced some of it.

    Brackets at the front change the case of a letter or add letters (``[T]he``, ``[s]he``); empty
    ones stand for at most three that are left out. Elsewhere they stand for an ending or a middle
    of the same word: for a few letters more than stay (``cr[ied]``, ``traffick[ers]``), or a form
    in *-ing*. Else one common letter would make any word fit (``l[oves]``, *light*).
    """
    parts = [fold(part) for part in re.split(r"\[[^\]]*\]", written)]
    most = sum(map(len, parts)) + _MORE_LETTERS
    some = rf"(?:[^\W\d_']{{0,{most}}}|[^\W\d_']{{0,3}}ing)"
    body = some.join(re.escape(part) for part in parts[1:])
    if parts[0]:
        return re.compile(re.escape(parts[0]) + some + body)
    first = re.match(r"\[(['’]?[^\]]*)\]", written)
    front = re.escape(fold(first.group(1))) if first else ""
    return re.compile((f"(?:{front})?" if front else r"[^\W\d_]{0,3}") + body)


_MORE_LETTERS = 2
"""Letters that an ending in brackets may replace beyond as many as stand outside them."""
