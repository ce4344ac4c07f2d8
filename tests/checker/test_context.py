"""context: the source's own words round a passage, whole, near, and nothing but them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.checker.context import MOST, after, before
from pubtool.model import Span

LINE = "The second paragraph says that nobody may be held without cause, "
TEXT = f"A first paragraph, short.\n\n{LINE}and goes on. It ends here.\n\nA third one."


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_it_begins_and_ends_with_the_paragraph() -> None:
    assert before(TEXT, place("and goes on.")) == LINE
    assert after(TEXT, place("The second")).endswith("It ends here.")


def test_it_goes_beyond_the_paragraph_where_that_leaves_too_little_to_read() -> None:
    assert before(TEXT, place("The second")) == "A first paragraph, short.\n\n"
    assert after(TEXT, place("It ends here.")) == "\n\nA third one."


def test_words_are_whole() -> None:
    text = "incomprehensibilities " * 40
    middle = Span(22 * 20, 22 * 21 - 1)
    assert set(before(text, middle).split()) == {"incomprehensibilities"}
    assert set(after(text, middle).split()) == {"incomprehensibilities"}
    assert MOST - 40 < len(after(text, middle)) <= MOST


@pytest.mark.parametrize("script", ["漢字仮名交じり文", "ក្រុងភ្នំពេញ", "กรุงเทพมหานคร"])
def test_no_letter_is_parted_from_its_marks_where_words_have_no_spaces(script: str) -> None:
    text = script * 60
    middle = Span(len(script) * 30, len(script) * 31)
    ahead, behind = before(text, middle), after(text, middle)
    assert not unicodedata.category(ahead[0]).startswith("M")
    assert not unicodedata.category(text[middle.end + len(behind)]).startswith("M")
    assert 100 < len(ahead) <= MOST
    assert 100 < len(behind) <= MOST


def test_space_at_the_end_of_the_source_is_taken_along() -> None:
    assert after("one two three\n \n", Span(4, 7)) == " three\n \n"


@given(st.text(alphabet="ab \n\u0301漢", max_size=500), st.data())
def test_it_is_what_stands_next_to_the_passage_and_never_too_long(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    ahead, behind = before(text, span), after(text, span)
    assert text[: span.start].endswith(ahead)
    assert text[span.end :].startswith(behind)
    assert len(ahead) <= MOST
    assert len(behind.rstrip()) <= MOST
