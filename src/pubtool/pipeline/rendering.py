"""A report in the form that was asked for, with the rules' own words where it explains itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pubtool.model import Report, RulePage, Severity

REPORT_FORMS = ("text", "json", "sarif", "junit", "github", "html")
"""The forms of a report; text alone depends on the terminal, and is rendered for it."""


def render(report: Report, form: str, *, folder: str = "", least: Severity = Severity.ERROR) -> str:
    """Return a report in one of the forms that programs and browsers read.

    `folder` is where the project lies below the folder that paths are counted from, with a slash at
    its end, for the forms that services compare with a repository. Findings of at least the
    severity `least` fail, in the form that knows failing.
    """
    makers: Mapping[str, Callable[[], str]] = {
        "json": lambda: _json(report),
        "sarif": lambda: _sarif(report, folder),
        "junit": lambda: _junit(report, least),
        "github": lambda: _github(report, folder),
        "html": lambda: _html(report),
    }
    return makers[form]()


def render_summary(report: Report) -> str:
    """Return the report as Markdown of bounded length, for a page about a run."""
    from pubtool.reporters.summary import render_summary as summary

    return summary(report, _rules())


def render_counts(report: Report, form: str, width: int) -> str:
    """Return how often each rule and verdict occurs, as ``text`` or ``json``."""
    from pubtool.reporters.statistics import render_statistics, render_statistics_json

    if form == "json":
        return render_statistics_json(report, _rules())
    return render_statistics(report, _rules(), width)


def _rules() -> tuple[RulePage, ...]:
    from pubtool.checker.rules.pages import rule_pages

    return rule_pages()


def _json(report: Report) -> str:
    from pubtool.reporters.json import render_json

    return render_json(report)


def _sarif(report: Report, folder: str) -> str:
    from pubtool.reporters.sarif import render_sarif

    return render_sarif(report, _rules(), folder)


def _junit(report: Report, least: Severity) -> str:
    from pubtool.reporters.junit import render_junit

    return render_junit(report, least)


def _github(report: Report, folder: str) -> str:
    from pubtool.reporters.github import render_github

    return render_github(report, _rules(), folder)


def _html(report: Report) -> str:
    from pubtool.reporters.html import render_html

    return render_html(report, _rules())
