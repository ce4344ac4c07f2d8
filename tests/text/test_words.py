"""Words, where they stand, and the form in which two spellings are one word."""

from __future__ import annotations

import unicodedata

import pytest

from pubtool.text.folding import fold, without_diacritics
from pubtool.text.meaning import LIMITING_CLAUSE, is_date, is_negation, is_number, sense
from pubtool.text.spelling import is_variant, standard_spelling
from pubtool.text.words import find_words

WORDS = [
    ("The lamp is lit.", "The lamp is lit"),
    ("isn't ’tis keepers’ o'clock", "isn't tis keepers o'clock"),
    ("l´alba, ch`io, l‘afflitto and o′clock", "l´alba ch`io l‘afflitto and o′clock"),
    ("it`s `a` word", "it`s a word"),
    ("twenty-one and e-mail", "twenty one and e mail"),
    ("1,000.50 at 10:30 on 3/4", "1,000.50 at 10:30 on 3/4"),
    ("3(a) of §12.", "3 a of 12"),
    ("so\u00adft\u00adened", "so\u00adft\u00adened"),
    ("naïve café", "naïve café"),
    ("cafe\u0301s", "cafe\u0301s"),
    ("word¹ next, 10³ m², H₂S", "word next 10 m H₂S"),
    ("at -18, –5 or (−5); 3-5, 3 -5, x-1, --5", "at -18 –5 or −5 3 5 3 5 x 1 5"),
    ("about 1½ hour, ¾ lb.", "about 1 ½ hour ¾ lb"),
    ("δʼ οὖν, п'ять пʼять", "δ οὖν п'ять пʼять"),
    ("snake_case", "snake case"),
    ("灯台を", "灯 台 を"),
    ("灯\u200b台", "灯 台"),
    ("বাংলা ভাষা", "বাংলা ভাষা"),
    ("— … !", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_a_text_has_these_words(text: str, words: str) -> None:
    assert " ".join(word.text for word in find_words(text)) == words


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_a_word_stands_where_it_says(text: str, words: str) -> None:
    for word in find_words(text):
        assert text[word.span.start : word.span.end] == word.text
        assert word.folded == fold(word.text)


def test_a_letter_keeps_every_mark_that_stands_on_it() -> None:
    for code in range(0x300, 0x110000):
        if unicodedata.category(chr(code)).startswith("M"):
            word = f"a{chr(code)}b"
            assert "".join(found.text for found in find_words(word)) == word


FOLDS = [
    ("Lamp", "LAMP"),
    ("keeper’s", "keeper's"),
    ("keeperʼs", "keeper`s"),
    ("ﬁre", "fire"),
    ("aﬄuent", "affluent"),
    ("straße", "STRASSE"),
    ("so\u00adft", "soft"),
    ("so\u200bft", "soft"),
    ("cafe\u0301", "café"),
    ("ſic", "sic"),
    ("ｌａｍｐ", "lamp"),
    ("−18", "-18"),
    ("Œuvre", "oeuvre"),
    ("Cæsar", "CAESAR"),
    ("H₂S", "H2S"),
]


@pytest.mark.parametrize(("one", "other"), FOLDS)
def test_typography_is_forgotten(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("café", "cafe"), ("lamp", "lamps"), ("1000", "1,000"), ("its", "it's")]
)
def test_what_the_author_decides_is_kept(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_folding_twice_is_folding_once() -> None:
    for one, other in FOLDS:
        assert fold(fold(one)) == fold(one)
        assert fold(fold(other)) == fold(other)


def test_without_diacritics() -> None:
    assert without_diacritics("café") == "cafe"
    assert without_diacritics("ångström") == "angstrom"
    assert without_diacritics("n̶o̶t̶") != "not"  # struck out


def test_spelling_variants_are_told_from_other_words() -> None:
    assert is_variant("offences", "offenses")
    assert is_variant("colour", "color")
    assert not is_variant("offence", "offence")
    assert not is_variant("offence", "defense")
    assert standard_spelling("harbour") == "harbor"
    assert standard_spelling("lighthouse") == "lighthouse"


def test_words_on_which_the_sense_turns() -> None:
    assert all(map(is_negation, ["not", "never", "without", "mustn't", "nicht"]))
    assert not any(map(is_negation, ["note", "knot", "may"]))
    assert all(map(is_number, ["12", "3(a)", "twelve", "1,000"]))
    assert not any(map(is_number, ["lamp", "none", "secondly"]))
    assert is_date("september")
    assert not is_date("may")
    assert sense(["he", "may", "not", "read", "two", "only"]) == {
        "negation": ["not"],
        "number": ["two"],
        "modal verb": ["may"],
        "limit": ["only"],
    }


@pytest.mark.parametrize(
    "after",
    [
        ", unless he objects",
        " except that it rains",
        "; provided, however, that",
        " (but only if",
        " and without prejudice to",
        ", to the extent that",
        "”, but he forgot",
    ],
)
def test_a_clause_that_limits_what_went_before(after: str) -> None:
    assert LIMITING_CLAUSE.match(after)


@pytest.mark.parametrize(
    "after",
    [", and the lamp", " but also the horn", ". The keeper", " untilled land", ", since he"],
)
def test_a_clause_that_limits_nothing(after: str) -> None:
    assert not LIMITING_CLAUSE.match(after)
