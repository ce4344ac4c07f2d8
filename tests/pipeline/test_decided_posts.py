"""What a decision does to a verdict: as a waiver in the post, for the same words, no longer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.filling import fill

from pubtool.model import Choice, Code, Decision, Report, VerdictKind, Where
from pubtool.pipeline import check, find_project
from pubtool.pipeline.deciding import decide
from pubtool.pipeline.judging import check_text
from pubtool.pipeline.watching import Watch
from pubtool.pipeline.workspace import Workspace

SOURCE = "Whoever quotes must quote exactly. The second rule is to be fair to everybody.\n"
BIBLIOGRAPHY = "@book{doe2001, author = {Doe, Jane}, title = {On Quoting}, year = {2001}}\n"
POST = """---
title: A post
date: 2026-05-03
---

Doe says: “whoever quotes must quote briefly” [@doe2001]. And she said to me: “There is no third
rule that anybody has ever heard of” [@doe2001].
"""
FILE = "posts/sub/a.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        FILE: POST,
        "sources/doe2001.txt": SOURCE,
        "references.bib": BIBLIOGRAPHY,
        "pubtool.toml": "",
    }
    return fill(tmp_path, files)


def checked(root: Path) -> Report:
    return check(find_project(root))


def about(root: Path, kind: VerdictKind) -> Decision:
    """The decision to waive all errors of the quotation with a verdict."""
    [post] = checked(root).posts
    [found] = [verdict for verdict in post.verdicts if verdict.kind is kind]
    return Decision(
        FILE,
        found.quotation.id,
        found.quotation.text,
        Choice.WAIVE,
        kind.value,
        tuple(sorted({finding.code for finding in found.findings})),
        "she told me so",
    )


def said(report: Report) -> list[str]:
    """What counts, each with the file that it is about."""
    posts = [f"{p.path} {f.code} {f.message}" for p in report.posts for f in p.findings]
    return posts + [f"{p.path} {f.code} {f.message}" for p in report.files for f in p.findings]


def test_what_is_waived_is_exempt_and_its_findings_are_kept(root: Path) -> None:
    decision = about(root, VerdictKind.ABSENT)
    before = checked(root)
    decide(root, replace(decision, by="Ada", on="2026-05-03"))
    after = checked(root)
    [post] = after.posts
    assert [verdict.kind.value for verdict in post.verdicts] == ["altered", "exempt"]
    assert post.verdicts[1].reason == "waived"
    assert [f.code for f in post.suppressed] == list(decision.codes)
    for finding in post.suppressed:
        assert finding.suppression is not None
        told = finding.suppression
        assert (told.where, told.reason, told.by, told.on) == (
            Where.DECISION, "she told me so", "Ada", "2026-05-03",
        )  # fmt: skip
        assert replace(finding, suppression=None) in before.posts[0].findings
    assert set(said(after)) == {one for one in said(before) if "Q301" not in one}


def test_to_accept_changes_nothing(root: Path) -> None:
    before = checked(root)
    decide(root, replace(about(root, VerdictKind.ALTERED), choice=Choice.ACCEPT, codes=()))
    assert checked(root) == before


def test_a_grave_finding_that_is_not_named_still_counts(root: Path) -> None:
    decide(root, replace(about(root, VerdictKind.ALTERED), codes=(Code("Q203"),)))
    [post] = checked(root).posts
    assert post.verdicts[0].kind is VerdictKind.ALTERED


def test_a_waiver_holds_no_longer_than_its_verdict(root: Path) -> None:
    decide(root, about(root, VerdictKind.ABSENT))
    source = root / "sources" / "doe2001.txt"
    new = "There is no second rule that anybody has ever heard of.\n"
    source.write_text(SOURCE + new, encoding="utf-8")
    report = checked(root)
    [post] = report.posts
    assert post.verdicts[1].kind is VerdictKind.ALTERED
    [stale] = [one for one in said(report) if "Q603" in one]
    file = f"decisions/sub/a/{post.verdicts[1].quotation.id}.toml"
    assert stale == (
        f"{FILE} Q603 the waiver of Q301 in {file} waives nothing: it was made when this was "
        "absent, and now it is altered; decide again, or delete the file"
    )
    assert not post.suppressed


def test_a_waiver_of_what_there_is_not_is_told(root: Path) -> None:
    decision = about(root, VerdictKind.ABSENT)
    decide(root, replace(decision, codes=(*decision.codes, Code("Q104"))))
    [post] = checked(root).posts
    assert post.verdicts[1].kind is VerdictKind.EXEMPT
    assert any("the waiver of Q104 in" in finding.message for finding in post.findings)


def test_other_words_are_another_quotation(root: Path) -> None:
    decision = about(root, VerdictKind.ABSENT)
    decide(root, decision)
    (root / FILE).write_text(POST.replace("third", "fourth"), encoding="utf-8")
    report = checked(root)
    assert report.posts[0].verdicts[1].kind is VerdictKind.ABSENT
    assert (
        f"decisions/sub/a/{decision.quotation}.toml Q603 {FILE} has no quotation “There is no "
        "third rule that anybody⋯” any more, and this waiver waives nothing; delete the file"
    ) in said(report)


def test_the_post_may_be_gone(root: Path) -> None:
    decide(root, about(root, VerdictKind.ABSENT))
    (root / FILE).rename(root / "posts" / "b.md")
    assert any(f"Q603 {FILE} is no more, and this" in one for one in said(checked(root)))


def test_a_file_that_says_nothing_is_told_at_its_line_and_waives_nothing(root: Path) -> None:
    file = decide(root, about(root, VerdictKind.ABSENT))
    path = root / file.path
    path.write_text(file.text.replace('"waive"', '"wave"'), encoding="utf-8")
    report = checked(root)
    assert report.posts[0].verdicts[1].kind is VerdictKind.ABSENT
    [told] = [part for part in report.files if part.path == file.path]
    [finding] = told.findings
    assert (finding.code, finding.message) == (
        "Q606",
        "`choice` is 'wave'; write accept or waive",
    )
    assert told.text[finding.span.start : finding.span.end] == "[[decision]]"
    path.write_bytes(b"\xff")
    [told] = [part for part in checked(root).files if part.path == file.path]
    assert "not UTF-8" in told.findings[0].message


def test_a_part_of_the_project_says_nothing_of_the_rest(root: Path) -> None:
    decide(root, replace(about(root, VerdictKind.ABSENT), post="posts/gone.md"))
    project = find_project(root)
    assert any("Q603" in one for one in said(check(project)))
    assert not any("Q603" in one for one in said(check(project, [root / FILE])))


def test_one_text_is_checked_with_its_decisions_as_they_stand(root: Path) -> None:
    decision = about(root, VerdictKind.ABSENT)
    with Workspace(find_project(root)) as workspace:
        assert check_text(workspace, FILE, POST).verdicts[1].kind is VerdictKind.ABSENT
        decide(root, decision)
        assert check_text(workspace, FILE, POST).verdicts[1].kind is VerdictKind.EXEMPT
        assert check_text(workspace, "elsewhere", POST).verdicts[1].kind is VerdictKind.ABSENT


def test_a_watch_sees_what_is_decided_meanwhile(root: Path) -> None:
    with Watch(find_project(root), ()) as watch:
        watch.look()
        before = [v.kind for post in watch.report().posts for v in post.verdicts]
        decide(root, about(root, VerdictKind.ALTERED), expected=None)
        assert watch.look()
        after = [v.kind for post in watch.report().posts for v in post.verdicts]
    assert VerdictKind.ALTERED in before
    assert VerdictKind.EXEMPT in after
