"""The redline: both wordings come out of its pieces, and what is the same stands once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quoting import quotation

from pubtool.checker.asked import check_words
from pubtool.checker.conventions import CONVENTIONS
from pubtool.model import Key, SourceText, Verdict, VerdictKind
from pubtool.reporters.redline import redline

SOURCE = (
    "The keeper shall light the lamp at dusk and have control over the lower harbour until the "
    "dawn. Every vessel that passes the point is entered in the log of the tower at once."
)


def verdict(words: str) -> Verdict:
    text = SourceText(Key("orme"), SOURCE)
    return check_words(words, text, CONVENTIONS["chicago"]).verdicts[0]


def shown(words: str) -> str:
    """The redline as text: ``[-the source's-]`` and ``{+the post's+}``."""
    return "".join(
        piece.quoted
        if piece.same
        else (f"[-{piece.source}-]" if piece.source else "")
        + (f"{{+{piece.quoted}+}}" if piece.quoted else "")
        for piece in redline(verdict(words))
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("light the lamp at dusk and have control", "light the lamp at dusk and have control"),
        (
            "light the lamp at dawn and have control over the lower harbour",
            "light the lamp at [-dusk-]{+dawn+} and have control over the lower harbour",
        ),
        (
            "light the lamp at dusk and have control over the harbour until the dawn",
            "light the lamp at dusk and have control over the[- lower-] harbour until the dawn",
        ),
        (
            "light the old lamp at dusk and have control over the lower harbour",
            "light the {+old+} lamp at dusk and have control over the lower harbour",
        ),
    ],
)
def test_what_differs_is_given_in_both_wordings(words: str, line: str) -> None:
    assert shown(words) == line


def test_a_difference_that_is_marked_or_permitted_is_not_grave() -> None:
    marked = redline(verdict("light the lamp at [dawn] and have control over the lower harbour"))
    bare = redline(verdict("light the lamp at dawn and have control over the lower harbour"))
    assert not any(piece.grave for piece in marked)
    assert any(piece.grave for piece in bare)


def test_words_that_were_compared_with_nothing_are_one_piece() -> None:
    alone = Verdict(quotation("some words"), VerdictKind.ABSENT, None, None, (), ())
    assert [piece.quoted for piece in redline(alone)] == ["some words"]


@given(st.lists(st.sampled_from([*SOURCE.split(), "never", "old"]), min_size=1, max_size=30))
def test_the_post_s_pieces_are_the_quotation(words: list[str]) -> None:
    text = " ".join(words)
    assert "".join(piece.quoted for piece in redline(verdict(text))) == text


@given(st.integers(0, 10), st.integers(12, 30), st.integers(1, 11))
def test_the_source_s_pieces_are_the_passage(start: int, end: int, at: int) -> None:
    words = SOURCE.split()[start:end]
    words[min(at, len(words) - 1)] = "otherwise"
    found = verdict(" ".join(words))
    if found.match is not None:
        theirs = "".join(piece.source for piece in redline(found))
        assert theirs.split() == found.match.text.split()
