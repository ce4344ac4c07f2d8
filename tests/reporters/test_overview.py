"""Verdicts counted over time and by source."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.quoting import quotation
from tests.random_reports import reports

from pubtool.model import Key, PostReport, Report, Verdict, VerdictKind
from pubtool.reporters.columns import columns
from pubtool.reporters.overview import (
    Overview,
    overview_of,
    render_overview,
    render_overview_json,
    render_overview_page,
)

ORME = Key("orme")
DATES = ["", "2026", "2026-05-03", "2025-12-31T23:59:59+02:00", "1066-10-14", "soon", "2026-13-01"]
TITLES = {ORME: "On <Lamps>"}


def post(path: str, date: str, *kinds: VerdictKind, key: Key | None = ORME) -> PostReport:
    verdicts = tuple(Verdict(quotation("lamps", key), kind, None, None, (), ()) for kind in kinds)
    return PostReport(path, "", verdicts, (), date=date)


def counted(*posts: PostReport) -> Overview:
    return overview_of(Report(posts), TITLES)


@pytest.mark.parametrize(
    ("dates", "unit", "names"),
    [
        ([], "month", []),
        (["2026-05-03"], "month", ["2026-05"]),
        (["2025-11-30", "2026-02-01"], "month", ["2025-11", "2025-12", "2026-01", "2026-02"]),
        (["2026-05-03", "", "2026-13-01"], "month", ["2026-05", ""]),
        (["2023-02-01", "2026-01-31"], "month", ["2023-02", "2026-01"]),
        (["2023-01-31", "2026-01-31"], "year", ["2023", "2024", "2025", "2026"]),
    ],
)
def test_times_are_months_or_years_without_a_gap(
    dates: list[str], unit: str, names: list[str]
) -> None:
    found = counted(*(post(f"posts/{n}.md", date) for n, date in enumerate(dates)))
    assert found.unit == unit
    told = [row.name for row in found.times]
    assert (told if len(told) < 30 else [told[0], told[-1]]) == names
    assert sum(row.posts for row in found.times) == len(dates)


def test_a_source_is_counted_with_its_verdicts_those_quoted_most_first() -> None:
    found = counted(
        post("posts/a.md", "2026-05-03", VerdictKind.ALTERED, VerdictKind.VERBATIM),
        post("posts/b.md", "2026-05-04", VerdictKind.VERBATIM),
        post("posts/b.md", "2026-05-04", VerdictKind.ABSENT, key=Key("zeal")),
        post("posts/c.md", "2026-05-04", *[VerdictKind.EXEMPT] * 5, key=None),
    )
    assert [(row.name, row.title, row.posts, dict(row.verdicts)) for row in found.sources] == [
        ("orme", "On <Lamps>", 2, {VerdictKind.ALTERED: 1, VerdictKind.VERBATIM: 2}),
        ("zeal", "", 1, {VerdictKind.ABSENT: 1}),
        ("", "", 1, {VerdictKind.EXEMPT: 5}),
    ]


dated = st.builds(
    lambda report, dates: replace(
        report,
        posts=tuple(
            replace(post, date=date)
            for post, date in zip(report.posts, [*dates, *[""] * 99], strict=False)
        ),
    ),
    reports,
    st.lists(st.sampled_from(DATES)),
)


@settings(max_examples=40)
@given(dated)
def test_every_quotation_is_counted_once_in_each_table(report: Report) -> None:
    found = overview_of(report, TITLES)
    number = sum(len(post.verdicts) for post in report.posts)
    assert sum(row.quotations for row in found.times) == number
    assert sum(row.quotations for row in found.sources) == number == found.total.quotations


@settings(max_examples=40)
@given(dated, st.integers(70, 110))
def test_every_form_holds_whatever_is_in_the_posts(report: Report, width: int) -> None:
    found = overview_of(report, TITLES)
    lines = render_overview(found, width).split("\n")
    assert all(columns(line) <= width for line in lines)
    assert "Cc" not in {category(character) for line in lines for character in line}
    assert json.loads(render_overview_json(found))["total"]["posts"] == len(report.posts)
    page = render_overview_page(found)
    tree = etree.HTML(page)
    assert not tree.xpath("//script | //*[@style] | //@href | //@src")
    drawn = sum(float(high) for high in tree.xpath("//svg[1]//rect/@height"))
    assert drawn > 0 or not any(row.name and row.quotations for row in found.times)


def test_a_title_is_text_and_a_plot_has_words_for_who_cannot_see_it() -> None:
    page = render_overview_page(counted(post("posts/a.md", "2026-05-03", VerdictKind.VERBATIM)))
    assert "On &lt;Lamps&gt;" in page
    assert re.findall(r'<svg [^>]*role="img" aria-label="([^"]+)"', page) == [
        "Quotations by month; the table below has the numbers",
        "Quotations by source; the table below has the numbers",
    ]
