"""Numbers in words, as headings have them."""

from __future__ import annotations

import pytest

from pubtool.text.ordinals import number_in_words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("First", 1),
        ("THIRD", 3),
        ("twelve", 12),
        ("Twelfth", 12),
        ("twentieth", 20),
        ("Twenty-Third", 23),
        ("forty two", 42),
        ("Erstes", 1),
        ("viertes", 4),
        ("siebter", 7),
        ("Siebenter", 7),
        ("Achtes", 8),
        ("neunzehnte", 19),
        ("DREISSIGSTES", 30),
        ("dreißigstes", 30),
        ("Einundzwanzigster", 21),
        ("premier", 1),
        ("Première", 1),
        ("DEUXIEME", 2),
        ("quatrième", 4),
        ("cinquième", 5),
        ("neuvième", 9),
        ("dix-septième", 17),
        ("vingt et unième", 21),
        ("Primero", 1),
        ("tercera", 3),
        ("séptimo", 7),
        ("secondo", 2),
        ("ottava", 8),
        ("Primus", 1),
        ("tertia", 3),
        ("tweede", 2),
        ("fjärde", 4),
        ("третья", 3),
        ("Первый", 1),
    ],
)
def test_a_number_is_read_from_words(words: str, number: int) -> None:
    assert number_in_words(words) == number


@pytest.mark.parametrize("words", ["", "the last", "lampe", "firstly", "hundred", "andere", "3"])
def test_other_words_are_no_number(words: str) -> None:
    assert number_in_words(words) is None
