"""The vicinity of a passage: which words a source's text may mean there, and how poor it is.

A word is one that stands oftener in the source, that a dictionary of the language has, or that is
made of such a one by an ending or a compound. In a language without a dictionary the source's own
words in threes of letters tell what may be a word (the trigrams of spelling correction, Angell,
Freund and Willett 1983), and a text too small for that is judged by shapes alone. A text is poor
where many words are none, but would be with one letter changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from pubtool.checker.index import IndexPart
from pubtool.text.dictionary import LANGUAGES, is_known
from pubtool.text.languages import FUNCTION_WORDS, is_function_word, language_of
from pubtool.text.meaning import LIMITS, MODALS, NEGATIONS

_AROUND = 500
"""Words on either side of a passage by which its text is judged. A clean text has up to 1 % of
words that look misread (names and old forms among them), one with two letters in a hundred misread
some 5 %: measured on eleven texts in three languages, windows of 200 words."""

_LEAST_BROKEN = 5
_LEAST_SHARE = 0.015

_LEAST_HITS = 4
_SECOND_LANGUAGE = 0.25
"""The share of the first language's own function words that a second one must have of its own."""

_LEAST_VOCABULARY = 300
"""Different words that a source must have for its trigrams to tell what may be a word."""

_LARGE_VOCABULARY = 2000
_LEAST_ODD = 2
"""In a source with fewer words than that, a word must have so many trigrams of its own."""

_FAR_OFTENER = 10
"""So many times oftener than the source's word, the quotation's is the one that was printed."""

_OFTENER = 3
"""The same where the text is poor, so that one misreading often stands there twice."""

MOST_CHANCE = 2
"""A word that stands oftener is meant."""

_NO_WORD = re.compile(r"\A(?:rn|tb|wb|cb|lh|ii(?!i*\Z))|vv|([^\W\d_])\1\1(?<!iii)")
"""Beginnings and letters that no word has in the languages of `pubtool.text.languages`."""

_ABBREVIATED = re.compile(r"[b-df-hj-np-tv-xz]{2,3}\Z")
"""Letters without a vowel: dictionaries have many, texts few, and those few repeat."""

_GRAVE = NEGATIONS | MODALS | LIMITS

MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_])")
ORDINAL = re.compile(r"[1-9]\d*(?:st|nd|rd|th|er|e|o|a|s|[a-h])\Z")
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

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Vicinity:
    """A passage of a source and the text on either side of it."""

    part: IndexPart
    first: int
    """The passage's first word."""
    end: int

    def may_be_meant(self, word: str, besides: str = "") -> bool:
        """Whether a word of the quotation is one: by itself, in the source, or beside another."""
        return (
            word in self.part.whole.postings
            or self.is_word(word)
            or self._is_inflected(word, _LEAST_SURE_STEM)
            or (bool(besides) and self.is_odd(besides, word) and not self.is_odd(word, besides))
        )

    def is_outdone(self, word: str, other: str) -> bool:
        """Whether a real word is, in a poor text, so much rarer than another that this was meant.

        Not a function word, nor one on which the sense of a sentence turns.
        """
        return (
            self.poor
            and not {word, other} & _GRAVE
            and not self.is_function(word)
            and self.count(other) >= _FAR_OFTENER * self.count(word)
        )

    def is_word(self, word: str, besides: str = "") -> bool:
        """Whether a folded word may be one of the source's language.

        One that stands there oftener is, unless another, `besides`, does so far oftener, or is a
        word by itself in a poor text: scanners misread a word in one way again and again.
        """
        if self._is_listed(word):
            return True
        if len(word) > 1 and self.count(word) > MOST_CHANCE and not self._is_misread_often(besides):
            far = _OFTENER if self.poor else _FAR_OFTENER
            if self._is_repeated(word, besides, far):
                return True
        return not self.languages and not self.is_odd(word, besides)

    def _is_misread_often(self, printed: str) -> bool:
        return bool(printed) and self._is_listed(printed) and self.poor

    def _is_repeated(self, word: str, besides: str, far: int) -> bool:
        count = self.count(word)
        return count > MOST_CHANCE and self.count(besides) < far * count

    def _is_listed(self, word: str) -> bool:
        """Whether a word is one by itself, wherever it stands."""
        if self.is_function(word) or word.isdigit():
            return True
        if MIXED.match(word):
            return bool(ORDINAL.match(word))
        if _NO_WORD.search(word) or _ABBREVIATED.match(word):
            return False
        return self._is_made_of_words(word)

    def _is_made_of_words(self, word: str) -> bool:
        """Whether a word is in a dictionary, or one that is with an ending, or two run together."""
        if len(word) == 1:
            return False
        return (
            is_known(word, self.languages) or self._is_inflected(word) or self._is_made_of_two(word)
        )

    def _is_inflected(self, word: str, least: int = _LEAST_STEM) -> bool:
        return any(
            len(word) - len(ending) >= least and self._stands(word.removesuffix(ending))
            for ending in self.endings
            if word.endswith(ending)
        )

    def _is_made_of_two(self, word: str) -> bool:
        return any(language in _COMPOUNDING for language in self.languages) and any(
            self._stands(word[:n]) and self._stands(word[n:])
            for n in range(_LEAST_STEM, len(word) - _LEAST_STEM + 1)
        )

    @property
    def endings(self) -> Iterator[str]:
        """What the languages put behind a word."""
        return (ending for language in self.languages for ending in _ENDINGS.get(language, ()))

    def _stands(self, word: str) -> bool:
        return self.count(word) > MOST_CHANCE or is_known(word, self.languages)

    def is_function(self, word: str) -> bool:
        """Whether a folded word is a function word of the text's languages."""
        if not self.languages:
            return is_function_word(word)
        return any(word in FUNCTION_WORDS[language] for language in self.languages)

    def count(self, word: str) -> int:
        """Return how often a folded word stands in the source."""
        return self.part.whole.count(word)

    # --- What the text is like --------------------------------------------------------------------

    @cached_property
    def _window(self) -> range:
        return range(max(self.first - _AROUND, 0), min(self.end + _AROUND, len(self.part.folded)))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the text there that have a dictionary; all where they are unsure."""
        near = Counter(self.part.folded[self._window.start : self._window.stop])
        hits = {name: sum(near[word] for word in own) for name, own in _own_words().items()}
        least = max(_LEAST_HITS, _SECOND_LANGUAGE * max(hits.values()))
        found = [name for name, count in hits.items() if count >= least]
        found = found or [name for name in [language_of(self.count)] if name]
        return tuple(name for name in found if name in LANGUAGES) if found else LANGUAGES

    @cached_property
    def poor(self) -> bool:
        """Whether many words round the passage look misread."""
        if not self.languages:
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
        if MIXED.match(word):
            return not self._is_repeated(word, "", _FAR_OFTENER)
        near = near_words(word, self.languages)
        return any(not self._is_repeated(word, other, _FAR_OFTENER) for other in near)

    # --- Trigrams ---------------------------------------------------------------------------------

    def is_odd(self, word: str, besides: str) -> bool:
        """Whether a word has letters in threes that no other word of the source has.

        Only those that it has besides another word's are asked for.
        """
        if _NO_WORD.search(word) or MIXED.match(word):
            return True
        vocabulary = len(self.part.whole.postings)
        if vocabulary < _LEAST_VOCABULARY:
            return False
        if besides and self.count(besides) >= _FAR_OFTENER * self.count(word):
            return True
        own = set(_trigrams(word)) - set(_trigrams(besides))
        odd = sum(1 for trigram in own if not self._has(trigram, word))
        return odd >= (1 if vocabulary >= _LARGE_VOCABULARY else _LEAST_ODD)

    def _has(self, trigram: str, word: str) -> bool:
        """Whether some other word of the source has three letters in a row."""
        own = f"\n{word}\n".count(trigram) if word in self.part.whole.postings else 0
        return self.part.whole.vocabulary.count(trigram) > own


@cache
def _own_words() -> Mapping[str, frozenset[str]]:
    """Return the function words that only one language has, by language."""
    counts = Counter(word for words in FUNCTION_WORDS.values() for word in words)
    return {
        name: frozenset(word for word in words if counts[word] == 1)
        for name, words in FUNCTION_WORDS.items()
    }


def _trigrams(word: str) -> Iterator[str]:
    """Yield a word's letters in threes; its beginning and its end count as letters."""
    whole = f"\n{word}\n"
    return (whole[n : n + 3] for n in range(len(whole) - 2))


@lru_cache(maxsize=1 << 14)
def near_words(word: str, languages: tuple[str, ...]) -> frozenset[str]:
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
