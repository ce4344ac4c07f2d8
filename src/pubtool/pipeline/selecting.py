"""A report with the findings that somebody wants to hear of."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pubtool.model import Finding, PostReport, Report
from pubtool.pipeline.recalling import then
from pubtool.system.config import Project


def filtered(
    project: Project, report: Report, select: tuple[str, ...], ignore: tuple[str, ...]
) -> Report:
    """Return a report with the findings that are asked for, or else that the settings want."""
    settings = project.settings
    return filter_findings(report, select or settings.select, (*ignore, *settings.ignore))


def filter_findings(report: Report, select: tuple[str, ...], ignore: tuple[str, ...]) -> Report:
    """Return a report with the findings whose codes are selected and not ignored."""
    if not select and not ignore:
        return report

    def kept(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(
            finding
            for finding in findings
            if (not select or finding.code.startswith(select))
            and not (ignore and finding.code.startswith(ignore))
        )

    def selected(post: PostReport) -> PostReport:
        return replace(
            post,
            findings=kept(post.findings),
            suppressed=kept(post.suppressed),
            verdicts=tuple(replace(v, findings=kept(v.findings)) for v in post.verdicts),
        )

    posts = tuple(then(post, partial(selected, post), select, ignore) for post in report.posts)
    files = tuple(
        replace(file, findings=kept(file.findings), suppressed=kept(file.suppressed))
        for file in report.files
    )
    shown = tuple(file for file in files if file.findings or file.suppressed)
    return replace(report, posts=posts, files=shown)
