"""A project that is checked again whenever one of its files changes.

What has not changed is not looked at again: a post that was saved is checked by itself, with the
sources as they were opened and the pandoc that runs already.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from pubtool.model import PostReport, Report
from pubtool.pipeline.baselining import what_is_new
from pubtool.pipeline.checking import Progress, check_files, gather, silent
from pubtool.pipeline.looking import Looked
from pubtool.pipeline.selecting import filtered
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.baseline import FILE as BASELINE
from pubtool.system.config import Project, find_project
from pubtool.system.pandoc import Pandoc
from pubtool.system.transaction import recover


class Watch:
    """Posts under their author's hands. A context manager; use it from one thread."""

    def __init__(  # noqa: PLR0913 - the command's own arguments
        self,
        project: Project,
        paths: Sequence[Path],
        *,
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        jobs: int | None = 1,
        baseline: bool = False,
    ) -> None:
        """Take what `check` takes, and whether what the baseline has is known.

        Nothing is looked at yet.
        """
        self._root = project.root
        self._paths = paths
        self._select, self._ignore = select, ignore
        self._jobs = jobs
        self._baseline = baseline
        self._pandoc = Pandoc()
        self._workspace: Workspace | None = None
        self._files = Looked(project.root, BASELINE)
        self._known: dict[Path, PostReport] = {}
        """The posts that stand as they did when they were checked."""

    def __enter__(self) -> Self:
        recover(self._root)
        return self

    def __exit__(self, *_: object) -> None:
        self._forget()
        self._pandoc.close()

    def look(self) -> bool:
        """Say whether a file has changed since the last look."""
        changed = self._files.look()
        for path in map(Path, changed):
            if self._files.is_post(str(path)):
                self._known.pop(path, None)
            elif path != self._root / BASELINE:
                self._forget()
        if changed and self._workspace is not None:
            self._workspace.addresses = None
        return bool(changed)

    def report(self, progress: Progress = silent) -> Report:
        """Return the report on the posts as they stand now; raises what `check` does."""
        workspace = self._workspace or self._open()
        paths = workspace.post_paths(self._paths)
        waiting = [path for path in paths if path not in self._known]
        found, errors = check_files(workspace, waiting, jobs=self._jobs, progress=progress)
        named = {workspace.name(path): path for path in waiting}
        self._known.update({named[report.path]: report for report in found})
        reports = [self._known[path] for path in paths if path in self._known]
        project = workspace.project
        examined = gather(workspace, reports, errors, whole=not self._paths)
        report = what_is_new(project, examined) if self._baseline else examined.report
        return filtered(project, report, self._select, self._ignore)

    def _open(self) -> Workspace:
        """Read the settings and the bibliography anew: every verdict may be another."""
        workspace = Workspace(find_project(self._root), self._pandoc)
        self._files.note(path for paths in workspace.source_paths.values() for path in paths)
        self._workspace = workspace
        return workspace

    def _forget(self) -> None:
        """Drop all that is known: something changed that every post depends on."""
        self._known.clear()
        if self._workspace is not None:
            self._workspace.store.close()
            self._workspace = None
