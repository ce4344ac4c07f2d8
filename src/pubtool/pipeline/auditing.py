"""`check --audit`: a project's own quotations, misquoted on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pubtool.checker.audit.trial import Audit, audit
from pubtool.checker.conventions import CONVENTIONS
from pubtool.pipeline.checking import Progress, check_files, silent
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import Project


def audit_project(
    project: Project,
    paths: Sequence[Path] = (),
    *,
    jobs: int | None = 1,
    progress: Progress = silent,
) -> Audit:
    """Return what would pass of the misquotations of a project's quotations; nothing is written.

    Raises what `check` raises.
    """
    settings = project.settings
    with Workspace(project) as workspace:
        chosen = workspace.post_paths(paths)
        reports, _ = check_files(workspace, chosen, jobs=jobs, progress=progress)
        convention = CONVENTIONS[settings.convention]
        return audit(reports, workspace.library, convention, settings.lang)
