"""Which differences are laid to a scanner, and which to the author.

`SMALL` is a few lines; `LARGE` is the licence of this project with a few words misread by hand;
`NOISY` the same with one word in twelve spoilt, so that the next one is expected.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.quoting import KEY, library, verdict

from pubtool.checker.differences.poor_text import Scan
from pubtool.checker.index import IndexPart, index_source
from pubtool.model import Key, SourceText, Span
from pubtool.text.words import find_words

LICENSE = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
MISREAD = (
    "The perpctual licenfe is gra nted to anyonc who stands nnder the shore. "
    "Whoever reads it may read it with a modem. Thc lamp of the h0use and tlie horn ofthe board."
)


def part(text: str) -> IndexPart:
    return index_source(SourceText(Key("s"), text))


def is_misread(quoted: list[str], source: list[str], text: IndexPart) -> bool:
    """Whether a text has some words, misread, where they stand in it first; else at its end."""
    written = " ".join(source)
    words = tuple(word.folded for word in find_words(written))
    places = [n for n in range(len(text.folded)) if text.folded[n : n + len(words)] == words]
    if not places:
        return is_misread(quoted, source, part(f"{text.source.text}\n{written} "))
    here = range(places[0], places[0] + len(words))
    return Scan(text, here.start, here.stop).is_misread(quoted, here)


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


def spoil(text: str) -> str:
    """Return a text in which a letter of every twelfth longer word is another, lost or doubled."""
    words = text.split(" ")
    for place in range(0, len(words), 12):
        word = words[place]
        if len(word) > 5 and word.isalpha() and word.islower():
            ways = (word[:2] + "x" + word[3:], word[:2] + word[3:], word[:3] + word[2:])
            words[place] = ways[place // 12 % 3]
    return " ".join(words)


NOISY = part(spoil(LICENSE.replace("\n", " ")))


@pytest.mark.parametrize(
    ("quoted", "source"),
    [
        ("copyright", "copxright"),
        ("lamp", "lmp"),
        ("keeper", "keepper"),
        ("weather", "wea'ther"),
        ("people", "pe ople"),
        ("people", "peo p1e"),
        ("of the lamp", "ofthe lannp"),
        ("be", "bbe"),
        ("by", "b"),
        ("all", "al|"),
    ],
)
def test_where_many_words_are_spoilt_the_next_one_is_no_author_s_fault(
    quoted: str, source: str
) -> None:
    assert is_misread(quoted.split(), source.split(), NOISY)


@pytest.mark.parametrize(
    ("quoted", "source"),
    [
        ("copyright", "copxright"),
        ("lamp", "lmp"),
        ("keeper", "keepper"),
    ],
)
def test_letters_that_look_nothing_alike_are_misread_in_no_sound_text(
    quoted: str, source: str
) -> None:
    sound = part(LICENSE)
    assert not is_misread(quoted.split(), source.split(), sound)


@pytest.mark.parametrize(
    ("quoted", "source"),
    [
        ("from", "form"),
        ("causal", "casual"),
        ("now", "not"),
        ("can", "ran"),
        ("managements", "managemcnt"),
        ("keepers", "keeper"),
        ("1998", "1989"),
        ("1998", "l989"),
        ("shell", "sha1l"),
        ("day", "night"),
        ("recieve", "receive"),
        ("harbour", "harbor"),
    ],
)
def test_a_real_word_and_a_number_are_taken_at_their_word_however_spoilt_the_text(
    quoted: str, source: str
) -> None:
    assert not is_misread(quoted.split(), source.split(), NOISY)


@pytest.mark.parametrize(
    ("quoted", "source", "misread"),
    [
        ("copyright", "copYright", True),
        ("section", "Section", True),
        ("The", "the", False),
        ("copyright", "COPYRIGHT", False),
    ],
)
def test_a_capital_is_a_scanner_s_within_a_word_or_by_its_shape(
    quoted: str, source: str, *, misread: bool
) -> None:
    noisy = part(f"{NOISY.source.text} {source}")
    last = len(noisy.folded) - 1
    assert Scan(noisy, last, last + 1).is_case_misread(quoted, last) == misread
    sound = part(f"{LICENSE} {source}")
    last = len(sound.folded) - 1
    assert not Scan(sound, last, last + 1).is_case_misread(quoted, last)


def test_a_comma_for_a_full_stop_is_a_scanner_s_where_words_are_spoilt_too() -> None:
    noisy, sound = Scan(NOISY, 40, 45), Scan(part(LICENSE), 40, 45)
    assert noisy.are_marks_misread(",", ".")
    assert noisy.are_marks_misread("", "'")
    assert not noisy.are_marks_misread("", ",")
    assert not noisy.are_marks_misread("?", ".")
    assert not sound.are_marks_misread(",", ".")


@pytest.mark.parametrize(
    ("doubtful", "code"),
    [("small", "Q103"), ("small red", "Q306"), ("the small red lamp", "Q306"), ("", "Q103")],
)
def test_words_left_out_are_laid_to_a_recogniser_that_was_sure_of_none_of_them(
    doubtful: str, code: str
) -> None:
    text = "The keeper shall light the small red lamp at dusk on every day."
    at = text.index(doubtful)
    spans = (Span(at, at + len(doubtful)),) if doubtful else ()
    shelf = library(SourceText(KEY, text, doubtful=spans))
    found = verdict("The keeper shall light the lamp at dusk on every day", shelf)
    assert found.place is not None
    assert [difference.code for difference in found.place.differences] == [code]
