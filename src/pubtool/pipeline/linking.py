"""Links from post to file: which of them lead nowhere (Q604).

A post's report is remembered by its own text, and whether a link leads somewhere depends on other
files; so these findings are added afterwards, to the reports of any run.
"""

from __future__ import annotations

import os
import posixpath
import re
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from urllib.parse import unquote

from pubtool.errors import PubtoolError
from pubtool.model import Finding, FrontMatter, Manuscript, PostLink, PostReport
from pubtool.pipeline.sight import POSTS
from pubtool.pipeline.workspace import Workspace
from pubtool.system.files import read_text
from pubtool.system.stamps import RACY, said_of

_OF_THE_PAGE = re.compile(
    r"|(?i:top)|fn(?:ref)?\d+|(?:proof|mark)-.*|Main|Notes|Sources|Quotations|Contents"
)
"""Names that a page has by itself; HTML knows ``#top`` and ``#`` without any."""
_FOLDER = "it is a folder, and a page can link to files alone"


def find_dead_links(
    workspace: Workspace, reports: Iterable[PostReport], *, whole: bool = False
) -> dict[str, list[Finding]]:
    """Return a finding for each link to a file or a name that is not there, by post.

    Where the reports are of all posts, `whole` is true.
    """
    known = list(reports)
    links = _Links(workspace, known, whole=whole)
    return {report.path: dead for report in known if (dead := links.dead(report))}


