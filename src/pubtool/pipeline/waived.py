"""Everybody's word that findings do not matter: what it waives, why, who wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pubtool.checker.waiving.late import LATE, OF_LINKS
from pubtool.checker.waiving.unused import idle_codes
from pubtool.model import (
    Choice,
    Code,
    Finding,
    PostReport,
    Report,
    Suppression,
    VerdictKind,
    Waiver,
    Where,
)
from pubtool.pipeline.checking import check_files
from pubtool.pipeline.comparing import with_late_findings
from pubtool.pipeline.deciding import Standing, all_decisions
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import Project
from pubtool.system.git import NOT_COMMITTED, Commit, authors

_ATTRIBUTE = re.compile(r"\bwaive\s*=")
Authors = Callable[[str, str], tuple[Commit | None, ...]]
"""Gives who wrote each line of a file, by its path in the project and its text."""


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """A waiver, or what an editor accepted, as a list shows it."""

    path: str
    """The file that it stands in: a post, or a file of decisions."""
    line: int
    post: str
    quotation: str
    """The id; empty where it is about none, or about several."""
    choice: str
    """``waive`` or ``accept``."""
    codes: tuple[Code, ...]
    unused: tuple[Code, ...]
    """Of the codes, those that waive nothing."""
    stale: bool
    """Whether it says nothing any more: no code is used, or what was accepted is no more so."""
    reason: str
    by: str
    on: str
    committed: bool | None
    """Whether it is in git; None where there is no git that knows."""


def list_waivers(project: Project, paths: Sequence[Path] = ()) -> tuple[WaiverLine, ...]:
    """Return all waivers and decisions of posts: those that say nothing any more first, by place.

    Raises what `check` raises.
    """
    with Workspace(project) as workspace:
        found_alone, errors = check_files(workspace, workspace.post_paths(paths), jobs=None)
        decisions = workspace.decisions
        whole = not (paths or errors)
        reports = with_late_findings(workspace, found_alone, decisions, whole=whole)
    told = LATE if whole else OF_LINKS
    wrote = _authors(project.root)
    found = [line for report in reports for line in _of_post(report, told, wrote)]
    by_path = {report.path: report for report in reports}
    found += [
        _of_decision(each, by_path.get(each.post), told, wrote)
        for each in decisions
        if each.last and (not paths or each.post in by_path)
    ]
    return tuple(sorted(found, key=lambda one: (not one.stale, one.post, one.path, one.line)))


def with_authors(project: Project, report: Report) -> Report:
    """Return the report with who suppressed each finding and when, as far as git knows."""
    wrote = _authors(project.root)
    files = {(each.post, each.quotation): each for each in all_decisions(project.root)}

    def told(post: PostReport, finding: Finding) -> Finding:
        said = finding.suppression
        if said is None or (said.by and said.on):
            return finding
        return replace(finding, suppression=_signed(said, commit_of(post, finding, said)))

    def commit_of(post: PostReport, finding: Finding, said: Suppression) -> Commit | None:
        if said.where is Where.POST and said.span is not None:
            start, end = _lines(said.span.start, said.span.end, said.reason, post.text)
            return _last(wrote(post.path, post.text)[start : end + 1])
        there = files.get((post.path, finding.quotation or ""))
        if said.where is Where.DECISION and there is not None:
            return _last(_of_last_table(there, wrote))
        return None

    posts = tuple(
        replace(post, suppressed=tuple(told(post, finding) for finding in post.suppressed))
        for post in report.posts
    )
    return replace(report, posts=posts)


def _signed(said: Suppression, commit: Commit | None) -> Suppression:
    if commit is None:
        return said
    return replace(said, by=said.by or commit.by, on=said.on or commit.on)


def _authors(root: Path) -> Authors:
    """Return what asks git once a file, when it is first asked."""

    @cache
    def wrote(path: str, text: str) -> tuple[Commit | None, ...]:
        return authors(root / path, text)

    return wrote


def _of_post(report: PostReport, told: frozenset[Code], wrote: Authors) -> Iterator[WaiverLine]:
    for waiver in report.waivers:
        idle = {*idle_codes(report, waiver), *idle_codes(report, waiver, told)}
        unused = tuple(code for code in waiver.codes if code in idle)
        start, end = _lines(waiver.span.start, waiver.span.end, waiver.reason, report.text)
        lines = wrote(report.path, report.text)
        commit = _last(lines[start : end + 1])
        yield WaiverLine(
            report.path,
            start + 1,
            report.path,
            _quotation(report, waiver),
            Choice.WAIVE.value,
            waiver.codes,
            unused,
            len(unused) == len(waiver.codes),
            waiver.reason,
            commit.by if commit else "",
            commit.on if commit else "",
            None if commit is None else commit is not NOT_COMMITTED,
        )


def _quotation(report: PostReport, waiver: Waiver) -> str:
    ids = [
        verdict.quotation.id
        for verdict in report.verdicts
        if any(each.span == waiver.span for each in verdict.quotation.waivers)
    ]
    return ids[0] if len(ids) == 1 else ""


def _of_decision(
    each: Standing, report: PostReport | None, told: frozenset[Code], wrote: Authors
) -> WaiverLine:
    last = each.last
    assert last is not None
    suppressed = [f for f in report.suppressed if f.quotation == each.quotation] if report else []
    used = {f.code for f in suppressed if f.suppression and f.suppression.where is Where.DECISION}
    unused = tuple(code for code in last.codes if code not in used | (LATE - told))
    kinds = [v.kind for v in report.verdicts if v.quotation.id == each.quotation] if report else []
    stale = len(unused) == len(last.codes)
    if last.choice is Choice.ACCEPT:
        stale = kinds != [VerdictKind(last.verdict)]
    commit = _last(_of_last_table(each, wrote))
    return WaiverLine(
        each.path,
        _start_of_last_table(each.text) + 1,
        each.post,
        each.quotation,
        last.choice.value,
        last.codes,
        unused,
        stale,
        last.reason,
        last.by or (commit.by if commit else ""),
        last.on or (commit.on if commit else ""),
        None if commit is None else commit is not NOT_COMMITTED,
    )


def _of_last_table(each: Standing, wrote: Authors) -> Sequence[Commit | None]:
    return wrote(each.path, each.text)[_start_of_last_table(each.text) : each.text.count("\n")]


def _start_of_last_table(text: str) -> int:
    return text.count("\n", 0, max(text.rfind("[[decision]]"), 0))


def _last(commits: Sequence[Commit | None]) -> Commit | None:
    """Return who wrote some lines last; None where that is not known of one of them."""
    if not commits or None in commits:
        return None
    if NOT_COMMITTED in commits:
        return NOT_COMMITTED
    return max((commit for commit in commits if commit), key=lambda commit: commit.on)


def _lines(start: int, end: int, reason: str, text: str) -> tuple[int, int]:
    """Return the first and the last line, from 0, of what waives, from where it holds.

    A comment is that itself; of a span or a div, the nearest ``waive=`` with this reason.
    """
    if "waive" not in text[start:end]:
        near = [found for found in _ATTRIBUTE.finditer(text) if reason in text[found.end() :]]
        if near:
            nearest = min(
                near, key=lambda found: min(abs(found.start() - at) for at in (start, end))
            )
            start, end = nearest.span()
    return text.count("\n", 0, start), text.count("\n", 0, end)
