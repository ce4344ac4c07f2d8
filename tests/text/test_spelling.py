"""Which words are one word in two spellings, and which only look so."""

from __future__ import annotations

import pytest

from pubtool.text import spelling
from pubtool.text.meaning import sense
from pubtool.text.spelling import is_compound, is_slip, is_variant


@pytest.mark.parametrize(
    ("one", "other"),
    [("offence", "offense"), ("shewed", "showed"), ("publick", "public"), ("gaol", "jail")],
)
def test_two_spellings_of_a_word(one: str, other: str) -> None:
    assert is_variant(one, other)
    assert is_variant(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("its", "it's"),
        ("affect", "effect"),
        ("stile", "style"),
        ("past", "passed"),
        ("whilst", "while"),
        ("hath", "has"),
        ("further", "farther"),
        ("resume", "résumé"),
        ("public", "public"),
    ],
)
def test_two_words_that_are_alike(one: str, other: str) -> None:
    assert not is_variant(one, other)


def test_the_list_of_older_spellings_is_one_of_pairs_that_mean_the_same() -> None:
    older, usual = spelling._OLDER[::2], spelling._OLDER[1::2]
    assert len(set(older)) == len(older)
    assert not set(older) & set(usual)
    for one, other in zip(older, usual, strict=True):
        assert is_variant(one, other)
        assert not sense([one]), f"{one} is itself a word on which a sense turns"


@pytest.mark.parametrize(("word", "same"), [("today", True), ("maybe", False), ("everyday", False)])
def test_compounds_that_mean_the_same_however_they_are_written(word: str, *, same: bool) -> None:
    assert is_compound(word) is same


def test_a_slip_is_one_of_the_source_alone() -> None:
    assert is_slip("recieve", "receive")
    assert not is_slip("receive", "recieve")
    assert not is_slip("their", "there")


def test_no_slip_is_a_spelling_that_anybody_holds_for_right() -> None:
    slips = spelling._SLIPS[::2]
    assert len(set(slips)) == len(slips)
    assert not set(slips) & set(spelling._SLIPS[1::2])
    assert all(spelling.standard_spelling(slip) == slip for slip in slips)
    assert not any(sense([slip]) for slip in slips)
