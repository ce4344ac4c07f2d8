"""One fixed report through every reporter; `make accept` rewrites the golden files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool.checker.rules.pages import rule_pages
from pubtool.model import Report
from pubtool.pipeline.rendering import render, render_counts, render_summary
from pubtool.reporters.json import render_json
from pubtool.reporters.sarif import render_sarif
from pubtool.reporters.text import Verbosity, render_text

GOLDEN = Path(__file__).parent / "golden"

SOME_RULES = [rule for rule in rule_pages() if rule.code in ("Q101", "Q402")]
"""The others' pages would fill the golden file, and change it whenever one of them is written."""

FORMS: dict[str, Callable[[Report], str]] = {
    "report.json": render_json,
    "normal-80.txt": render_text,
    "quiet.txt": lambda report: render_text(report, verbosity=Verbosity.QUIET),
    "verbose-100.txt": lambda report: render_text(report, width=100, verbosity=Verbosity.VERBOSE),
    "narrow-48.txt": lambda report: render_text(report, width=48),
    "colour-80.txt": lambda report: render_text(report, colour=True),
    "report.sarif": lambda report: render_sarif(report, SOME_RULES, "blog/"),
    "report.xml": lambda report: render(report, "junit"),
    "report.github.txt": lambda report: render(report, "github"),
    "report.html": lambda report: render(report, "html"),
    "summary.md": render_summary,
    "statistics.txt": lambda report: render_counts(report, "text", 80),
    "statistics.json": lambda report: render_counts(report, "json", 80),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_fixed_report_reads_as_its_golden_file(name: str, report: Report) -> None:
    rendered = FORMS[name](report)
    path = GOLDEN / name
    if os.environ.get("PUBTOOL_ACCEPT"):
        path.write_text(rendered, encoding="utf-8", newline="")
    assert rendered == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", FORMS)
def test_rendering_twice_gives_the_same_bytes(name: str, report: Report) -> None:
    assert FORMS[name](report) == FORMS[name](report)
