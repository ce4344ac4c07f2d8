"""Reading a post again after an edit gives, tree for tree, what reading all of it gives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.random_posts import random_posts

from pubtool.errors import PubtoolError
from pubtool.system.pandoc import Pandoc
from pubtool.system.reparsing import parsed, reparse
from pubtool.system.reparsing.blocks import Parsed

PLAIN = """---
title: A post
---

# One

Plain words, and “a quotation” [@key, 3].

Two lines
of a paragraph with [a link] and a note.[^n]

## Two

> A quote.

And the last one.

[a link]: /somewhere

[^n]: What is said below.

The end.
"""

BLOCKS = [
    *["Plain words.", "Two lines\nof words [w].", "Others with “a quotation” [@k]."],
    *["# w", "## Head two", "Text\n====", "Para\n# Head w", "> # w", "- # w"],
    *["- one\n- two", "- one\n\n  more\n\n- two", "1. one\n2. two", "a. one\nb. two", "- [ ] a"],
    *["> two\n> lines", "> one\nlazy", "- > nested", "Para\n- interrupted", "    indented"],
    *["```\ncode\n\nmore\n```", "::: note\ninside\n\nmore\n:::", "<div>\n\nhtml\n\n</div>", "***"],
    *["| a | b |\n|---|---|\n| c | d |", "Term\n\n:   one\n\n:   two", "Term\n: one"],
    *["<!-- pubtool: waive Q101 -- x -->", "<!-- a\n\nb -->", "{.lead}\nWords", "{#i}\n- one"],
    *["[foo]: /url", "[foo\n bar]: /url", "[^n]: Note.", "[^n]: Note\n\n    more [^m]", "[^m]: M."],
    *["See [foo], [foo bar], [^n] and [w].", "[^m]^[inline [foo]]", "[Head two] [Text] [t][w]"],
    *["é e\u0301 \t tab", "\\[esc] [a\\]b]", "Ends {.x}", "{.y}", "> [foo]: /x", "- [foo]: /y"],
]
PIECES = """a “ ” [ ] [x] [^n] * ` ``` ::: --> <!-- <div> : - > # 1. | {.x} [@k] ^[n] @k \\ & $ <
 [foo] [w] === --- ~~~ [^0]""".split()
SPACED = [" ", "\n", "\n\n", "    ", "\t", "\n\n: d", "\n\n- x", "\n[foo]: /u\n", "\n\n[^n]: N\n\n"]
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from([*PIECES, *SPACED]))


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Plain words", "Plainer words"),
        ("words, and", "words,\n\nand"),
        ("words, and “a quotation”", "words, and [a link] in “a quotation”"),
        ("words, and", "words[^n], and"),
        ("words, and", "see [One] and [Two], and"),
        ("Two lines\nof", "Two lines of"),
        ("> A quote.\n", "> A quote.\n> Of two lines.\n"),
        ("And the last one", "And the first one"),
        ("Plain words, and “a quotation” [@key, 3].\n\n", ""),
        ("title: A post", "title: Another post\ndate: 2026-01-01"),
    ],
)
def test_what_is_typed_in_a_paragraph_is_read_by_itself(pandoc: Pandoc, old: str, new: str) -> None:
    edited = PLAIN.replace(old, new, 1)
    found = reparse(read(pandoc, PLAIN), edited, "a.md", pandoc)
    assert found is not None
    assert found.document == pandoc.parse(edited, "a.md")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[a link]: /somewhere", "[a link]: /elsewhere"),
        ("said below", "said above"),
        ("# One", "# Once"),
        ("Plain words", "# Plain words"),
        ("Plain words", "[Plain]: words"),
        ("> A quote.", "{.lead}\n> A quote."),
    ],
)
def test_what_others_may_refer_to_has_the_whole_read(pandoc: Pandoc, old: str, new: str) -> None:
    edited = PLAIN.replace(old, new, 1)
    assert edited != PLAIN
    assert reparse(read(pandoc, PLAIN), edited, "a.md", pandoc) is None


@given(st.lists(st.sampled_from(BLOCKS), min_size=2, max_size=9), st.lists(EDIT, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_after_any_edits_the_tree_is_that_of_the_whole(
    pandoc: Pandoc, blocks: list[str], edits: list[tuple[float, int, str]]
) -> None:
    assert_same(pandoc, "\n\n".join(blocks) + "\n", edits)


@pytest.mark.parametrize("text", list(random_posts(8)))
@given(st.lists(EDIT, min_size=1, max_size=3))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_random_post_is_read_as_a_whole_would_be(
    pandoc: Pandoc, text: str, edits: list[tuple[float, int, str]]
) -> None:
    assert_same(pandoc, text, edits)


def assert_same(pandoc: Pandoc, text: str, edits: list[tuple[float, int, str]]) -> None:
    before = read(pandoc, text)
    for where, gone, new in edits:
        at = int(where * len(text))
        text = text[:at] + new + text[at + gone :]
        try:
            whole = pandoc.parse(text, "a.md")
        except PubtoolError:
            return  # what pandoc refuses is told by reading it as a whole
        found = reparse(before, text, "a.md", pandoc)
        assert found is None or found.document == whole, text
        before = found or read(pandoc, text)


def read(pandoc: Pandoc, text: str) -> Parsed:
    found = parsed(text, pandoc.parse(text, "a.md"))
    assert found is not None
    return found
