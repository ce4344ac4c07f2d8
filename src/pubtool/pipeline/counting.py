"""`stats`: the verdicts of all posts, counted by date and by source."""

from __future__ import annotations

from pubtool.pipeline.checking import Progress, check_files, put_together, silent
from pubtool.pipeline.recalling import HELD, Held
from pubtool.pipeline.selecting import filtered
from pubtool.pipeline.workspace import Workspace
from pubtool.reporters.overview import (
    Overview,
    overview_of,
    render_overview,
    render_overview_json,
    render_overview_page,
)
from pubtool.system.config import Project


def overview(project: Project, progress: Progress = silent) -> tuple[Overview, tuple[str, ...]]:
    """Return the counts, and a sentence for each post that could not be read."""
    with Workspace(project, held=Held(HELD)) as workspace:
        paths = workspace.post_paths()
        reports, errors = check_files(workspace, paths, jobs=None, progress=progress)
        examined = put_together(workspace, reports, errors, whole=True)
        titles = {key: source.title for key, source in workspace.bibliography.sources.items()}
        report = filtered(project, examined.report, (), ())
        return overview_of(report, titles), report.errors


def render_stats(counted: Overview, form: str, width: int) -> str:
    """Return the counts as ``text``, ``json`` or ``html``."""
    if form == "html":
        return render_overview_page(counted)
    return render_overview_json(counted) if form == "json" else render_overview(counted, width)
