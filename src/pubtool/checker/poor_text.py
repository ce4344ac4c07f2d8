"""Poor text: words of a source that a scanner misread.

A difference is laid to the source's text, and not to the author, when the source's word is none
that the source could mean, the quotation's is one, and little makes the one of the other (see
`pubtool.checker.misreading`). A word is one that stands oftener in the source, that a dictionary of
the language has, or that is made of such a one by an ending or a compound. So a word that differs
from another word (form, from) is always the author's change, however poor the text.

How little depends on what the text is like there. Where other words round about look misread too,
the next one is expected, and letters that look nothing alike may have been read for each other, or
got lost. Elsewhere only letters of the same look count. In a language without a dictionary the
source's own words in threes of letters tell what may be a word (the trigrams of spelling
correction, Angell, Freund and Willett 1983), and a text too small for that is judged by shapes
alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import permutations

from pubtool.checker.index import IndexPart
from pubtool.checker.misreading import LOOKALIKE, OTHER, is_alike, lookalikes, misreading_cost
from pubtool.text.dictionary import LANGUAGES, is_known
from pubtool.text.folding import APOSTROPHES, fold
from pubtool.text.languages import FUNCTION_WORDS, is_function_word, language_of
from pubtool.text.meaning import LIMITS, MODALS, NEGATIONS
from pubtool.text.typography import ends_sentence

_AROUND = 500
"""Words on either side of a passage by which its text is judged. A clean text has up to 1 % of
words that look misread (names and old forms among them), one with two letters in a hundred misread
some 5 %: measured on eleven texts in three languages, windows of 200 words."""

_LEAST_BROKEN = 5
_LEAST_SHARE = 0.015

_LEAST_HITS = 4
_SECOND_LANGUAGE = 0.25
"""The share of the first language's own function words that a second one must have of its own."""

_MOST_ALIKE = 3
"""Misreadings of letters that look alike in one word of a text that is sound elsewhere."""

_LEAST_VOCABULARY = 300
"""Different words that a source must have for its trigrams to tell what may be a word."""

_LARGE_VOCABULARY = 2000
_LEAST_ODD = 2
"""In a source with fewer words than that, a word must have so many trigrams of its own."""

_FAR_OFTENER = 10
"""So many times oftener than the source's word, the quotation's is the one that was printed."""

_OFTENER = 3
"""The same where the text is poor, so that one misreading often stands there twice."""

_MOST_CHANCE = 2
"""A word that stands oftener is meant."""

_NO_WORD = re.compile(r"\A(?:rn|tb|wb|cb|lh|ii(?!i*\Z))|vv|([^\W\d_])\1\1(?<!iii)")
"""Beginnings and letters that no word has in the languages of `pubtool.text.languages`."""

_ABBREVIATED = re.compile(r"[b-df-hj-np-tv-xz]{2,3}\Z")
"""Letters without a vowel: dictionaries have many, texts few, and those few repeat."""

_GRAVE = NEGATIONS | MODALS | LIMITS

_MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_])")
_ORDINAL = re.compile(r"[1-9]\d*(?:st|nd|rd|th|er|e|o|a|s|[a-h])\Z")
_NUMERALS = str.maketrans("oilsbgz", "0115692")
_LONE = {"1": "il", "0": "o"}
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "English": ("s", "es", "'s", "ed", "ing", "eth", "est", "ly"),
    "German": ("e", "n", "en", "em", "er", "es", "s", "t", "te", "ten", "st"),
    "Dutch": ("e", "en", "s", "t", "te", "ten", "je"),
    "French": ("s", "e", "es", "ent", "ons", "ez", "nt"),
    "Spanish": ("s", "es", "mente"),
    "Italian": ("mente",),
    "Portuguese": ("s", "es", "mente"),
}
"""What a language puts behind a word; a list lacks many inflected forms."""

_COMPOUNDING = ("German", "Dutch")
_LEAST_STEM = 5
_LEAST_SURE_STEM = 3
"""The same where a word is only asked to be possible, since it is the quotation's."""

