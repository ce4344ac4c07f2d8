"""Findings that a post's own text does not give: dead links (Q604), and Q701 to Q703.

A post's report is remembered by its own text, and these depend on other files; so they are added
afterwards, and waived by the same words as all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pubtool.checker.waiving.late import LATE, OF_LINKS
from pubtool.model import Code, Finding, PostReport
from pubtool.pipeline.deciding import Standing
from pubtool.pipeline.linking import find_dead_links
from pubtool.pipeline.recalling import digest_of_report, then
from pubtool.pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pubtool.checker.archive import Passages


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
    if whole:
        workspace.memory.forget_all_but({report.path for report in known})
    found: dict[str, list[Finding]] = {}
    for path, dead in find_dead_links(workspace, known, whole=whole).items():
        found.setdefault(path, []).extend(dead)
    if whole:
        for path, more in _over_archive(workspace, known).items():
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

    def make() -> PostReport:
        # not loaded for a post of which nothing is said
        from pubtool.checker.waiving.decisions import Filed
        from pubtool.checker.waiving.late_waivers import add_late

        filed = {each.quotation: Filed(each.path, each.last) for each in files if each.last}
        return add_late(report, found, filed, told)

    return then(report, make, found, [(each.path, each.text) for each in files], sorted(told))


def _over_archive(
    workspace: Workspace, reports: Sequence[PostReport]
) -> Mapping[str, Sequence[Finding]]:
    from pubtool.checker.archive import find_over_archive

    return find_over_archive(reports, workspace.bibliography, partial(passages, workspace))


def passages(workspace: Workspace, report: PostReport) -> Passages:
    """Return where a post's quotations stand, worked out once."""
    from pubtool.checker.archive import Passages, passages_of

    digest = digest_of_report(report)
    make = partial(passages_of, report)
    return (
        workspace.memory.keep(report.path, "passages", digest, Passages, make) if digest else make()
    )
