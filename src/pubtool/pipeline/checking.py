"""`check`: posts in, a report out; verdicts are remembered by what they were made from."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pubtool.errors import ChangedMeanwhile, PostLost, PubtoolError
from pubtool.model import PostReport, Report
from pubtool.pipeline.comparing import with_late_findings
from pubtool.pipeline.decided import with_decisions
from pubtool.pipeline.judging import KIND, check_text, digest_judged, judge_post, judge_text
from pubtool.pipeline.other_files import file_reports
from pubtool.pipeline.recalling import Held, Outline, Written, check_of, outline_of, recall
from pubtool.pipeline.selecting import filtered
from pubtool.pipeline.store import decode, encode
from pubtool.pipeline.workspace import Workspace
from pubtool.system.collector import without_collection
from pubtool.system.config import Project
from pubtool.system.files import read_text, shown_name, text_sha256

Progress = Callable[[int, int], None]
"""Told how many posts are done, of how many, while posts are checked that were not known."""

Meanwhile = Callable[[], None]
"""Told, before this process checks the first post, that its pandoc has time for something else."""

Then = Callable[[PostReport], None]
"""Told of each post that was just checked, while what this process made of it is still held."""

_OUTLINE = "outline"
_TEXT = "text"

FEW = 32
"""Posts that one process checks about as fast as it takes others to start (half a second)."""


class _New(NamedTuple):
    """A post that must be checked anew."""

    number: int
    """Its place in the order of paths."""
    name: str
    path: Path
    text: str | None
    """None for all but the first few: the texts of an archive are much, and are read again."""

    def read(self) -> str:
        """Return its text; raise what reading does."""
        return read_text(self.path, self.name) if self.text is None else self.text


class _Judged(NamedTuple):
    """A post that was checked anew."""

    digest: str
    """What its report is kept by."""
    report: bytes
    """As the store keeps it."""
    found: PostReport | None = None
    """The same, where this process made it."""


def nothing(report: PostReport) -> None:
    """Do nothing with a post that was checked."""


def idle() -> None:
    """Let pandoc do nothing else."""


def silent(done: int, total: int) -> None:
    """Say nothing of the progress."""


def check(  # noqa: PLR0913 - the command's own arguments
    project: Project,
    paths: Sequence[Path] = (),
    *,
    standard_input: tuple[str, str] | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    jobs: int | None = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> Report:
    """Return the report on a project's posts, on those that `paths` name, or on a text.

    `standard_input` is the name that a post has in the project, and its text. `select` and `ignore`
    are codes or their beginnings; they decide which findings are reported, never a verdict. Posts
    come in the order of their paths, whatever the number of processes (`jobs`; None: as many as are
    worth it; with more than one, the main module must be one that can be imported) or, with the
    address of a Dask `scheduler`, of machines. Raises NoSuchPost, NoCluster and what reading the
    bibliography and the lock raises; a post that cannot be read is one of the report's errors.
    """
    examined = examine(
        project,
        paths,
        standard_input=standard_input,
        jobs=jobs,
        scheduler=scheduler,
        progress=progress,
    )
    return filtered(project, examined.report, select, ignore)


class Examined(NamedTuple):
    """All that is found, whatever is asked to be told."""

    report: Report
    whole: bool
    """Whether it is about every post of the project."""


def examine(  # noqa: PLR0913 - the command's own arguments
    project: Project,
    paths: Sequence[Path] = (),
    *,
    standard_input: tuple[str, str] | None = None,
    jobs: int | None = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> Examined:
    """Return the report that `check` filters, and raise what it raises."""
    with Workspace(project) as workspace:
        if standard_input is not None:
            name, text = standard_input
            reports, errors = [check_text(workspace, shown_name(name), text)], list[str]()
        else:
            reports, errors = check_files(
                workspace,
                workspace.post_paths(paths),
                jobs=jobs,
                scheduler=scheduler,
                progress=progress,
            )
        whole = not paths and standard_input is None
        return gather(workspace, reports, errors, whole=whole)


def gather(
    workspace: Workspace, reports: Sequence[PostReport], errors: Sequence[str], *, whole: bool
) -> Examined:
    """Return the report that is made of the posts' own, `whole` where they are all posts."""
    examined = put_together(workspace, reports, errors, whole=whole)
    with without_collection():  # all are asked for, and the store is still open
        for report in examined.report.posts:
            _ = report.verdicts
    return examined


