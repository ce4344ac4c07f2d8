"""Findings that a post's own text does not give: dead links (Q604), and Q701 to Q703.

A post's report is remembered by its own text, and these depend on other files; so they are added
afterwards, and waived by the same words as all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pubtool.checker.late import LATE, OF_LINKS
from pubtool.model import Code, Finding, PostReport
from pubtool.pipeline.deciding import Standing
from pubtool.pipeline.linking import find_dead_links
from pubtool.pipeline.workspace import Workspace


def with_late_findings(
    workspace: Workspace,
    reports: Iterable[PostReport],
    files: Iterable[Standing],
    *,
    whole: bool,
) -> list[PostReport]:
    """Return the reports with what other files decide, waivers and decisions applied.

    `files` are those of decisions. Where the reports are of all posts, in order, `whole` is true.
    """
    known = list(reports)
    found: dict[str, list[Finding]] = {}
    for path, dead in find_dead_links(workspace, known).items():
        found.setdefault(path, []).extend(dead)
    if whole:
        from pubtool.checker.archive import find_over_archive  # not for a few posts

        for path, more in find_over_archive(known, workspace.bibliography).items():
            found.setdefault(path, []).extend(more)
    told = LATE if whole else OF_LINKS
    decided: dict[str, list[Standing]] = {}
    for file in files:
        if file.last and not told.isdisjoint(file.last.codes):
            decided.setdefault(file.post, []).append(file)
    return [
        _with(report, found.get(report.path, ()), decided.get(report.path, ()), told)
        for report in known
    ]


def _with(
    report: PostReport,
    found: Sequence[Finding],
    files: Sequence[Standing],
    told: frozenset[Code],
) -> PostReport:
    named = any(not told.isdisjoint(waiver.codes) for waiver in report.waivers)
    if not (found or files or named):
        return report
    from pubtool.checker.decisions import Filed  # not for a post of which nothing is said
    from pubtool.checker.late_waivers import add_late

    filed = {each.quotation: Filed(each.path, each.last) for each in files if each.last}
    return add_late(report, found, filed, told)
