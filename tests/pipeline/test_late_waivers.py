"""A waiver of what other files decide is a waiver like any other: it holds, or it is unused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtool.model import Choice, Code, Decision, PostReport, Where
from pubtool.pipeline import check, find_project, list_waivers
from pubtool.pipeline.deciding import decide

SOURCE = "Whoever quotes must quote exactly, and whoever reads must read with patience and care.\n"
BIBLIOGRAPHY = "@book{doe2001, author = {Doe, Jane}, title = {On Quoting}, year = {2001}}\n"
HEAD = "---\ntitle: A post\ndate: 2026-05-03\n---\n\n"
LINK = "See [the other](gone.md).\n"
RIGHT = (
    "“Whoever quotes must quote exactly, and whoever reads must read with patience” [@doe2001].\n"
)
WRONG = RIGHT.replace("exactly", "precisely")


def waiver(code: str) -> str:
    return f"<!-- pubtool: waive {code} -- agreed with the desk -->\n\n"


def checked(root: Path, *paths: Path, **posts: str) -> PostReport:
    """Return the report on the first of some posts."""
    files = {f"posts/{name}.md": HEAD + text for name, text in posts.items()}
    files |= {"sources/doe2001.txt": SOURCE, "references.bib": BIBLIOGRAPHY, "pubtool.toml": ""}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return check(find_project(root), [root / path for path in paths]).posts[0]


def codes(report: PostReport) -> list[str]:
    return [finding.code for finding in report.findings]


def where(report: PostReport) -> list[tuple[str, Where]]:
    return [(f.code, f.suppression.where) for f in report.suppressed if f.suppression]


def test_a_dead_link_is_waived(tmp_path: Path) -> None:
    assert codes(checked(tmp_path, a=LINK)) == ["Q604"]
    report = checked(tmp_path, a=waiver("Q604") + LINK)
    assert (codes(report), where(report)) == ([], [("Q604", Where.POST)])
    assert not [line for line in list_waivers(find_project(tmp_path)) if line.stale]


@pytest.mark.parametrize("code", ["Q604", "Q701", "Q702", "Q703"])
def test_a_waiver_of_nothing_is_unused_once(tmp_path: Path, code: str) -> None:
    assert codes(checked(tmp_path, a=waiver(code) + RIGHT)) == ["Q603"]


def test_what_was_not_looked_for_is_not_called_unused(tmp_path: Path) -> None:
    path = Path("posts/a.md")
    assert codes(checked(tmp_path, path, a=waiver("Q701") + RIGHT, b=RIGHT)) == []


def test_another_wording_is_waived_in_the_post(tmp_path: Path) -> None:
    assert "Q701" in codes(checked(tmp_path, a=WRONG, b=RIGHT))
    report = checked(tmp_path, a=waiver("Q701") + WRONG, b=RIGHT)
    assert ("Q701", Where.POST) in where(report)
    assert not {"Q701", "Q603"} & {*codes(report)}
    assert "Q101" in codes(report)


def test_another_wording_is_waived_by_a_decision(tmp_path: Path) -> None:
    report = checked(tmp_path, a=WRONG, b=RIGHT)
    [verdict] = report.verdicts
    named = (Code("Q701"),)
    quotation, kind = verdict.quotation, verdict.kind.value
    said = Decision("posts/a.md", quotation.id, quotation.text, Choice.WAIVE, kind, named, "agreed")
    decide(tmp_path, said)
    report = checked(tmp_path, a=WRONG, b=RIGHT)
    assert where(report) == [("Q701", Where.DECISION)]
    assert not {"Q701", "Q603"} & {*codes(report)}
    assert "Q603" in codes(checked(tmp_path, a=WRONG, b=WRONG))