def put_together(
    workspace: Workspace, reports: Sequence[PostReport], errors: Sequence[str], *, whole: bool
) -> Examined:
    """Return what `gather` does, of which the posts' own reports are found when one asks."""
    whole = whole and not errors
    linked = with_late_findings(workspace, reports, workspace.decisions, whole=whole)
    files = file_reports(workspace, linked, whole=whole)
    return Examined(Report(tuple(linked), files, tuple(errors)), whole)


def check_files(  # noqa: PLR0913 - what is to be checked, how, and who is told
    workspace: Workspace,
    paths: Iterable[Path],
    *,
    jobs: int | None = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
    meanwhile: Meanwhile = idle,
    after: Then = nothing,
) -> tuple[list[PostReport], list[str]]:
    """Return the reports on some posts, and a sentence for each that cannot be read."""
    found, new = _look_up(workspace, paths)
    total = len(found) + len(new)
    if new:
        progress(len(found), total)
    if scheduler:
        checked = _check_remotely(workspace, new, scheduler)
    else:
        checked = _check_new(workspace, new, jobs, meanwhile)
    with closing(checked) as results:
        for place, result in results:
            post = new[place]
            if isinstance(result, _Judged):
                kept = workspace.store.put(KIND, result.digest, result.report)
                report = result.found or decode(result.report, PostReport)
                report = _outlined(workspace, report, result.digest, kept=kept)
                after(report)
                found[post.number] = report
            else:
                found[post.number] = result
            progress(len(found), total)
    ordered = [found[number] for number in sorted(found)]
    posts = [each for each in ordered if isinstance(each, PostReport)]
    return (
        with_decisions(posts, workspace.decisions),
        [each for each in ordered if isinstance(each, str)],
    )


def _look_up(
    workspace: Workspace, paths: Iterable[Path]
) -> tuple[dict[int, PostReport | str], list[_New]]:
    """Return what is known of posts, by their place in the order of paths, and the others.

    Reports hold no cycles, so that the collector would walk all of them in vain, again and again
    (measured with 10,000 posts: three quarters of the time of decoding).
    """
    found: dict[int, PostReport | str] = {}
    new: list[_New] = []
    with without_collection():
        _ = workspace.digest_judged  # what cannot be read of it is told once, and not of each post
        for number, path in enumerate(paths):
            known = _known(workspace, number, path)
            if isinstance(known, _New):
                new.append(known if len(new) < FEW else known._replace(text=None))
            else:
                found[number] = known
    return found, new


def _known(workspace: Workspace, number: int, path: Path) -> PostReport | str | _New:
    """Return a post's report if it is remembered, or why it cannot be read, or what to check.

    A post that was not written to since its text was read last is not read.
    """
    name, memory = workspace.name(path), workspace.memory
    said = workspace.sight.posts.get(os.fspath(path), "") if workspace.sight else ""
    check = memory.find(name, _TEXT, said, str) if said else None
    if check is not None:
        report = _recalled(workspace, name, check, read=True)
        if report is not None:
            return report
    try:
        text = read_text(path, name)
        check = text_sha256(text)
        report = _recalled(workspace, name, check, read=False)
    except PubtoolError as error:
        return str(error)
    if said:
        memory.put(name, _TEXT, said, check)
    if report is not None:
        return report
    digest = digest_judged(workspace, name, check)
    found = workspace.store.find(KIND, digest, PostReport)
    if found is None:
        return _New(number, name, path, text)
    return _outlined(workspace, found, digest, kept=True)


def _recalled(workspace: Workspace, name: str, check: str, *, read: bool) -> PostReport | None:
    """Return a post's report if its outline is remembered.

    Its text is found with it, as it is now, or is `read` from the file when somebody asks for it.
    """
    digest = digest_judged(workspace, name, check)
    outline = workspace.memory.find(name, _OUTLINE, digest, Outline)
    if outline is None:
        return None
    held, find = workspace.held, partial(_recall, workspace, name, check, digest)
    text = partial(_read, workspace, name, check) if read else partial(_text_of, held, digest, find)
    return recall(Written(name, check, text), outline, digest, find, held)


def _text_of(held: Held, digest: str, find: Callable[[], PostReport]) -> str:
    """Return the text that a report was made from: those of an archive are not held either."""
    return held.reports.get(digest, find).text


