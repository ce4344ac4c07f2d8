"""Words are joined to stretches where the file has what is rendered, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import collect

CASES = {
    "words, marks and spaces": ("It’s so, “he” said [@k].", ["It’s so, “he” said ", "."]),
    "a straight mark is as wide as a curly one": ("It's so.", ["It’s so."]),
    "an emphasis stands between": ("A b *c d* e f.", ["A b ", "c d", " e f."]),
    "a line ends": ("A b\nc d", ["A b", "c d"]),
    "an escape is wider than its sign": ("a b\\* c d", ["a b", "*", " c d"]),
    "so is an entity": ("a b &amp; c d", ["a b ", "&", " c d"]),
    "a space that is an entity is no stretch": ("a b&#32;c d", ["a b", " ", "c d"]),
    "so is a dash of hyphens": ("a b -- c d", ["a b ", "–", " c d"]),
    "a backslash": ("a b c\\d", ["a b c", "\\", "d"]),
    "no column of a line with a tab": ("a\tb c\nd e", ["a", " ", "b", " ", "c", "d e"]),
    "nor of one that is not normalised": ("a e\u0301 b\nd e", ["a", " ", "é", " ", "b", "d e"]),
    "each line of a block quotation": ("> a b\n> c d", ["a b", "c d"]),
    "a cell": ("| a b | c |\n|---|---|\n| d e | f |", ["a b", "c", "d e", "f"]),
}


@pytest.fixture(scope="module")
def pandoc() -> Any:
    with Pandoc() as running:
        yield running


@pytest.mark.parametrize("name", CASES)
def test_leaves_are_joined(pandoc: Pandoc, name: str) -> None:
    text, stretches = CASES[name]
    blocks = pandoc.parse(text, "a.md").ast["blocks"]
    held = [node["c"][1][0] for node in collect(blocks, frozenset({"Span"}))]
    said = [one.get("c", " ") for one in held if one["t"] in ("Str", "Space")]
    assert said == stretches
