"""A project as a reader would see it now: each page is made when somebody asks for it.

Nothing is written but the cache: what a browser is given comes out of the jobs of an export, by its
address, so that no address leads to a file of the author's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pubtool.errors import PubtoolError, TooDeep
from pubtool.model import PostReport
from pubtool.pipeline.following import Following
from pubtool.pipeline.gathering import checked_post, foresee, gather, post_with
from pubtool.pipeline.judging import judge_text
from pubtool.pipeline.one_post import as_decided, as_shown
from pubtool.pipeline.remarking import Remarks, remarks_on
from pubtool.pipeline.store import code_digest, digest_of
from pubtool.pipeline.workspace import Workspace
from pubtool.writers.export import Job
from pubtool.writers.export.pages import post_jobs, site_jobs
from pubtool.writers.export.studio import Studio
from pubtool.writers.images import ReadFile
from pubtool.writers.material import Checked
from pubtool.writers.overrides import FOLDER as TEMPLATES
from pubtool.writers.recent import Recent
from pubtool.writers.site import Page

_MOST_MADE = 32
"""Pages and images that are kept as they were made."""
_MOST_HELD = 32
"""Reports that are held."""


@dataclass(frozen=True)
class Answer:
    """What there is at an address."""

    data: bytes
    remarks: Remarks | None = None
    """What was found out about the post, where it is a post's page."""
    fault: str = ""
    """Why there is no page: a sentence for its author."""
    post: str = ""
    """The post's file, where it is a post's page."""


@dataclass(frozen=True)
class Line:
    """A post on the list of all."""

    path: str
    title: str
    url: str
    remarks: Remarks | None
    """None while it is not checked yet."""
    fault: str


@dataclass(frozen=True)
class _Found:
    """What was found out about a post."""

    checked: Checked
    remarks: Remarks


class Preview:
    """A project under its author's hands. Use it from one thread, and close it there."""

    def __init__(self, root: Path) -> None:
        """Take a project's folder; nothing is looked at yet."""
        self._following = Following(root, self._find_out, TEMPLATES)
        self._reports: Recent[str, PostReport] = Recent(_MOST_HELD)
        """By the post's path: those that were found out last."""
        self._made: Recent[str, dict[str, bytes]] = Recent(_MOST_MADE)
        self._planned: Studio | None = None
        """None where it must be planned anew."""

    def close(self) -> None:
        """End the pandoc that was started."""
        self._following.close()

    def look(self) -> bool:
        """Look whether files have changed and take in what has; say whether any did."""
        changed = self._following.look()
        if changed:
            self._planned = None
        return changed

    def glance(self) -> bool:
        """Say whether a post that was shown or changed lately is another now."""
        return self._following.glance()

    def check_next(self) -> bool:
        """Check one post that waits; say whether there was one."""
        name = self._following.next_waiting()
        if name:
            self._check(name)
        return bool(name)

    def _find_out(self, workspace: Workspace, name: str, text: str) -> _Found:
        """Return what is to be said of a post; makes what an export will ask for of it."""

        def find() -> PostReport:
            return as_decided(workspace, judge_text(workspace, name, text))

        report = self._reports[name] = find()
        foresee(workspace, report)
        checked = checked_post(workspace, report)
        # what pages are made of is found again: the reports of all posts at once are not held
        checked = replace(checked, find=lambda: self._reports.get(name, find).verdicts)
        return _Found(checked, remarks_on(as_shown(workspace, report)))

    def _check(self, name: str) -> None:
        self._planned = None
        self._following.check(name)

    # --- What is asked for ---

    def answer(self, address: str) -> Answer | None:
        """Return what there is at an address below the site's root; None where nothing is.

        ``on-care/index.html``; an address that ends in a slash means the page there.
        """
        if self.fault:
            return Answer(b"", fault=self.fault)
        if self._following.workspace is None:
            return None
        url = f"{address}index.html" if address.endswith("/") or not address else address
        try:
            return self._found(url)
        except PubtoolError as error:
            return Answer(b"", fault=str(error))
        except RecursionError:
            return Answer(b"", fault=str(TooDeep(url)))

    def lines(self) -> tuple[Line, ...]:
        """Return all posts, by path."""
        try:
            urls = {page.path: page.url for page in self._studio.site.every}
        except PubtoolError:
            urls = {}
        return tuple(
            Line(
                name,
                known.front.title or name,
                urls.get(name, ""),
                known.found.remarks if known.found else None,
                known.fault,
            )
            for name, known in self._following.posts.items()
        )

    @property
    def fault(self) -> str:
        """Why there is nothing to show at all; empty where there is."""
        return self._following.fault

    def _found(self, url: str) -> Answer | None:
        slug = url.partition("/")[0]
        page = next((page for page in self._studio.site.every if page.slug == slug), None)
        if page is not None:
            return self._of_post(page, url)
        for job in site_jobs(self._studio):
            made = self._make(job)
            if url in made:
                return Answer(made[url])
        return None

    def _of_post(self, page: Page, url: str) -> Answer | None:
        self._following.note(page.path)
        if self._following.posts[page.path].waits:
            self._check(page.path)
        known = self._following.posts[page.path]
        if known.fault:
            return Answer(b"", fault=known.fault, post=page.path) if url == page.url else None
        for job in post_jobs(self._studio, page):
            made = self._make(job)
            if url in made:
                told = known.found.remarks if known.found and url == page.url else None
                return Answer(made[url], told, post=page.path if told else "")
        return None

    def _make(self, job: Job) -> dict[str, bytes]:
        key = digest_of(code_digest(), job.name, job.digest)
        if key not in self._made:
            self._made[key] = dict(job.write())
        return self._made[key]

    @property
    def _studio(self) -> Studio:
        """The export of what is there now; drafts and all."""
        if self._planned is None:
            workspace = self._following.workspace
            assert workspace is not None
            posts = {
                name: known.found.checked
                if known.found
                else post_with(workspace, name, known.text, tuple)
                for name, known in self._following.posts.items()
            }
            material = gather(workspace, posts, draft=True)
            material = replace(material, read_file=self._reading(material.read_file))
            self._planned = Studio(material, frozenset({"html"}), self._following.pandoc)
        return self._planned

    def _reading(self, read: ReadFile) -> ReadFile:
        """Return a reader of files that remembers which were asked for, to look at them again."""

        def reading(name: str) -> bytes | None:
            self._following.note_read(self._following.root / name)
            return read(name)

        return reading
