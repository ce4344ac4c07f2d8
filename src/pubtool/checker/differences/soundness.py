"""Soundness: whether a word of a source gives [sic] nothing to point at.

[sic] follows an error or an oddity of the source (Chicago 13.61, Bluebook 5.2(c)). Which word is
odd only a reader can say in the end; here a word is sound when nothing speaks for an oddity: it is
a word of the language, no capital of its contradicts the source's own, it is no name that is spelt
otherwise elsewhere, and none of the words that are marked although spelt right (see
`pubtool.text.slips`).

Only English texts are judged. In the other languages that have a word list a slip of grammar sits
in any ending, and no list of them would be closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from pubtool.checker.index import IndexPart
from pubtool.text.dictionary import is_known
from pubtool.text.languages import language_of
from pubtool.text.slips import may_be_slip
from pubtool.text.typography import ends_sentence

_LANGUAGE = "English"
_OFTEN = 3
"""So often does a term or a name stand in a source before it is one, and no slip that recurs."""

_MOST_SEEN = 200
"""Occurrences of a word whose capitals are compared."""


def is_sound(part: IndexPart, number: int) -> bool:
    """Whether a word of the source, by its number, is one that [sic] cannot mean.

    False where the text's language is not one that is judged.
    """
    part, number = part.whole, part.whole.number_at(part.starts[number])
    if language_of(part.count) != _LANGUAGE:
        return False
    low = max(number - 1, 0)
    near = list(part.folded[low : number + 2])
    at = number - low
    if at and not _is_word(near[0], part):  # [sic] may mean both: a name's first word
        return False
    return (
        _is_word(near[at], part)
        and not may_be_slip(near, at, _is_english, is_usual=_is_usual(part, number))
        and not _has_odd_capital(part, number)
    )


def _is_usual(part: IndexPart, number: int) -> bool:
    """Whether a word stands elsewhere in the source too beside the word before, and the one after.

    Of a slip, one of its neighbours is one that the right use of the word does not have.
    """
    places = [n for n in part.postings[part.folded[number]][:_MOST_SEEN] if n != number]
    return all(
        any(part.folded[n + step : n + step + 1] == beside for n in places if n + step >= 0)
        for step in (-1, 1)
        if (beside := part.folded[number + step : number + step + 1]) and number + step >= 0
    )


def _is_english(folded: str) -> bool:
    return is_known(folded, (_LANGUAGE,))


def _is_word(folded: str, part: IndexPart) -> bool:
    """Whether a fold is a word: the dictionary's, or a term that the source keeps using.

    A slip may recur too; but a slip is one letter from a word, and most terms are not.
    """
    if _is_english(folded):
        return True
    often = part.count(folded) >= _OFTEN
    return often and not any(_is_english(other) for other in _one_letter_off(folded))


def _has_odd_capital(part: IndexPart, number: int) -> bool:
    """Whether a word's capital, or the want of one, is not what the source's usage explains.

    A name is written with its capital wherever it stands; with a capital elsewhere, a small letter
    is odd, and the other way round. A name that stands there too with a letter changed is odd.
    """
    written = part.written(number)
    if written[1:] != written[1:].lower():
        return True
    others = [n for n in _inside_sentences(part, number) if n != number]
    capitals = sum(part.written(n)[0].isupper() for n in others)
    if not written[0].isupper():
        return ends_sentence(part.between(number)) or 2 * capitals > len(others)
    if _may_begin(part, number):
        return False
    steady = len(others) + 1 >= _OFTEN and capitals == len(others)
    fold = part.folded[number]
    return not steady or any(other in part.postings for other in _one_letter_off(fold))


def _inside_sentences(part: IndexPart, number: int) -> list[int]:
    """Return the places of a word at which no sentence's beginning explains a capital."""
    every = part.postings.get(part.folded[number], ())[:_MOST_SEEN]
    return [n for n in every if not _may_begin(part, n)]


def _may_begin(part: IndexPart, number: int) -> bool:
    """Whether a word may begin a sentence, a line of verse or a heading."""
    between = part.between(number)
    return number == 0 or ends_sentence(between) or any(mark in between for mark in "\n:\"“‘'")


def _one_letter_off(word: str) -> Iterator[str]:
    """Yield the words that a letter dropped, doubled, changed or exchanged with the next makes."""
    for at in range(len(word)):
        head, tail = word[:at], word[at + 1 :]
        yield head + tail
        if tail:
            yield head + tail[0] + word[at] + tail[1:]
        for letter in ascii_lowercase:
            if letter != word[at]:
                yield head + letter + tail
            yield head + letter + word[at:]
