"""Stamps: what a file system says of files, by which they are known to be as they were."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Seen:
    """What the file system said, at one time, of all that stands below some folders."""

    rest: str | None
    """One digest of all but the files that are told apart: another one where any may have changed.

    None where something was changed so lately that another change could leave the same times, where
    something cannot be looked at, and where there is more than `MOST`.
    """
    apart: Mapping[str, str]
    """What was said of each file that is told apart, by its path; not of one changed so lately."""
    whole: str | None
    """As `rest`, but of all."""


def look_below(
    folders: Iterable[Path],
    left_out: Collection[Path] = (),
    is_apart: Callable[[str], bool] = lambda path: False,
) -> Seen:
    """Return what the file system says of all that stands below some folders.

    Hidden files count, links count by what they lead to, and a folder is looked into once, however
    many links lead there.
    """
    latest, rest, apart = time.time_ns() - RACY, list[str](), dict[str, str]()
    skipped, settled = {os.fspath(path) for path in left_out}, True
    try:
        for number, (name, found) in enumerate(stats_below(folders, skipped)):
            is_folder = stat.S_ISDIR(found.st_mode)
            changed = 0 if is_folder else max(found.st_mtime_ns, found.st_ctime_ns)
            told = not is_folder and is_apart(name)
            if number >= MOST or (changed > latest and not told):
                return Seen(None, {}, None)
            if changed > latest:
                settled = False
            elif told:
                apart[name] = str(said_of(found))
            else:
                rest.append(f"{name}\0{_folder(found) if is_folder else said_of(found)}\0")
    except OSError:
        return Seen(None, {}, None)
    digest = _digest("".join(rest))
    every = "".join(f"{name}\0{said}\0" for name, said in apart.items())
    return Seen(digest, apart, _digest(f"{digest}{every}") if settled else None)


def fingerprint_below(folders: Iterable[Path], left_out: Collection[Path] = ()) -> str | None:
    """Return one digest of what `look_below` says; None where it says nothing."""
    return look_below(folders, left_out).whole


def _digest(told: str) -> str:
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


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
