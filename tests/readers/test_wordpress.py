"""WordPress's content as Markdown: every case file under tests/cases/wordpress.

Each case must besides say, read by pubtool itself, the words that WordPress shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pubtool.model import Entry
from pubtool.readers.wordpress import Addresses, notes_of, to_markdown
from pubtool.readers.wordpress.visible import (
    first_difference,
    words_of_content,
    words_of_markdown,
)
from pubtool.system.pandoc import Pandoc

FOLDER = Path(__file__).parents[1] / "cases" / "wordpress"
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n"
    r"(?P<f>~{3,})html\n(?P<html>.*?)\n(?P=f)\n"
    r"(?:(?P=f)footnotes\n(?P<notes>.*?)\n(?P=f)\n)?"
    r"(?P=f)markdown\n(?P<markdown>.*?)\n(?P=f)\n"
    r"(?:(?P=f)ledger\n(?P<ledger>.*?)\n(?P=f)\n)?",
    re.MULTILINE | re.DOTALL,
)
AS_IT_IS = Addresses(lambda address: address, lambda address: address)


def cases() -> Iterator[tuple[str, re.Match[str]]]:
    for path in sorted(FOLDER.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found = list(CASE.finditer(text))
        titles = re.findall(r"^## (.*)\n\n~", text, re.MULTILINE)
        assert [case["title"] for case in found] == titles, f"{path}: a case that does not parse"
        yield from ((f"{path.stem}: {case['title']}", case) for case in found)


CASES = dict(cases())


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def entry(content: str, footnotes: str = "") -> Entry:
    return Entry(
        id=1,
        kind="post",
        title="A post",
        slug="a",
        status="publish",
        date="",
        link="",
        author="",
        content=content,
        excerpt="",
        footnotes=footnotes,
    )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_post_s_content(case: re.Match[str], pandoc: Pandoc) -> None:
    written = to_markdown(entry(case["html"], case["notes"] or ""), pandoc, AS_IT_IS)
    assert written.markdown == case["markdown"] + "\n"
    ledger = [f"{one.line}: {one.construct} -> {one.became}" for one in written.losses]
    assert ledger == (case["ledger"] or "").splitlines()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_no_word_is_lost(case: re.Match[str], pandoc: Pandoc) -> None:
    read = words_of_markdown(pandoc.parse(case["markdown"] + "\n", "a.md"))
    shown = words_of_content(case["html"], notes_of(case["notes"] or ""))
    assert first_difference(shown, read) == ""


DIFFERENT = [
    ("<p>One two three.</p>", "One three.", "“two” is missing after “One”"),
    ("<p>One two.</p>", "One two three.", "“three” was added after “One two”"),
    ("<p>One two.</p>", "One too.", "“two” became “too” after “One”"),
    ("<p>snake</p><p>case</p>", "snakecase", "“snake case” became “snakecase” at the start"),
    ("a<br>b", "ab", "“a b” became “ab” at the start"),
    ("un<em>believ</em>able", "un believ able", "“unbelievable” became “un believ able”"),
    ("<script>x</script>One", "One\n\n    two", "“two” was added after “One”"),
]


@pytest.mark.parametrize(("html", "markdown", "said"), DIFFERENT)
def test_a_changed_word_is_seen(html: str, markdown: str, said: str, pandoc: Pandoc) -> None:
    read = words_of_markdown(pandoc.parse(markdown, "a.md"))
    assert first_difference(words_of_content(html, {}), read).startswith(said)


def test_typography_is_no_difference(pandoc: Pandoc) -> None:
    read = words_of_markdown(pandoc.parse('"It\'s" -- so...', "a.md"))
    assert first_difference(words_of_content("“It’s” – so…", {}), read) == ""


def test_images_and_links_are_led_elsewhere(pandoc: Pandoc) -> None:
    html = (
        '<a href="https://example.org/b/">b</a> <img src="https://example.org/a.png" alt="a"> '
        '<img src="https://example.org/a.png" alt="again">'
    )
    elsewhere = Addresses(lambda _: "images/a.png", lambda _: "b.md")
    written = to_markdown(entry(html), pandoc, elsewhere)
    assert written.markdown == "[b](b.md) ![a](images/a.png) ![again](images/a.png)\n"
    assert written.images == ("https://example.org/a.png",)


@pytest.mark.parametrize("depth", [50, 240, 5_000])
def test_depth_is_no_crash(depth: int, pandoc: Pandoc) -> None:
    written = to_markdown(entry("<blockquote>" * depth + "deep words"), pandoc, AS_IT_IS)
    assert "deep words" in written.markdown


SLOW = {
    "comments": "<!--",
    "blocks": '<!-- wp:a {"b":"',
    "closed blocks": "<!-- wp:a -->",
    "shortcodes": "[a b=1 ",
    "open shortcodes": "[a b=1]",
    "captions": "[caption ",
    "code": "<pre>",
    "marks": "<!--more ",
    "brackets": "[",
    "signs": "*_`",
    "emphasis": "<em>a",
    "spaces": " \n",
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", SLOW.values(), ids=SLOW)
def test_no_content_takes_long(piece: str, pandoc: Pandoc) -> None:
    content = piece * (60_000 // len(piece))
    to_markdown(entry(content), pandoc, AS_IT_IS)
    with suppress(RecursionError):
        words_of_content(content, {})
