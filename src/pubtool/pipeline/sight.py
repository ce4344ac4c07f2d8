"""What the file system says of a project before anything in it is read.

One look at all that is there, whatever each file is for, tells what has not changed since another
look; only posts are told apart, since they are what changes. Nothing is said of a file that was
changed so lately that another change could leave the same times (`system.stamps`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pubtool.errors import CannotRead
from pubtool.system.files import read_bytes
from pubtool.system.stamps import look_below

POSTS = "posts"
_NOT_READ = (".pubtool", ".git")
"""Folders of the project that no post, page or source is read from."""


@dataclass(frozen=True)
class Sight:
    """What the file system said of a project."""

    root: Path
    rest: str
    """A digest of all but the posts; empty where that is not known."""
    posts: Mapping[str, str]
    """What was said of each post, by the whole path of its file."""
    whole: str
    """A digest of all; empty where that is not known."""
    unseen: tuple[str, ...]
    """The folders in it that were not looked at, by their whole paths."""

    def covers(self, path: str) -> bool:
        """Whether `rest` tells if a file in the project changes, by the path where it really is."""
        return not path.endswith(".md") and not path.startswith(self.unseen)


def look_at(root: Path, output: Path) -> Sight:
    """Return what the file system says of a project; the folder that is written to is none of it.

    A link to that folder may be.
    """
    posts = _below(root / POSTS)
    left_out = [*(root / name for name in _NOT_READ), output.absolute(), output.resolve()]
    seen = look_below([root], left_out, lambda path: path.startswith(posts) and path[-3:] == ".md")
    unseen = (each for folder in left_out for each in (folder, folder.resolve()))
    names = tuple(sorted({_below(folder) for folder in unseen}))
    return Sight(root, seen.rest or "", seen.apart, seen.whole or "", names)


class ProjectFiles:
    """The files of a project, as writers read them."""

    def __init__(self, root: Path, sight: Sight | None) -> None:
        self._inside = _below(root.resolve())
        self._sight = sight
        self.unseen = False
        """Whether one was asked for of which `sight` does not tell that it changes."""

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes by its relative path; None for what is no file of the project."""
        path = os.path.realpath(f"{self._inside}{name}")  # a third of what `Path.resolve` takes
        if not path.startswith(self._inside):
            return None
        if self._sight is None or not self._sight.covers(path):
            self.unseen = True
        try:
            return read_bytes(Path(path)) if os.path.isfile(path) else None  # noqa: PTH113
        except CannotRead:
            return None


def _below(folder: Path) -> str:
    """Return what the paths of all that stands in a folder begin with."""
    return os.path.join(folder, "")  # noqa: PTH118 - with the separator at its end
