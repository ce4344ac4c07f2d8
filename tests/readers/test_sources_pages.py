"""Page numbers and furniture: taken only from what is printed, and only if it runs."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.model import Span
from pubtool.readers.sources.pages import find_furniture, find_pages

FILLER = "words and words again " * 40


def pages(text: str) -> list[tuple[str, str]]:
    return [(mark.locator.value, text[mark.at :].strip()[:5]) for mark in find_pages(text)]


def hidden(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_furniture(text)]


def book(count: int, first: int = 241) -> str:
    """Return a text with form feeds: a head that differs left and right, and a numbered foot."""
    heads = ("JOURNAL OF LAW [Vol. 10", "2010] ON THE INTERNET")
    return "\f".join(
        f"\n{heads[number % 2]}\n\nbegin {letter} {FILLER}\nAnd {letter}\nmore\nof\nit {letter}\n"
        f"end {letter}\n\n{first + number}\n"
        for number, letter in enumerate("abcdefghijkl"[:count])
    )


@pytest.mark.parametrize("form", ["[p. {}]", "[Page {}]", "[{}]", "*{}"])
def test_marks_in_the_text_begin_pages(form: str) -> None:
    text = "".join(f" {FILLER} {form.format(n)} page{n}" for n in (256, 257, 258))
    assert pages(text) == [("256", "page2"), ("257", "page2"), ("258", "page2")]
    assert hidden(text) == [form.format(n) for n in (256, 257, 258)]


def test_marks_that_do_not_run_are_no_pages() -> None:
    text = "".join(f" {FILLER} [{n}] more" for n in (7, 3, 12, 9))
    assert pages(text) == []
    assert hidden(text) == []


def test_citations_by_number_are_no_pages() -> None:
    assert pages(" as in [1] and [2] and also [3] or [4] here") == []


def test_printed_numbers_of_pages_are_read() -> None:
    text = book(6)
    assert [value for value, _ in pages(text)] == ["241", "242", "243", "244", "245", "246"]
    starts = [mark.at for mark in find_pages(text)]
    assert starts == [0, *(found.end() for found in re.finditer("\f", text))]


def test_form_feeds_without_numbers_give_no_pages() -> None:
    assert pages("\f".join(f"words {'x ' * n}" for n in range(1, 8))) == []


def test_heads_and_feet_are_furniture_and_words_are_not() -> None:
    text = book(8)
    covered = "".join(hidden(text))
    assert covered.count("JOURNAL OF LAW") == 4
    assert covered.count("2010] ON THE INTERNET") == 4
    assert "244" in covered
    for word in ("begin", "words", "end", "it c"):
        assert word not in covered


def test_line_that_repeats_inside_of_pages_is_kept() -> None:
    page = "{}\nSection 7.\nwords {} one\nwords two\nwords three\nwords four\n{} last"
    text = "\f".join(page.format(f"first {c}", c, c) for c in "abcdefgh")
    assert hidden(text) == []


def test_head_on_few_pages_is_kept() -> None:
    plain = "one {}\ntwo\nthree\nfour\nfive\nsix\nseven {}"
    text = "\f".join(("HEAD\n" if c in "ab" else "") + plain.format(c, c) for c in "abcdefghij")
    assert hidden(text) == []


def test_title_and_author_on_top_of_a_page_are_its_head_however_few_there_are() -> None:
    text = (
        "The Keeper's Ledger\nM. ANSTRUTHER\nOne two three four five\nsix seven the man writes\n"
        "\fM. Anstruther\neverything is not yet at ease\nin his work and\n"
        "\fThe Keeper's Ledger\nhas begun to understand it."
    )
    assert hidden(text) == ["M. Anstruther", "The Keeper's Ledger"]


def test_note_marks_that_run_are_furniture() -> None:
    assert hidden("one word¹ and another,² and a third.³") == ["¹", "²", "³"]
    assert hidden("one word[1] and another.[2] and[3] more") == ["[1]", "[2]", "[3]"]
    assert hidden("a note[^3] here, its text\n\n[^3]: there") == ["[^3]"]


def test_notes_that_stand_behind_their_paragraphs_are_no_pages() -> None:
    prose = (
        "The keeper climbs the stair and lights the lamp before the fog comes in. " * 6
    ).strip()
    notes = "".join(f"{prose}[{n}]\n\n[{n}] So the log has it.\n\n" for n in range(1, 9))
    assert find_pages(notes) == ()
    pages = "".join(f"{prose}\n\n[{n}] {prose}\n\n" for n in range(1, 9))
    assert [page.locator.value for page in find_pages(pages)] == [str(n) for n in range(1, 9)]


def test_powers_and_brackets_that_do_not_run_are_kept() -> None:
    assert hidden("10 m² of land, x⁵ or y² of it") == []
    assert hidden("the words[5] of law[2] here") == []


@given(st.text("ab1²³[]\f\n *", max_size=200))
def test_furniture_is_sorted_and_disjoint(text: str) -> None:
    spans = find_furniture(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end < b.start for a, b in pairwise(spans))
    assert all(isinstance(span, Span) for span in spans)


def test_a_number_at_a_page_s_foot_names_the_page_that_ends_there_however_few_there_are() -> None:
    head, words = "RFC 9010      Harbour      June 1998\n\n", "The lamps were lit. " * 4 + "\n"
    text = f"{words}\nEditor      [Page 1]\n\f{head}{words}\nEditor      [Page 2]\n\f{head}{words}"
    first, second = find_pages(text)
    assert (first.at, first.locator.value) == (0, "1")
    assert (second.at, second.locator.value) == (text.index("\f") + 1, "2")
    hidden = [text[span.start : span.end] for span in find_furniture(text)]
    assert hidden == ["Editor      [Page 1]", head.strip(), "Editor      [Page 2]", head.strip()]


TEXT = "The lamp of keeper {0} was lit\nat dusk and burned{1} until\nthe ship {0} came in and"
LETTERS = "abcdefgh"


def set_in_pages(ending: str, *, mark: str = "", first: str = "") -> str:
    """Return eight pages with a numbered head; `ending` stands at the end of those `first` has."""
    return "\f".join(
        f"HARBOUR LAMPS  {number + 11}\n\n"
        + TEXT.format(letter, mark)
        + (ending.format(letter) if letter in (first or LETTERS) else "")
        + "\n"
        for number, letter in enumerate(LETTERS)
    )


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("¹", "\n1 See the log of {0}."),
        ("¹", "\n\n¹ See the log of {0},\nwhich is lost."),
        ("*", "\n* See the log of {0}."),
        ("†", "\n________\n† See the log of {0}.\n‡ And another."),
        ("[1]", "\n[1] See the log of {0}."),
        ("1", "\n1. See the log of {0}."),
        ("", "\n  ------\n  3 See the log of {0},\n  which is lost."),
    ],
)
def test_notes_that_the_page_refers_to_or_a_rule_sets_off_are_furniture(
    mark: str, note: str
) -> None:
    text = set_in_pages(note, mark=mark)
    covered = "".join(hidden(text))
    assert covered.count("See the log of") == len(LETTERS)
    assert "came in" not in covered
    assert "keeper" not in covered


def test_a_note_that_goes_on_over_the_page_is_furniture_to_its_end() -> None:
    parts = ("\n______\n1 See the log, which has", "\n______\nanother reading than the print.")
    text = "\f".join(
        f"HARBOUR LAMPS  {number + 11}\n\n{TEXT.format(letter, ('¹', '')[number % 2])}"
        f"{parts[number % 2]}\n"
        for number, letter in enumerate(LETTERS)
    )
    covered = "".join(hidden(text))
    assert covered.count("another reading") == len(LETTERS) // 2
    assert "came in" not in covered


@pytest.mark.parametrize(
    ("mark", "ending"),
    [
        ("", "\n1. Light the lamp {0}.\n2. Sound the horn."),
        ("¹", "\n1. Light the lamp {0}.\n\nThen rest, {0}."),
        (" *well*", "\n* Light the lamp {0}.\n* Sound the horn."),
        ("", "\n--------\nLight the lamp {0} again."),
        ("", "\n\nSection 7.\nLight the lamp {0}."),
    ],
)
def test_lists_and_paragraphs_at_a_page_s_end_are_text(mark: str, ending: str) -> None:
    covered = "".join(hidden(set_in_pages(ending, mark=mark)))
    assert "Light" not in covered
    assert "HARBOUR" in covered


def test_one_page_alone_with_a_figure_behind_a_word_has_no_note() -> None:
    text = set_in_pages("\n1 lamp was lit by {0}.", mark="1", first="c")
    assert "lamp was lit" not in "".join(hidden(text))


def test_left_and_right_heads_roman_numbers_and_a_chapter_s_first_page() -> None:
    numbers = ["i", "ii", "iii", "iv", "1", "2", "3", "4", "5", "6", "7", "8"]
    pages_ = []
    for place, number in enumerate(numbers):
        name = LETTERS[place % 8] * (1 + place // 8)
        body = f"keeper {name} of the lamp\n{name} wrote in the log\nthat ship {name} came"
        head = f"{number}    THE LAMPS\n\n" if place % 2 else f"Of Oil.    {number}\n\n"
        pages_.append(f"{body}\n\n    {number}\n" if place in (0, 4) else head + body + "\n")
    covered = hidden("\f".join(pages_))
    assert len(covered) == len(numbers)
    assert not any("keeper" in one or "ship" in one for one in covered)


def run_on(separator: str, cut: str = "and the") -> str:
    """Return a text of eight pages without form feeds, each ending in the middle of a sentence."""
    body = "The lamps were lit at dusk by the keepers of the tower.\n" * 8
    return "".join(
        f"{body}Ship {letter} saw {cut}\n\n{separator.format(n)}\n\nlight {letter} was good.\n"
        for n, letter in enumerate(LETTERS, start=1)
    )


@pytest.mark.parametrize("separator", ["- {} -", "{}", "Page {}", "[{}]\n\n\nHARBOUR LAMPS"])
def test_a_numbered_line_that_cuts_sentences_is_a_page_s_end(separator: str) -> None:
    covered = hidden(run_on(separator))
    assert len(covered) == 8
    assert not any("lamps were" in one or "light" in one for one in covered)


@pytest.mark.parametrize("separator", ["Section {}.", "{}.", "Chapter {}", "{}"])
def test_a_numbered_line_between_sentences_is_a_heading(separator: str) -> None:
    assert hidden(run_on(separator, cut="all.").replace("light", "Light")) == []


CUT, WHOLE = ("and the\n\n{}\n\nlight", "all.\n\n{}\n\nLight")
"""A page's end within a sentence, and one between two."""


