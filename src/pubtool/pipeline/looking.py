"""The files that a project's reports hang on, looked at again and again by whoever follows it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from pubtool.pipeline.sight import POSTS
from pubtool.pipeline.workspace import BIBLIOGRAPHY, LOCK
from pubtool.readers.decisions import FOLDER as DECISIONS
from pubtool.readers.sources.find import FOLDER as SOURCES
from pubtool.system.config import FILE
from pubtool.system.watching import Stamps, look_at

WATCHED = (FILE, BIBLIOGRAPHY, LOCK, f"{SOURCES}/**", f"{DECISIONS}/*")
"""What a report hangs on besides its post, by patterns of names in the project's folder."""


class Looked:
    """A project's files as they were when they were looked at last."""

    def __init__(self, root: Path, *beside: str, posts: bool = True) -> None:
        """Take a project's folder, and files or folders in it to look at beside the usual ones.

        `posts` says whether posts are looked at too.
        """
        self._folders = [root / name for name in (SOURCES, DECISIONS)]
        self._folders += [root / POSTS] if posts else []
        self._beside = [root / name for name in beside]
        self._files = {root / name for name in (FILE, BIBLIOGRAPHY, LOCK)}
        self._posts, self._decisions = (f"{root / name}{os.sep}" for name in (POSTS, DECISIONS))
        self.stamps: Stamps = {}
        """What the file system said, by path."""

    def look(self) -> set[str]:
        """Return the paths of all that has changed since the last look; at first, of all."""
        below = [path for path in self._beside if path.is_dir()]
        files = {*self._files, *self._beside} - {*below}
        stamps = look_at([*self._folders, *below], sorted(files))
        changed = {path for path, _ in stamps.items() ^ self.stamps.items()}
        self.stamps = stamps
        return changed

    def has_changed(self, files: Collection[Path]) -> bool:
        """Say whether one of some files, which are looked at anyway, is another now."""
        stamps = look_at((), files)
        return any(stamps.get(str(file)) != self.stamps.get(str(file)) for file in files)

    def note(self, files: Iterable[Path]) -> None:
        """Look at further files from now on, as they are now where they were not looked at yet."""
        folders = [*self._folders, *self._beside]
        new = {file for file in files if not any(file.is_relative_to(each) for each in folders)}
        self.stamps |= look_at((), new - self._files)
        self._files |= new

    def is_post(self, path: str) -> bool:
        """Whether a path is a post's."""
        return path.endswith(".md") and path.startswith(self._posts)

    def is_decision(self, path: str) -> bool:
        """Whether a path is below the folder of decisions."""
        return path.startswith(self._decisions)