_MOST_PIECES = 3
_MOST_RUN = 8
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
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

    def is_misread(self, quoted: Sequence[str], source: range) -> bool:
        """Whether some words of the source are the quotation's folded words, misread."""
        if not quoted or not source or max(len(quoted), len(source)) > _MOST_RUN:
            return False
        reached = {(0, 0)}
        for i in range(len(quoted) + 1):
            for j in range(len(source) + 1):
                if (i, j) in reached:
                    reached.update(self._reach(quoted, source, i, j))
        return (len(quoted), len(source)) in reached

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
        return len(word) == 1 and not self._is_word(word) and self.poor

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
        return self.poor

    def are_marks_misread(self, quoted: str, source: str) -> bool:
        """Whether marks between two words, in their reduced form, may be a scanner's doing.

        A comma is read as a full stop, and specks are read as marks; small marks get lost.
        """
        possible = (
            (quoted, source) in _MARKS
            or (not quoted and source in _SPECKS)
            or (not source and quoted in _SMALL_MARKS)
        )
        return possible and self.poor

    def _is_piece_misread(self, quoted: Sequence[str], source: range) -> bool:
        if len(quoted) == len(source) == 1:
            word = self.part.folded[source.start]
            return quoted[0] == word or self._is_word_misread(quoted[0], source.start)
        others = self.part.folded[source.start : source.stop]
        most = LOOKALIKE if len(quoted) == len(source) else OTHER
        cost = misreading_cost("".join(quoted), self._letters(source), most)
        if cost is None or not all(self._may_be_meant(word) for word in quoted):
            return False
        if not all(_TORN.fullmatch(self.part.between(n)) for n in source[1:]):
            return False
        return any(self._is_scrap(word, len(source)) for word in others) and (
            cost == 0 or self.poor
        )

    def _is_scrap(self, word: str, pieces: int) -> bool:
        """Whether a word is none by itself; of one that was torn, a short piece is one sooner."""
        if not self._is_word(word):
            return True
        short = pieces > 1 and len(word) <= 2 and not self._is_function(word)
        return short and self._count(word) <= _MOST_CHANCE and self.poor

    def _is_word_misread(self, one: str, number: int) -> bool:
        other = self.part.folded[number]
        if other in _LONE and one in _LONE[other]:
            return True
        if any(c.isdigit() for c in one) or other.isdigit():
            numeral = one.isdigit() and _MIXED.match(other) and not _ORDINAL.match(other)
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
        if not self._may_be_meant(one, other):
            return False
        if not barred and self._is_word(other, one):
            return cost == LOOKALIKE and is_alike(one, read, 1) and self._is_outdone(other, one)
        alike = is_alike(one, read, _MOST_ALIKE) and (
            cost == LOOKALIKE or not self._has_lookalike(read)
        )
        named = self._is_name(number, one) and not self._is_odd(other, one)
        if alike and not named:
            return True
        return self.poor and (alike or (not named and self._is_likeliest(one, read, cost)))

    def _is_name(self, number: int, printed: str) -> bool:
        """Whether a word looks like a name, which no dictionary need have.

        German writes every noun with a capital, and a sentence its first word; what would have
        been printed is no name if it stands elsewhere without one.
        """
        part = self.part
        return (
            part.written(number)[:1].isupper()
            and not ends_sentence(part.between(number))
            and "German" not in self._languages
            and not any(part.written(n).islower() for n in part.postings.get(printed, ()))
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
        return any(is_known(near, self._languages) for near in lookalikes(word))

    def _is_likeliest(self, one: str, other: str, cost: int) -> bool:
        """Whether no other word is nearer, and no inflection would explain the difference."""
        shorter, longer = sorted((one, other), key=len)
        inflects = not self._is_function(one) and longer.startswith(shorter)
        if inflects and longer[len(shorter) :] in self._endings:
            return False
        if _MIXED.match(other) and self._has_lookalike(other):
            return False
        return cost <= OTHER or not _near_words(other, self._languages)

    def _may_be_meant(self, word: str, besides: str = "") -> bool:
        """Whether a word of the quotation is one: by itself, in the source, or beside another."""
        return (
            word in self.part.postings
            or self._is_word(word)
            or self._is_inflected(word, _LEAST_SURE_STEM)
            or (bool(besides) and self._is_odd(besides, word) and not self._is_odd(word, besides))
        )

    def _is_outdone(self, word: str, other: str) -> bool:
        """Whether a real word is, in a poor text, so much rarer than another that this was meant.

        Not a function word, nor one on which the sense of a sentence turns.
        """
        return (
            self.poor
            and not {word, other} & _GRAVE
            and not self._is_function(word)
            and self._count(other) >= _FAR_OFTENER * self._count(word)
        )

    def _is_word(self, word: str, besides: str = "") -> bool:
        """Whether a folded word may be one of the source's language.

        One that stands there oftener is, unless another, `besides`, does so far oftener.
        """
        if self._is_listed(word):
            return True
        if len(word) > 1 and self._count(word) > _MOST_CHANCE:
            far = _OFTENER if self.poor else _FAR_OFTENER
            if self._is_repeated(word, besides, far):
                return True
        return not self._languages and not self._is_odd(word, besides)

    def _is_repeated(self, word: str, besides: str, far: int) -> bool:
        count = self._count(word)
        return count > _MOST_CHANCE and self._count(besides) < far * count

    def _is_listed(self, word: str) -> bool:
        """Whether a word is one by itself, wherever it stands."""
        if self._is_function(word) or word.isdigit():
            return True
        if _MIXED.match(word):
            return bool(_ORDINAL.match(word))
        if _NO_WORD.search(word) or _ABBREVIATED.match(word):
            return False
        return self._is_made_of_words(word)

    def _is_made_of_words(self, word: str) -> bool:
        """Whether a word is in a dictionary, or one that is with an ending, or two run together."""
        if len(word) == 1:
            return False
        return (
            is_known(word, self._languages)
            or self._is_inflected(word)
            or self._is_made_of_two(word)
        )

    def _is_inflected(self, word: str, least: int = _LEAST_STEM) -> bool:
        return any(
            len(word) - len(ending) >= least and self._stands(word.removesuffix(ending))
            for ending in self._endings
            if word.endswith(ending)
        )

    def _is_made_of_two(self, word: str) -> bool:
        return any(language in _COMPOUNDING for language in self._languages) and any(
            self._stands(word[:n]) and self._stands(word[n:])
            for n in range(_LEAST_STEM, len(word) - _LEAST_STEM + 1)
        )

    @property
    def _endings(self) -> Iterator[str]:
        return (ending for language in self._languages for ending in _ENDINGS.get(language, ()))

    def _stands(self, word: str) -> bool:
        return self._count(word) > _MOST_CHANCE or is_known(word, self._languages)

    def _is_function(self, word: str) -> bool:
        if not self._languages:
            return is_function_word(word)
        return any(word in FUNCTION_WORDS[language] for language in self._languages)

    def _count(self, word: str) -> int:
        return len(self.part.postings.get(word, ()))

    # --- What the text is like --------------------------------------------------------------------

    @cached_property
    def _window(self) -> range:
        return range(max(self.first - _AROUND, 0), min(self.end + _AROUND, len(self.part.folded)))

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        """The languages of the text there that have a dictionary; all where they are unsure."""
        near = Counter(self.part.folded[self._window.start : self._window.stop])
        hits = {name: sum(near[word] for word in own) for name, own in _own_words().items()}
        least = max(_LEAST_HITS, _SECOND_LANGUAGE * max(hits.values()))
        found = [name for name, count in hits.items() if count >= least]
        found = found or [name for name in [language_of(self._count)] if name]
        return tuple(name for name in found if name in LANGUAGES) if found else LANGUAGES

    @cached_property
    def poor(self) -> bool:
        """Whether many words round the passage look misread."""
        if not self._languages:
            return False
        near = [n for n in self._window if not self.first <= n < self.end]
        words = [self.part.folded[n] for n in near if self.part.written(n)[:1].islower()]
        longer = [word for word in words if len(word) >= 3]
        broken = sum(1 for word in longer if self._is_broken(word))
        return broken >= _LEAST_BROKEN and broken >= _LEAST_SHARE * len(longer)

    def _is_broken(self, word: str) -> bool:
        """Whether a word is none, but would be with one letter changed."""
        if self._is_listed(word):
            return False
        if _MIXED.match(word):
            return not self._is_repeated(word, "", _FAR_OFTENER)
        near = _near_words(word, self._languages)
        return any(not self._is_repeated(word, other, _FAR_OFTENER) for other in near)

    # --- Trigrams ---------------------------------------------------------------------------------

    def _is_odd(self, word: str, besides: str) -> bool:
        """Whether a word has letters in threes that no other word of the source has.

        Only those that it has besides another word's are asked for.
        """
        if _NO_WORD.search(word) or _MIXED.match(word):
            return True
        vocabulary = len(self.part.postings)
        if vocabulary < _LEAST_VOCABULARY:
            return False
        if besides and self._count(besides) >= _FAR_OFTENER * self._count(word):
            return True
        own = set(_trigrams(word)) - set(_trigrams(besides))
        odd = sum(1 for trigram in own if not self._has(trigram, word))
        return odd >= (1 if vocabulary >= _LARGE_VOCABULARY else _LEAST_ODD)

    def _has(self, trigram: str, word: str) -> bool:
        """Whether some other word of the source has three letters in a row."""
        own = f"\n{word}\n".count(trigram) if word in self.part.postings else 0
        return self.part.vocabulary.count(trigram) > own


@cache
def _own_words() -> Mapping[str, frozenset[str]]:
    """Return the function words that only one language has, by language."""
    counts = Counter(word for words in FUNCTION_WORDS.values() for word in words)
    return {
        name: frozenset(word for word in words if counts[word] == 1)
        for name, words in FUNCTION_WORDS.items()
    }


def _budget(one: str, read: str) -> int:
    """Return what a scanner may do to a word before it is no longer known to be this one."""
    longer = max(len(one), len(read))
    if longer <= 2 and len(one) == len(read):
        return LOOKALIKE
    return OTHER + (longer >= 8) + (longer >= 12)


def _trigrams(word: str) -> Iterator[str]:
    """Yield a word's letters in threes; its beginning and its end count as letters."""
    whole = f"\n{word}\n"
    return (whole[n : n + 3] for n in range(len(whole) - 2))


@lru_cache(maxsize=1 << 14)
def _near_words(word: str, languages: tuple[str, ...]) -> frozenset[str]:
    """Return the words of the languages that one letter lost, added or changed makes of a word."""
    return frozenset(
        near for near in _neighbours(word) if len(near) > 2 and is_known(near, languages)
    )


def _neighbours(word: str) -> Iterator[str]:
    letters = _ALPHABET + "".join(c for c in word if c not in _ALPHABET)
    for n in range(len(word) + 1):
        before, after = word[:n], word[n:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        yield from (before + letter + after for letter in letters)
