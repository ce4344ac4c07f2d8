"""Which files of a project there are and when each was changed: what a preview looks at again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

Stamps = dict[str, tuple[int, int, int]]
"""Size, time of change (ns) and inode of files, by path."""


def look_at(folders: Iterable[Path], files: Iterable[Path]) -> Stamps:
    """Return the stamps of the files below some folders, hidden ones left out, and of others.

    Nothing is read. What is not there has no stamp.
    """
    stamps: Stamps = {}
    for folder in folders:
        for entry in _below(os.fspath(folder)):
            with suppress(OSError):  # gone meanwhile
                stamps[entry.path] = _stamp(entry.stat())
    for file in files:
        with suppress(OSError):
            stamps[os.fspath(file)] = _stamp(file.stat())
    return stamps


def _below(folder: str) -> Iterator[os.DirEntry[str]]:
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry


def _stamp(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ino
