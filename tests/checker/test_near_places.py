"""Where a fragment is looked for that stands in the source but for a bracket or a word."""

from __future__ import annotations

import pytest

from pubtool.checker.elements import take_text_apart
from pubtool.checker.index import index_source
from pubtool.checker.place.near_places import near_windows
from pubtool.model import Key, SourceText

SOURCE = (
    "It is of the one and the other that he has it, and of it the log says to us all: so be it."
)

FOUND = [
    ("of [all] the one", "of the one"),
    ("[A]nd the other", "and the other"),
    ("it [the log] says to us", "it the log says to us"),
    ("that [the keeper] has it", "that he has it"),
    ("the log say[ing] to us", "the log says to us"),
    ("so [] it", "so be it"),
]
NOT_FOUND = ["of [all] the us", "that [the keeper] had it", "the log l[oves] to us", "[one] [two]"]


@pytest.mark.parametrize(("quoted", "there"), FOUND)
def test_a_fragment_with_brackets_is_found_where_it_stands(quoted: str, there: str) -> None:
    assert there in windows(quoted)


@pytest.mark.parametrize("quoted", NOT_FOUND)
def test_one_that_stands_nowhere_is_not(quoted: str) -> None:
    assert windows(quoted) == []


@pytest.mark.parametrize(
    "quoted", ["of the one or the other", "one and other the", "the log never says to us"]
)
def test_a_short_one_is_found_with_a_word_changed_moved_or_added(quoted: str) -> None:
    assert any("one and the other" in found or "says to us" in found for found in windows(quoted))


@pytest.mark.parametrize(
    "quoted", ["of a one or the other", "says it", "all of it is so be it now"]
)
def test_one_with_two_changed_is_left_to_the_votes(quoted: str) -> None:
    assert windows(quoted) == []


def windows(quoted: str) -> list[str]:
    elements = take_text_apart(quoted)
    part = index_source(SourceText(Key("orme"), SOURCE))
    found = near_windows(elements, range(len(elements.words)), part)
    return [" ".join(part.folded[first:end]) for first, end in found]
