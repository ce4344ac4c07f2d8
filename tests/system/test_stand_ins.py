"""Plain words are read as one, and the tree is the one that the text itself has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.random_posts import random_posts

from pubtool.system.dialect import stand_ins
from pubtool.system.dialect.stand_ins import stand_in
from pubtool.system.pandoc import Pandoc

PLAIN = {
    "words between the first and the end": ("One two three, four five.\n", "One @\n"),
    "on each line": ("One two three\nfour five six\n", "One @\nfour @\n"),
    "with marks and hyphens": ("A “well-known” rule; it’s here.\n", "A @\n"),
    "not the one that may begin a list": ("a. two three four\n", "a. two @\n"),
    "nor what a label may be made of": ("[a b c] d\n", None),
    "on both sides of brackets": ("a b c d [k, p. 3] e f g\n", "a @ [k, p. 3] e @\n"),
    "not a link's title": ('a [b](c "d e f g") h i j\n', 'a [b](c "d e f g") h @\n'),
    "no straight mark": ("a b c's d e\n", "a @'s @\n"),
    "nor before one of emphasis that follows a full stop": ("*a b c.* d\n", "*a @.* d\n"),
    "nor three full stops": ("a b c... d\n", "a @... d\n"),
    "no heading": ("a b c d\n===\n", None),
    "nor its other form": ("# a b c d\n", None),
    "no code": ("```\na b c d\n\ne f g h\n```\n", None),
    "nor what is indented like it": ("    a b c d\n", None),
    "no comment": ("<!-- a b c\n\nd e f g -->\n", None),
    "no table": ("| a b c d |\n|---|\n", None),
    "no definition of a link": ("[a]: b 'c d e f'\n", None),
    "nothing that has brackets which may not count": ("[a `]` b c d]\n", None),
    "nothing on a line with a tab": ("a b\tc d e f\n", None),
    "nothing that pandoc would compose": ("a b c d e\u0301\n", None),
}  # fmt: skip

PIECES = st.sampled_from(
    [
        *"the of a i x one, two; well-known it’s “he said” (end) don't 1. a) e.g. e\u0301".split(),
        *"* ** _ [ ] ]( ( ) ` $ ~ ^ ^[ [^1] [^1]: [l]: <b> <!-- --> {.c} | --- === # :::".split(),
        *("- ", "> ", "    ", "\t", "\\", "&amp;", "@k", '"', "--", "...", "!", "“", "”", ".", ":"),
        *("the of one and two of ", " of the and one a ", " one, two; three: four "),
        *(" ", " ", "\n", "\n\n", "\n- ", "\n> "),
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_plain(name: str) -> None:
    text, short = PLAIN[name]
    found = stand_in(text)
    if found is None:
        assert short is None
    else:
        assert len(found.text) == len(text)
        assert re.sub(rf"{found.sign}x*", "@", found.text) == short


def test_what_stands_for_words_stands_nowhere_in_the_text() -> None:
    found = stand_in("One two three. Q Qzz qzx.\n")
    assert found is not None
    assert found.sign not in ("qzz", "qzx")


@pytest.mark.parametrize(
    "text",
    [
        "1. a\n\n       a code of words that are many\n",
        "::: a\n\n    a code of words that are many\n:::\n",
        '[a](b(c)d "the words of a title")\n',
        "a <b c=\"\n\nwords that may be plain ones\">\n",
        "> a\n>\n>     code in the midst of it\n",
        *random_posts(6),
    ],
)  # fmt: skip
def test_a_post_is_read_as_without(pandoc: Pandoc, text: str) -> None:
    assert read(pandoc, text) == read_as_it_is(pandoc, text)


@given(st.lists(PIECES, max_size=20).map("".join))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_signs_in_any_order_are_read_as_without(pandoc: Pandoc, text: str) -> None:
    assert read(pandoc, text) == read_as_it_is(pandoc, text)


LEAF = '"1:3-1:6"]]],[{"t":"Str","c":"qzz"}'


def test_words_are_put_back_where_they_stood() -> None:
    assert put_back(LEAF) == LEAF.replace("qzz", "b c")


@pytest.mark.parametrize(
    "tree",
    [
        LEAF.replace("1:3-1:6", "1:4-1:7"),
        LEAF.replace("1:3-1:6", "1:3-1:7"),
        LEAF.replace("1:3-1:6", "1:3-2:6"),
        LEAF.replace("qzz", "qzzx"),
        LEAF.replace("Str", "Code"),
        f'["qzz"] {LEAF}',
        f'["a-Qzz"] {LEAF}',
        '{"ok":false}',
    ],
)
def test_a_tree_is_not_used_that_has_them_elsewhere(tree: str) -> None:
    assert put_back(tree) is None


def put_back(tree: str) -> str | None:
    found = stand_in("a b c\n")
    assert found is not None
    return found.put_back(tree)


def read(pandoc: Pandoc, text: str) -> Any:
    return pandoc.parse(text, "a.md").ast


def read_as_it_is(pandoc: Pandoc, text: str) -> Any:
    with patch.object(stand_ins, "stand_in", lambda _: None):
        return read(pandoc, text)
