"""The cache: what need not be worked out twice, in an SQLite file that no other module opens."""

from __future__ import annotations

import hashlib
import os
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pubtool.errors import CannotRead
from pubtool.system.collector import close_anywhere
from pubtool.system.files import make_folder, remove, sha256
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

    def close(self) -> None:
        """Let the file go; it is opened again if something more is asked for."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def get(self, kind: str, digest: str) -> bytes | None:
        """Return what was put, or None."""
        return self._try(lambda database: _get(database, kind, digest), new=False)

    def put(self, kind: str, digest: str, data: bytes) -> bool:
        """Keep `data` for the next `get`, if that is possible; say whether it was."""
        check = hashlib.sha256(data).digest()
        row = (kind, bytes.fromhex(digest), _today(), check, data)
        return self._try(lambda database: database.execute(_PUT, row), new=True) is not None

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
                if self._database is None:
                    self._broken = 2  # what cannot be opened is not tried again for each entry
                return None
            except sqlite3.DatabaseError as error:
                if type(error) is not sqlite3.DatabaseError:  # the fault is in what was asked
                    return None
                self._broken += 1  # damaged, or no database
                self._discard()
        return None

    def _discard(self) -> None:
        self.close()
        for ending in ("-wal", "-shm", ""):  # a log never outlives its database
            remove(self.file.with_name(self.file.name + ending))


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

    make_folder(path.parent)
    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        # in this order: between the two another process may make the table and the mark at once
        (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if _number(database, "application_id") != _OURS:
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
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:  # a full disk stays full
                raise
            time.sleep(0.02)  # another is about the same; it is never waited for
    database.execute("BEGIN IMMEDIATE")
    database.execute(_TABLE)
    database.execute(f"PRAGMA application_id = {_OURS}")
    database.execute("COMMIT")


def _prune(database: sqlite3.Connection) -> None:
    """Once a day, drop what was not used for long; the day is kept as the user's version.

    SQLite keeps the room of what was dropped for what comes, 60 KB for each post and each edit of
    one. Where more than half of the file is empty, as after two months of them, it is given back.
    """
    if _number(database, "user_version") == _today():
        return
    with suppress(*_unwritable()):
        database.execute("DELETE FROM entry WHERE day < ?", (_today() - _KEPT_DAYS,))
        database.execute(f"PRAGMA user_version = {_today()}")
        if 2 * _number(database, "freelist_count") > _number(database, "page_count"):
            database.execute("VACUUM")


def _number(database: sqlite3.Connection, name: str) -> int:
    """Return what SQLite tells of a file, by a pragma's name."""
    (number,) = database.execute(f"PRAGMA {name}").fetchone()
    return int(number)


def _today() -> int:
    """Return the day, counted from 1970: it decides what is dropped, and reaches no output."""
    return int(time.time() // 86_400)


def week() -> int:
    """Return the number of the week; it decides what is looked at again, and reaches no output.

    What stands for many entries must not be believed for longer: entries that nobody asks for are
    dropped, and it keeps them from being asked for.
    """
    return _today() // (_KEPT_DAYS // 8)


def _identity(path: Path, found: os.stat_result) -> str:
    """Return a digest of what a file system says of a file; it differs if the content may."""
    return sha256(os.fsencode(path.absolute()) + repr(said_of(found)).encode())
