"""Plain text of a blog, whatever signs it has, is the same text when its Markdown is read."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtool.model import Entry
from pubtool.readers.wordpress import Addresses, to_markdown
from pubtool.system.pandoc import Pandoc
from pubtool.system.wrappers import without_positions

AS_IT_IS = Addresses(lambda address: address, lambda address: address)
SIGNS = st.sampled_from([*"\\`*_~^{}[]()<>&#+=|$@!:;/%ax1 1.é", ". ", "- ", " #", "::: ", "[^1]"])
LINES = st.lists(SIGNS, min_size=1, max_size=24).map("".join).map(str.split).map(" ".join)


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def entry(content: str) -> Entry:
    return Entry(1, "post", "T", "t", "publish", "", "", "", content, "", "")


def said(tree: Any) -> str:
    """What a tree of paragraphs and plain words says; anything else shows as its type."""
    if isinstance(tree, list):
        return "".join(map(said, tree))
    if tree["t"] == "Str":
        return str(tree["c"])
    if tree["t"] in ("Space", "SoftBreak"):
        return " "
    return f"{said(tree['c'])}¶" if tree["t"] == "Para" else f"«{tree['t']}»"


@settings(max_examples=400)
@given(lines=st.lists(LINES.filter(bool), min_size=1, max_size=3))
def test_text_stays_text(pandoc: Pandoc, lines: list[str]) -> None:
    html = "".join(f"<p>{escape(line)}</p>" for line in lines)
    written = to_markdown(entry(html), pandoc, AS_IT_IS)
    read = without_positions(pandoc.parse(written.markdown, "a.md").ast["blocks"])
    typographic = str.maketrans({"…": "...", "–": "--"})
    assert said(read).translate(typographic) == "".join(f"{line}¶" for line in lines)


MARKED = st.tuples(st.sampled_from(["em", "strong", "s", "b", "code"]), LINES.filter(bool))


@settings(max_examples=200)
@given(parts=st.lists(MARKED | LINES.filter(bool), min_size=1, max_size=6))
def test_no_sign_is_lost_beside_an_emphasis(
    pandoc: Pandoc, parts: list[tuple[str, str] | str]
) -> None:
    html = "".join(
        escape(part) if isinstance(part, str) else f"<{part[0]}>{escape(part[1])}</{part[0]}>"
        for part in parts
    )
    written = to_markdown(entry(f"<p>{html}</p>"), pandoc, AS_IT_IS)
    document = without_positions(pandoc.parse(written.markdown, "a.md").ast["blocks"])
    plain = "".join(part if isinstance(part, str) else part[1] for part in parts)
    assert letters(signs(document)) == letters(plain)


def signs(tree: Any) -> str:
    """The text of a tree, that of code too; raw HTML is a tag and none."""
    if isinstance(tree, list):
        return "".join(map(signs, tree))
    if not isinstance(tree, dict):
        return ""
    if tree["t"] in ("Str", "Code"):
        return str(tree["c"] if tree["t"] == "Str" else tree["c"][1])
    return signs(tree.get("c")) if tree["t"] not in ("RawInline", "RawBlock") else ""


def letters(text: str) -> str:
    return "".join(text.split()).replace("…", "...")
