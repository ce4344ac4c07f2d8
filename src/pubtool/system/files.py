"""Files: the only module that writes any.

A write is *atomic*: the new bytes go to a temporary file in the same folder, are flushed to the
disk and take the old file's place in one step (POSIX rename, Windows ReplaceFile). Whoever is
killed in the middle, or meets a full disk, leaves the old file as it was.
"""

from __future__ import annotations

import errno
import hashlib
import io
import mmap
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import IO

from pubtool.errors import AlreadyThere, CannotRead, CannotWrite, NotUtf8


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes; raise `CannotRead` where it cannot be opened or read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(str(path), error) from None


def map_file(path: Path) -> memoryview:
    """Return the file's bytes without reading them: the system brings what is looked at.

    Raises `CannotRead` where it cannot be opened or mapped, an empty file included.
    """
    try:
        with path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise CannotRead(str(path), OSError(*error.args)) from None


def decode(data: bytes, name: str) -> str:
    """Return `data` as text: strict UTF-8, line ends and byte order mark kept.

    Raises `NotUtf8`, naming `name` and the 1-based line of the first byte that does not fit.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if 0 in data and not marked:  # two bytes a character perhaps, though no mark says so
        for half, likely in ((data[::2], "UTF-16BE"), (data[1::2], "UTF-16LE")):
            if 2 * half.count(0) > len(half):
                raise NotUtf8(name, 1, likely)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        likely = "UTF-16" if marked else "WINDOWS-1252"
        raise NotUtf8(name, data.count(b"\n", 0, error.start) + 1, likely) from None


def read_text(path: Path, name: str) -> str:
    """Return the file's text, named `name` in errors; raise `CannotRead` or `NotUtf8`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotRead(name, error) from None
    return decode(data, name)


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as of a file that holds it."""
    return sha256(text.encode("utf-8", "surrogatepass"))


def shown_name(name: str) -> str:
    """Return a file's name as text that can be printed and kept.

    Where the locale is not UTF-8 the system's names come in disguise. In a name that is no UTF-8,
    which POSIX permits, each odd byte is written out as in Python, so that two names stay two.
    """
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def write_atomic(path: Path, data: bytes) -> None:
    """Make `data` the content of the file, or leave everything as it was and raise `CannotWrite`.

    Missing folders are made. A file that exists keeps its permissions, and a symbolic link its
    target. A device, a pipe or a folder is no file, and is not replaced by one; nor is a file that
    is read-only.
    """
    try:
        target = path.resolve() if path.is_symlink() else path
        _refuse_unfit(target)
        temporary = _write_beside(target, data)
        try:
            temporary.replace(target)
        except OSError:
            _remove(temporary)
            raise
        _flush_folder(target.parent)
    except OSError as error:
        raise CannotWrite(str(path), error) from None


def write_derived(path: Path, data: bytes) -> None:
    """Make `data` the content of a file that can be made again; raise `CannotWrite`.

    As atomic as `write_atomic`, but nothing is flushed to the disk, which takes longer than to make
    a page: a machine that loses its power in the middle may leave a file short. Whoever counts on
    the content compares it (`pipeline.outputs`).
    """
    try:
        target = path.resolve() if path.is_symlink() else path
        _refuse_unfit(target)
        temporary = _write_beside(target, data, _Flush.LATER)
        try:
            temporary.replace(target)
        except OSError:
            _remove(temporary)
            raise
    except OSError as error:
        raise CannotWrite(str(path), error) from None


def create(path: Path, data: bytes) -> None:
    """Write a new file; raise `AlreadyThere` where one stands, `CannotWrite` where it cannot be.

    Of several who create the same file at once, one succeeds.
    """
    try:
        temporary = _write_beside(path, data)
        try:
            _claim(temporary, path)
        finally:
            _remove(temporary)
        _flush_folder(path.parent)
    except OSError as error:
        if isinstance(error, FileExistsError) and os.path.lexists(path):
            raise AlreadyThere(str(path)) from None
        raise CannotWrite(str(path), error) from None


def prepare(path: Path, data: bytes) -> Path:
    """Write `data` to a new hidden file beside `path`, and return that; raise `CannotWrite`."""
    try:
        _refuse_unfit(path)
        return _write_beside(path, data)
    except OSError as error:
        raise CannotWrite(str(path), error) from None


def put_in_place(prepared: Path, path: Path, *, new: bool) -> None:
    """Give a prepared file its name; raise `AlreadyThere` if `new` and taken, or `CannotWrite`."""
    try:
        if new:
            _claim(prepared, path)
            _remove(prepared)
        else:
            prepared.replace(path)
        _flush_folder(path.parent)
    except FileExistsError:
        raise AlreadyThere(str(path)) from None
    except OSError as error:
        raise CannotWrite(str(path), error) from None


def remove(path: Path) -> None:
    """Remove a file that this program has just created; one that is gone already is no fault."""
    _remove(path)


def remove_half_written(folder: Path, names: Iterable[str]) -> None:
    """Remove what a killed run had begun to write in a folder of the files of these names."""
    ours = {_prefix(name) for name in names}
    with suppress(OSError):
        for there in [*folder.iterdir()]:
            beginning, dot, chance = there.name.removesuffix(_SUFFIX).rpartition(".")
            if there.suffix == _SUFFIX and beginning + dot in ours and _CHANCE.fullmatch(chance):
                _remove(there)


def make_folder(folder: Path) -> None:
    """Make a folder and those that it is in; raise OSError where that cannot be."""
    folder.mkdir(parents=True, exist_ok=True)


def remove_empty(folder: Path) -> None:
    """Remove a folder that this program has just made, unless it holds something by now."""
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that `path` is for; whoever else asks for it, thread or process, waits.

    The system lets it go where this process is killed. The file itself stays, and means nothing.
    Raises CannotWrite.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise CannotWrite(str(path), error) from None
    with file:
        _wait_for(file.fileno())
        yield


def swap(lock: Path, path: Path, seen: bytes | None, data: bytes | None) -> bool:
    """Make `data` a file's content if that is still what was seen; say whether it was.

    None stands for no file. Of several with the same `lock`, each sees what the one before left.
    Raises CannotWrite, and CannotRead.
    """
    with locked(lock):
        if (read_bytes(path) if os.path.lexists(path) else None) != seen:
            return False
        if data is None:
            _remove(path)
            _flush_folder(path.parent)
        elif data != seen:
            write_atomic(path, data)
    return True


if sys.platform == "win32":
    import msvcrt

    def _wait_for(handle: int) -> None:
        while True:
            with suppress(OSError):  # it gives up after ten seconds
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
                return

else:
    import fcntl

    def _wait_for(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder for another program to work in; it is gone afterwards, with all that is in it.

    Raises CannotWrite where none can be made.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix="pubtool-")
    except OSError as error:
        raise CannotWrite(tempfile.gettempdir(), error) from None
    with folder as name:
        yield Path(name)


def sha256(data: bytes) -> str:
    """Return the SHA-256 digest of `data` in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _refuse_unfit(path: Path) -> None:
    """Raise OSError for what is no file, and for one whose owner has made it read-only.

    The folder alone decides whether the system lets a file be replaced, even a read-only one.
    """
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is a device or a pipe, not a file")
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise PermissionError(errno.EACCES, "it is read-only")


