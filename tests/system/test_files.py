"""Files: nothing is lost, nothing is left behind, and each fault is one sentence."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pubtool.errors import AlreadyThere, CannotRead, CannotWrite, NotUtf8
from pubtool.system import files
from pubtool.system.cache import Cache
from pubtool.system.files import (
    create,
    decode,
    read_bytes,
    read_text,
    sha256,
    shown_name,
    swap,
    write_atomic,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_text_is_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeffa\r\nb\rc\nd".encode())
    assert read_text(tmp_path / "a.md", "a.md") == "\ufeffa\r\nb\rc\nd"


def test_what_is_not_utf8_is_named_with_its_line() -> None:
    with pytest.raises(NotUtf8, match=r"^posts/a\.md:3: not UTF-8"):
        decode(b"one\ntwo\nthr\xe9e\n", "posts/a.md")


@pytest.mark.parametrize("encoding", ["UTF-16LE", "UTF-16BE", "UTF-16"])
def test_two_bytes_a_character_are_told_from_utf8_with_a_mark_and_without(encoding: str) -> None:
    with pytest.raises(NotUtf8, match=rf"a\.md:1: not UTF-8; .*`iconv -f {encoding} -t UTF-8`"):
        decode("He “said” so.\n".encode(encoding), "a.md")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="No such file"):
        read_bytes(tmp_path / "none")
    with pytest.raises(CannotRead, match=r"^posts/none\.md: "):
        read_text(tmp_path / "none", "posts/none.md")


def test_writing_replaces_and_makes_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.txt"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(path.parent) == ["c.txt"]


def test_the_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    path.chmod(0o640)
    write_atomic(path, b"y")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").write_bytes(b"")
    write_atomic(tmp_path / "ours", b"")
    create(tmp_path / "made", b"")
    usual = (tmp_path / "usual").stat().st_mode
    assert (tmp_path / "ours").stat().st_mode == usual
    assert (tmp_path / "made").stat().st_mode == usual


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to("target")
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full) if step == "fsync" else monkeypatch.setattr(
        Path, "replace", full
    )
    with pytest.raises(CannotWrite, match="No space left on device"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.md"]


def test_who_is_killed_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    program = (
        "import os, signal, sys; from pathlib import Path; from pubtool.system import files\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)\n"
        "files.write_atomic(Path(sys.argv[1]), b'new' * 100_000)"
    )
    ended = subprocess.run([sys.executable, "-c", program, path], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"


def test_a_folder_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWrite, match="nothing there was changed"):
        write_atomic(tmp_path / "file" / "below", b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(CannotWrite):
        write_atomic(tmp_path / "folder", b"x")
    assert names(tmp_path) == ["file", "folder"]


def test_a_pipe_or_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "link"):
        with pytest.raises(CannotWrite, match="it is a device or a pipe, not a file"):
            write_atomic(tmp_path / name, b"new")
    assert (tmp_path / "pipe").is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]


def test_a_file_in_place_of_the_folder_is_not_taken_for_the_file(tmp_path: Path) -> None:
    (tmp_path / "sources").write_bytes(b"mine")
    with pytest.raises(CannotWrite, match=r"sources/a\.txt: cannot be written"):
        create(tmp_path / "sources" / "a.txt", b"new")
    assert (tmp_path / "sources").read_bytes() == b"mine"


def test_a_name_that_is_no_utf8_can_be_shown() -> None:
    odd = [os.fsdecode(name) for name in (b"\xfe.md", b"\xff.md", "ü.md".encode())]
    assert [shown_name(name) for name in odd] == ["\\xfe.md", "\\xff.md", "ü.md"]


def test_creating_never_overwrites(tmp_path: Path) -> None:
    create(tmp_path / "a", b"one")
    with pytest.raises(AlreadyThere, match="exists already"):
        create(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"one"
    assert names(tmp_path) == ["a"]


def test_creating_works_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    create(tmp_path / "a", b"one")
    with pytest.raises(AlreadyThere):
        create(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"one"


def test_sha256_is_hexadecimal() -> None:
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# --- The cache ------------------------------------------------------------------------------------

KEY = sha256(b"key")


def tamper(path: Path, statement: str, *values: object) -> None:
    """Change what a cache has kept, behind its back."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement, values)


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwritten(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


def garbled_inside(path: Path) -> None:
    """Leave the first page, which says what the file is, and nothing after it."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


def of_another_program(path: Path) -> None:
    path.unlink()
    tamper(path, "CREATE TABLE entry (theirs TEXT)")


DAMAGES = (torn, overwritten, garbled_inside, of_another_program)


class TestCache:
    def test_what_was_put_is_got(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        assert cache.get("text", KEY) is None
        cache.put("text", KEY, b"value")
        assert cache.get("text", KEY) == b"value"
        assert cache.get("other", KEY) is None
        assert Cache(tmp_path).get("text", KEY) == b"value"

    def test_looking_makes_no_file(self, tmp_path: Path) -> None:
        assert Cache(tmp_path).get("text", KEY) is None
        assert names(tmp_path) == []

    @pytest.mark.parametrize("column", ["data", "sha256"])
    def test_a_changed_entry_counts_as_absent(self, tmp_path: Path, column: str) -> None:
        cache = Cache(tmp_path)
        cache.put("text", KEY, b"value")
        tamper(cache.file, f"UPDATE entry SET {column} = ?", b"valuX")
        assert cache.get("text", KEY) is None

    def test_an_empty_value_is_a_value(self, tmp_path: Path) -> None:
        Cache(tmp_path).put("text", KEY, b"")
        assert Cache(tmp_path).get("text", KEY) == b""

    def test_a_place_that_cannot_be_written_is_no_fault(self, tmp_path: Path) -> None:
        (tmp_path / ".pubtool").write_bytes(b"a file in the way")
        cache = Cache(tmp_path)
        cache.put("text", KEY, b"value")
        assert cache.get("text", KEY) is None

    def test_a_full_disk_is_not_waited_for(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", FULL, str(tmp_path)]
        told = subprocess.run(command, check=True, capture_output=True, timeout=60)
        assert told.stdout == b"None None 0\n"
        assert not (tmp_path / ".pubtool" / "cache.sqlite").read_bytes()

    @pytest.mark.parametrize("damage", DAMAGES)
    def test_a_damaged_file_is_made_anew(
        self, tmp_path: Path, damage: Callable[[Path], None]
    ) -> None:
        old = Cache(tmp_path)
        for number in range(100):
            old.put("text", sha256(b"%d" % number), b"value" * 1000)
        file = old.file
        del old
        gc.collect()  # closes it: all is in the one file
        assert names(file.parent) == ["cache.sqlite"]
        damage(file)
        cache = Cache(tmp_path)
        for number in range(100):
            assert cache.get("text", sha256(b"%d" % number)) in (None, b"value" * 1000)
        cache.put("text", KEY, b"new")
        assert Cache(tmp_path).get("text", KEY) == b"new"

    def test_who_is_killed_in_the_middle_leaves_what_was_put_before(self, tmp_path: Path) -> None:
        ended = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
        assert ended.returncode == -signal.SIGKILL
        cache = Cache(tmp_path)
        for number in range(50):
            assert cache.get("text", sha256(b"%d" % number)) == b"value"
        cache.put("text", KEY, b"new")
        assert cache.get("text", KEY) == b"new"

    def test_of_two_who_write_at_once_neither_loses_anything(self, tmp_path: Path) -> None:
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, tmp_path, name]) for name in "ab"
        ]
        assert [writer.wait(60) for writer in writers] == [0, 0]
        cache = Cache(tmp_path)
        kept = [cache.get(name, sha256(b"%d" % n)) for name in "ab" for n in range(300)]
        assert kept == [b"a"] * 300 + [b"b"] * 300

    def test_what_it_cannot_do_costs_nothing_that_was_kept(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        cache.put("text", KEY, b"value")
        elsewhere = threading.Thread(target=cache.put, args=("text", KEY, b"other"))
        elsewhere.start()  # SQLite refuses a connection to every thread but its own
        elsewhere.join()
        assert cache.get("text", KEY) == b"value"

    def test_what_is_not_used_for_long_is_dropped(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        cache.put("text", KEY, b"old")
        cache.put("text", sha256(b"used"), b"used")
        tamper(cache.file, "UPDATE entry SET day = day - 59")
        assert cache.get("text", sha256(b"used")) == b"used"  # and so it is used today
        tamper(cache.file, "UPDATE entry SET day = day - 2")
        tamper(cache.file, "PRAGMA user_version = 1")  # the day of the last pruning
        after = Cache(tmp_path)
        assert after.get("text", KEY) is None
        assert after.get("text", sha256(b"used")) == b"used"

    def test_the_room_of_what_is_dropped_is_given_back(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        for number in range(100):
            cache.put("text", sha256(b"%d" % number), b"edit" * 10_000)
        tamper(cache.file, "UPDATE entry SET day = day - 61")
        cache.put("text", KEY, b"value")
        cache.close()
        size = cache.file.stat().st_size
        tamper(cache.file, "PRAGMA user_version = 1")  # the day of the last pruning
        assert cache.get("text", KEY) == b"value"
        cache.close()
        assert cache.file.stat().st_size < size / 10


KILLED = """
import os, signal, sys
from pathlib import Path
from pubtool.system import files
from pubtool.system.cache import Cache
from pubtool.system.files import sha256
cache = Cache(Path(sys.argv[1]))
for number in range(50):
    cache.put("text", sha256(b"%d" % number), b"value")
cache._database.execute("BEGIN")
cache.put("text", sha256(b"half"), b"half" * 100_000)
os.kill(os.getpid(), signal.SIGKILL)
"""
FULL = """
import resource, signal, sys, time
from pathlib import Path
from pubtool.system import files
from pubtool.system.cache import Cache
from pubtool.system.files import sha256
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
slept = []
time.sleep = slept.append
cache = Cache(Path(sys.argv[1]))
cache.put("text", sha256(b"1"), b"value")
print(cache.get("text", sha256(b"1")), cache.get("text", sha256(b"2")), len(slept))
"""
"""No file may grow by a byte, as on a full disk."""
WRITER = """
import sys
from pathlib import Path
from pubtool.system import files
from pubtool.system.cache import Cache
from pubtool.system.files import sha256
cache = Cache(Path(sys.argv[1]))
for number in range(300):
    cache.put(sys.argv[2], sha256(b"%d" % number), sys.argv[2].encode())
"""


# --- The digest of a file that is read only if it may have changed --------------------------------


class Reads:
    """How often a file was opened to be read whole."""

    count = 0


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    counted, digest = Reads(), hashlib.file_digest

    def count(file: Any, name: str) -> Any:
        counted.count += 1
        return digest(file, name)

    monkeypatch.setattr(hashlib, "file_digest", count)
    return counted


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that sets the clock forward by seconds."""
    real = time.time_ns

    def forward(seconds: int) -> None:
        monkeypatch.setattr(time, "time_ns", lambda: real() + seconds * 1_000_000_000)

    return forward


class TestFileDigest:
    def test_a_settled_file_is_read_once(
        self, tmp_path: Path, reads: Reads, later: Callable[[int], None]
    ) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"one")
        later(60)
        for _ in range(3):
            assert Cache(tmp_path).file_digest(path) == sha256(b"one")
        assert reads.count == 1

    def test_a_file_that_was_just_changed_is_read_every_time(
        self, tmp_path: Path, reads: Reads
    ) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"one")
        for _ in range(3):
            assert Cache(tmp_path).file_digest(path) == sha256(b"one")
        assert reads.count == 3

    def test_a_second_change_within_one_tick_of_the_clock_is_seen(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: Callable[[int], None]
    ) -> None:
        path, cache = tmp_path / "a.txt", Cache(tmp_path)
        path.write_bytes(b"one")
        tick = path.stat()
        assert cache.file_digest(path) == sha256(b"one")
        path.write_bytes(b"two")
        stat = Path.stat
        monkeypatch.setattr(  # a file system whose clock stands still meanwhile
            Path, "stat", lambda self, **given: tick if self == path else stat(self, **given)
        )
        later(60)
        assert cache.file_digest(path) == sha256(b"two")

    def test_a_change_that_hides_behind_the_old_time_is_seen(
        self, tmp_path: Path, later: Callable[[int], None]
    ) -> None:
        path, cache = tmp_path / "a.txt", Cache(tmp_path)
        path.write_bytes(b"one")
        before = path.stat()
        later(60)
        assert cache.file_digest(path) == sha256(b"one")
        path.write_bytes(b"two")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert cache.file_digest(path) == sha256(b"two")

    def test_a_file_from_the_future_is_never_believed(self, tmp_path: Path, reads: Reads) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"one")
        os.utime(path, (4_000_000_000, 4_000_000_000))
        for _ in range(2):
            assert Cache(tmp_path).file_digest(path) == sha256(b"one")
        assert reads.count == 2

    def test_a_missing_file_is_one_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(CannotRead, match="No such file"):
            Cache(tmp_path).file_digest(tmp_path / "none")


