"""Whatever the Markdown, the way back to the file is right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pubtool.model import Block, Post
from pubtool.readers.post import read_post
from pubtool.system.note_cycles import find_note_cycle
from pubtool.system.pandoc import Pandoc

PIECES = [
    "word", "naïve", "de\u0301ja\u0300", "\u1112\u1161\u11ab", "don't", "'90s", "5'10\"", '"', "'",
    "“", "”", "‘", "’", "«", "»", "„", "&ldquo;", "&rdquo;", "&quot;", "&#8220;", "&laquo;",
    "&amp;", '\\"', "\\'", "\\@", "\\[", "--", "---", "...", "\t", "  ", " ", "\n", "\n\n", "  \n",
    "\\\n", "\r\n", "\r\n\r\n", "\r", "\u2028", "\u00a0", "\x0c", "\u00ad", "🐕", "👩\u200d🚀",
    ":smile:", "שָׁלוֹם", "漢字", "*em*", "**strong**", "*", "_", "`code`", "`", "$x$", "$",
    "[link](http://a.b 't')", "![alt](u.png)", "[span]{.c k=v}", "<b>", "</b>", "<!-- c -->",
    "<!--", "-->", "<http://x.y>", "[@key, p. 3]", "@key [p. 3]", "[see *also* @a; -@b]",
    "me@x.org", "@{odd}", "[", "]", "^[", "^[note \"q\"]", "^", "~", "[^1]", "[^1]: ", "[^2]",
    "\n[^2]: note\n", "> ", ">> ", "\n> ", "\n>", "\n- ", "\n1. ", "\n   ", "\n    ", "\n\t",
    "\n# ", "\n::: epigraph\n", "\n:::\n", "\n| a | b |\n|---|---|\n| \"c\" | d\\|e |\n", "\n: ",
    "\n```\n", "<div>\n", "\n</div>\n", "\n---\n", "\n===\n", "~~", "H~2~O", "x^2^", "{", "}", "(",
    ")", ";", ",", ".", "|",
]  # fmt: skip

markdown = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.text(max_size=60)

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
STRAIGHT = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "…": "."}


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def check_leaves(post: Post, block: Block) -> None:
    at, end = 0, 0
    for leaf in block.flow.leaves:
        assert leaf.at == at, "the leaves cover the text without a gap"
        at += leaf.length
        assert 0 <= leaf.source.start <= leaf.source.end <= len(post.text)
        assert leaf.source.start >= end, "a block's leaves follow each other in the file"
        end = leaf.source.end
        read = block.flow.text[leaf.at : at]
        there = post.text[leaf.source.start : leaf.source.end]
        if len(read) == len(there):
            assert all(map(same, normal(read), normal(there))), (read, there)
    assert at == len(block.flow.text)


def normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(RAISED)


def same(read: str, there: str) -> bool:
    """Whether a character is the file's own, or stands for one of the same length."""
    return read == there or (read in " \n" and there.isspace())


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(text=st.one_of(markdown, anything))
def test_every_leaf_is_the_file_s_own_text(pandoc: Pandoc, text: str) -> None:
    assume(find_note_cycle(text) is None)
    post = read_post("a.md", text, pandoc.parse(text, "a.md"))
    for block in post.blocks:
        check_leaves(post, block)
        for inline in block.inlines:
            assert 0 <= inline.span.start <= inline.span.end <= len(block.flow.text)
        starts = [inline.span.start for inline in block.inlines]
        assert starts == sorted(starts)
    for comment in post.comments:
        assert post.text[comment.span.start : comment.span.end].startswith("<!--")
