"""Emphasis of a web page, laid on the text that was taken from it."""

from __future__ import annotations

import pytest

from pubtool.model import Span
from pubtool.readers.sources.edited import EditedText, Replacement
from pubtool.readers.sources.web import read_web

PAGE = """<!DOCTYPE html><html><head><title>T</title></head><body>
<nav><b>Home</b> <i>About the tower</i></nav>
<article><h1>Orders of the <em>Tower</em></h1>
<p>The keeper shall light the lamp at dusk, and he shall <em>never</em> leave the tower
while it burns. The oil is counted <strong>at noon</strong> by the board of the harbour.</p>
<p>Every vessel that passes the point <i>by night</i> is entered in the log, and the log
<b>never <i>leaves</i></b> the tower.<p>The pilot may read it.</p></article></body></html>"""


def emphasised(page: str) -> list[str]:
    found = read_web(page.encode(), "page.html")
    return [found.text[span.start : span.end] for span in found.emphasis]


def test_a_page_s_emphasis_is_found_in_its_text() -> None:
    found = emphasised(PAGE)
    assert [word for word in found if word not in ("Home", "About the tower", "Tower")] == [
        "never",
        "at noon",
        "by night",
        "never leaves",
    ]


def test_a_page_s_block_quotes_are_found_in_its_text() -> None:
    page = PAGE.replace(
        "<p>Every vessel",
        "<p>Rowse told us:</p><blockquote><p>Trust no lamp.</p><p>Trust oil.</p></blockquote>"
        "<p>Every vessel",
    )
    found = read_web(page.encode(), "page.html")
    quoted = [found.text[span.start : span.end] for span in found.quoted]
    assert quoted == ["Trust no lamp.\nTrust oil."]
    assert "Rowse told us:\nTrust" in found.text


def test_emphasis_changes_no_character_of_the_text() -> None:
    plain = PAGE
    for tag in ("em", "strong", "i", "b"):
        plain = plain.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    found = read_web(plain.encode(), "page.html")
    assert found.text == read_web(PAGE.encode(), "page.html").text
    assert found.emphasis == ()


def test_of_words_that_stand_twice_their_neighbours_tell_which_are_emphasised() -> None:
    found = read_web(
        b"<p>he shall <em>never</em> sleep</p><p>he shall never sleep</p>", "page.html"
    )
    assert found.emphasis == (Span(9, 14),)


def test_the_same_words_may_be_emphasised_in_one_place_and_not_in_another() -> None:
    page = "".join(f"<p>he shall {word} sleep</p>" for word in ("<em>never</em>", "never") * 2)
    found = read_web(page.encode(), "page.html")
    assert [span.start for span in found.emphasis] == [9, 51]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 3, "abc"),
        (2, 5, "c"),
        (3, 5, ""),
        (3, 8, "gh"),
        (5, 8, "gh"),
        (8, 9, "!"),
        (0, 9, "abcgh!"),
    ],
)
def test_a_range_follows_the_edits(start: int, end: int, expected: str) -> None:
    text = EditedText("abc--fgh!")
    text.edit([], [Span(start, end)])
    text.edit([Replacement(3, 5), Replacement(5, 6)])
    assert text.text == "abcgh!"
    (mark,) = text.marked
    assert text.text[mark.start : mark.end] == expected
