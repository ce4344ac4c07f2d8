"""`build`: check, then export; what has not changed is left as it is.

Every job of the export names its digest and every written file is remembered with its own, so an
unchanged post costs a look at its files. A file that a former build wrote, that nobody has touched
since and that the new one has no use for is removed; nothing else in the output folder ever is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pubtool.model import Finding, PostReport, Report, Severity
from pubtool.pipeline.checking import check_files
from pubtool.pipeline.comparing import passages, with_late_findings
from pubtool.pipeline.gathering import checked_post, foresee, gather
from pubtool.pipeline.other_files import file_reports
from pubtool.pipeline.outputs import Outputs
from pubtool.pipeline.recalling import HELD, Held, digest_of_report
from pubtool.pipeline.selecting import filter_findings
from pubtool.pipeline.sight import Sight
from pubtool.pipeline.targets import BuildMode, Look, Progress, refuse_output
from pubtool.pipeline.wording import word
from pubtool.pipeline.workspace import Workspace
from pubtool.system.collector import seldom_collecting
from pubtool.system.config import Project
from pubtool.writers.export import Job, Material, plan_jobs


@dataclass(frozen=True)
class BuildResult:
    """What a build did."""

    report: Report
    stopped: bool
    """Whether findings kept everything from being written."""
    written: tuple[str, ...] = ()
    """Paths below the output folder."""
    unchanged: int = 0
    """Files that were left as they are."""
    held_back: tuple[str, ...] = ()
    """Posts that are not published by their status."""
    remarks: tuple[str, ...] = ()
    """What a target has no form for and what became of it, a line each, by post and format."""
    quiet: bool = True
    """Whether no file of the output folder was written or removed."""
    said: str = ""
    """The report's words, where they were asked for."""


def build(  # noqa: PLR0913 - the command's own arguments
    project: Project,
    paths: Sequence[Path] = (),
    *,
    formats: Sequence[str],
    output: Path,
    mode: BuildMode,
    progress: Progress,
    look: Look | None = None,
    sight: Sight | None = None,
) -> BuildResult:
    """Check a project and export it to some of `pubtool.model.FORMATS`.

    With `paths`, only these posts' own files are made. `look` asks for the report's words as well,
    `sight` is what the file system said of the project just now. Raises what `check` raises, and
    BadOutput, UnknownStyle, TypesetFailed and PandocFailed, after which nothing was written, and
    CannotWrite, after which no file is half written.
    """
    refuse_output(project, output)
    with seldom_collecting(), Workspace(project, sight=sight, held=Held(HELD)) as workspace:
        checked = check_for_build(workspace, paths)
        said = word(workspace, checked.shown, look) if look else ""
        if mode is BuildMode.STRICT and checked.stops:
            return BuildResult(checked.shown, stopped=True, said=said)
        shown, names = checked.shown, checked.names
        material = material_of(workspace, checked.reports, mode)
        jobs = plan_jobs(material, formats, workspace.pandoc)
        wanted = [job for job in jobs if not paths or job.name.partition(":")[2] in names]
        wanted = _by_post(wanted)
        outputs = Outputs(workspace.store, output, project.root)
        for number, job in enumerate(wanted):
            progress(number, len(wanted), job.name)
            outputs.make(job)
        outputs.write()
        if not paths:
            outputs.remove_stale(formats)
        held = () if mode is BuildMode.DRAFT else material.site.held_back
        return BuildResult(
            shown,
            stopped=False,
            written=tuple(outputs.written),
            unchanged=outputs.unchanged,
            held_back=tuple(page.path for page in held),
            remarks=tuple(dict.fromkeys(outputs.remarks)),
            quiet=outputs.quiet,
            said=said,
        )


@dataclass(frozen=True)
class CheckedPosts:
    """All posts of a project, checked before something is made of some of them."""

    reports: tuple[PostReport, ...]
    """Of every post."""
    names: frozenset[str]
    """The paths of those that were asked for."""
    shown: Report
    """What is said of these."""
    stops: bool
    """Whether a verdict fails, a finding is an error or a post could not be read."""


def check_for_build(workspace: Workspace, paths: Sequence[Path]) -> CheckedPosts:
    """Check all posts; `paths` are those that something is to be made of, none for all."""
    chosen = workspace.post_paths(paths)
    every = workspace.post_paths() if paths else chosen
    checked, errors = check_files(
        workspace,
        every,
        meanwhile=workspace.pandoc.warm_up,
        after=partial(_foresee, workspace),
    )
    reports = with_late_findings(workspace, checked, workspace.decisions, whole=not errors)
    found = file_reports(workspace, reports, whole=not errors)
    report = Report(tuple(reports), found, tuple(errors))
    names = frozenset(workspace.name(path) for path in chosen)
    settings = workspace.project.settings
    report = filter_findings(report, settings.select, settings.ignore)
    shown = _only(report, names) if paths else report
    return CheckedPosts(tuple(reports), names, shown, _stops(workspace, shown) or bool(errors))


def _only(report: Report, names: frozenset[str]) -> Report:
    posts = tuple(post for post in report.posts if post.path in names)
    return Report(posts, report.files, report.errors)


def _foresee(workspace: Workspace, report: PostReport) -> None:
    """Work out what the build will ask of a post that was just checked, while its report is held.

    Later each of these would have the report read again: but the last few are not held.
    """
    foresee(workspace, report)
    passages(workspace, report)
    _stops_alone(workspace, report)


def _stops(workspace: Workspace, report: Report) -> bool:
    """Whether a verdict fails or a finding is an error."""
    findings = (finding for file in report.files for finding in file.findings)
    return any(map(_is_error, findings)) or any(_stops_alone(workspace, p) for p in report.posts)


def _stops_alone(workspace: Workspace, post: PostReport) -> bool:
    """Whether a post stops a build, worked out once."""
    digest, make = digest_of_report(post), partial(_post_stops, post)
    return workspace.memory.keep(post.path, "stops", digest, bool, make) if digest else make()


def _post_stops(post: PostReport) -> bool:
    return any(map(_is_error, post.findings)) or any(v.kind.fails for v in post.verdicts)


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def material_of(workspace: Workspace, reports: Sequence[PostReport], mode: BuildMode) -> Material:
    """Return all that an export of the checked posts is made from."""
    posts = {report.path: checked_post(workspace, report) for report in reports}
    return gather(workspace, posts, draft=mode is BuildMode.DRAFT)


def _by_post(jobs: Sequence[Job]) -> list[Job]:
    """Return the jobs with those that are about one post together: they share its tree."""
    about = [job.name.partition(":")[2] for job in jobs]
    first = {name: number for number, name in reversed([*enumerate(about)])}
    return sorted(jobs, key=lambda job: first[job.name.partition(":")[2]])
