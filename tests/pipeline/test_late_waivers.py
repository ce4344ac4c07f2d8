"""A waiver of what other files decide is a waiver like any other: it holds, or it is unused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.filling import fill

from pubtool.model import Choice, Code, Decision, PostReport, Where
from pubtool.pipeline import check, find_project, list_waivers
from pubtool.pipeline.baselining import BaselineMode, check_with_baseline
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
    fill(root, files)
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
    decide_on(tmp_path, report, "Q701")
    report = checked(tmp_path, a=WRONG, b=RIGHT)
    assert where(report) == [("Q701", Where.DECISION)]
    assert not {"Q701", "Q603"} & {*codes(report)}
    assert "Q603" in codes(checked(tmp_path, a=WRONG, b=WRONG))


def decide_on(root: Path, report: PostReport, *named: str) -> None:
    [verdict] = report.verdicts
    quotation, kind = verdict.quotation, verdict.kind.value
    decide(
        root,
        Decision(
            report.path,
            quotation.id,
            quotation.text,
            Choice.WAIVE,
            kind,
            tuple(Code(code) for code in named),
            "agreed",
        ),
    )


@pytest.mark.parametrize("by", Where)
@pytest.mark.parametrize(("wrong", "right"), [("a", "b"), ("b", "a")])
def test_another_wording_and_the_error_that_it_is_are_known_together(
    tmp_path: Path, by: Where, wrong: str, right: str
) -> None:
    """Whatever makes the wrong one exempt: it stays the wrong one, and the right one is left."""
    posts = {wrong: WRONG, right: RIGHT}
    first = checked(tmp_path, **posts)
    if by is Where.POST:
        posts[wrong] = waiver("Q101, Q701") + WRONG
    elif by is Where.DECISION:
        report = {one.path: one for one in check(find_project(tmp_path)).posts}
        decide_on(tmp_path, report[f"posts/{wrong}.md"], "Q101", "Q701")
    else:
        check_with_baseline(find_project(tmp_path), mode=BaselineMode.WRITE)
    assert "Q101" in {*codes(first)} or wrong == "b"
    checked(tmp_path, **posts)
    project = find_project(tmp_path)
    if by is Where.BASELINE:
        whole = check_with_baseline(project, mode=BaselineMode.READ).report
    else:
        whole = check(project)
    told = {post.path: {*codes(post)} - {"Q203"} for post in whole.posts}
    assert told == {f"posts/{wrong}.md": set(), f"posts/{right}.md": set()}
    [post] = [post for post in whole.posts if post.path == f"posts/{wrong}.md"]
    assert {("Q101", by), ("Q701", by)} <= {*where(post)}


def test_a_waived_error_leaves_the_warning_where_it_was(tmp_path: Path) -> None:
    report = checked(tmp_path, a=waiver("Q101") + WRONG, b=RIGHT)
    assert "Q701" in codes(report)


SERIES = "---\ntitle: A post\ndate: 2026-05-03\n{}series: {{name: Lamps, part: {}}}\n---\n\nOn.\n"


def test_what_is_wrong_with_the_front_matter_is_waived_in_it(tmp_path: Path) -> None:
    comment = "# pubtool: waive Q703 -- part 2 was withdrawn\n"
    posts = {"a": SERIES.format("", 1), "b": SERIES.format("", 3)}
    (tmp_path / "posts").mkdir()
    (tmp_path / "pubtool.toml").write_text("")
    for said, idle in (("", 0), (comment, 0), (comment.replace("Q703", "Q703, Q602"), 1)):
        posts["b"] = SERIES.format(said, 3)
        for name, text in posts.items():
            (tmp_path / "posts" / f"{name}.md").write_text(text)
        post = check(find_project(tmp_path)).posts[1]
        assert codes(post) == (["Q603"] * idle if said else ["Q703"])
        assert where(post) == ([("Q703", Where.POST)] if said else [])
    [line] = list_waivers(find_project(tmp_path))
    assert (line.line, line.codes, line.unused) == (4, ("Q703", "Q602"), ("Q602",))


IN_FRONT = "# pubtool: waive Q602 -- so it is"


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{IN_FRONT}\nstatus: drafty\ntitle: A\n---\n\nOn.\n",
        f"\ufeff---\r\ntitle: A\r\n{IN_FRONT}\r\nstatus: drafty\r\n---\r\n\r\nOn.\r\n",
        f"---\ntitle: A\n{IN_FRONT}\n# and more\n\nstatus:\n  drafty\n---\n\nOn.\n",
        f"---\ntitle: A\n{IN_FRONT}\nstatus:\n- drafty\n- draft\ntags: [a]\n---\n\nOn.\n",
    ],
)
def test_a_waiver_of_the_front_matter_is_for_the_key_behind_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "pubtool.toml").write_text("")
    (tmp_path / "posts" / "a.md").write_bytes(text.encode())
    [post] = check(find_project(tmp_path)).posts
    assert (codes(post), where(post)) == ([], [("Q602", Where.POST)])
    other = text.replace("status", "tatus").replace("title: A", "status: drafty")
    (tmp_path / "posts" / "a.md").write_bytes(other.encode())
    [post] = check(find_project(tmp_path)).posts
    assert sorted(codes(post)) == ["Q602", "Q603"]


def test_the_list_of_waivers_calls_unused_what_the_check_does(tmp_path: Path) -> None:
    """Two words on one finding are both used, and what was not looked for is not called unused."""
    twice = f"{waiver('Q101')}[{WRONG.strip()}]{{.quote waive=Q101 reason='as spoken'}}\n\n"
    report = checked(tmp_path, a=f"{twice}{waiver('Q701')}{RIGHT}", b=RIGHT)
    assert [f.message for f in report.findings if f.code == "Q603"] == [
        "the waiver of Q701 waives nothing"
    ]
    project = find_project(tmp_path)
    assert [line.codes for line in list_waivers(project) if line.unused] == [("Q701",)]
    assert not any(line.unused for line in list_waivers(project, [tmp_path / "posts" / "a.md"]))
