"""Text fragments by the draft's grammar: words of the source's own, encoded, and enough of them.

What a browser makes of them is asked of one in tests/browser/test_text_fragments.py.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.model import Key, SourceText, Span
from pubtool.writers.text_fragment import Searched

TEXT = """Intro - the law is here. The law is there too, in part.

Any person who, without authority, knowingly “receives, conceals or disposes of” stolen goods¹ shall
be liable to a fine, to imprisonment or to both; for the pur-
pose of this Act, goods & chattels count. It is – so to speak – self-evident.
"""


TERM = r"[^-,&#\s]+"
GRAMMAR = rf":~:text=(?:{TERM}-,)?{TERM}(?:,{TERM})?(?:,-{TERM})?"


def directive(text: str, words: str) -> str:
    start = text.index(words)
    return Searched(SourceText(Key("k"), text)).directive(Span(start, start + len(words)))


def terms(fragment: str) -> list[str]:
    """Return the terms of a directive, decoded."""
    assert fragment.startswith(":~:text=")
    return [unquote(term) for term in fragment.removeprefix(":~:text=").split(",")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The law is there too", ["The law is there too"]),
        ("law", ["Intro - the-", "law", "-is here. The"]),
        ("goods & chattels", ["of this Act,-", "goods & chattels", "-count. It is"]),
        ("self-evident", ["to speak –-", "self-evident"]),
        ("stolen goods¹ shall\nbe liable", ["stolen goods", "be liable"]),
        ("liable to a fine, to imprisonment or to both; for the pur-\npose of this Act",
         ["liable to a fine, to", "of this Act"]),
    ],
)  # fmt: skip
def test_what_names_a_passage(words: str, expected: list[str]) -> None:
    assert terms(directive(TEXT, words)) == expected


def test_what_would_be_syntax_is_encoded() -> None:
    fragment = directive(TEXT, "goods & chattels")
    assert "&" not in fragment
    assert directive("One self-evident, plain truth here", "self-evident, plain truth here") == (
        ":~:text=self%2Devident%2C%20plain%20truth%20here"
    )


def test_no_prefix_holds_a_note_s_mark_that_a_page_may_write_otherwise() -> None:
    assert terms(directive("The goods¹ shall be sold.", "shall be")) == ["shall be", "-sold."]


def test_a_long_passage_is_named_by_ends_that_tell_it_from_its_twin() -> None:
    one = "For the purposes of this Act, a ship is any vessel that is used in navigation on water"
    text = f"{one} and is not propelled by oars.\n\n{one} and has no engine of its own at all."
    place = f"{one} and has no engine of its own at all"
    prefix, start, end = terms(directive(text, place))
    assert prefix == "propelled by oars.-"
    assert place.startswith(start)
    assert place.endswith(end)
    assert text.count(end) == 1


def test_a_passage_without_words_has_none() -> None:
    assert directive("One – two", "–") == ""


@given(st.text(alphabet="ab cd-,&¹\n\f漢、“”", min_size=1, max_size=300), st.data())
def test_every_term_is_the_source_s_own_and_the_first_and_last_are_the_passage_s(
    text: str, data: st.DataObject
) -> None:
    words = [found.span() for found in re.finditer(r"[a-d漢]+", text)]
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    place = Span(words[first][0], words[last][1])
    fragment = Searched(SourceText(Key("k"), text)).directive(place)
    if not fragment:
        return
    assert re.fullmatch(GRAMMAR, fragment)
    flat = " ".join(text.split())
    inside = " ".join(text[place.start : place.end].split())
    for raw, term in zip(
        fragment.removeprefix(":~:text=").split(","), terms(fragment), strict=True
    ):
        if raw.endswith("-"):
            assert term[:-1] in flat
        elif raw.startswith("-"):
            assert term[1:] in flat
        else:
            assert term in inside
