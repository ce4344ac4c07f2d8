"""Where a place of a source is, and whether that is where the citation says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pubtool.checker.locating import (
    agrees,
    best_locator,
    locators_at,
    marks_between,
    name_locator,
)
from pubtool.model import Key, Landmark, Locator, Sheet, SourceText, Span

ARTICLES = [(0, "1"), (100, "2"), (120, "2(1)"), (150, "2(2)"), (170, "2(2)(a)"), (200, "3")]
PAGES = [(0, "ix"), (50, "x"), (100, "245"), (200, "246"), (300, "247")]


def source(marks: list[tuple[int, str]], label: str) -> SourceText:
    landmarks = tuple(Landmark(at, Locator(label, value)) for at, value in marks)
    return SourceText(Key("orme"), "x" * 400, landmarks=landmarks)


TREATY = source(ARTICLES, "article-locator")
BOOK = source(PAGES, "page")

AGREES, DIFFERS = "agrees", "differs"
ARTICLE_CITATIONS = [
    # place, cited article
    (10, "1", AGREES),
    (10, "2", DIFFERS),
    (110, "2", AGREES),
    (130, "2", AGREES),
    (130, "2(1)", AGREES),
    (130, "2(2)", DIFFERS),
    (180, "2(2)(a)", AGREES),
    (180, "2(2)", AGREES),
    (180, "2 (2) (a)", AGREES),
    (180, "2(2)(b)", DIFFERS),
    (180, "1-3", AGREES),
    (180, "1–2", AGREES),
    (180, "3-4", DIFFERS),
    (210, "1, 3", AGREES),
    (210, "1 and 3", AGREES),
    (210, "1; 2", DIFFERS),
]


@pytest.mark.parametrize(("at", "cited", "expected"), ARTICLE_CITATIONS)
def test_an_article_agrees_with_a_citation(at: int, cited: str, expected: str) -> None:
    for label in ("article-locator", "article"):
        found = agrees(TREATY, Span(at, at + 5), Locator(label, cited))
        assert found is (expected == AGREES)


MARKED_LATE = source([(100, "109"), (200, "110")], "page")
LATE_CITATIONS = [
    (10, "3", None),
    (10, "iv", None),
    (10, "S12", None),
    (10, "107-8", None),
    (10, "109", DIFFERS),
    (10, "212", DIFFERS),
    (120, "3", DIFFERS),
    (120, "109", AGREES),
]


@pytest.mark.parametrize(("at", "cited", "expected"), LATE_CITATIONS)
def test_before_the_first_page_that_is_marked_only_later_pages_are_wrong(
    at: int, cited: str, expected: str | None
) -> None:
    found = agrees(MARKED_LATE, Span(at, at + 5), Locator("page", cited))
    assert found is (None if expected is None else expected == AGREES)


SPARSE = SourceText(
    Key("orme"),
    "x" * 200_000,
    landmarks=tuple(Landmark(at, Locator("page", p)) for at, p in [(0, "109"), (90_000, "120")]),
)
SPARSE_CITATIONS = [
    (5_000, "109", AGREES),
    (5_000, "110", DIFFERS),
    (50_000, "109", None),
    (50_000, "113", None),
    (50_000, "113-14", None),
    (50_000, "108-13", None),
    (50_000, "cxiii", DIFFERS),
    (50_000, "120", DIFFERS),
    (50_000, "108", DIFFERS),
    (50_000, "xii", DIFFERS),
    (95_000, "120", AGREES),
    (95_000, "121", DIFFERS),
    (150_000, "135", None),
    (150_000, "119", DIFFERS),
]


@pytest.mark.parametrize(("at", "cited", "expected"), SPARSE_CITATIONS)
def test_far_behind_a_page_that_is_marked_the_next_ones_are_unknown(
    at: int, cited: str, expected: str | None
) -> None:
    found = agrees(SPARSE, Span(at, at + 5), Locator("page", cited))
    assert found is (None if expected is None else expected == AGREES)


def test_far_behind_a_page_that_is_marked_no_page_is_offered() -> None:
    assert best_locator(SPARSE, Span(5_000, 5_010)) == Locator("page", "109")
    assert best_locator(SPARSE, Span(50_000, 50_010)) is None


def test_a_page_of_a_file_with_pages_is_as_long_as_it_is() -> None:
    filed = replace(SPARSE, sheets=(Sheet(0, 1), Sheet(90_000, 2)))
    assert agrees(filed, Span(50_000, 50_010), Locator("page", "109")) is True
    assert agrees(filed, Span(50_000, 50_010), Locator("page", "113")) is False


PAGE_CITATIONS = [
    (10, "ix", AGREES),
    (60, "ix", DIFFERS),
    (60, "ix-x", AGREES),
    (60, "viii–xi", AGREES),
    (60, "xii–xv", DIFFERS),
    (110, "245", AGREES),
    (210, "245", DIFFERS),
    (210, "245-46", AGREES),
    (210, "245–6", AGREES),
    (310, "245-46", DIFFERS),
    (310, "246ff", AGREES),
    (310, "246 f", AGREES),
    (310, "245 f", DIFFERS),
    (310, "245f.", DIFFERS),
    (310, "245 ff.", AGREES),
    (310, "245 et seq", AGREES),
    (310, "248 ff", DIFFERS),
    (310, "237 ff", DIFFERS),
    (310, "245 und 247", AGREES),
    (310, "245 et 246", DIFFERS),
    (210, "245 et s", AGREES),
    (60, "ix ff", DIFFERS),
]


@pytest.mark.parametrize(("at", "cited", "expected"), PAGE_CITATIONS)
def test_a_page_agrees_with_a_citation(at: int, cited: str, expected: str) -> None:
    assert agrees(BOOK, Span(at, at + 5), Locator("page", cited)) is (expected == AGREES)


def test_a_passage_over_two_pages_agrees_with_either_and_with_both() -> None:
    across = Span(190, 210)
    for value in ("245", "246", "245-246"):
        assert agrees(BOOK, across, Locator("page", value)) is True
    assert agrees(BOOK, across, Locator("page", "247")) is False


def test_a_passage_that_ends_where_a_page_begins_is_not_on_it() -> None:
    assert agrees(BOOK, Span(190, 200), Locator("page", "246")) is False


def test_nothing_is_said_of_a_sort_that_the_source_does_not_know() -> None:
    assert agrees(TREATY, Span(10, 20), Locator("page", "12")) is None
    assert agrees(source([], "page"), Span(10, 20), Locator("page", "12")) is None


def test_before_the_first_page_mark_no_page_agrees() -> None:
    late = source([(100, "7")], "page")
    assert agrees(late, Span(10, 20), Locator("page", "7")) is False
    assert best_locator(late, Span(10, 20)) is None


def test_the_best_locator_is_of_the_cited_sort_and_else_a_page() -> None:
    landmarks = tuple(sorted((*TREATY.landmarks, *BOOK.landmarks), key=lambda mark: mark.at))
    both = SourceText(Key("orme"), "x" * 400, landmarks=landmarks)
    here = Span(180, 190)
    assert best_locator(both, here) == Locator("page", "245")
    assert best_locator(both, here, Locator("article", "9")) == Locator(
        "article-locator", "2(2)(a)"
    )
    assert best_locator(both, here, Locator("section", "9")) == Locator("page", "245")


PLAY = [("act", "I"), ("scene", "I"), ("scene", "II"), ("act", "II"), ("scene", "I")]
NOVEL = [("book", "1"), ("chapter", "1"), ("chapter", "2"), ("book", "2"), ("chapter", "3")]


@pytest.mark.parametrize(
    ("marks", "at", "name"),
    [
        (PLAY, 150, "act I sc. I"),
        (PLAY, 250, "scene II"),
        (PLAY, 450, "act II sc. I"),
        (PLAY[:3] + PLAY[4:], 350, "scene I"),
        (NOVEL, 250, "ch. 2"),
        (NOVEL, 450, "ch. 3"),
        ([*NOVEL, ("chapter", "1")], 550, "bk. 2 ch. 1"),
        ([*NOVEL[:4], ("chapter", "1")], 350, "bk. 2"),
    ],
)
def test_what_is_counted_anew_is_named_with_what_it_lies_in(
    marks: list[tuple[str, str]], at: int, name: str
) -> None:
    landmarks = tuple(
        Landmark(100 * number, Locator(label, value)) for number, (label, value) in enumerate(marks)
    )
    found = best_locator(SourceText(Key("orme"), "x" * 900, landmarks=landmarks), Span(at, at + 9))
    assert found is not None
    assert name_locator(found) == name


def test_all_locators_of_a_stretch_are_named_in_order() -> None:
    found = locators_at(BOOK, Span(190, 310))
    assert [locator.value for locator in found["page"]] == ["245", "246", "247"]
    assert [mark.locator.value for mark in marks_between(BOOK, Span(190, 310))] == ["246", "247"]


@pytest.mark.parametrize(
    ("label", "value", "name"),
    [
        ("page", "253", "p. 253"),
        ("article-locator", "3(a)", "art. 3(a)"),
        ("section", "12", "sec. 12"),
        ("paragraph", "4", "para. 4"),
        ("chapter", "II", "ch. II"),
        ("note", "9", "n. 9"),
        ("verse", "3", "verse 3"),
    ],
)
def test_a_locator_is_named_as_a_citation_writes_it(label: str, value: str, name: str) -> None:
    assert name_locator(Locator(label, value)) == name


VERSES = source([(0, "3:15"), (50, "3:16"), (100, "3:18"), (150, "4:1")], "verse")
LETTERS = source([(0, "3(a)"), (50, "3(b)"), (100, "3(e)"), (150, "4(a)")], "article-locator")


@pytest.mark.parametrize(
    ("text", "at", "cited", "expected"),
    [
        (VERSES, 60, "3:16-18", AGREES),
        (VERSES, 110, "3:16–18", AGREES),
        (VERSES, 10, "3:16-18", DIFFERS),
        (VERSES, 160, "3:16-18", DIFFERS),
        (VERSES, 160, "3:16-4:2", AGREES),
        (VERSES, 60, "3", AGREES),
        (LETTERS, 60, "3(a)-(c)", AGREES),
        (LETTERS, 110, "3(a)-(c)", DIFFERS),
        (LETTERS, 160, "3(a)-(c)", DIFFERS),
    ],
)
def test_a_range_of_verses_or_letters_stays_in_its_chapter(
    text: SourceText, at: int, cited: str, expected: str
) -> None:
    label = text.landmarks[0].locator.label
    found = agrees(text, Span(at, at + 5), Locator(label, cited))
    assert found is (expected == AGREES)


ROMAN = [(0, "I"), (100, "II"), (200, "III"), (300, "IV")]
LETTERED = [(0, "A"), (100, "C"), (200, "D"), (300, "I")]
BOTH = [(0, "I"), (100, "II"), (200, "1"), (300, "2")]


@pytest.mark.parametrize(
    ("label", "marks", "at", "cited", "expected"),
    [
        ("chapter", ROMAN, 110, "2", AGREES),
        ("chapter", ROMAN, 110, "ii", AGREES),
        ("chapter", ROMAN, 10, "1", AGREES),
        ("chapter", ROMAN, 110, "1", DIFFERS),
        ("article", ROMAN, 310, "4", AGREES),
        ("part", [(0, "1"), (100, "2")], 110, "II", AGREES),
        ("part", [(0, "1"), (100, "2")], 110, "I", DIFFERS),
        ("article", [(0, "XX"), (100, "XX(b)")], 110, "20(b)", AGREES),
        ("article", [(0, "XX"), (100, "XX(b)")], 110, "20(c)", DIFFERS),
        # letters are no numbers, and who numbers in both ways means two things
        ("part", LETTERED, 310, "1", DIFFERS),
        ("part", LETTERED, 110, "100", DIFFERS),
        ("chapter", BOTH, 10, "1", DIFFERS),
        ("chapter", BOTH, 210, "I", DIFFERS),
        # pages before the first are counted for themselves
        ("page", PAGES, 10, "9", DIFFERS),
    ],
)
def test_a_roman_number_is_the_same_number(
    label: str, marks: list[tuple[int, str]], at: int, cited: str, expected: str
) -> None:
    label = {"article": "article-locator"}.get(label, label)
    found = agrees(source(marks, label), Span(at, at + 5), Locator(label, cited))
    assert found is (expected == AGREES)


def test_a_letter_behind_a_section_is_no_following_one() -> None:
    code = SourceText(
        Key("code"),
        "x" * 400,
        landmarks=tuple(
            Landmark(at, Locator("section", p))
            for at, p in [(0, "312"), (100, "312f"), (200, "313")]
        ),
    )
    assert agrees(code, Span(110, 115), Locator("section", "312f")) is True
    assert agrees(code, Span(210, 215), Locator("section", "312f")) is False
    assert agrees(code, Span(210, 215), Locator("section", "312 f")) is True
    assert agrees(code, Span(210, 215), Locator("section", "312ff")) is True


NOTED = SourceText(
    Key("orme"),
    "x" * 900,
    landmarks=tuple(
        Landmark(at, Locator(label, value))
        for at, label, value in [
            (0, "page", "76"),
            (200, "page", "77"),
            (400, "page", "76"),
            (400, "note", "2"),
            (500, "page", "77"),
            (500, "note", "3"),
            (600, "note", "4"),
        ]
    ),
)


@pytest.mark.parametrize(
    ("at", "cited", "expected"),
    [
        (510, "77 n. 3", AGREES),
        (510, "77 n. 3-4", AGREES),
        (510, "77", AGREES),
        (610, "77 n. 3", DIFFERS),
        (410, "77 n. 3", DIFFERS),
        (410, "77 n. 2", DIFFERS),
        (210, "77 n. 3", None),
        (10, "77 n. 3", DIFFERS),
    ],
)
def test_a_note_on_a_page_is_compared_with_both(at: int, cited: str, expected: str | None) -> None:
    found = agrees(NOTED, Span(at, at + 5), Locator("page", cited))
    assert found is (None if expected is None else expected == AGREES)


def test_where_the_page_is_right_the_other_note_is_named() -> None:
    cited = Locator("page", "77 n. 3")
    assert best_locator(NOTED, Span(610, 615), cited) == Locator("note", "4")
    assert best_locator(NOTED, Span(10, 15), cited) == Locator("page", "76")