class _Links:
    """What there is in a project for links to lead to; looked at when a link asks."""

    def __init__(self, workspace: Workspace, reports: Iterable[PostReport], *, whole: bool) -> None:
        self._workspace = workspace
        self._anchors = {report.path: report.anchors for report in reports}
        self._every = frozenset(self._anchors) if whole else None
        self._folders: dict[str, Mapping[str, bool]] = {}
        self._whys: dict[str, str] = {}

    def dead(self, report: PostReport) -> list[Finding]:
        """Return the findings on a post's links."""
        if not report.links:
            return []
        dead = [(link, why) for link in report.links if (why := self._why(link, report.path))]
        if not dead:
            return []
        from pubtool.checker.rules.dead_link import dead_link  # not for links that lead somewhere

        return [dead_link(link, why) for link, why in dead]

    def _why(self, link: PostLink, path: str) -> str:
        """Return why a link in the file `path` leads nowhere; empty where it leads somewhere."""
        before, _, fragment = link.target.partition("#")
        target = before.partition("?")[0]
        if not target:
            return self._no_anchor(fragment, path)
        folder = path.rpartition("/")[0]
        file = posixpath.normpath(posixpath.join(folder, unquote(target)))
        why = self._no_file(file)
        if why:
            return "" if not link.image and self._is_page(target, path) else why
        if link.image or not file.endswith(".md"):
            return ""
        if not self._is_post(file):
            return f"{file} is no post, and has no page"
        return self._no_anchor(fragment, file) if fragment else ""

    def _no_anchor(self, fragment: str, file: str) -> str:
        anchors = self._anchors_of(file)
        name = fragment.partition(":~:")[0]
        if anchors is None or _OF_THE_PAGE.fullmatch(name) or {name, unquote(name)} & {*anchors}:
            return ""
        from pubtool.checker.rules.dead_link import no_anchor

        return no_anchor(unquote(name), anchors, file)

    def _no_file(self, file: str) -> str:
        """Return why a file cannot be linked to; empty where it can."""
        if file not in self._whys:
            self._whys[file] = self._why_no_file(file)
        return self._whys[file]

    def _why_no_file(self, file: str) -> str:
        if file == ".." or file.startswith("../"):
            return "it leads out of the project"
        if file == ".":
            return _FOLDER
        if "\0" in file:
            return "no file has such a name"
        folder, name = posixpath.split(file)
        names = self._names(folder) if not folder or self._no_file(folder) == _FOLDER else {}
        if name in names:
            return _FOLDER if names[name] else ""
        if unicodedata.normalize("NFD", name) in names:
            return _FOLDER if (self._workspace.root / file).is_dir() else ""
        from pubtool.checker.rules.dead_link import no_file

        return no_file(folder, name, names)

    def _names(self, folder: str) -> Mapping[str, bool]:
        """Return the names in a folder, as they are spelt, and whether each is a folder's.

        On a server capitals count.
        """
        if folder not in self._folders:
            found = dict[str, bool]()
            with suppress(OSError), os.scandir(self._workspace.root / folder) as entries:
                found = {entry.name: _is_folder(entry) for entry in entries}
            self._folders[folder] = found
        return self._folders[folder]

    def _anchors_of(self, file: str) -> Sequence[str] | None:
        """Return the names in a post; None for one that cannot be read."""
        if file not in self._anchors:
            from pubtool.readers.anchors import find_anchors

            with suppress(PubtoolError, RecursionError):
                text = read_text(self._workspace.root / file, file)
                make = lambda: find_anchors(self._workspace.parse(text, file))  # noqa: E731
                found = self._workspace.store.keep("anchors", (text,), tuple[str, ...], make)
                self._anchors[file] = found
        return self._anchors.get(file)

    def _is_post(self, file: str) -> bool:
        """Whether a file that is there is a post: to know that of one no other is looked for."""
        if self._every is not None:
            return file in self._every
        folder, *parts = file.split("/")
        if folder != POSTS or any(part.startswith(".") for part in parts):
            return False
        below = accumulate(parts[:-1], "{}/{}".format, initial=folder)
        return not any((self._workspace.root / each).is_symlink() for each in below)

    @cached_property
    def _posts(self) -> frozenset[str]:
        if self._every is not None:
            return self._every
        return frozenset(self._workspace.name(path) for path in self._workspace.post_paths())

    def _is_page(self, target: str, path: str) -> bool:
        """Whether a target means a page of the site, as seen from the post's page."""
        here = self._site[0].get(path, "")
        url = posixpath.normpath(posixpath.join(here, unquote(target)))
        return not {url, posixpath.normpath(f"{url}/index.html")}.isdisjoint(self._site[1])

    @property
    def _site(self) -> tuple[Mapping[str, str], frozenset[str]]:
        """The folders of the posts' pages by path, and the addresses of all pages of the site."""
        workspace = self._workspace
        if workspace.addresses is None:
            workspace.addresses = self._plan_site()
        return workspace.addresses

    def _plan_site(self) -> tuple[Mapping[str, str], frozenset[str]]:
        from pubtool.writers.lists import plan_lists
        from pubtool.writers.site import plan_site

        fronts, settings = {}, self._workspace.project.settings
        for name in sorted(self._posts):
            with suppress(PubtoolError):
                fronts[name] = self._front(name)
        try:
            site = plan_site([Manuscript(n, "", f) for n, f in fronts.items()], settings)
        except PubtoolError:  # two posts of one address: told when a site is built
            return {}, frozenset()
        lists = plan_lists(site, fronts, search=settings.search)
        urls = {"index.html", *(page.url for page in site.every)}
        urls |= {series.url for series in site.series} | {year.url for year in lists.years}
        urls |= {section.url for section in lists.sections}
        urls |= {term.url for taxonomy in lists.taxonomies for term in taxonomy.terms}
        return {page.path: page.slug for page in site.every}, frozenset(urls)

    def _front(self, name: str) -> FrontMatter:
        """Return a post's front matter; an editor asks at each pause, and most posts stay.

        What was changed so lately that another change would not show is read again.
        """
        from pubtool.readers.front_matter import read_front_matter

        path, fronts, begun = self._workspace.root / name, self._workspace.fronts, time.time_ns()
        said, changed = tuple[int, ...](), begun
        with suppress(OSError):
            found = path.stat()
            said, changed = said_of(found), max(found.st_mtime_ns, found.st_ctime_ns)
        if name not in fronts or fronts[name][0] != said:
            front, _ = read_front_matter(name, read_text(path, name))
            if changed >= begun - RACY:
                return front
            fronts[name] = said, front
        return fronts[name][1]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    with suppress(OSError):  # a link that leads round in a circle
        return entry.is_dir()
    return False
