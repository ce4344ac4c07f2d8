"""The quick ways to read words give what the slow one does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pubtool.text.words import find_words, read_folds, read_words

STEADY = settings(max_examples=400, deadline=None, derandomize=True)
PIECES = (
    "lamp the 1,000.50 10:30 3/4 $5 $ 5 5 % 12% €9 − 4 isn't ’tis keepers’ o'clock a.b x:y 1.a "
    "a.1 snake_case café cafe\u0301s naïve so\u00adft ﬁre straße word¹ 灯台を ไทย ab灯 ` ' \u2019s "
    "20 °C 5°"
).split(" ")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return pieces of words and marks, run together or apart."""
    pieces = draw(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12))
    joints = draw(st.lists(st.sampled_from(["", " ", "\n", "-", ". "]), min_size=12, max_size=12))
    return "".join(piece + joint for piece, joint in zip(pieces, joints, strict=False))


@STEADY
@given(texts(), st.integers(0, 9))
def test_a_table_of_words_is_what_is_found_one_by_one(text: str, base: int) -> None:
    words, table = list(find_words(text)), read_words(text, base)
    assert table.folded == tuple(word.folded for word in words)
    assert table.starts == tuple(word.span.start + base for word in words)
    assert table.ends == tuple(word.span.end + base for word in words)
    assert tuple(read_folds(text)) == table.folded


@STEADY
@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_so_it_is_where_all_is_ascii(text: str) -> None:
    table = read_words(text)
    assert table.folded == tuple(word.folded for word in find_words(text))
    assert tuple(read_folds(text)) == table.folded


@STEADY
@given(st.text(alphabet="“”„«»‹›…—–█\ufffc’‘\u00a0\u202f-'` .,$%°5a1Bé\n", max_size=40))
def test_so_it_is_where_typography_alone_is_not_ascii(text: str) -> None:
    table = read_words(text)
    words = list(find_words(text))
    assert table.folded == tuple(word.folded for word in words)
    assert table.starts == tuple(word.span.start for word in words)
    assert table.ends == tuple(word.span.end for word in words)
    assert tuple(read_folds(text)) == table.folded
