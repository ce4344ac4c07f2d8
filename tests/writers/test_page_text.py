"""The text of our pages, as the DOM has it; tests/browser/test_annotations.py asks a browser."""

from __future__ import annotations

import time
from random import Random

import pytest

from pubtool.model import Span
from pubtool.writers.page_text import read_page

MARKED = 'class="quotation" data-verdict="verbatim"'


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>T</title></head><body class='x'>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One &amp; <em>two</em>&nbsp;&#x1F600;</p>", "One & two\xa0😀"),
        ("a<!-- <p>no</p> -->b", "ab"),
        ('<p title="a > b">c</p>', "c"),
        ("<img alt='x' src=\"y\">d<br>e", "de"),
        ("<pre>\nfirst</pre>", "first"),
        ("<style>p > a {}</style><script>if (a < b) {}</script>z", "p > a {}if (a < b) {}z"),
        ("1 < 2", "1 < 2"),
        ("kept<a href='lost", "kept"),
        ("kept<!-- lost", "kept"),
    ],
)
def test_the_text_is_what_stands_between_the_tags(body: str, text: str) -> None:
    assert read_page(page(body)).text.rstrip("\n") == text


def test_a_quotation_is_found_without_what_is_none_of_its_words() -> None:
    body = (
        f'<p>He: “<span id="q-1" {MARKED}>first</span>,” he says, '
        f'“<span data-part-of="q-1" {MARKED}>last words<button class="mark">✓</button></span>”</p>'
        f'<div id="q-2" {MARKED}><blockquote><p>A block.<a role="doc-noteref">1</a></p>'
        "</blockquote></div>"
    )
    found = read_page(page(body))
    assert {name: found.text[s.start : s.end] for name, s in found.quotations.items()} == {
        "q-1": "first,” he says, “last words",
        "q-2": "A block.",
    }
    assert found.place("q-2", "A block") == Span(
        found.quotations["q-2"].start, found.quotations["q-2"].end - 1
    )
    assert found.place("q-3", "gone") is None


PIECES = [
    *("words ", "&amp;", "&lt", "&am", "p;", "1 < 2", "<", ">", "\n"),
    *("<b>", "</b>", "<p class='mark'>", "</p>", "<br>", '<a title="a > b">', "</a>"),
    *("<!-- > -->", "<!---->", "<!--", "<!x>", "</", "<pre>\n", "</pre>"),
    *("<SCRIPT>a < b</b></script>", "<style>i > b {}</style>"),
    *(f'<q id="q-1" {MARKED}>', "</q>"),
]


@pytest.mark.parametrize("seed", range(300))
def test_the_end_of_a_page_is_read_as_all_of_it(seed: int) -> None:
    """A quotation without an id, at a page's end, has every tag before it looked at."""
    random = Random(seed)
    body = "".join(random.choices(PIECES, k=random.randint(1, 12)))
    found, slowly = read_page(page(body)), read_page(page(f"{body}<q data-verdict=''></q>"))
    assert (found.text, found.quotations, found.words) == (
        slowly.text,
        slowly.quotations,
        slowly.words,
    )


def test_quotation_marks_may_be_otherwise() -> None:
    body = f'<span id="q-1" {MARKED}>“It’s  ‘so’”, she said</span>'
    found = read_page(page(body))
    place = found.place("q-1", "It's 'so'\"")
    assert place is not None
    assert found.text[place.start : place.end] == "It’s  ‘so’”"


@pytest.mark.parametrize(
    ("words", "carried"),
    [
        ("words of his own", True),
        ("Words, of\nhis own", False),
        ("words of own", False),
        ("words of his own and", False),
        ("words of \ufffc own", True),
        ("\ufffc his own", True),
    ],
)
def test_a_page_carries_words_in_one_piece(words: str, carried: bool) -> None:  # noqa: FBT001
    found = read_page(page(f'<span id="q-1" {MARKED}>words <em>of</em> his own</span>'))
    assert found.carries("q-1", words) is carried


@pytest.mark.parametrize(
    "body",
    [
        *(piece * 20_000 for piece in ("<", "<a ", "<a b='", "<!--")),
        "<b>x" * 50_000 + "</i>" * 50_000,
        f'<b id="q-1" {MARKED}>x' * 20_000,
        *("<b></b>" + piece * 20_001 for piece in ("<", "<a ", "<a b='", "<!--", "<a b='\">")),
        "<b></b>" * 20_000 + "<pre>",
    ],
    ids=range(12),
)
def test_a_hostile_page_takes_no_time(body: str) -> None:
    begin = time.process_time()
    read_page(page(body))
    assert time.process_time() - begin < 5
