"""Where a source's text stands on the disk."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from pubtool.model import Key, Source
from pubtool.readers.sources.formats import EXTENSIONS

RECOGNISED = ".hocr"
"""The ending of what a character recogniser read of the PDF of the same name."""
FOLDER = "sources"
"""The folder of the project that holds the sources' texts."""

SNAPSHOTS = Path(FOLDER) / ".warc"
"""What the web answered; hidden, so that none of its files is taken for a source's text."""

_ABSOLUTE = re.compile(r"(?:[A-Za-z]:)?/")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*%\x7f]|^\.|[. ]$')


def file_name(key: Key) -> str:
    """Return the name below ``sources/`` of a source's file, without its ending.

    Most keys are their own name. The rest is escaped as in a URL, byte by byte: ``doi:10.1/x``
    becomes ``doi%3A10.1%2Fx``. Different keys have different names.
    """
    return _UNSAFE.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), key)


def find_file(source: Source, root: Path) -> Path | None:
    """Return the file, or the folder, with the source's text, or None where there is none.

    A file of a format that cannot be read is returned if there is no better one. The path begins
    with `root` and leads nowhere outside it.
    """
    named = _named(source, root)
    if named is not None:
        return named
    folder = root / FOLDER
    name = file_name(source.key)
    for extension in EXTENSIONS:
        path = folder / f"{name}{extension}"
        if _usable(path, root) and path.is_file():
            return path
    if _usable(folder / name, root) and (folder / name).is_dir():
        return folder / name
    return _any_other(folder, name, root)


def find_files(sources: Iterable[Source], root: Path) -> dict[Key, tuple[Path, ...]]:
    """Return the files of each source, as `find_file` and `files_of` do, none where there are none.

    The folder is listed once: that is enough for a source whose own file stands in it, and for one
    of which nothing does, as for most of a large bibliography.
    """
    usable = _usable(root / FOLDER, root)
    listed = _list(root / FOLDER) if usable else frozenset[str]()
    begun = _beginnings(root / FOLDER) if usable else frozenset[str]()
    found = dict[Key, tuple[Path, ...]]()
    for source in sources:
        name = file_name(source.key)
        endings = () if source.file else EXTENSIONS
        own = next((name + ending for ending in endings if name + ending in listed), None)
        if own is not None:
            beside = name + RECOGNISED
            names = (own, beside) if own.endswith(".pdf") and beside in listed else (own,)
            found[source.key] = tuple(root / FOLDER / one for one in names)
            continue
        if not source.file and _plain(name) not in begun:
            found[source.key] = ()
            continue
        place = find_file(source, root)
        found[source.key] = files_of(place, root) if place else ()
    return found


def _list(folder: Path) -> frozenset[str]:
    """Return the names of a folder's own files: links, which may lead anywhere, left out."""
    with os.scandir(folder) as entries:
        return frozenset(entry.name for entry in entries if entry.is_file(follow_symlinks=False))


def _beginnings(folder: Path) -> frozenset[str]:
    """Return what the names in a folder are without their endings, in whatever way one looks."""
    names = [path.name for path in folder.iterdir()]
    cut = {name.removesuffix(ending) for name in names for ending in EXTENSIONS}
    return frozenset(map(_plain, cut.union(names, (Path(name).stem for name in names))))


def _plain(name: str) -> str:
    """Return a name as file systems compare them that know neither case nor composition."""
    return unicodedata.normalize("NFC", name).casefold()


def files_of(path: Path, root: Path) -> tuple[Path, ...]:
    """Return the files whose texts make up a source: `path`, or what its folder holds.

    Behind a PDF comes what was recognised of it, if that stands beside it.
    """
    if not path.is_dir():
        return _with_recognised(path, root)
    inside = sorted(
        (p for p in path.iterdir() if not p.name.startswith(".") and _usable(p, root)),
        key=lambda p: _natural(p.name),
    )
    for extension in EXTENSIONS:
        files = tuple(p for p in inside if p.suffix.lower() == extension and p.is_file())
        if files:
            return tuple(one for file in files for one in _with_recognised(file, root))
    return ()


def _with_recognised(path: Path, root: Path) -> tuple[Path, ...]:
    beside = path.with_suffix(RECOGNISED)
    read = path.suffix.lower() == ".pdf" and _usable(beside, root) and beside.is_file()
    return (path, beside) if read else (path,)


def _named(source: Source, root: Path) -> Path | None:
    """Return the file that the entry names, if it is there and inside the project.

    A reference manager writes where the file is on its own machine. So of an absolute path the end
    counts that leads to a file in the project: ``C:/Users/me/thesis/sources/a.pdf``.
    """
    if not source.file or source.file.startswith("~") or "\0" in source.file:
        return None
    found = _inside(root / source.file, root)
    if found is not None or not _ABSOLUTE.match(source.file):
        return found
    parts = [part for part in source.file.split("/")[1:] if part]
    ends = (root.joinpath(*parts[first:]) for first in range(len(parts)))
    return next((path for end in ends if (path := _inside(end, root)) is not None), None)


def _inside(path: Path, root: Path) -> Path | None:
    """Return a file by its path below `root`, None where it is none inside of the project."""
    if not _usable(path, root):
        return None
    try:
        inside = path if path.is_relative_to(root) else root / path.relative_to(root.resolve())
    except ValueError:
        return None
    return inside if inside.is_file() else None


def _usable(path: Path, root: Path) -> bool:
    """Whether the path exists and, links and all, leads to a place inside the project."""
    try:
        if not os.path.lexists(path):
            return False
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # missing, a loop of links, an impossible name
        return False


def _any_other(folder: Path, name: str, root: Path) -> Path | None:
    """Return a file of an unknown format or with an ending in capitals, first by name."""
    try:
        files = sorted(p for p in folder.iterdir() if p.stem == name and p.suffix)
    except OSError:
        return None
    usable = [p for p in files if _usable(p, root) and p.is_file()]
    known = [p for p in usable if p.suffix.lower() in EXTENSIONS]
    return next(iter(known or usable), None)


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts digits by their value."""
    parts = re.split(r"(\d+)", name)
    return tuple((int(p), "") if p.isdecimal() and p.isascii() else (-1, p) for p in parts)
