"""Which differences are laid to a scanner, and which to the author.

`RULES` is too small to tell what may be a word of it; `LARGE` is the licence of this project, with
a few words misread by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtool.checker.index import IndexPart, index_source
from pubtool.checker.poor_text import Scan
from pubtool.model import Key, SourceText

LICENSE = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
MISREAD = (
    "The perpctual licenfe is gra nted to anyonc who stands nnder the shore. "
    "Whoever reads it may read it with a modem. Thc lamp of the h0use and tlie horn ofthe board."
)


def part(text: str) -> IndexPart:
    return index_source(SourceText(Key("s"), text))


def is_misread(quoted: list[str], source: list[str], text: IndexPart) -> bool:
    """Whether a text has some words, misread, where they stand in it first; else at its end."""
    size = len(source)
    places = [n for n in range(len(text.folded)) if list(text.folded[n : n + size]) == source]
    if not places:
        return is_misread(quoted, source, part(f"{text.source.text}\n{' '.join(source)}"))
    first = places[0]
    return Scan(text, first, first + size).is_misread(quoted, range(first, first + size))


SMALL = part("The sha1l of tbe larnp, vvith 1 modem and 0f the form; I9 and 1st, the 3a.")
LARGE = part(f"{LICENSE}\n{MISREAD}")


@pytest.mark.parametrize(
    ("quoted", "source"),
    [
        ("shall", "sha1l"),
        ("the", "tbe"),
        ("with", "vvith"),
        ("of", "0f"),
        ("i", "1"),
        ("lamp", "larnp"),
        ("1998", "l998"),
    ],
)
def test_digits_among_letters_and_impossible_letters_are_misread_anywhere(
    quoted: str, source: str
) -> None:
    assert is_misread([quoted], [source], SMALL)


@pytest.mark.parametrize(
    ("quoted", "source"),
    [
        ("perpetual", "perpctual"),
        ("license", "licenfe"),
        ("under", "nnder"),
        ("the", "thc"),
        ("the", "tlie"),
        ("house", "h0use"),
        ("granted", "gra nted"),
        ("of the", "ofthe"),
    ],
)
def test_a_large_text_tells_what_is_no_word_of_it(quoted: str, source: str) -> None:
    assert is_misread(quoted.split(), source.split(), LARGE)


@pytest.mark.parametrize(
    ("quoted", "source"),
    [
        ("modern", "modem"),
        ("from", "form"),
        ("1st", "ist"),
        ("30", "3a"),
        ("shell", "sha1l"),
        ("", "tbe"),
        ("the", ""),
    ],
)
def test_a_small_text_is_taken_at_its_word(quoted: str, source: str) -> None:
    """A word is meant unless it is none; and `sha1l` is nearer to another than to `shell`."""
    assert not is_misread(quoted.split(), source.split(), SMALL)


@pytest.mark.parametrize(
    ("quoted", "source"),
    [
        ("modern", "modem"),
        ("if", "is"),
        ("is", "if"),
        ("these", "those"),
        ("distribute", "distribution"),
        ("tbe", "the"),
        ("licenfe", "license"),
        ("any one", "anyone"),
        ("anyone", "any one"),
        ("not", "nor"),
        ("1", "i"),
        ("2004", "2oo4x"),
    ],
)
def test_words_that_the_source_may_well_mean_are_the_authors_to_keep(
    quoted: str, source: str
) -> None:
    assert not is_misread(quoted.split(), source.split(), LARGE)


@pytest.mark.parametrize("word", sorted(set(LARGE.folded))[::40])
def test_a_word_is_never_misread_for_itself_with_a_letter_that_does_not_look_alike(
    word: str,
) -> None:
    assert not is_misread([word + "x"], [word], LARGE)
