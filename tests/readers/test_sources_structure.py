"""Articles, sections and their items, found in a text's own lines."""

from pathlib import Path

import pytest

from pubtool.readers.sources.structure import find_structure

CASES = sorted((Path(__file__).parents[1] / "data/sources/structure").glob("*.txt"))


def locators(text: str, *, lone_items: bool = False) -> list[str]:
    return [mark.locator.value for mark in find_structure(text, lone_items=lone_items)]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_landmarks_of(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    found = [
        f"{text.count(chr(10), 0, mark.at) + 1} {mark.locator.label} {mark.locator.value}"
        for mark in find_structure(text, lone_items=False)
    ]
    assert found == case.with_suffix(".landmarks").read_text(encoding="utf-8").splitlines()


def test_landmark_stands_where_the_words_begin() -> None:
    text = "Preamble\n\n  Article 3\n\n  1. One\n  2. Two\n"
    places = [text[mark.at :][:9] for mark in find_structure(text, lone_items=False)]
    assert places == ["Article 3", "  1. One\n", "  2. Two\n"]


def test_item_of_an_excerpt_may_stand_alone() -> None:
    text = "Article 25\n\n5. Where a Party is permitted …\n"
    assert locators(text) == ["25"]
    assert locators(text, lone_items=True) == ["25", "25(5)"]


def test_excerpt_may_leave_paragraphs_out() -> None:
    text = "Article 9\n\n1. One\n\na) first\n\nd) fourth\n\n4. Four\n"
    assert locators(text, lone_items=True) == ["9", "9(1)", "9(1)(a)", "9(1)(d)", "9(4)"]


def test_numbers_outside_of_articles_are_no_landmarks() -> None:
    assert locators("1. One\n2. Two\n\na) a\nb) b\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "Article 5 of this Protocol, where those offences are transnational",
        "Section 3 shall apply.",
        "Articles 3 and 4",
        "Part of the text",
        "Title to the goods",
        "Article 3(a) applies",
        "section 12, as amended",
    ],
)
def test_prose_is_no_heading(line: str) -> None:
    assert locators(f"words before\n{line}\nwords behind") == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Article 3", "3"),
        ("ARTICLE XII", "XII"),
        ("Article 3bis", "3bis"),
        ("Art. 3. Use of terms", "3"),
        ("Article 3: Use of terms", "3"),
        ("Article 3 – Use of terms", "3"),
        ("Section 12A", "12A"),
        ("§ 12", "12"),
        ("§12.1 Scope", "12.1"),
        ("Artikel 7", "7"),
    ],
)
def test_heading_is_read(line: str, value: str) -> None:
    assert locators(f"\n{line}\n\nwords") == [value]


def test_roman_and_lettered_items_are_told_apart() -> None:
    letters = "".join(f"({letter}) x\n" for letter in "abcdefghij")
    assert locators("Article 1\n" + letters)[1:] == [f"1({letter})" for letter in "abcdefghij"]
    roman = "Article 1\n(a) x\n(i) x\n(ii) x\n(iii) x\n(b) x\n"
    assert locators(roman)[1:] == ["1(a)", "1(a)(i)", "1(a)(ii)", "1(a)(iii)", "1(b)"]
