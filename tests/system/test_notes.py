"""filters/notes.lua: commonmark_x with the filter reads inline notes as `markdown` does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pubtool.system.pandoc import Pandoc, without_positions

from .test_cites import bare, words

SAME = [
    "a^[note]", "a^[one] b^[two]", "a^[one] b^[two] c^[three] d^[four]", "^[start] of it", "a^[*em* and **strong**]",
    'a^["quoted" words]', '"a^[note]"', "a^[see [link](http://x.y)]", "a^[with [brackets] in it]", "a^[two\nlines]",
    "*em^[note]*", "a^[3^rd^ edition]", "x^2^ and y^[note]", "x^[note] and y^2^", "a^[ spaces ]", "# Head^[note]",
    "> quote^[note\n> on]", "- item^[note]", "| a^[note] | b |\n|---|---|\n| c | d^[two] |", "Term^[note]\n\n:   def^[two]",
    "a^[`code`]", "`^[no]`", "a^[open", "a ^ [b]", "a^[one][^1]\n\n[^1]: two", "a^[with `]` code]", "[span^[note]]{.c}", "a^[]",
]  # fmt: skip


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def text_of(node: Any) -> str:
    """The words of a tree's blocks, notes in angle brackets."""
    if isinstance(node, list):
        return "".join(map(text_of, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Note":
        return f"<{text_of(content).strip()}>"
    if kind in ("Emph", "Strong", "Superscript", "Quoted", "Link"):
        return f"{kind}({text_of(content)})"
    return text_of(content) if kind and isinstance(content, list) else words(node)


@pytest.mark.parametrize("format_", ["commonmark_x", "commonmark_x+sourcepos"])
@pytest.mark.parametrize("text", SAME)
def test_the_notes_are_those_of_pandoc_s_markdown(text: str, format_: str) -> None:
    ours = without_positions(bare(text + "\n", format_, "notes.lua")["blocks"])
    assert text_of(ours) == text_of(bare(text + "\n", "markdown")["blocks"])


def test_a_note_may_hold_citations(pandoc: Pandoc) -> None:
    written = pandoc.render(pandoc.parse("a^[see @k [p. 3] and [@b]]\n", "a.md"), "markdown", {})
    assert written == "a[^1]\n\n[^1]: see @k [p. 3] and [@b]\n"


def test_an_escaped_caret_begins_no_note(pandoc: Pandoc) -> None:
    written = pandoc.render(pandoc.parse("a\\^[b] c\n", "a.md"), "plain", {})
    assert written == "a^[b] c\n"


def test_what_is_inside_keeps_its_place(pandoc: Pandoc) -> None:
    [block] = pandoc.parse("a^[one] b^[*two*]\n", "a.md").ast["blocks"]
    [paragraph] = block["c"][1]
    first, second = (node for node in paragraph["c"] if node["c"][1][0]["t"] == "Note")
    assert position(first) == "1:2-1:8"
    assert position(second) == "1:10-1:18"
    [inner] = second["c"][1][0]["c"][0]["c"]
    assert position(inner) == "1:12-1:17"


def position(node: Any) -> str:
    return str(dict(node["c"][0][2])["data-pos"])
