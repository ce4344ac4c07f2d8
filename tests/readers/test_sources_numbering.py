"""Numbers that run through a text are locators; those that do not are nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.readers.sources.numbering import (
    find_numbering,
    find_paragraphs,
    find_sections,
    find_verses,
)

PROSE = "The keeper of the lamps was an old man who had seen many ships come in.\n\n"


def headed(numbers: Sequence[str]) -> str:
    return "".join(f"{number} The keeper {n}\n\n{PROSE}" for n, number in enumerate(numbers))


def sections(text: str) -> list[str]:
    return [mark.locator.value for mark in find_sections(text)]


def test_numbered_headings_that_count_on_are_sections() -> None:
    numbers = ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.2", "3"]
    assert sections(headed(numbers)) == numbers
    assert sections(headed([f"{number}." for number in numbers])) == numbers


def test_a_heading_that_does_not_follow_is_none() -> None:
    assert sections(headed(["1", "1.1", "7.4", "1.2", "12", "2"])) == ["1", "1.1", "1.2", "2"]


@pytest.mark.parametrize(
    "text",
    [
        headed(["3", "9", "27"]),
        headed(["1", "2"]),
        "1 Lamp\n2 Lamps\n3 Lamps\n4 Lamps\n5 Lamps\n",
        "".join(f"{n}. He counted the lamps of the harbour.\n\n" for n in range(1, 9)),
        PROSE * 4,
    ],
)
def test_lists_and_lone_numbers_are_no_sections(text: str) -> None:
    assert sections(text) == []


@pytest.mark.parametrize("book", ["", "Genesis ", "1 Kings "])
def test_verses_count_on_within_their_chapters(book: str) -> None:
    text = "".join(f"{book}{c}:{v} And he lit the lamp.\n" for c in (1, 2) for v in range(1, 5))
    found = find_verses(text)
    assert [m.locator.value for m in found] == [f"{c}:{v}" for c in (1, 2) for v in range(1, 5)]
    assert {m.locator.label for m in found} == {"verse"}


def test_times_and_scores_are_no_verses() -> None:
    text = "".join(f"{hour}:{minute} the ship came in\n" for hour, minute in
                   ((10, 15), (10, 40), (11, 5), (12, 30), (13, 1), (9, 9)))  # fmt: skip
    assert find_verses(text) == ()


@pytest.mark.parametrize("form", ["{}.", "[{}]", "¶ {}"])
def test_paragraphs_that_are_numbered_throughout_are_locators(form: str) -> None:
    text = "".join(f"{form.format(n)} {PROSE}{PROSE}" for n in range(1, 9))
    assert [m.locator.value for m in find_paragraphs(text)] == [str(n) for n in range(1, 9)]


def test_paragraphs_may_be_lines_and_some_of_them_short() -> None:
    line = PROSE.strip()
    numbers = [f"{n}. {'Of bells:' if n == 9 else line}\n{line}" for n in range(1, 13)]
    found = find_paragraphs("\n".join(numbers))
    assert [m.locator.value for m in found] == [str(n) for n in range(1, 13)]


def test_a_list_at_one_place_numbers_no_paragraphs() -> None:
    items = "".join(f"{n}. {PROSE}" for n in range(1, 9))
    assert find_paragraphs(PROSE * 20 + items + PROSE * 20) == ()


def test_notes_of_markdown_are_locators() -> None:
    text = f"{PROSE}The lamp[^3] and[^note].\n\n[^3]: By night.\n[^note]: By day.\n"
    found = find_numbering(text, ())
    assert [(m.locator.label, m.locator.value) for m in found] == [("note", "3"), ("note", "note")]


def test_what_a_text_has_otherwise_is_not_numbered_again() -> None:
    assert find_numbering(headed(["1", "2", "3", "4"]), ["article-locator"]) == ()


@given(
    st.lists(st.sampled_from(["1", "2", "1.1", "3", "9"]), max_size=12),
    st.text("a \n", max_size=40),
)
def test_landmarks_lie_within_the_text_and_count_on(numbers: list[str], prose: str) -> None:
    text = prose + headed(numbers) + prose
    found = find_sections(text)
    assert all(text.startswith(mark.locator.value, mark.at) for mark in found)
    assert [mark.at for mark in found] == sorted(mark.at for mark in found)
    assert len({mark.locator.value for mark in found}) == len(found)