def test_a_cache_may_be_collected_in_any_thread(tmp_path: Path) -> None:
    def elsewhere(held: list[Cache]) -> None:
        held.clear()
        gc.collect()

    held = [Cache(tmp_path)]
    held[0].put("text", KEY, b"words")
    thread = threading.Thread(target=elsewhere, args=(held,))
    thread.start()
    thread.join()  # a finaliser that fails is a warning, and a warning is an error here
    assert Cache(tmp_path).get("text", KEY) == b"words"


class TestSwap:
    def test_only_what_was_seen_is_replaced(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "a.toml"
        assert swap(tmp_path / "lock", path, None, b"one")
        assert not swap(tmp_path / "lock", path, None, b"two")
        assert not swap(tmp_path / "lock", path, b"other", b"two")
        assert path.read_bytes() == b"one"
        assert swap(tmp_path / "lock", path, b"one", b"two")
        assert not swap(tmp_path / "lock", path, b"one", None)
        assert swap(tmp_path / "lock", path, b"two", None)
        assert not path.exists()
        assert swap(tmp_path / "lock", path, None, None)

    def test_of_several_at_once_none_is_lost(self, tmp_path: Path) -> None:
        path = tmp_path / "count"
        path.write_bytes(b"")
        add = (
            "import sys; from pathlib import Path; from pubtool.system.files import swap\n"
            "root = Path(sys.argv[1]); path = root / 'count'\n"
            "for _ in range(50):\n"
            "    while not swap(root / 'lock', path, (s := path.read_bytes()), s + b'x'): pass\n"
        )
        command = [sys.executable, "-c", add, str(tmp_path)]
        for process in [subprocess.Popen(command) for _ in range(4)]:
            assert process.wait() == 0
        assert path.read_bytes() == b"x" * 200


@pytest.mark.parametrize("most", [0, 5, 1000])
def test_a_spool_gives_back_what_was_put_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(files, "_SPOOLED", most)
    spool = files.Spool(tmp_path / "own")
    data = [b"one", b"", b"three" * 9, b"\0"]
    places = [spool.put(each) for each in data]
    assert [spool.get(place) for place in reversed(places)] == data[::-1]
    places.append(spool.put(b"after all"))
    assert [spool.get(place) for place in places] == [*data, b"after all"]
    spool.close()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_spool_goes_elsewhere_where_its_folder_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_SPOOLED", 2)
    (tmp_path / "file").write_text("no folder")
    spool = files.Spool(tmp_path / "file/own")
    assert spool.get(spool.put(b"three")) == b"three"
    spool.close()


def test_a_spool_on_a_full_disk_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "_SPOOLED", 2)
    monkeypatch.setattr("shutil.copyfileobj", full)
    spool = files.Spool(tmp_path)
    with pytest.raises(CannotWrite, match="No space left"):
        spool.put(b"three")
    spool.close()
