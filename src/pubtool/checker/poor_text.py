"""Poor text: words of a source that a scanner misread.

A difference is laid to the source's text, and not to the author, when two things hold: the source's
word is the quotation's with some letters read as others of the same look, or with a space or a sign
in the middle; and the source's word is none that the source could mean, while the quotation's is.
What could be a word is told by the source itself: it stands there oftener, or its letters in threes
stand in other words (the trigrams of spelling correction, Angell, Freund and Willett 1983). A text
too small for that is judged by shapes alone: digits among letters, and beginnings that no word has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pubtool.checker.index import IndexPart
from pubtool.text.folding import without_diacritics
from pubtool.text.languages import is_function_word

_LOOKALIKES = (
    "rn m", "m rn", "m nn", "m in", "n ii", "n ri", "n u", "u n", "u ii", "u li", "h li", "h b",
    "b h", "h n", "c e", "e c", "c o", "o c", "e o", "o e", "d cl", "cl d", "w vv", "vv w", "w iv",
    "l i", "i l", "l 1", "i 1", "1 l", "1 i", "t l", "t f", "f t", "l !", "o 0", "0 o", "s 5",
    "5 s", "b 6", "6 b", "g 9", "9 g", "z 2", "2 z", "s f", "f s", "q g", "y v", "v y", "fi h",
    "fl h", "fi n", "fi ", "fl ", "ff ", "ffi ", "ffl ", "ffi fi", "ff f", "fi f", "fl f",
)  # fmt: skip
"""What was printed and what a scanner makes of it, folded; nothing: a ligature that got lost."""

_MOST_MISREAD = 3
"""Misreadings in one word; a word with more of them is no longer known to be this one."""

_LEAST_VOCABULARY = 300
"""Different words that a source must have for its trigrams to tell what may be a word."""

_LARGE_VOCABULARY = 2000
_LEAST_ODD = 2
"""In a source with fewer words than that, a word must have so many trigrams of its own."""

_FAR_OFTENER = 10
"""So many times oftener than the source's word, the quotation's is the one that was printed."""

_MOST_CHANCE = 2
"""A word that stands oftener is meant."""

_NO_WORD = re.compile(r"\A(?:rn|tb|wb|cb|lh|ii(?!i*\Z))|vv|([^\W\d_])\1\1(?<!iii)")
"""Beginnings and letters that no word has in the languages of `pubtool.text.languages`."""

_MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_])")
_ORDINAL = re.compile(r"[1-9]\d*(?:st|nd|rd|th|er|e|o|a|s|[a-h])\Z")
_LONE = {"1": "il", "0": "o"}
_MOST_PIECES = 3


def is_misread(quoted: Sequence[str], source: Sequence[str], part: IndexPart) -> bool:
    """Whether some folded words of the source are the quotation's, misread by a scanner."""
    if not quoted or not source or max(len(quoted), len(source)) > _MOST_PIECES:
        return False
    if len(quoted) == len(source):
        return all(
            one == other or _is_word_misread(one, other, part)
            for one, other in zip(quoted, source, strict=True)
        )
    if not _can_be_read("".join(quoted), "".join(source)):
        return False
    known = all(_is_known(word, part) for word in quoted)
    whole = "".join(quoted) in part.postings
    if len(source) > len(quoted):
        return known and any(not _is_piece(word, part, whole=whole) for word in source)
    return known and any(_count(word, part) == 1 and _is_odd(word, part) for word in source)


def _is_word_misread(one: str, other: str, part: IndexPart) -> bool:
    if other in _LONE:
        return one in _LONE[other]
    if other.isdigit() or is_function_word(other) or not _can_be_read(one, other):
        return False
    if _count(one, part) >= _FAR_OFTENER * _count(other, part):
        return True
    if _MIXED.match(other):
        return one.isalpha() and not _ORDINAL.match(other)
    return not _is_word(other, part, besides=one) and (
        one in part.postings or _is_word(one, part, besides=other)
    )


def _is_odd(word: str, part: IndexPart) -> bool:
    """Whether a word holds three letters that no other word has, in a source that can tell."""
    large = len(part.postings) >= _LEAST_VOCABULARY
    return large and not all(_stands(trigram, word, part) for trigram in _trigrams(word))


def _is_known(word: str, part: IndexPart) -> bool:
    return word in part.postings or _is_word(word, part)


def _is_piece(word: str, part: IndexPart, *, whole: bool) -> bool:
    """Whether a word that may be a piece of another stands for itself.

    Where the whole one stands in the source too, a piece must do so twice.
    """
    if whole and _count(word, part) == 1 and not is_function_word(word):
        return False
    return _is_word(word, part)


def _is_word(word: str, part: IndexPart, *, besides: str = "") -> bool:
    """Whether a folded word may be one of the source's language.

    Only what it has besides another word's letters in threes is asked for.
    """
    if word.isdigit() or is_function_word(word):
        return True
    if _MIXED.match(word):
        return bool(_ORDINAL.match(word))
    if _NO_WORD.search(word):
        return False
    if _count(word, part) > _MOST_CHANCE or len(part.postings) < _LEAST_VOCABULARY:
        return True
    own = set(_trigrams(word)) - set(_trigrams(besides))
    odd = sum(1 for trigram in own if not _stands(trigram, word, part))
    return odd < (1 if len(part.postings) >= _LARGE_VOCABULARY else _LEAST_ODD)


def _count(word: str, part: IndexPart) -> int:
    return len(part.postings.get(word, ()))


def _stands(trigram: str, word: str, part: IndexPart) -> bool:
    """Whether some other word of the source has three letters in a row."""
    own = f"\n{word}\n".count(trigram) if word in part.postings else 0
    return part.vocabulary.count(trigram) > own


def _trigrams(word: str) -> Iterator[str]:
    """Yield a word's letters in threes; its beginning and its end count as letters."""
    whole = f"\n{word}\n"
    return (whole[n : n + 3] for n in range(len(whole) - 2))


@lru_cache(maxsize=1 << 12)
def _can_be_read(one: str, other: str) -> bool:
    """Whether a scanner may read one word as the other."""
    return _read(without_diacritics(one), without_diacritics(other), _MOST_MISREAD)


def _read(one: str, other: str, left: int) -> bool:
    while one and other and one[0] == other[0]:
        if left and any(_swaps(one, other, left)):
            return True
        one, other = one[1:], other[1:]
    if not one and not other:
        return True
    return bool(left) and any(_swaps(one, other, left))


def _swaps(one: str, other: str, left: int) -> Iterator[bool]:
    for pair in _LOOKALIKES:
        printed, _, read = pair.partition(" ")
        if one.startswith(printed) and other.startswith(read):
            yield _read(one[len(printed) :], other[len(read) :], left - 1)