def _read(workspace: Workspace, name: str, check: str) -> str:
    """Return a post's text, which has not changed; raise ChangedMeanwhile where it has."""
    text = read_text(workspace.root / name, name)
    if text_sha256(text) != check:
        workspace.memory.forget(name, _TEXT)  # whatever the file system says of it
        raise ChangedMeanwhile(name)
    return text


def _recall(workspace: Workspace, name: str, check: str, digest: str) -> PostReport:
    """Return a report that was kept; made anew where it is so no more."""
    found = workspace.store.find(KIND, digest, PostReport)
    return found or judge_text(workspace, name, _read(workspace, name, check))


def _outlined(workspace: Workspace, report: PostReport, digest: str, *, kept: bool) -> PostReport:
    """Return a report as it is recalled in the next run.

    One that was `kept` is found again when it is asked for, its text with it: as it was then.
    """
    outline = outline_of(report)
    workspace.memory.put(report.path, _OUTLINE, digest, outline)
    name, check, held = report.path, check_of(report), workspace.held
    held.reports[digest] = report
    find = partial(_recall, workspace, name, check, digest) if kept else lambda: report
    text = partial(_text_of, held, digest, find)
    return recall(Written(name, check, text), outline, digest, find, held)


def _check_new(
    workspace: Workspace,
    posts: Sequence[_New],
    jobs: int | None,
    meanwhile: Meanwhile,
) -> Generator[tuple[int, _Judged | str], None, None]:
    """Yield each post's place and its encoded report, or why it has none, as they come."""
    if not posts:
        return
    wanted = _processes(len(posts), jobs)
    if wanted <= 1:
        with suppress(PubtoolError):  # which is told when it is checked
            workspace.pandoc.parse_ahead(posts[0].read())  # while what checks it is loaded
        meanwhile()
        for place, post in enumerate(posts):
            yield place, _encoded(workspace, post)
        return
    from pubtool.system.workers import Lost, work  # not for a few posts

    _ = workspace.library  # brought up to date once, before every worker opens it
    with closing(work(_checker, workspace.project, posts, wanted)) as results:
        for place, result in results:
            if isinstance(result, Lost):
                yield place, str(PostLost(posts[place].name))
            else:
                yield place, result


def _processes(posts: int, jobs: int | None) -> int:
    """Return how many processes are to check so many posts."""
    if jobs is not None:
        return min(jobs, posts)
    if posts <= FEW:
        return 1
    from pubtool.system.workers import cores

    return min(cores(), posts)


def _check_remotely(
    workspace: Workspace, posts: Sequence[_New], scheduler: str
) -> Generator[tuple[int, _Judged | str], None, None]:
    """Yield each post's place and its encoded report, or why it has none, from a cluster."""
    if not posts:
        return
    from pubtool.pipeline.remote import Sent, remote_checker, share
    from pubtool.system.cluster import work_on
    from pubtool.system.workers import Lost

    settings, library = workspace.project.settings, workspace.library
    given = share(workspace.root, workspace.opened.shelved, library, settings)
    sent = [Sent(post.name, post.read()) for post in posts]
    with closing(work_on(scheduler, remote_checker, given, sent)) as results:
        for place, result in results:
            post = posts[place]
            if isinstance(result, Lost):
                yield place, str(PostLost(post.name))
            elif isinstance(result, str):
                yield place, result
            else:
                digest = digest_judged(workspace, post.name, text_sha256(sent[place].text))
                yield place, _Judged(digest, result)


@contextmanager
def _checker(project: Project) -> Iterator[Callable[[_New], _Judged | str]]:
    """Prepare a worker: it has its own pandoc, and opens the library once for all its posts."""
    with Workspace(project) as workspace:

        def judge(post: _New) -> _Judged | str:
            judged = _encoded(workspace, post)
            return judged if isinstance(judged, str) else judged._replace(found=None)  # sent once

        yield judge


def _encoded(workspace: Workspace, post: _New) -> _Judged | str:
    """Return a post's encoded report, or why it has none.

    The digest is this workspace's own: a worker that starts late may read other sources than those
    that stood there when the run began, and its verdicts must not be kept under the old ones.
    """
    try:
        text = post.read()
        digest = digest_judged(workspace, post.name, text_sha256(text))
        report = judge_post(workspace, post.name, text)[1]
        return _Judged(digest, encode(report), report)
    except PubtoolError as error:
        return str(error)
