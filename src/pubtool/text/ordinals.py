"""Numbers that headings write in words: *Chapter the Third*, *Livre premier*, *Viertes Buch*.

Cardinal and ordinal numbers below 100 of English, German and French, and those that headings have
most often of other languages. A word that is a number in one language is none of another value in
the others, so that no language needs to be known.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import product

_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth"} | {
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_GERMAN = (
    "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn"
).split()
_GERMAN_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_GERMAN_ORDINALS = {"ein": "erst", "drei": "dritt", "sieben": "siebt", "acht": "acht"}
_FRENCH = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dixsept dixhuit dixneuf"
).split()
_FRENCH_TENS = "vingt trente quarante cinquante soixante".split()
_OTHERS = (
    # endings; the words from one on, a slash where an ending stands
    ("o a", "primer/ segund/ tercer/ cuart/ quint/ sext/ séptim/ octav/ noven/ décim/ undécim/"),
    ("o a e", "prim/ second/ terz/ quart/ quint/ sest/ settim/ ottav/ non/ decim/ undicesim/"),
    ("us a um", "prim/ secund/ terti/ quart/ quint/ sext/ septim/ octav/ non/ decim/ undecim/"),
    ("o a", "primeir/ segund/ terceir/ quart/ quint/ sext/ sétim/ oitav/ non/"),
    ("", "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde"),
    ("", "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde"),
    ("ый ая ое", "перв/ втор/ трет/ четвёрт/ пят/ шест/ седьм/ восьм/ девят/ десят/"),
    ("ой ий ья ье", "перв/ втор/ трет/ четверт/ пят/ шест/ седьм/ восьм/ девят/ десят/"),
    ("", "uno dos tres cuatro cinco seis siete ocho nueve diez"),
    ("", "uno due tre quattro cinque sei sette otto nove dieci"),
)


@lru_cache(4096)
def number_in_words(text: str) -> int | None:
    """Return the number that some words write, whatever their case; None where they write none."""
    return _numbers().get(_plain(text))


def _plain(text: str) -> str:
    """Return a text's letters, in lower case and without accents."""
    letters = (c for c in unicodedata.normalize("NFD", text.casefold()) if c.isalpha())
    return "".join(letters)


@cache
def _numbers() -> Mapping[str, int]:
    words = (*_english(), *_german(), *_french(), *_others())
    return {_plain(word): value for word, value in words}


def _english() -> Iterator[tuple[str, int]]:
    def ordinal(word: str) -> str:
        return _ENGLISH_ORDINALS.get(word) or f"{word}th"

    for value, word in enumerate(_ENGLISH, 1):
        yield from ((word, value), (ordinal(word), value))
    for tens, word in enumerate(_ENGLISH_TENS, 2):
        yield from ((word, 10 * tens), (f"{word[:-1]}ieth", 10 * tens))
        for unit, small in enumerate(_ENGLISH[:9], 1):
            yield from ((word + small, 10 * tens + unit), (word + ordinal(small), 10 * tens + unit))


def _german() -> Iterator[tuple[str, int]]:
    endings = ("e", "er", "es", "en", "em")
    yield "eins", 1
    yield from ((f"siebente{ending}", 7) for ending in ("", "r", "s", "n", "m"))
    for value, word in enumerate(_GERMAN, 1):
        if value > 1:
            yield word, value
        stem = _GERMAN_ORDINALS.get(word) or f"{word}t"
        yield from ((stem + ending, value) for ending in endings)
    for tens, word in enumerate(_GERMAN_TENS, 2):
        for unit in range(10):
            whole = f"{_GERMAN[unit - 1]}und{word}" if unit else word
            yield whole, 10 * tens + unit
            yield from ((f"{whole}st{ending}", 10 * tens + unit) for ending in endings)


def _french() -> Iterator[tuple[str, int]]:
    first = ("premier", "première", "second", "seconde")
    yield from zip(first, (1, 1, 2, 2), strict=True)
    for value, word in enumerate(_FRENCH, 1):
        yield word, value
        yield _french_ordinal(word), value
    for (tens, word), unit in product(enumerate(_FRENCH_TENS, 2), range(10)):
        joint = "et" if unit == 1 else ""
        whole = f"{word}{joint}{_FRENCH[unit - 1]}" if unit else word
        yield from ((whole, 10 * tens + unit), (_french_ordinal(whole), 10 * tens + unit))


def _french_ordinal(word: str) -> str:
    if word.endswith("cinq"):
        return f"{word}uième"
    if word.endswith("neuf"):
        return f"{word[:-1]}vième"
    return f"{word.removesuffix('e')}ième"


def _others() -> Iterator[tuple[str, int]]:
    for endings, words in _OTHERS:
        for value, word in enumerate(words.split(), 1):
            for ending in endings.split() or [""]:
                yield word.replace("/", ending), value
