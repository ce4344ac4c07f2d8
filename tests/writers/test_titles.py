"""titles: the marks that the same words would have in the text."""

from __future__ import annotations

import pytest

from pubtool.system.pandoc import Pandoc
from pubtool.system.wrappers import without_positions
from pubtool.writers.ast import plain_text
from pubtool.writers.titles import in_print

TITLES = (
    "The shortest sermon: Lincoln's Second Inaugural",
    'What "free" means',
    "'Tis not so",
    "The '90s -- and after...",
    "Rock 'n' roll",
    "He said (\"no, 'never'\")",
    "The dogs' bowls",
    "One---two",
    "“Curly” already, and ‘so’",
    'A "quoted" word, "another".',
    "No marks at all",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_printed_as_a_line_of_the_text_is(title: str, pandoc: Pandoc) -> None:
    document = pandoc.parse(f"{title}\n", "posts/a.md")
    assert in_print(title) == plain_text(without_positions(document.ast["blocks"]))
