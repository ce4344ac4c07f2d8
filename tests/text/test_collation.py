"""A collation: both wordings come out of its pieces, and what is the same stands once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quoting import quotation

from pubtool.checker.asked import check_words
from pubtool.checker.conventions import CONVENTIONS
from pubtool.model import (
    Difference,
    DifferenceKind,
    Key,
    Match,
    SourceText,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.text.collation import abridged, collate, quoted_parts

SOURCE = (
    "The keeper shall light the lamp at dusk and have control over the lower harbour until the "
    "dawn. Every vessel that passes the point is entered in the log of the tower at once."
)


def verdict(words: str) -> Verdict:
    text = SourceText(Key("orme"), SOURCE)
    return check_words(words, text, CONVENTIONS["chicago"]).verdicts[0]


def shown(words: str) -> str:
    """The collation as text: ``[-the source's-]`` and ``{+the post's+}``."""
    return "".join(
        piece.quoted
        if piece.same
        else (f"[-{piece.source}-]" if piece.source else "")
        + (f"{{+{piece.quoted}+}}" if piece.quoted else "")
        for piece in collate(verdict(words))
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
    marked = collate(verdict("light the lamp at [dawn] and have control over the lower harbour"))
    bare = collate(verdict("light the lamp at dawn and have control over the lower harbour"))
    assert not any(piece.grave for piece in marked)
    assert any(piece.grave for piece in bare)


def test_words_that_were_compared_with_nothing_are_one_piece() -> None:
    alone = Verdict(quotation("some words"), VerdictKind.ABSENT, None, None, (), ())
    assert [piece.quoted for piece in collate(alone)] == ["some words"]


@given(st.lists(st.sampled_from([*SOURCE.split(), "never", "old"]), min_size=1, max_size=30))
def test_the_post_s_pieces_are_the_quotation(words: list[str]) -> None:
    text = " ".join(words)
    assert "".join(piece.quoted for piece in collate(verdict(text))) == text


@given(st.integers(0, 10), st.integers(12, 30), st.integers(1, 11))
def test_the_source_s_pieces_are_the_passage(start: int, end: int, at: int) -> None:
    words = SOURCE.split()[start:end]
    words[min(at, len(words) - 1)] = "otherwise"
    found = verdict(" ".join(words))
    if found.match is not None:
        theirs = "".join(piece.source for piece in collate(found))
        assert theirs.split() == found.match.text.split()


@pytest.mark.parametrize(
    ("gaps", "parts"),
    [
        ([], ["one two three four five"]),
        ([(4, 7)], ["one ", " three four five"]),
        ([(14, 18), (4, 7)], ["one ", " three ", " five"]),  # in the source's order
        ([(4, 4)], ["one two three four five"]),  # an ellipsis that leaves nothing out
        ([(4, 13), (8, 18)], ["one ", " five"]),  # overlapping
        ([(0, 4), (18, 23)], ["two three four"]),  # at the ends
        ([(20, 30)], ["one two three four five"]),  # not of this passage
    ],
)
def test_what_ellipses_leave_out_is_not_quoted(
    gaps: list[tuple[int, int]], parts: list[str]
) -> None:
    text, begin = "one two three four five", 100
    match = Match(Key("k"), Span(begin, begin + len(text)), text, "", "", None, 1.0)
    left_out = [
        Difference(
            DifferenceKind.ELLIPSIS,
            "…",
            "",
            Span(0, 0),
            Span(begin + start, begin + end),
            marked=True,
            permitted=True,
        )
        for start, end in gaps
    ]
    found = quoted_parts(match, left_out)
    assert [text[part.start - begin : part.end - begin] for part in found] == parts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one two three four", "one two three four"),  # no more than 18
        ("one two three four five six", "one [… 4 words …] six"),
        ("one two  three four five six", "one [… 4 words …] six"),
        ("onetwothree four five six seven", "onetwothree four five six seven"),  # no space to cut
        ("字" * 40, "字" * 40),
    ],
)
def test_of_a_long_stretch_the_ends_are_shown(text: str, shown: str) -> None:
    assert abridged(text, 18, 7) == shown
