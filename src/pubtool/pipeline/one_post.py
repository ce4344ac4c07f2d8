"""One post by itself, as whoever shows it needs it: decided about, links looked at, selected."""

from __future__ import annotations

from pubtool.model import PostReport, Report
from pubtool.pipeline.comparing import with_late_findings
from pubtool.pipeline.decided import with_decisions
from pubtool.pipeline.deciding import decisions_of
from pubtool.pipeline.selecting import filtered
from pubtool.pipeline.workspace import Workspace


def as_decided(workspace: Workspace, report: PostReport) -> PostReport:
    """Return the report on a post with what was decided about it, and what its links lead to.

    The files of decisions are read once, as they stand now.
    """
    files = decisions_of(workspace.root, report.path)
    [found] = with_late_findings(workspace, with_decisions([report], files), files, whole=False)
    return found


def as_shown(workspace: Workspace, report: PostReport) -> PostReport:
    """Return a report with the findings that the project's settings select."""
    return filtered(workspace.project, Report((report,)), (), ()).posts[0]
