"""A project as a reader would see it now: each page is made when somebody asks for it.

Nothing is written but the cache: what a browser is given comes out of the jobs of an export, by its
address, so that no address leads to a file of the author's. A `Preview` looks at the files' stamps,
takes in what has changed, and checks posts one at a time, so that whoever waits for a page waits
for one post at most.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path

from pubtool.errors import PubtoolError, TooDeep
from pubtool.model import FrontMatter, Report
from pubtool.pipeline.checking import check_text, filter_findings
from pubtool.pipeline.gathering import checked_post, foresee, front_of, gather, post_with
from pubtool.pipeline.linking import with_dead_links
from pubtool.pipeline.remarking import Remarks, remarks_on
from pubtool.pipeline.store import code_digest, digest_of
from pubtool.pipeline.workspace import BIBLIOGRAPHY, LOCK, POSTS, Workspace
from pubtool.readers.decisions import FOLDER as DECISIONS
from pubtool.readers.sources.find import FOLDER as SOURCES
from pubtool.system.config import FILE, find_project
from pubtool.system.files import read_text
from pubtool.system.pandoc import Pandoc
from pubtool.system.watching import Stamps, look_at
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


_LATELY = 8
"""Posts that are looked at more often than the others."""


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


@dataclass
class _Known:
    """A post as it stands now."""

    text: str
    front: FrontMatter
    fault: str = ""
    """Why it cannot be read."""
    checked: Checked | None = None
    remarks: Remarks | None = None
    waits: bool = True
    """Whether it is still to be checked."""


@dataclass
class _State:
    """All that the files say, until one of them changes."""

    workspace: Workspace | None = None
    fault: str = ""
    """Why there is nothing to show at all."""
    posts: dict[str, _Known] = field(default_factory=dict)
    """By path."""
    studio: Studio | None = None
    """None where it must be planned anew."""


class Preview:
    """A project under its author's hands. Use it from one thread, and close it there."""

    def __init__(self, root: Path) -> None:
        """Take a project's folder; nothing is looked at yet."""
        self._root = root
        self._pandoc = Pandoc()
        self._stamps: Stamps = {}
        self._read: set[Path] = set()
        self._state = _State()
        self._lately: deque[str] = deque(maxlen=_LATELY)
        """The posts that were shown or changed last; their author is most likely at one of them."""
        self._made: Recent[str, dict[str, bytes]] = Recent(_MOST_MADE)

    def close(self) -> None:
        """End the pandoc that was started."""
        self._pandoc.close()

    # --- What changes ---

    def look(self) -> bool:
        """Look whether files have changed and take in what has; say whether any did."""
        stamps = look_at(self._folders, self._files)
        changed = {path for path, _ in stamps.items() ^ self._stamps.items()}
        if not changed and self._stamps:
            return False
        self._stamps = stamps
        posts = {path for path in changed if self._is_post(path)}
        if changed - posts or self._state.workspace is None:
            self._open()
        self._state.studio = None
        for path in sorted(posts | self._unread(stamps)):
            self._take(Path(path))
        return True

    def glance(self) -> bool:
        """Say whether a post that was shown or changed lately is another now."""
        files = [self._root / name for name in self._lately]
        stamps = look_at((), files)
        return any(stamps.get(str(f)) != self._stamps.get(str(f)) for f in files)

    def check_next(self) -> bool:
        """Check one post that waits; say whether there was one."""
        name = next((name for name, known in self._state.posts.items() if known.waits), None)
        if name is None or self._state.workspace is None:
            return False
        self._check(name)
        return True

    @property
    def _folders(self) -> list[Path]:
        return [self._root / name for name in (POSTS, SOURCES, TEMPLATES, DECISIONS)]

    @property
    def _files(self) -> list[Path]:
        own = (self._root / name for name in (FILE, BIBLIOGRAPHY, LOCK))
        return sorted({*own, *self._read})

    def _is_post(self, path: str) -> bool:
        return path.endswith(".md") and Path(path).is_relative_to(self._root / POSTS)

    def _unread(self, stamps: Stamps) -> set[str]:
        known = {str(self._root / name) for name in self._state.posts}
        return {path for path in stamps if self._is_post(path)} - known

    def _open(self) -> None:
        """Read the settings and the bibliography anew; every verdict may be another then."""
        self._state.fault, self._state.workspace = "", None
        try:
            project = find_project(self._root)
            workspace = Workspace(project, self._pandoc)
            _ = workspace.bibliography, workspace.sources_digest
        except PubtoolError as error:
            self._state.fault = str(error)
            return
        self._state.workspace = workspace
        for known in self._state.posts.values():
            known.waits = not known.fault
        elsewhere = {path for paths in workspace.source_paths.values() for path in paths}
        inside = tuple(self._folders)
        self._read |= {p for p in elsewhere if not any(p.is_relative_to(f) for f in inside)}

    def _take(self, path: Path) -> None:
        """Take in a post's file as it stands now."""
        workspace = self._state.workspace
        name = path.relative_to(self._root).as_posix()
        self._note(name)
        if str(path) not in self._stamps or workspace is None:
            self._state.posts.pop(name, None)
            return
        try:
            text = read_text(path, name)
        except PubtoolError as error:
            self._state.posts[name] = _Known("", FrontMatter(), str(error), waits=False)
            return
        if name in self._state.posts and self._state.posts[name].text == text:
            return
        front = front_of(workspace, name, text)
        self._state.posts[name] = _Known(text, front)
        self._state.posts = dict(sorted(self._state.posts.items()))

    def _note(self, name: str) -> None:
        if name not in self._lately:
            self._lately.append(name)

    def _check(self, name: str) -> None:
        """Find out what is to be said of a post."""
        known, workspace = self._state.posts[name], self._state.workspace
        assert workspace is not None
        known.waits, known.fault = False, ""
        self._state.studio = None
        try:
            [report] = with_dead_links(workspace, [check_text(workspace, name, known.text)])
        except PubtoolError as error:
            known.fault, known.checked, known.remarks = str(error), None, None
            return
        settings = workspace.project.settings
        shown = filter_findings(Report((report,)), settings.select, settings.ignore)
        known.checked = checked_post(workspace, report)
        known.remarks = remarks_on(shown.posts[0])
        foresee(workspace, report)

    # --- What is asked for ---

    def answer(self, address: str) -> Answer | None:
        """Return what there is at an address below the site's root; None where nothing is.

        ``on-care/index.html``; an address that ends in a slash means the page there.
        """
        if self._state.fault:
            return Answer(b"", fault=self._state.fault)
        if self._state.workspace is None:
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
            Line(name, known.front.title or name, urls.get(name, ""), known.remarks, known.fault)
            for name, known in self._state.posts.items()
        )

    @property
    def fault(self) -> str:
        """Why there is nothing to show at all; empty where there is."""
        return self._state.fault

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
        self._note(page.path)
        if self._state.posts[page.path].waits:
            self._check(page.path)
        known = self._state.posts[page.path]
        if known.fault:
            return Answer(b"", fault=known.fault, post=page.path) if url == page.url else None
        for job in post_jobs(self._studio, page):
            made = self._make(job)
            if url in made:
                told = known.remarks if url == page.url else None
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
        if self._state.studio is None:
            workspace = self._state.workspace
            assert workspace is not None
            posts = {
                name: known.checked or post_with(workspace, name, known.text, ())
                for name, known in self._state.posts.items()
            }
            material = gather(workspace, posts, draft=True)
            material = replace(material, read_file=self._reading(material.read_file))
            self._state.studio = Studio(material, frozenset({"html"}), self._pandoc)
        return self._state.studio

    def _reading(self, read: ReadFile) -> ReadFile:
        """Return a reader of files that remembers which were asked for, to look at them again."""

        def reading(name: str) -> bytes | None:
            path = self._root / name
            if not any(path.is_relative_to(folder) for folder in self._folders):
                self._read.add(path)
            return read(name)

        return reading
