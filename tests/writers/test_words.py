"""Our own lines on pages: every language says all of them, and a post gets its own."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from pubtool.checker.rules import codes, load_page
from pubtool.writers.words import Words, direction, languages, words_in


def names(line: str) -> set[str]:
    """The values that a line asks for."""
    return {name for _, name, _, _ in Formatter().parse(line) if name}


def forms(words: Words, key: str) -> list[str]:
    line = words.lines[key]
    return [line] if isinstance(line, str) else [line["one"], line["other"]]


@pytest.mark.parametrize("lang", languages())
def test_a_language_says_what_english_says_and_asks_for_the_same_values(lang: str) -> None:
    english, other = words_in("en"), words_in(lang)
    assert list(other.lines) == list(english.lines)
    for key in english.lines:
        asked = set().union(*(names(form) for form in forms(english, key)))
        for form in forms(other, key):
            assert form.strip(), key
            assert names(form) <= asked, key


@pytest.mark.parametrize("lang", languages())
def test_a_language_has_twelve_months(lang: str) -> None:
    assert len(words_in(lang)("date.months").split()) == 12


@pytest.mark.parametrize(
    ("asked", "given"),
    [("de-CH", "de"), ("DE_at", "de"), ("en-GB-oxendict", "en"), ("km", "en"), ("", "en")],
)
def test_a_language_is_its_nearest_or_english(asked: str, given: str) -> None:
    assert words_in(asked).lang == given


def test_a_rule_s_title_is_its_page_s() -> None:
    told = {key: line for key, line in words_in("en").lines.items() if key.startswith("rule.")}
    pages = (load_page(code).partition("\n")[0].removeprefix("# ") for code in codes())
    assert told == {f"rule.{code}": title for code, title in (one.split(": ", 1) for one in pages)}


def test_a_number_chooses_its_form() -> None:
    words = words_in("de")
    assert words("series.parts", count=1) == "1 Teil"
    assert words("series.parts", count=2) == "2 Teile"


def test_an_author_s_braces_are_no_names() -> None:
    assert words_in("en")("series.heading", name="{count}") == "Series: {count}"


def test_a_date_is_written_as_in_its_language() -> None:
    assert words_in("en").day("2026-05-03") == "3 May 2026"
    assert words_in("de").day("2026-05-03T10:00:00Z") == "3. Mai 2026"
    assert words_in("en").day("May 2026") == "May 2026"


@pytest.mark.parametrize(
    ("lang", "way"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa_IR", "rtl"),
        ("az-Arab", "rtl"),
        ("ur-Latn", "ltr"),
        ("en-US", "ltr"),
        ("", "ltr"),
    ],
)
def test_the_direction_is_the_script_s(lang: str, way: str) -> None:
    assert direction(lang) == way


def test_templates_ask_for_lines_that_there_are() -> None:
    from importlib.resources import files

    asked: set[str] = set()
    for package in ("html", "epub"):
        for entry in files(f"pubtool.writers.{package}").joinpath("templates").iterdir():
            text = entry.read_text(encoding="utf-8")
            asked |= set(re.findall(r"\b(?:words|say)\(\"([^\"]+)\"", text))
    assert asked <= set(words_in("en").lines)