class _Flush(Enum):
    """When what was written goes to the disk."""

    NOW = "now"
    LATER = "later"
    """When the system thinks fit."""


_SUFFIX = ".tmp"
_CHANCE = re.compile(r"[a-z0-9_]{8}")
"""What `tempfile` puts into a name."""


def _prefix(name: str) -> str:
    return f".{name[:32]}."


def _write_beside(path: Path, data: bytes, flush: _Flush = _Flush.NOW) -> Path:
    """Write `data` to a new temporary file in the folder of `path`; leave none on failure."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_prefix(path.name), suffix=_SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if flush is _Flush.NOW:
                file.flush()
                os.fsync(file.fileno())
        temporary.chmod(_mode(path))
    except BaseException:
        _remove(temporary)
        raise
    return temporary


def _claim(temporary: Path, path: Path) -> None:
    """Give the temporary file its name unless that is taken (FileExistsError)."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        with path.open("xb") as file:
            file.write(temporary.read_bytes())


def _mode(path: Path) -> int:
    """Return the permissions of the file at `path`, or those that a new file gets."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


_SPOOLED = 32_000_000
"""Bytes that are held in memory before they go to a file: those of some three hundred pages."""


class Spool:
    """What is made before anything of it is written: much of it waits in a file without a name.

    Such a file ends with whoever made it, or when it is closed.
    """

    def __init__(self, folder: Path) -> None:
        """Take a folder on a disk that has room for as much again."""
        self._folder = folder
        self._file: IO[bytes] = io.BytesIO()
        self._is_held = True

    def put(self, data: bytes) -> tuple[int, int]:
        """Put away some bytes, and return by what they are got; raise `CannotWrite`."""
        begin = self._file.seek(0, os.SEEK_END)
        try:
            if self._is_held and begin + len(data) > _SPOOLED:
                self._move()
            self._file.write(data)
        except OSError as error:
            raise CannotWrite(str(self._folder), error) from None
        return begin, len(data)

    def get(self, place: tuple[int, int]) -> bytes:
        """Return what was put away."""
        begin, length = place
        self._file.seek(begin)
        return self._file.read(length)

    def close(self) -> None:
        """Let all of it go."""
        self._file.close()

    def _move(self) -> None:
        """Go to a file: elsewhere where the folder is not to be written to."""
        held, self._is_held = self._file, False
        try:
            make_folder(self._folder)
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - see `close`
        except OSError:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115
        held.seek(0)
        shutil.copyfileobj(held, self._file)
