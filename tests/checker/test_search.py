"""A quotation among many sources that have most of its words too."""

from __future__ import annotations

from functools import cache

import pytest
from tests.quoting import library, verdict

from pubtool.checker.evidence import Library
from pubtool.checker.index.anchored import find_anchored
from pubtool.model import (
    Key,
    SourceText,
    Span,
    VerdictKind,
)

NOTICE = (
    "This document and the information in it are given on the condition that they may be copied in "
    "whole or in part, as long as this notice and the names of the keepers are left as they are on "
    "every copy of it. The keepers of the harbour say nothing of any right that others may have. "
)
CHAPTER = "It is of the use of this that all of them were told, and of the one of the two. "
OWN = {
    7: "It was one of the two that the board had kept of the old ones in the tower.",
    31: "A sea-going vessel is to show a well-kept lamp as it comes up the channel.",
    44: "The fog was no more than what the men had to be told to wait for.",
}


@cache
def shelf() -> Library:
    """Return sixty sources that all begin and end alike."""
    texts = [
        SourceText(Key(f"s{n:02}"), NOTICE + CHAPTER * 40 + OWN.get(n, "") + CHAPTER * 40 + NOTICE)
        for n in range(60)
    ]
    return library(*texts)


@pytest.mark.parametrize(
    ("text", "key", "kind"),
    [
        # what all of them have stands in the one that is cited
        ("the names of the keepers are left as they are", "s50", VerdictKind.VERBATIM),
        ("the names of the keepers are left where they are", "s50", VerdictKind.ALTERED),
        ("as this notice … of any right", "s59", VerdictKind.ADAPTED),
        # words so common that no two of them lead anywhere alone
        ("one of the two that the board", "s07", VerdictKind.VERBATIM),
        ("one of the two that the board", None, VerdictKind.VERBATIM),
        ("to be told to wait for", None, VerdictKind.VERBATIM),
        ("to be asked to wait for", "s44", VerdictKind.ALTERED),
        ("had be to told to", "s44", VerdictKind.ALTERED),
        # a hyphen makes one word of two
        ("sea-going vessel is to show a well-kept lamp", None, VerdictKind.VERBATIM),
        ("show a well-kept lamp", "s31", VerdictKind.VERBATIM),
        # given to a source that has most of the words, but not these
        ("one of the two that the board", "s08", VerdictKind.MISATTRIBUTED),
        ("no more than what the men had to be told", "s31", VerdictKind.MISATTRIBUTED),
        ("the pilot was paid by the harbour that year", "s31", VerdictKind.ABSENT),
    ],
)
def test_it_is_found_among_what_is_like_it(text: str, key: str | None, kind: VerdictKind) -> None:
    assert verdict(text, shelf(), Key(key) if key else None).kind is kind


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("had be to told to", "had to be told to"),
        ("men told to await", "men had to be told to"),
        ("fog vvas no more", "The fog was no more"),
    ],
)
def test_a_few_words_are_looked_for_round_the_rarest(words: str, there: str) -> None:
    text = CHAPTER * 40 + OWN[44] + CHAPTER * 40
    spans = find_anchored(words.split(), text)
    assert there in text[spans[0].start : spans[0].end]


def test_an_anchor_is_found_behind_a_letter_whose_small_one_is_longer() -> None:
    text = 50 * "İ" + " The fog was"
    assert set(find_anchored("the fog was".split(), text)) == {Span(0, len(text))}
