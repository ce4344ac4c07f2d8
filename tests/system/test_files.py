"""Files: nothing is lost, nothing is left behind, and each fault is one sentence."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pubtool.errors import AlreadyThere, CannotRead, CannotWrite, NotUtf8
from pubtool.system.files import (
    Cache,
    create,
    decode,
    read_bytes,
    read_text,
    sha256,
    shown_name,
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


class TestCache:
    def test_what_was_put_is_got(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        assert cache.get("text", sha256(b"key")) is None
        cache.put("text", sha256(b"key"), b"value")
        assert cache.get("text", sha256(b"key")) == b"value"
        assert cache.get("other", sha256(b"key")) is None

    @pytest.mark.parametrize("keep", [0, 5, 32, 33])
    def test_a_torn_entry_counts_as_absent(self, tmp_path: Path, keep: int) -> None:
        cache, digest = Cache(tmp_path), sha256(b"key")
        cache.put("text", digest, b"value")
        entry = cache.path("text", digest)
        entry.write_bytes(entry.read_bytes()[:keep])
        assert cache.get("text", digest) is None

    def test_a_changed_entry_counts_as_absent(self, tmp_path: Path) -> None:
        cache, digest = Cache(tmp_path), sha256(b"key")
        cache.put("text", digest, b"value")
        entry = cache.path("text", digest)
        entry.write_bytes(entry.read_bytes()[:-1] + b"X")
        assert cache.get("text", digest) is None

    def test_an_empty_value_is_a_value(self, tmp_path: Path) -> None:
        Cache(tmp_path).put("text", sha256(b"key"), b"")
        assert Cache(tmp_path).get("text", sha256(b"key")) == b""

    def test_a_place_that_cannot_be_written_is_no_fault(self, tmp_path: Path) -> None:
        (tmp_path / ".pubtool").write_bytes(b"a file in the way")
        cache = Cache(tmp_path)
        cache.put("text", sha256(b"key"), b"value")
        assert cache.get("text", sha256(b"key")) is None
