"""Stamps: what a file system says of files, by which they are known to be as they were."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

RACY = 2_000_000_000
"""Nanoseconds: the coarsest time that a file system keeps (FAT: two seconds)."""


def said_of(found: os.stat_result) -> tuple[int, ...]:
    """Return what differs if a file's content may differ: size, times, inode and device."""
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)


def stamp(path: Path) -> tuple[int, int]:
    """Return a file's size and time of change (ns), which tell whether it was written again.

    Two zeros for one that is not there.
    """
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def fingerprint_of(paths: Iterable[Path]) -> str | None:
    """Return one digest of what the file system says of some files; it differs if a content may.

    None where one was changed so lately that another change could leave the same times, as in
    `Cache.file_digest`.
    """
    whole = hashlib.sha256()
    latest = time.time_ns() - RACY
    for path in paths:
        name = os.fspath(path)
        try:
            found = path.stat()
        except OSError:
            whole.update(f"{name}\0gone\0".encode("utf-8", "surrogatepass"))
            continue
        if max(found.st_mtime_ns, found.st_ctime_ns) > latest:
            return None
        whole.update(f"{name}\0{said_of(found)}\0".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()
