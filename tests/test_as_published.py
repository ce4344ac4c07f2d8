"""The acceptance case: the quotations of a law post of 2010 exactly as they were published.

The post cites nothing by key; whose words it quotes, its prose alone says. The golden files were
read line by line against the table of the post's quotations: four misquotations, one sentence
closed early, one title, four terms, and nine passages whose sources are known only at second hand
or not at all. Nothing else may be said of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pubtool.pipeline import Verbosity, check, find_project, render_json, render_text

PROJECT = Path(__file__).parent / "data" / "as-published"
GOLDEN = Path(__file__).parent / "data" / "as-published-golden"


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """The report as other programs read it."""
    read: dict[str, Any] = json.loads(render_json(check(find_project(PROJECT))))
    return read


@pytest.fixture(scope="module")
def quotations(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The post's nineteen quotations, in order."""
    found: list[dict[str, Any]] = report["posts"][0]["quotations"]
    assert len(found) == 19
    return found


def test_the_whole_report_is_the_reviewed_one(golden: Callable[[Path, str], None]) -> None:
    found = check(find_project(PROJECT))
    golden(GOLDEN / "check.json", render_json(found))
    golden(GOLDEN / "check.txt", render_text(found, verbosity=Verbosity.VERBOSE))


def unmarked(quotation: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (difference["quoted"], difference["source"])
        for difference in quotation["differences"]
        if not difference["permitted"]
    ]


def test_the_definition_s_two_wrong_words_are_found_with_the_treaty_s_own(
    quotations: list[dict[str, Any]],
) -> None:
    definition = quotations[2]
    assert definition["verdict"] == "altered"
    assert unmarked(definition) == [("or", "of"), ("of", "over")]
    assert definition["match"]["locator"] == {"label": "article-locator", "value": "3(a)"}
    assert "Q106" in definition["findings"], "the full stop where the treaty goes on"


@pytest.mark.parametrize("number", [14, 16])
def test_the_respelt_offences_are_found(quotations: list[dict[str, Any]], number: int) -> None:
    assert quotations[number]["verdict"] == "altered"
    assert [q.lower() for q, _ in unmarked(quotations[number])] == ["offenses"]
    assert quotations[number]["findings"][0] == "Q105"


@pytest.mark.parametrize("number", [0, 4, 6, 12])
def test_terms_are_no_quotations(quotations: list[dict[str, Any]], number: int) -> None:
    assert (quotations[number]["verdict"], quotations[number]["reason"]) == ("exempt", "term")


def test_the_title_of_the_article_is_a_title(quotations: list[dict[str, Any]]) -> None:
    assert (quotations[5]["kind"], quotations[5]["verdict"]) == ("title", "adapted")


@pytest.mark.parametrize("number", [8, 18])
def test_nested_single_marks_are_part_of_the_words(
    quotations: list[dict[str, Any]], number: int
) -> None:
    assert "‘" in quotations[number]["text"]
    assert quotations[number]["differences"] == []
    assert quotations[number]["match"]["key"] == "kunze2010"


def test_words_known_at_second_hand_are_never_called_verified(
    quotations: list[dict[str, Any]],
) -> None:
    second_hand = [q for q in quotations if q["reason"] == "second-hand"]
    assert len(second_hand) == 8
    assert {q["verdict"] for q in second_hand} == {"unchecked"}


def test_nothing_else_is_called_wrong(
    report: dict[str, Any], quotations: list[dict[str, Any]]
) -> None:
    failing = [q["text"].split()[0] for q in quotations if q["verdict"] == "altered"]
    assert failing == ["the", "Computer-related", "Offenses"]
    verdicts = {q["verdict"] for q in quotations}
    assert verdicts == {"altered", "adapted", "exempt", "unchecked"}
    errors = [f for f in report["posts"][0]["findings"] if f["severity"] == "error"]
    assert sorted(f["code"] for f in errors) == ["Q101", "Q101", "Q105", "Q105"]
