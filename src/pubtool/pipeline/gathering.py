"""What an export is made from: a project's posts with their verdicts, its files, its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from pubtool.model import Document, FrontMatter, Manuscript, PostReport, Verdict
from pubtool.pipeline.heads import head_of, is_kept
from pubtool.pipeline.recalling import check_of, digest_of_report, recall_post
from pubtool.pipeline.shelf import sources_of
from pubtool.pipeline.workspace import Workspace
from pubtool.system.files import text_sha256
from pubtool.writers.desk import prepare
from pubtool.writers.material import Checked, Material
from pubtool.writers.overrides import FOLDER, FONTS
from pubtool.writers.sanitise.policy import PAGE
from pubtool.writers.site import plan_site

T = TypeVar("T")

_BY_VERDICTS = "verdict-facts"
"""What depends on more than the post's text."""
_JOBS = "jobs"
"""What depends on more than the post: on the site, and on files."""
_PLANNED = frozenset({"facts", _BY_VERDICTS})
"""What every build asks of every post."""


def gather(workspace: Workspace, posts: Mapping[str, Checked], *, draft: bool) -> Material:
    """Return all that an export of the posts, by path, is made from. Raises `SameSlug`."""
    settings, root = workspace.project.settings, workspace.root
    return Material(
        plan_site([checked.post for checked in posts.values()], settings, draft=draft),
        posts,
        workspace.bibliography,
        settings,
        workspace.files.read,
        _names_in(root / FOLDER),
        sources_of(workspace),
        tuple(root / FONTS / name for name in _names_in(root / FONTS)),
        workspace.sight.rest if workspace.sight else "",
        partial(_keep_for_all, workspace),
    )


def _keep_for_all(
    workspace: Workspace, kind: str, form: type[T], make: Callable[[], T], *parts: str
) -> T:
    """Return what is known of what is told, or make it now and keep it."""
    made = _from_looked_at(workspace, make)
    return workspace.store.keep(f"export-{kind}", parts, form, *made)


def checked_post(workspace: Workspace, report: PostReport) -> Checked:
    """Return a post with its verdicts; it is not parsed before somebody asks for its tree."""
    digest, name = digest_of_report(report), report.path
    if not digest:
        return post_with(workspace, name, report.text, lambda: report.verdicts)
    memory = workspace.memory
    front = memory.keep(
        name,
        "front",
        digest,
        FrontMatter,
        lambda: head_of(workspace.store, name, report.text).front,
        lambda front: is_kept(front, FrontMatter),
    )
    post, check = recall_post(report, front), check_of(report)
    checked = _post(workspace, post, check, lambda: report.verdicts)

    def keep(kind: str, form: type[T], make: Callable[[], T], *parts: str) -> T:
        if kind == _JOBS:
            made = _from_looked_at(workspace, make)
            return memory.keep(name, kind, "".join((digest, *parts)), form, *made)
        if parts or kind not in _PLANNED:
            return checked.keep(kind, form, make, *parts)
        return memory.keep(name, kind, digest, form, lambda: checked.keep(kind, form, make))

    return Checked(post, checked.find, checked.read, keep, check)


def _from_looked_at(
    workspace: Workspace, make: Callable[[], T]
) -> tuple[Callable[[], T], Callable[[T], bool]]:
    """Return the same maker, and whether what it made may be kept.

    Where that needed a file that nobody looked at, nothing tells whether it stays.
    """
    files = workspace.files

    def made() -> T:
        files.unseen = False
        return make()

    return made, lambda _: not files.unseen


def post_with(
    workspace: Workspace, name: str, text: str, find: Callable[[], tuple[Verdict, ...]]
) -> Checked:
    """Return the post of that text; `find` gives its verdicts."""
    post = Manuscript(name, text, head_of(workspace.store, name, text).front)
    return _post(workspace, post, text_sha256(text), find)


def _post(
    workspace: Workspace, post: Manuscript, check: str, find: Callable[[], tuple[Verdict, ...]]
) -> Checked:
    def keep(kind: str, form: type[T], make: Callable[[], T], *parts: str) -> T:
        if kind in (_BY_VERDICTS, _JOBS):
            return make()
        return workspace.store.keep(f"post-{kind}", (check, *parts), form, make)

    def read() -> Document:
        return workspace.parse(post.text, post.path)

    return Checked(post, find, read, keep, check)


def foresee(workspace: Workspace, report: PostReport) -> None:
    """Make what an export will ask for of a post that was just checked, while its tree is held."""
    checked = checked_post(workspace, report)
    checked = replace(checked, read=cache(checked.read))
    with suppress(RecursionError):  # said when the post is exported
        _ = checked.facts
        prepare(checked, workspace.project.settings, PAGE)


def _names_in(folder: Path) -> tuple[str, ...]:
    """Return the files below a folder, relative to it, sorted; hidden ones are none."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    shown = (path for path in found if not any(part.startswith(".") for part in path.parts))
    return tuple(sorted(path.as_posix() for path in shown))
