"""Stamps: what a file system says of files, by which they are known to be as they were."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

RACY = 2_000_000_000
"""Nanoseconds: the coarsest time that a file system keeps (FAT: two seconds)."""

MOST = 50_000
"""Files of folders that are known as a whole; it takes longer to look at more than it saves."""


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


def fingerprint_below(folders: Iterable[Path], left_out: Collection[Path] = ()) -> str | None:
    """Return one digest of what the file system says of all that stands below some folders.

    It differs if a file is there that was not, is gone, or may have another content. Hidden files
    count, links count by what they lead to, and a folder is looked into once, however many links
    lead there. None where something was changed so lately that another change could leave the same
    times, where something cannot be looked at, and where there is more than `MOST`.
    """
    latest, told = time.time_ns() - RACY, list[str]()
    skipped = {os.fspath(path) for path in left_out}
    try:
        for number, (name, found) in enumerate(stats_below(folders, skipped)):
            is_folder = stat.S_ISDIR(found.st_mode)
            changed = 0 if is_folder else max(found.st_mtime_ns, found.st_ctime_ns)
            if changed > latest or number >= MOST:
                return None
            said = _folder(found) if is_folder else said_of(found)
            told.append(f"{name}\0{said}\0")
    except OSError:
        return None
    return hashlib.sha256("".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def stats_below(
    folders: Iterable[Path], left_out: Collection[str] = ()
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield all that stands below some folders, by its path, always in the same order.

    `left_out` are paths, or names, that are passed over. A folder is looked into once. Raises
    OSError for one that cannot be.
    """
    waiting = list(dict.fromkeys(map(os.fspath, folders)))
    seen = {_folder(Path(folder).stat()) for folder in waiting}
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        for entry in listed:
            if entry.path in left_out or entry.name in left_out:
                continue
            try:
                found = entry.stat()
            except FileNotFoundError:  # a link that leads nowhere
                found = entry.stat(follow_symlinks=False)
            yield entry.path, found
            if stat.S_ISDIR(found.st_mode) and _folder(found) not in seen:
                seen.add(_folder(found))
                waiting.append(entry.path)


def _folder(found: os.stat_result) -> tuple[int, int]:
    return found.st_ino, found.st_dev
