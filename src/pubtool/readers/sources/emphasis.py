"""Where an extracted text has what its page emphasised.

An extractor gives the words of an article and no markup. The page's words are known with their
emphasis; each word of the text takes it over from the page by the three words in a row that it
stands in. Where such a row stands on the page twice, once emphasised and once not, it says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from pubtool.model import Span
from pubtool.text.words import Word, find_words

_ROW = 3
"""Words that tell one place of a page from another."""

_Row = tuple[str, ...]


def find_emphasis(page: str, emphasised: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Return the ranges of `text` that are emphasised in the page that it was taken from.

    `emphasised` are ranges of `page`, sorted and disjoint.
    """
    known = _rows(list(find_words(page)), emphasised)
    words = list(find_words(text))
    folds = [word.folded for word in words]
    found: list[Span] = []
    open_ = False
    for number, word in enumerate(words):
        is_emphasised = _is_emphasised(folds, number, known)
        if is_emphasised and open_:
            found[-1] = Span(found[-1].start, word.span.end)
        elif is_emphasised:
            found.append(word.span)
        open_ = is_emphasised
    return tuple(found)


def _rows(words: list[Word], emphasised: Sequence[Span]) -> dict[_Row, tuple[bool, ...] | None]:
    """Return what is emphasised in each row of words, None where that differs between places."""
    flags, number = list[bool](), 0
    for word in words:
        while number < len(emphasised) and emphasised[number].end <= word.span.start:
            number += 1
        flags.append(number < len(emphasised) and emphasised[number].holds(word.span))
    known: dict[_Row, tuple[bool, ...] | None] = {}
    for at in range(len(words) - _ROW + 1):
        row = tuple(word.folded for word in words[at : at + _ROW])
        here = tuple(flags[at : at + _ROW])
        known[row] = here if known.get(row, here) == here else None
    return known


def _is_emphasised(
    folds: list[str], number: int, known: dict[_Row, tuple[bool, ...] | None]
) -> bool:
    for place in (1, 0, 2):  # a word in the middle of its row is told best
        at = number - place
        if at < 0:
            continue
        flags = known.get(tuple(folds[at : at + _ROW]))
        if flags is not None:
            return flags[place]
    return False
