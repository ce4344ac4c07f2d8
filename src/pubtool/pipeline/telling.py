"""A check that is told in words: of posts that stay their lines are known, and no report is held.

Whoever wants the report itself has all of it in memory (`checking`): some 25 KB a post.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pubtool.pipeline.checking import Progress, check_files, put_together, silent
from pubtool.pipeline.recalling import HELD, Held
from pubtool.pipeline.selecting import filtered
from pubtool.pipeline.targets import Look
from pubtool.pipeline.wording import word_and_count
from pubtool.pipeline.workspace import Workspace
from pubtool.reporters.tally import Tally
from pubtool.system.collector import seldom_collecting
from pubtool.system.config import Project


class Said(NamedTuple):
    """What a check has to say."""

    report: str
    """As it is shown."""
    counts: Tally


def tell_check(  # noqa: PLR0913 - the command's own arguments
    project: Project,
    paths: Sequence[Path] = (),
    *,
    look: Look,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    jobs: int | None = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> Said:
    """Return what is said of the report that `checking.check` returns; raises what that raises."""
    with seldom_collecting(), Workspace(project, held=Held(HELD)) as workspace:
        reports, errors = check_files(
            workspace,
            workspace.post_paths(paths),
            jobs=jobs,
            scheduler=scheduler,
            progress=progress,
        )
        examined = put_together(workspace, reports, errors, whole=not paths)
        report = filtered(project, examined.report, select, ignore)
        return Said(*word_and_count(workspace, report, look))
