"""A footnote that leads back to itself ends in a sentence, not in silence."""

from __future__ import annotations

import pytest

from pubtool.errors import NoteCycle
from pubtool.system.note_cycles import find_note_cycle
from pubtool.system.pandoc import Pandoc

CIRCLES = [
    ("Text[^a].\n\n[^a]: note[^a]\n", ("a", 3)),
    ("[^1]: see[^2]\n\n[^2]: see[^1]\n\nText[^1].\n", ("1", 1)),
    ("> [^A]: note[^a]\n", ("a", 1)),
]
NONE = [
    "Text[^a].\n\n[^a]: note\n",
    "[^1]: see[^2]\n\n[^2]: the end\n\nText[^1].\n",
    "no note at all",
]


@pytest.mark.parametrize(("text", "found"), CIRCLES)
def test_a_circle_is_found_at_its_line(text: str, found: tuple[str, int]) -> None:
    assert find_note_cycle(text) == found


@pytest.mark.parametrize("text", NONE)
def test_other_notes_are_no_circle(text: str) -> None:
    assert find_note_cycle(text) is None


def test_a_circle_ends_in_one_sentence_and_harms_no_other_post() -> None:
    with Pandoc() as pandoc:
        with pytest.raises(NoteCycle, match=r"a\.md:3: the footnote \[\^a\] refers back"):
            pandoc.parse(CIRCLES[0][0], "a.md")
        assert pandoc.parse("Text.\n", "b.md").ast["blocks"]


def test_a_circle_in_a_code_block_is_only_text() -> None:
    with Pandoc() as pandoc:
        assert pandoc.parse("```\n[^a]: note[^a]\n```\n", "a.md").ast["blocks"]
