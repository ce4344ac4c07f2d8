"""A check that is compared with the baseline, and the baseline written: once, then only smaller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pubtool.checker.waiving.baseline import apply_baseline, baseline_of, what_is_left
from pubtool.errors import NoBaseline
from pubtool.model import Baseline, Report
from pubtool.pipeline.checking import Examined, Progress, examine, silent
from pubtool.pipeline.selecting import filtered
from pubtool.readers.baseline import FILE, read_baseline, render_baseline
from pubtool.system.config import Project
from pubtool.system.files import read_text, write_atomic


class BaselineMode(Enum):
    """What becomes of the file."""

    READ = "read"
    WRITE = "write"
    """It is made where there is none; else what is mended is taken out, and nothing put in."""


@dataclass(frozen=True)
class Compared:
    """A report beside the baseline."""

    report: Report
    """What is known is suppressed in it."""
    entries: int
    """How many the baseline had; of one that was made now, has."""
    made: bool
    """Whether there was none before."""
    mended: Mapping[str, int]
    """How many entries of each file hold no longer at all."""


def the_baseline(project: Project) -> Baseline:
    """Return what `baseline.toml` has; raises NoBaseline, BadBaseline and what reading raises."""
    path = project.root / FILE
    if not path.exists():
        raise NoBaseline(FILE)
    return read_baseline(read_text(path, FILE))


def check_with_baseline(  # noqa: PLR0913 - the command's own arguments
    project: Project,
    paths: Sequence[Path] = (),
    *,
    mode: BaselineMode,
    standard_input: tuple[str, str] | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    jobs: int | None = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> Compared:
    """Return what `check` does, with what `baseline.toml` knows suppressed.

    Codes that are not selected, or ignored, are not put into a baseline that is made, and decide
    nothing about one that is there. Raises what `check` raises, NoBaseline, BadBaseline and
    CannotWrite.
    """
    path = project.root / FILE
    there = path.exists()
    before = Baseline()
    if there or mode is BaselineMode.READ:
        before = the_baseline(project)
    examined = examine(
        project,
        paths,
        standard_input=standard_input,
        jobs=jobs,
        scheduler=scheduler,
        progress=progress,
    )
    if not there:
        before = baseline_of(filtered(project, examined.report, select, ignore))
    left = _left(before, examined)
    if mode is BaselineMode.WRITE and (left != before or not there):
        write_atomic(path, render_baseline(left).encode())
    report = filtered(project, apply_baseline(examined.report, left), select, ignore)
    return Compared(report, before.count, not there, _mended(before, left))


def what_is_new(project: Project, examined: Examined) -> Report:
    """Return the report of all that was found, with what `baseline.toml` has suppressed.

    Raises what `the_baseline` does.
    """
    return apply_baseline(examined.report, _left(the_baseline(project), examined))


def _left(before: Baseline, examined: Examined) -> Baseline:
    return what_is_left(before, examined.report, whole=examined.whole)


def _mended(before: Baseline, left: Baseline) -> dict[str, int]:
    gone = {
        path: len(entries) - len(left.entries.get(path, {}))
        for path, entries in before.entries.items()
    }
    return {path: count for path, count in gone.items() if count}
