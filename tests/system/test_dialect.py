"""The dialect that posts are read in is that of the filters for a bare pandoc, tree for tree."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.random_posts import random_posts
from tests.system.test_filters import CITATIONS, FILTERS, NOTES

from pubtool.system.dialect.joining import join_words
from pubtool.system.pandoc import POST_FORMAT, Pandoc, pandoc_path

ODD = [
    "a^[note with [@k] and @b [p. 3]]", "x^[one [@a]] [@b]^[two @c; [@d]]", "*see [@a] ^[b]*",
    "[link [@a]^[n [@b]]](x)", "![alt [@a]](i.png)", "![alt]\n\n^[@a]", "::: {.c}\n@a ^[b @c]\n:::",
    "> @a\n> ^[two\n> lines @b]\n\n1. @c\n   [p. 4]", "[@a\\; b; @c]", "[@a]^[b]^[c][@d]",
    "x^2^ [@a] y^[z] 3^rd^", "\\@a @b \\[@c] \\^[d]", "&#64;a &#91;@b]",
    "| a |\n|---|\n| @b^[c @d] |",
    "Term @a\n\n:   def ^[b @c]\n\n:   @d", "a\n@b\n[p.\n3]", "[@a, see @b and [@c]]",
    "@a\\\n[p. 1]",
    "“[@a]” and ‘@b’ [-@c; @d; @e]", "[^1] @a\n\n[^1]: n @b ^[c @d]\n\n    second [@e]",
    "<b>@a</b> [@b]<!-- @c -->", "`x`@a $y$@b", "**^[*a*]**", "^[]@a", "@{a b}@{c}", "[]{.c}@a",
 "e\u0301@a [@e\u0301, p. 1]", "\t@a\n\n- @b\t[p. 1]",
]  # fmt: skip

SIGNS = """[ ] @ @k - ; ^ ^[ * _ ** " ' \\ a b, p. 3 . : { } {k} ( ) ` $ ~ “ ” — é > | 1 @a [@b ]
 [^1] ^2^ &#64; <b> [x](y)"""
PIECES = st.sampled_from([*SIGNS.split(), " ", " ", "\n", "\n\n"])


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.mark.parametrize("text", [*CITATIONS, *NOTES, *ODD])
def test_a_post_is_read_as_the_filters_read_it(pandoc: Pandoc, text: str) -> None:
    assert_same(pandoc, text)


@pytest.mark.parametrize("text", list(random_posts(12)))
def test_a_random_post_is_read_as_the_filters_read_it(pandoc: Pandoc, text: str) -> None:
    assert_same(pandoc, text)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_signs_in_any_order_are_read_as_the_filters_read_them(pandoc: Pandoc, text: str) -> None:
    assert_same(pandoc, text)


def assert_same(pandoc: Pandoc, text: str) -> None:
    ours = pandoc.parse(text, "a.md").ast["blocks"]
    theirs = filtered(text)
    assert joined(in_order(ours), text) == joined(in_order(theirs), text)


def joined(blocks: Any, text: str) -> Any:
    """A tree with all words joined that stand side by side."""
    written = json.dumps(blocks, separators=(",", ":"), ensure_ascii=False)
    return json.loads(join_words(written, text))


FILTERED = """
local folder, format = %s, %s
local document = pandoc.read(io.read("a"), format, {}, {})
for _, name in ipairs({"notes.lua", "cites.lua"}) do
  for _, filter in ipairs(dofile(folder .. "/" .. name)) do document = document:walk(filter) end
end
io.write(pandoc.write(document, "json"))
"""


def filtered(text: str) -> Any:
    """The blocks of a text, ended as a post is, as pandoc and the filters read it."""
    script = FILTERED % (json.dumps(str(FILTERS)), json.dumps(POST_FORMAT))
    body = f"{text.removesuffix(chr(10))}\n".encode()
    command = [str(pandoc_path()), "lua", "-e", script]
    done = subprocess.run(command, input=body, capture_output=True, check=True)
    return json.loads(done.stdout)["blocks"]


def in_order(node: Any) -> Any:
    """A tree with the attributes of elements sorted backwards, ``wrapper`` before ``data-pos``.

    Lua's tables have no order.
    """
    if isinstance(node, list):
        if len(node) == 3 and isinstance(node[0], str) and isinstance(node[2], list):
            return [node[0], node[1], sorted(node[2], reverse=True)]
        return whole_words([in_order(item) for item in node])
    if isinstance(node, dict):
        return {key: in_order(value) for key, value in node.items()}
    return node


def whole_words(nodes: list[Any]) -> list[Any]:
    """A list with the pieces of words joined that stand side by side without positions."""
    whole: list[Any] = []
    for node in nodes:
        if whole and is_word(node) and is_word(whole[-1]):
            whole[-1] = {"t": "Str", "c": whole[-1]["c"] + node["c"]}
        else:
            whole.append(node)
    return whole


def is_word(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "Str"
