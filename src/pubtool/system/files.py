"""Files: the only module that writes any.

A write is *atomic*: the new bytes go to a temporary file in the same folder, are flushed to the
disk and take the old file's place in one step (POSIX rename, Windows ReplaceFile). Whoever is
killed in the middle, or meets a full disk, leaves the old file as it was.
"""

from __future__ import annotations

import errno
import hashlib
import mmap
import os
import stat
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pubtool.errors import AlreadyThere, CannotRead, CannotWrite, NotUtf8
from pubtool.system.collector import close_anywhere
from pubtool.system.stamps import RACY, said_of

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

_DIGEST_BYTES = 32
_KEPT_DAYS = 60
"""Days that an entry of the cache is kept without being used."""
_PATIENCE = 30.0
"""Seconds to wait for another process that is writing to the cache."""
_OURS = 0x70756271
"""What marks a database as ours ("pubq"); another number with another table."""
_TABLE = """CREATE TABLE IF NOT EXISTS entry (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, digest BLOB NOT NULL, day INTEGER NOT NULL,
    sha256 BLOB NOT NULL, data BLOB NOT NULL, UNIQUE (kind, digest))"""
_GET = "SELECT number, day, sha256, data FROM entry WHERE kind = ? AND digest = ?"
_PUT = "INSERT OR REPLACE INTO entry (kind, digest, day, sha256, data) VALUES (?, ?, ?, ?, ?)"


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
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(name, data.count(b"\n", 0, error.start) + 1) from None


