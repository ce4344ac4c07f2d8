"""The JSON reporter keeps the contract's section 5."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.schemas import closed, schema

from pubtool.model import Report, VerdictKind
from pubtool.reporters.json import render_json

CONTRACT = {
    "": ["schema", "tool", "summary", "posts", "errors"],
    "tool": ["name", "version"],
    "summary": ["posts", "quotations", "verdicts", "findings"],
    "posts.0": ["path", "quotations", "findings"],
    "posts.0.quotations.0": [
        "id", "kind", "range", "text", "verdict", "reason", "cited", "match", "differences",
        "findings",
    ],
    "posts.0.quotations.0.range": ["start", "end"],
    "posts.0.quotations.0.range.start": ["line", "column"],
    "posts.0.quotations.0.cited.0": ["key", "locator", "how"],
    "posts.0.quotations.0.cited.0.locator": ["label", "value"],
    "posts.0.quotations.0.match": [
        "key", "start", "end", "text", "prefix", "suffix", "locator", "score",
    ],
    "posts.0.quotations.0.differences.0": [
        "kind", "quoted", "source", "marked", "permitted", "range",
    ],
    "posts.0.findings.0": ["code", "severity", "message", "quotation", "range", "fix"],
    "posts.0.findings.0.fix": ["description", "safe", "edits"],
}  # fmt: skip
"""The contract's keys in its order; what is added comes behind them."""


def parsed(report: Report) -> Any:
    return json.loads(render_json(report))


def dig(document: Any, path: str) -> Any:
    for step in filter(None, path.split(".")):
        document = document[int(step)] if step.isdigit() else document[step]
    return document


@pytest.fixture
def document(report: Report) -> Any:
    """Return the fixed report's JSON, the post that has quotations first."""
    document = parsed(report)
    document["posts"].sort(key=lambda post: not post["quotations"])
    return document


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(schema("check"))


def test_the_fixed_report_holds_to_the_schema_and_has_no_key_that_it_lacks(report: Report) -> None:
    Draft202012Validator(closed(schema("check"))).validate(parsed(report))


def test_an_empty_report_holds_to_the_schema() -> None:
    Draft202012Validator(closed(schema("check"))).validate(parsed(Report(())))


@pytest.mark.parametrize("path", CONTRACT)
def test_keys_stand_in_the_order_of_the_contract(path: str, document: Any) -> None:
    assert list(dig(document, path))[: len(CONTRACT[path])] == CONTRACT[path]


def test_verdicts_that_occur_stand_in_the_order_of_the_contract(document: Any) -> None:
    found = list(document["summary"]["verdicts"])
    assert found == [kind.value for kind in VerdictKind if kind.value in found]
    assert sum(document["summary"]["verdicts"].values()) == document["summary"]["quotations"] == 8


def test_the_summary_counts_all_three_severities_with_those_of_other_files(document: Any) -> None:
    assert document["summary"]["findings"] == {"error": 6, "warning": 3, "info": 0}


def test_a_separator_that_no_editor_counts_does_not_end_a_line(document: Any) -> None:
    quotation = next(q for q in document["posts"][0]["quotations"] if q["id"] == "q-05")
    assert quotation["range"]["start"] == {"line": 10, "column": 58}


def test_words_that_are_missing_have_an_empty_range_at_their_place(document: Any) -> None:
    quotation = next(q for q in document["posts"][0]["quotations"] if q["id"] == "q-07")
    (difference,) = quotation["differences"]
    assert difference["kind"] == "deletion"
    assert difference["range"]["start"] == difference["range"]["end"]


def test_text_is_written_as_itself_and_ends_with_a_line_end(report: Report) -> None:
    rendered = render_json(report)
    assert "“すべて” is left out" in rendered
    assert rendered.endswith("}\n")


def test_posts_and_their_findings_are_sorted(report: Report) -> None:
    document = parsed(report)
    assert [post["path"] for post in document["posts"]] == ["posts/empty.md", "posts/palermo.md"]
    places = [
        (each["range"]["start"]["line"], each["range"]["start"]["column"])
        for each in document["posts"][1]["findings"]
    ]
    assert places == sorted(places)
