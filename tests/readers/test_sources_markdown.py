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
    text, pages = strip_markup("one <!-- page 257 -->*two*\n\n<!-- p. iv -->\n#three")
    assert text == "one two\n\n\nthree"
    assert [(p.at, p.locator.label, p.locator.value) for p in pages] == [
        (4, "page", "257"),
        (9, "page", "iv"),
    ]


def test_page_comment_inside_emphasis_is_kept_in_place() -> None:
    text, pages = strip_markup("*one <!-- page 9 -->two* three")
    assert (text, pages[0].at) == ("one two three", 4)


WORDS = st.text("abzéß", min_size=1, max_size=4)
MARKUP = st.sampled_from(
    r"""* ** *** _ __ # ## - + [ ] ( ) ! \ ` `` ~ 1. a) > | " ' ; = === --- [^1] [T] } .""".split()
)
GAPS = st.sampled_from([" ", "\n", "\n\n", "    "])


@given(st.lists(WORDS | MARKUP | GAPS, max_size=40))
def test_no_letter_is_ever_lost(pieces: list[str]) -> None:
    markdown = "".join(pieces)
    assume("](" not in markdown)  # a link's target does go
    text, _ = strip_markup(markdown)
    assert [c for c in text if c.isalnum()] == [c for c in markdown if c.isalnum()]
    assert text.count("\n") == markdown.count("\n")


@given(st.text("ab*_# []()\n\\<>&;", max_size=60))
def test_nothing_is_ever_added(markdown: str) -> None:
    text, _ = strip_markup(markdown)
    assert len(text) <= len(markdown)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("mark", ["*", "_", "[", "<", "`", "![", "\\", "*a ", "_a ", "[a](", "<a "])
def test_hostile_repetition_ends_soon(mark: str) -> None:
    strip_markup(mark * 20_000)