def ends(*kinds: str, lines: int = 8) -> str:
    """Return a text without form feeds, its pages of so many lines, each with such an end."""
    body = "The lamps were lit at dusk by the keepers of the tower.\n" * lines
    letters = zip(kinds, LETTERS * 2, strict=False)
    return "".join(
        f"{body}Ship {letter} saw {kind.format(n)} {letter} was good.\n"
        for n, (kind, letter) in enumerate(letters, start=1)
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ends(*[CUT] * 8), 8),
        (ends(*[CUT] * 3, *[WHOLE] * 6), 9),  # a third of them
        (ends(*[CUT] * 2, *[WHOLE] * 6), 0),
        (ends(*[CUT] * 8, lines=6), 8),
        (ends(*[CUT] * 8, lines=4), 0),  # less than 300 characters from one to the next
        (ends(*[CUT] * 2), 0),  # too few to say anything
    ],
)
def test_numbered_lines_are_pages_ends_where_enough_cut_sentences_a_page_apart(
    text: str, found: int
) -> None:
    assert len(hidden(text)) == found


@pytest.mark.parametrize(("headed", "hides"), [(4, False), (5, True)])
def test_a_line_beside_most_of_the_numbers_is_their_head(headed: int, hides: bool) -> None:  # noqa: FBT001
    head = CUT.replace("{}", "{}\n\nHARBOUR LAMPS")
    covered = hidden(ends(*[head] * headed, *[CUT] * (8 - headed)))
    assert len(covered) == 8
    assert any("HARBOUR" in one for one in covered) == hides