def read_text(path: Path, name: str) -> str:
    """Return the file's text, named `name` in errors; raise `CannotRead` or `NotUtf8`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotRead(name, error) from None
    return decode(data, name)


def shown_name(name: str) -> str:
    """Return a file's name as text that can be printed and kept.

    Where the locale is not UTF-8 the system's names come in disguise. In a name that is no UTF-8,
    which POSIX permits, each odd byte is written out as in Python, so that two names stay two.
    """
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def write_atomic(path: Path, data: bytes) -> None:
    """Make `data` the content of the file, or leave everything as it was and raise `CannotWrite`.

    Missing folders are made. A file that exists keeps its permissions, and a symbolic link its
    target. A device, a pipe or a folder is no file, and is not replaced by one.
    """
    try:
        target = path.resolve() if path.is_symlink() else path
        _refuse_what_is_no_file(target)
        temporary = _write_beside(target, data)
        try:
            temporary.replace(target)
        except OSError:
            _remove(temporary)
            raise
        _flush_folder(target.parent)
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
        _refuse_what_is_no_file(path)
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


def remove_empty(folder: Path) -> None:
    """Remove a folder that this program has just made, unless it holds something by now."""
    with suppress(OSError):
        folder.rmdir()


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


class Cache:
    """What need not be worked out twice: bytes by kind and digest, in ``.pubtool/cache.sqlite``.

    SQLite's write-ahead log lets two processes write at once, and whoever is killed in the middle
    leaves what was put before. An entry carries its SHA-256, so that a torn or tampered one counts
    as absent; a file that is damaged or not ours is made anew. Where nothing can be written nothing
    is kept, which is no fault. What was not asked for in two months is dropped.
    """

    def __init__(self, root: Path) -> None:
        self.file = root / ".pubtool" / "cache.sqlite"
        self._database: sqlite3.Connection | None = None
        self._broken = 0

    def get(self, kind: str, digest: str) -> bytes | None:
        """Return what was put, or None."""
        return self._try(lambda database: _get(database, kind, digest), new=False)

    def put(self, kind: str, digest: str, data: bytes) -> None:
        """Keep `data` for the next `get`, if that is possible."""
        check = hashlib.sha256(data).digest()
        row = (kind, bytes.fromhex(digest), _today(), check, data)
        self._try(lambda database: database.execute(_PUT, row), new=True)

    def file_digest(self, path: Path) -> str:
        """Return the SHA-256 of a file's content, which is read only if it may have changed.

        As in git's index, a file is taken for unchanged if size, times, inode and device are; and
        as there, that is not believed of one that had been changed so lately when it was read, by
        `RACY`, that another change could have left the same time. Raises `CannotRead`.
        """
        try:
            now = time.time_ns()
            before = path.stat()
            known = self.get("stat", _identity(path, before))
            if known is not None and len(known) == _DIGEST_BYTES:
                return known.hex()
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").digest()
            after = path.stat()
        except OSError as error:
            raise CannotRead(str(path), error) from None
        settled = max(after.st_mtime_ns, after.st_ctime_ns) < now - RACY
        if settled and _identity(path, before) == _identity(path, after):
            self.put("stat", _identity(path, after), digest)
        return digest.hex()

    def _try(self, act: Callable[[sqlite3.Connection], T], *, new: bool) -> T | None:
        """Return what `act` does with the database, made anew once if damaged; None if it fails."""
        import sqlite3  # not for the commands that keep nothing

        while self._broken < 2:
            try:
                if self._database is None and (new or self.file.exists()):
                    self._database = _open_database(self.file)
                    close, refusal = self._database.close, sqlite3.ProgrammingError
                    weakref.finalize(self, close_anywhere, close, refusal)
                return act(self._database) if self._database else None
            except (sqlite3.OperationalError, OSError):  # locked, full, not to be written
                return None
            except sqlite3.DatabaseError as error:
                if type(error) is not sqlite3.DatabaseError:  # the fault is in what was asked
                    return None
                self._broken += 1  # damaged, or no database
                self._discard()
        return None

    def _discard(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
        for ending in ("-wal", "-shm", ""):  # a log never outlives its database
            _remove(self.file.with_name(self.file.name + ending))


def _get(database: sqlite3.Connection, kind: str, digest: str) -> bytes | None:
    row = database.execute(_GET, (kind, bytes.fromhex(digest))).fetchone()
    if row is None:
        return None
    number, day, check, data = row
    if not isinstance(data, bytes) or hashlib.sha256(data).digest() != check:
        return None
    if not isinstance(day, int) or day < _today() - _KEPT_DAYS // 8:
        # who cannot note that an entry was used can use it all the same
        with suppress(OSError, *_unwritable()):
            database.execute("UPDATE entry SET day = ? WHERE number = ?", (_today(), number))
    return data


def _unwritable() -> tuple[type[Exception], ...]:
    import sqlite3

    return (sqlite3.OperationalError,)


def _open_database(path: Path) -> sqlite3.Connection:
    """Return the database at `path`, made if need be; raise DatabaseError if it is not ours."""
    import sqlite3

    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        # in this order: between the two another process may make the table and the mark at once
        (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (mark,) = database.execute("PRAGMA application_id").fetchone()
        if mark != _OURS:
            if tables:
                raise sqlite3.DatabaseError("another program's database")
            _make_tables(database)
        database.execute("PRAGMA synchronous = NORMAL")  # the log is flushed now and then
        _prune(database)
    except BaseException:
        database.close()
        raise
    return database


def _make_tables(database: sqlite3.Connection) -> None:
    """Make the tables and mark the database as ours, in one step; two may try at once."""
    import sqlite3

    for _ in range(100):
        try:
            database.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError:  # another is about the same; it is never waited for
            time.sleep(0.02)
    database.execute("BEGIN IMMEDIATE")
    database.execute(_TABLE)
    database.execute(f"PRAGMA application_id = {_OURS}")
    database.execute("COMMIT")


def _prune(database: sqlite3.Connection) -> None:
    """Once a day, drop what was not used for long; the day is kept as the user's version."""
    (pruned,) = database.execute("PRAGMA user_version").fetchone()
    if pruned == _today():
        return
    with suppress(*_unwritable()):
        database.execute("DELETE FROM entry WHERE day < ?", (_today() - _KEPT_DAYS,))
        database.execute(f"PRAGMA user_version = {_today()}")


def _today() -> int:
    """Return the day, counted from 1970: it decides what is dropped, and reaches no output."""
    return int(time.time() // 86_400)


def _identity(path: Path, found: os.stat_result) -> str:
    """Return a digest of what a file system says of a file; it differs if the content may."""
    return sha256(os.fsencode(path.absolute()) + repr(said_of(found)).encode())


def _refuse_what_is_no_file(path: Path) -> None:
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is a device or a pipe, not a file")


def _write_beside(path: Path, data: bytes) -> Path:
    """Write `data` to a new temporary file in the folder of `path`; leave none on failure."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:32]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
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
