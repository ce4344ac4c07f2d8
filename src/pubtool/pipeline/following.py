"""A project that is being worked on: what its files say now, looked at again and again.

A `Following` looks at the files' stamps, takes in what has changed, and checks posts one at a time,
so that whoever waits for one post waits for one at most. What is found out about a post is made by
whoever follows: a page for its reader, a desk for its editor.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pubtool.errors import PubtoolError
from pubtool.model import FrontMatter
from pubtool.pipeline.heads import head_of
from pubtool.pipeline.looking import Looked
from pubtool.pipeline.sight import POSTS
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.decisions import FOLDER as DECISIONS
from pubtool.system.collector import Circles, without_collection
from pubtool.system.config import find_project
from pubtool.system.files import read_text
from pubtool.system.pandoc import Pandoc

T = TypeVar("T")

FindOut = Callable[[Workspace, str, str], T]
"""Finds out what is to be known of a post, given its path and text; may raise PubtoolError."""

_CHECKS = 128
"""How many may leave something for the collector, which then looks once no post waits."""
_LATELY = 8
"""Posts that are looked at more often than the others."""


@dataclass
class Known(Generic[T]):
    """A post as it stands now."""

    text: str
    front: FrontMatter
    fault: str = ""
    """Why it cannot be read, or checked."""
    found: T | None = None
    """What was found out about it; None while it has not been checked."""
    waits: bool = True
    """Whether it is still to be checked, for the first time or again."""
    is_read: bool = True
    """Whether its file could be read; what could not be checked may be when another file is."""


class Following(Generic[T]):
    """A project under its author's hands. Use it from one thread, and close it there."""

    def __init__(self, root: Path, find_out: FindOut[T], *beside: str) -> None:
        """Take a project's folder, and the names of folders to look at beside the usual ones.

        Nothing is looked at yet.
        """
        self.root = root
        self.pandoc = Pandoc()
        self.workspace: Workspace | None = None
        self.fault = ""
        """Why there is nothing to show at all; empty where there is."""
        self.posts: dict[str, Known[T]] = {}
        """By path, ascending."""
        self._waiting: deque[str] = deque()
        """Those of them that wait, in their order; some may wait no more."""
        self._find_out = find_out
        self._files = Looked(root, *beside)
        self._circles = Circles(_CHECKS)
        self._lately: deque[str] = deque(maxlen=_LATELY)
        """The posts that were shown or changed last; their author is most likely at one of them."""

    def close(self) -> None:
        """End the pandoc that was started."""
        self.pandoc.close()

    def look(self) -> bool:
        """Look whether files have changed and take in what has; say whether any did."""
        known = bool(self._files.stamps)
        changed = self._files.look()
        if not changed and known:
            return False
        posts = {path for path in changed if self._files.is_post(path)}
        decisions = {path for path in changed - posts if self._files.is_decision(path)}
        if changed - posts - decisions or self.workspace is None:
            self._open()
        if self.workspace is not None:
            self.workspace.addresses = None
        for path in decisions:
            self._wait_for(Path(path).relative_to(self.root / DECISIONS))
        for path in sorted(posts | self._unread()):
            self._take(Path(path))
        self.posts = dict(sorted(self.posts.items()))
        self._waiting = deque(name for name, known in self.posts.items() if known.waits)
        return True

    def glance(self) -> bool:
        """Say whether a post that was shown or changed lately is another now."""
        return self._files.has_changed([self.root / name for name in self._lately])

    def note(self, name: str) -> None:
        """Note that a post is shown or was changed, and may soon change again."""
        if name not in self._lately:
            self._lately.append(name)

    def note_read(self, path: Path) -> None:
        """Note that what is shown depends on a file, so that it is looked at too."""
        self._files.note((path,))

    def next_waiting(self) -> str:
        """Return the path of a post that waits; empty where none does, or none can be checked."""
        if self.workspace is None:
            return ""
        while self._waiting and not self.posts[self._waiting[0]].waits:
            self._waiting.popleft()
        return self._waiting[0] if self._waiting else ""

    def check(self, name: str) -> None:
        """Find out what is to be known of a post.

        Reports hold no cycles, so that the collector would walk those of all posts in vain: whoever
        asks for a page then waited for it (measured with 1,000 posts: 160 ms at once).
        """
        known, workspace = self.posts[name], self.workspace
        assert workspace is not None
        known.waits, known.fault = False, ""
        try:
            with without_collection():
                known.found = self._find_out(workspace, name, known.text)
        except PubtoolError as error:
            known.fault, known.found = str(error), None
        if self._circles.leave() and not self.next_waiting():
            self._circles.collect()

    def _wait_for(self, decision: Path) -> None:
        """Let the post wait that a decision is about, named by its file below their folder."""
        known = self.posts.get(f"{POSTS}/{decision.parent.as_posix()}.md")
        if known is not None:
            known.waits = known.is_read

    def _unread(self) -> set[str]:
        """Return the paths of the posts that nobody has taken in."""
        known = {f"{self.root}{os.sep}{name}".replace("/", os.sep) for name in self.posts}
        return {path for path in self._files.stamps if self._files.is_post(path)} - known

    def _open(self) -> None:
        """Read the settings and the bibliography anew; every verdict may be another then."""
        self.fault, self.workspace = "", None
        try:
            project = find_project(self.root)
            workspace = Workspace(project, self.pandoc)
            self._files.note(path for paths in workspace.source_paths.values() for path in paths)
            _ = workspace.sources_digest
        except PubtoolError as error:
            self.fault = str(error)
            return
        self.workspace = workspace
        for known in self.posts.values():
            known.waits = known.is_read

    def _take(self, path: Path) -> None:
        """Take in a post's file as it stands now."""
        workspace = self.workspace
        name = path.relative_to(self.root).as_posix()
        self.note(name)
        if str(path) not in self._files.stamps or workspace is None:
            self.posts.pop(name, None)
            return
        try:
            text = read_text(path, name)
        except PubtoolError as error:
            self.posts[name] = Known("", FrontMatter(), str(error), waits=False, is_read=False)
            return
        if name in self.posts and self.posts[name].text == text:
            return
        self.posts[name] = Known(text, head_of(workspace.store, name, text).front)
