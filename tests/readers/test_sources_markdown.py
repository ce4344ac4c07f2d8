"""Markdown sources: the markup goes, the words and lines stay."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pubtool.readers.sources.markdown import read_markdown, strip_markup

CASES = sorted((Path(__file__).parents[1] / "data/sources/markdown").glob("*.md"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_prose_is_what_remains(case: Path) -> None:
    expected = case.with_suffix(".txt").read_text(encoding="utf-8")
    assert read_markdown(case.read_bytes(), case.name).text == expected


def test_page_comments_say_where_pages_begin() -> None:
    text, pages, *_ = strip_markup("one <!-- page 257 -->*two*\n\n<!-- p. iv -->\n#three")
    assert text == "one two\n\n\nthree"
    assert [(p.at, p.locator.label, p.locator.value) for p in pages] == [
        (4, "page", "257"),
        (9, "page", "iv"),
    ]


def test_page_comment_inside_emphasis_is_kept_in_place() -> None:
    text, pages, *_ = strip_markup("*one <!-- page 9 -->two* three")
    assert (text, pages[0].at) == ("one two three", 4)


def test_raised_figures_and_indices_become_characters() -> None:
    text, *_ = strip_markup("10^3^ of 10<sup>-9</sup>, H~2~O, x^2^y, 4^th^ a~b [^1] ~~not~~")
    assert text == "10³ of 10⁻⁹, H2O, x²y, 4^th^ a~b [^1] ~~not~~"


WORDS = st.text("abzéß", min_size=1, max_size=4)
MARKUP = st.sampled_from(
    r"""* ** *** _ __ # ## - + [ ] ( ) ! \ ` `` ~ 1. a) > | " ' ; = === --- [^1] [T] } .""".split()
)
GAPS = st.sampled_from([" ", "\n", "\n\n", "    "])


@given(st.lists(WORDS | MARKUP | GAPS, max_size=40))
def test_no_letter_is_ever_lost(pieces: list[str]) -> None:
    markdown = "".join(pieces)
    assume("](" not in markdown)  # a link's target does go
    text, *_ = strip_markup(markdown)
    assert [c for c in text if c.isalnum()] == [c for c in markdown if c.isalnum()]
    assert text.count("\n") == markdown.count("\n")


@given(st.text("ab*_# []()\n\\<>&;", max_size=60))
def test_nothing_is_ever_added(markdown: str) -> None:
    text, *_ = strip_markup(markdown)
    assert len(text) <= len(markdown)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("mark", ["*", "_", "[", "<", "`", "![", "\\", "*a ", "_a ", "[a](", "<a "])
def test_hostile_repetition_ends_soon(mark: str) -> None:
    strip_markup(mark * 20_000)


def emphasised(markdown: str) -> list[str]:
    text, _, emphasis, _ = strip_markup(markdown)
    return [text[span.start : span.end] for span in emphasis]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("he *shall* never __sleep__", ["shall", "sleep"]),
        ("# A *head* #\n\n> - **both [here](http://a.b/c) and\n> there** &amp; *c &amp; d*",
         ["head", "both here and\nthere", "c & d"]),
        ("<p>he <em>shall</em> <B class='x'>never</B> <i>sleep</p>", ["shall", "never"]),
        ("*one <!-- page 9 -->two* three", ["one two"]),
        ("***both*** and snake_case and 2*3*4", ["both"]),
        ("plain", []),
    ],
)  # fmt: skip
def test_emphasis_is_kept_beside_the_text(markdown: str, expected: list[str]) -> None:
    assert emphasised(markdown) == expected


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "*", "**", "_"])), min_size=1, max_size=12))
def test_emphasis_moves_nothing(words: list[tuple[str, str]]) -> None:
    plain = " ".join(word for word, _ in words)
    text, _, emphasis, _ = strip_markup(" ".join(f"{mark}{word}{mark}" for word, mark in words))
    assert text == plain
    assert [text[s.start : s.end] for s in emphasis] == [word for word, mark in words if mark]


@given(st.text("ab*_# []()\n\\<>&;", max_size=60))
def test_emphasis_lies_within_the_text(markdown: str) -> None:
    text, _, emphasis, _ = strip_markup(markdown)
    assert all(0 <= span.start < span.end <= len(text) for span in emphasis)
    assert list(emphasis) == sorted(emphasis)


def test_block_quotes_keep_their_place() -> None:
    found = read_markdown(
        b"# Orme\n\nRowse [says](a.html) *so*:\n\n> Never &amp; *nowhere*\n>\n>> trust a lamp.\n\n"
        b"No.\n> It fails.",
        "a.md",
    )
    words = [found.text[one.start : one.end].strip() for one in found.quoted]
    assert words == ["Never & nowhere\n\ntrust a lamp.", "It fails."]
