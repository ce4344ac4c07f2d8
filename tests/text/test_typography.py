"""Marks between words: what is the same in every house, and what is the author's."""

from __future__ import annotations

import pytest

from pubtool.text.typography import LINE_HYPHEN, ends_sentence, marks

SAME = [
    (" ", "\n"),
    (" ", "\u00a0"),
    (" ", "\u2009\t"),
    (" ", " \u200b"),
    ("", "\u00ad"),
    (" — ", "—"),
    (" - ", " – "),
    ("--", "—"),
    ("---", "―"),
    ("-", "‐"),
    ("-", "‑"),
    (", “", ', "'),
    (", ‘", ", “"),
    (", «", ", „"),
    (", ״", ', "'),
    (",, ", " „"),
    (",' '", ",” “"),
    ("``", "“"),
    ("''", "”"),
    ("...", "…"),
    ("....", "…"),
    (".¹ ", ". "),
    (".† ", ". "),
    (" *", " "),
    (" _", " "),
    ("，", ","),
    ("。", "."),
    ("’, ", ",’ "),
    ("”. ", ".” "),
    ("‘, ‚", ",’ ‘"),
]

DIFFERENT = [
    (", ", " "),
    (", ", "; "),
    (". ", "; "),
    (" — ", "-"),
    (" — ", ", "),
    ("! ", ". "),
    ("? ", ". "),
    (": ", "; "),
    (" (", " "),
    ("/", " "),
    ("-", " "),
    ("”; ", ",” "),
    ("”, ", "” "),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_typesetter_s_choice_is_no_other_mark(one: str, other: str) -> None:
    assert marks(one) == marks(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_an_author_s_choice_is_another_mark(one: str, other: str) -> None:
    assert marks(one) != marks(other)


@pytest.mark.parametrize("between", [". ", "! ", "? ", "… ", '." ', "。", "।"])
def test_what_ends_a_sentence(between: str) -> None:
    assert ends_sentence(between)


@pytest.mark.parametrize("between", [" ", ", ", "; ", ": ", " — ", ") "])
def test_what_does_not_end_a_sentence(between: str) -> None:
    assert not ends_sentence(between)


@pytest.mark.parametrize("broken", ["-\n", "- \n  ", "\u00ad\r\n", "‐\n\n", "-\f"])
def test_a_word_broken_at_the_end_of_a_line(broken: str) -> None:
    assert LINE_HYPHEN.search(broken)


@pytest.mark.parametrize("whole", ["-", " - ", "—\n", "\n-"])
def test_a_hyphen_within_a_line_breaks_no_word(whole: str) -> None:
    assert not LINE_HYPHEN.search(whole)
