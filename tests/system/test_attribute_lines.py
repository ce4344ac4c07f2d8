"""Attributes on a line of their own, before white space: pandoc stops there, and says no more."""

from __future__ import annotations

import pytest

from pubtool.errors import IndentedBlock
from pubtool.system.pandoc import Pandoc
from pubtool.system.wrappers import without_positions


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("{.a}\n  \nText\n", "{.a}\n\nText\n"),
        ("> {.a}\n>  \n> Text\n", "> {.a}\n>\n> Text\n"),
        ("- {.a}\n   \n- Text\n", "- {.a}\n\n- Text\n"),
        ("{.a}\n\t\n```\n}\n  \n```\n", "{.a}\n\n```\n}\n\n```\n"),
    ],
)
def test_a_line_of_nothing_but_white_space_counts_as_empty(text: str, same: str) -> None:
    with Pandoc() as pandoc:
        found, wanted = pandoc.parse(text, "a.md"), pandoc.parse(same, "a.md")
    assert without_positions(found.ast) == without_positions(wanted.ast)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{.a}\n Text\n", 2),
        ("---\ntitle: A\n---\n\n{.a}\n\tText\n", 6),
        ("> {.a}\n>   Text\n", 2),
        ("{.a}\n  \nText\n\n{.a}\n    Text\n", 6),
    ],
)
def test_an_indented_block_is_named_with_its_line(text: str, line: int) -> None:
    with Pandoc() as pandoc, pytest.raises(IndentedBlock, match=rf"^a\.md:{line}: .* take"):
        pandoc.parse(text, "a.md")
