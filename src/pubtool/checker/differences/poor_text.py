"""Poor text: words of a source that a scanner misread.

A difference is laid to the source's text, and not to the author, when the source's word is none
that the source could mean, the quotation's is one, and little makes the one of the other (see
`misreading` and `vicinity` beside this module). So a word that differs from another word (form,
from) is the author's change, however poor the text.

How little depends on what the text is like there. Where other words round about look misread too,
the next one is expected, and letters that look nothing alike may have been read for each other, or
got lost; then a rare word that looks like one ten times as frequent in the source is no word of its
own either. Elsewhere only letters of the same look count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from pubtool.checker.differences.misreading import (
    LOOKALIKE,
    OTHER,
    is_alike,
    lookalikes,
    misreading_cost,
)
from pubtool.checker.differences.vicinity import MIXED, MOST_CHANCE, ORDINAL, Vicinity, near_words
from pubtool.checker.index import IndexPart
from pubtool.model import Span
from pubtool.text.dictionary import is_known
from pubtool.text.folding import APOSTROPHES, fold
from pubtool.text.typography import ends_sentence

_MOST_ALIKE = 3
"""Misreadings of letters that look alike in one word of a text that is sound elsewhere."""

_WIDE = 4000
"""Characters on either side of a passage that hold the words by which its text is judged."""

_NUMERALS = str.maketrans("oilsbgz", "0115692")
_LONE = {"1": "il", "0": "o"}
_MOST_PIECES = 3
_MOST_RUN = 8
_SAME_SHAPE = frozenset("cosvwxzkpuCOSVWXZKPU")
_MARKS = frozenset((a, b) for a, b in permutations(",.;:", 2) if {a, b} != {",", ":"})
_SPECKS = frozenset([".", '"', "'", "^", "|", "·", "•", "°", "-", "—", "~"])
_SMALL_MARKS = frozenset([".", ",", '"', "-"])

_BARS = ("|", "¦")
"""Signs that are no letters, and that a scanner reads for l, i and t."""

_TORN = re.compile(r"\s*[^\-‐‑‒–—―−\w\s.,:;!?/&()'’]?\s*|['’.,]")
"""What a scanner may put into a word: a space, or a sign that parts no words."""


@dataclass(frozen=True)
class Scan:
    """A passage of a source, looked at as a scanner may have left it."""

    part: IndexPart
    first: int
    """The passage's first word."""
    end: int

    @cached_property
    def near(self) -> Vicinity:
        """The text round the passage."""
        part, first = self.part.widened(_WIDE, self.first)
        return Vicinity(part, first, first + self.end - self.first)

    def is_misread(self, quoted: Sequence[str], source: range) -> bool:
        """Whether some words of the source are the quotation's folded words, misread."""
        if not quoted or not source or max(len(quoted), len(source)) > _MOST_RUN:
            return False
        if self.is_doubtful(source):
            return True
        reached = {(0, 0)}
        for i in range(len(quoted) + 1):
            for j in range(len(source) + 1):
                if (i, j) in reached:
                    reached.update(self._reach(quoted, source, i, j))
        return (len(quoted), len(source)) in reached

    def is_doubtful(self, source: range) -> bool:
        """Whether the recogniser that read the source was not sure of any of some words."""
        doubtful = self.part.source.doubtful
        if not doubtful or not source:
            return False
        return all(
            any(
                span.overlaps(self.part.span(number, number + 1))
                for span in doubtful[max(bisect_right(doubtful, self._begin(number)) - 1, 0) :][:2]
            )
            for number in source
        )

    def _begin(self, number: int) -> Span:
        return Span(self.part.starts[number], self.part.ends[number])

    def _reach(
        self, quoted: Sequence[str], source: range, i: int, j: int
    ) -> Iterator[tuple[int, int]]:
        """Yield how far some pieces of both, misread or equal, lead on."""
        for down in range(1, min(_MOST_PIECES, len(quoted) - i) + 1):
            for right in range(1, min(_MOST_PIECES, len(source) - j) + 1):
                if self._is_piece_misread(quoted[i : i + down], source[j : j + right]):
                    yield i + down, j + right
        if j < len(source) and self.is_speck(source[j]):
            yield i, j + 1

    def is_speck(self, number: int) -> bool:
        """Whether a word of the source is a speck that was read as a letter."""
        word = self.part.folded[number]
        return len(word) == 1 and not self.near.is_word(word) and self.near.poor

    def is_case_misread(self, quoted: str, number: int) -> bool:
        """Whether a word as written differs in case by a scanner's doing: within, or by its look.

        A few capitals look like their small letters; only their size tells them apart.
        """
        written = self.part.written(number)
        if len(quoted) != len(written) or written.isupper() or quoted.isupper():
            return False
        pairs = zip(quoted, written, strict=True)
        changed = [n for n, (one, other) in enumerate(pairs) if one != other]
        if len(changed) > _MOST_ALIKE or (changed[:1] == [0] and quoted[0] not in _SAME_SHAPE):
            return False
        return self.near.poor

    def are_marks_misread(self, quoted: str, source: str) -> bool:
        """Whether marks between two words, in their reduced form, may be a scanner's doing.

        A comma is read as a full stop, specks are read as marks, beside others too, small marks get
        lost or are read twice.
        """
        without_specks = "".join(mark for mark in source if mark not in _SPECKS)
        possible = (
            (quoted, source) in _MARKS
            or without_specks == quoted
            or source == 2 * quoted
            or (not source and quoted in _SMALL_MARKS)
        )
        return possible and self.near.poor

    def _is_piece_misread(self, quoted: Sequence[str], source: range) -> bool:
        if len(quoted) == len(source) == 1:
            word = self.part.folded[source.start]
            return quoted[0] == word or self._is_word_misread(quoted[0], source.start)
        others = self.part.folded[source.start : source.stop]
        most = LOOKALIKE if len(quoted) == len(source) else OTHER
        cost = misreading_cost("".join(quoted), self._letters(source), most)
        if cost is None or not all(self.near.may_be_meant(word) for word in quoted):
            return False
        if not all(_TORN.fullmatch(self.part.between(n)) for n in source[1:]):
            return False
        return any(self._is_scrap(word, len(source)) for word in others) and (
            cost == 0 or self.near.poor
        )

    def _is_scrap(self, word: str, pieces: int) -> bool:
        """Whether a word is none by itself; of one that was torn, a short piece is one sooner."""
        if not self.near.is_word(word):
            return True
        short = pieces > 1 and len(word) <= 2 and not self.near.is_function(word)
        return short and self.near.count(word) <= MOST_CHANCE and self.near.poor

    def _is_word_misread(self, one: str, number: int) -> bool:
        other = self.part.folded[number]
        if other in _LONE and one in _LONE[other]:
            return True
        if any(c.isdigit() for c in one) or other.isdigit():
            numeral = one.isdigit() and MIXED.match(other) and not ORDINAL.match(other)
            return bool(numeral) and other.translate(_NUMERALS) == one
        return self._is_word_read_as(one, number)

    def _is_word_read_as(self, one: str, number: int) -> bool:
        """Whether a scanner made one word of the source of another, no numbers among them."""
        other = self.part.folded[number]
        read = self._letters(range(number, number + 1))
        cost = misreading_cost(one, read, _budget(one, read))
        if cost is None or other.isdigit() or any(c.isdigit() for c in one):
            return False
        barred = any(bar in read for bar in _BARS)
        if not self.near.may_be_meant(one, other):
            return False
        if not barred and self.near.is_word(other, one):
            return cost == LOOKALIKE and is_alike(one, read, 1) and self.near.is_outdone(other, one)
        alike = is_alike(one, read, _MOST_ALIKE) and (
            cost == LOOKALIKE or not self._has_lookalike(read)
        )
        named = self._is_name(number, one) and not self.near.is_odd(other, one)
        if alike and not named:
            return True
        return self.near.poor and (alike or (not named and self._is_likeliest(one, read, cost)))

    def _is_name(self, number: int, printed: str) -> bool:
        """Whether a word looks like a name, which no dictionary need have.

        German writes every noun with a capital, and a sentence its first word; what would have
        been printed is no name if it stands elsewhere without one.
        """
        part, whole = self.part, self.part.whole
        return (
            part.written(number)[:1].isupper()
            and not ends_sentence(part.between(number))
            and "German" not in self.near.languages
            and not any(whole.written(n).islower() for n in whole.postings.get(printed, ()))
        )

    def _letters(self, source: range) -> str:
        """Return the words run together, folded, with the bars in and beside them."""
        text, span = self.part.source.text, self.part.span(source.start, source.stop)
        start = span.start - (text[span.start - 1 : span.start] in _BARS)
        stop = span.end + (text[span.end : span.end + 1] in _BARS)
        kept = (c for c in text[start:stop] if c.isalnum() or c in _BARS or c in APOSTROPHES)
        return fold("".join(kept))

    def _has_lookalike(self, word: str) -> bool:
        """Whether a single confusion makes a word of another."""
        return any(is_known(near, self.near.languages) for near in lookalikes(word))

    def _is_likeliest(self, one: str, other: str, cost: int) -> bool:
        """Whether no other word is nearer, and no inflection would explain the difference."""
        shorter, longer = sorted((one, other), key=len)
        inflects = not self.near.is_function(one) and longer.startswith(shorter)
        if inflects and longer[len(shorter) :] in self.near.endings:
            return False
        if MIXED.match(other) and self._has_lookalike(other):
            return False
        return cost <= OTHER or not near_words(other, self.near.languages)


def _budget(one: str, read: str) -> int:
    """Return what a scanner may do to a word before it is no longer known to be this one."""
    longer = max(len(one), len(read))
    if longer <= 2 and len(one) == len(read):
        return LOOKALIKE
    return OTHER + (longer >= 8) + (longer >= 12)
