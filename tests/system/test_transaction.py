"""Several files as one: all or none, whatever happens on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool.errors import AlreadyThere, CannotWrite, ChangedMeanwhile
from pubtool.system import transaction
from pubtool.system.transaction import JOURNAL, Change, apply_changes, recover

Files = dict[str, bytes]
OLD: Files = {"references.bib": b"old", "sources.lock": b"lock"}
NEW: Files = {
    "references.bib": b"new", "sources.lock": b"pinned", "sources/a.txt": b"text",
    "sources/.warc/a.warc.gz": b"warc",
}  # fmt: skip


def files(root: Path) -> Files:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, data in OLD.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def changes(root: Path) -> list[Change]:
    return [Change(root / name, data, OLD.get(name)) for name, data in NEW.items()]


def test_all_of_it_is_written_and_nothing_left_over(root: Path) -> None:
    apply_changes(root, changes(root))
    assert files(root) == NEW


def test_what_does_not_change_is_not_written(root: Path) -> None:
    before = (root / "sources.lock").stat()
    apply_changes(root, [Change(root / "sources.lock", b"lock", b"lock")])
    assert (root / "sources.lock").stat().st_mtime_ns == before.st_mtime_ns


def test_a_link_keeps_its_place_and_its_target_gets_the_content(root: Path, tmp_path: Path) -> None:
    library = tmp_path / "elsewhere" / "library.bib"
    library.parent.mkdir()
    library.write_bytes(b"old")
    (root / "references.bib").unlink()
    (root / "references.bib").symlink_to(library)
    apply_changes(root, changes(root))
    assert (root / "references.bib").is_symlink()
    assert library.read_bytes() == b"new"


def test_a_new_file_over_another_is_refused(root: Path) -> None:
    (root / "sources").mkdir()
    (root / "sources" / "a.txt").write_bytes(b"somebody's")
    before = files(root)
    with pytest.raises(AlreadyThere, match=r"sources/a\.txt"):
        apply_changes(root, changes(root))
    assert files(root) == before


@pytest.mark.parametrize("now", [b"edited", None])
def test_a_file_that_was_changed_since_it_was_read_is_left_alone(
    root: Path, now: bytes | None
) -> None:
    lock = root / "sources.lock"
    lock.unlink() if now is None else lock.write_bytes(now)
    before = files(root)
    with pytest.raises(ChangedMeanwhile, match=r"sources\.lock"):
        apply_changes(root, changes(root))
    assert files(root) == before


def failing(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> None:
    """Let a step of the transaction fail at its nth call, as on a full disk."""
    real: Callable[..., object] = getattr(transaction, name)
    calls = []

    def step(*given: object, **more: object) -> object:
        calls.append(given)
        if len(calls) == number:
            raise CannotWrite(str(given[0]), OSError(28, "No space left on device"))
        return real(*given, **more)

    monkeypatch.setattr(transaction, name, step)


@pytest.mark.parametrize(
    ("name", "number"),
    [*(("prepare", n) for n in range(1, 5)), ("write_atomic", 1),
     *(("put_in_place", n) for n in range(1, 5))],
)  # fmt: skip
def test_what_fails_on_the_way_is_taken_back(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    failing(monkeypatch, name, number)
    with pytest.raises(CannotWrite):
        apply_changes(root, changes(root))
    assert files(root) == OLD
    assert not (root / "sources").exists()


KILLED = """
import os, sys
from pathlib import Path
from pubtool.system import transaction
from pubtool.system.transaction import Change, apply_changes
root, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
real, calls = getattr(transaction, name), []
def step(*given, **more):
    calls.append(given)
    if len(calls) == number:
        os._exit(9)
    return real(*given, **more)
setattr(transaction, name, step)
old, new = eval(sys.argv[4]), eval(sys.argv[5])
apply_changes(root, [Change(root / n, data, old.get(n)) for n, data in new.items()])
"""


@pytest.mark.parametrize(
    ("name", "number", "state"),
    [
        *(("prepare", n, OLD) for n in range(1, 5)),
        ("write_atomic", 1, OLD),
        *(("put_in_place", n, NEW) for n in range(1, 5)),
    ],
)
def test_whoever_is_killed_leaves_the_old_state_or_the_new(
    root: Path, name: str, number: int, state: Files
) -> None:
    command = [sys.executable, "-c", KILLED, str(root), name, str(number), repr(OLD), repr(NEW)]
    assert subprocess.run(command, check=False).returncode == 9
    recover(root)
    assert {k: v for k, v in files(root).items() if not k.endswith(".tmp")} == state
    if state is NEW:
        assert files(root) == NEW
    else:
        apply_changes(root, changes(root))  # and nothing is in its way


def test_a_file_that_somebody_changed_after_the_kill_stays_theirs(root: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(root), "put_in_place", "1", repr(OLD), repr(NEW)]
    subprocess.run(command, check=False)
    (root / "sources.lock").write_bytes(b"edited")
    recover(root)
    assert files(root) == {**NEW, "sources.lock": b"edited"}


@pytest.mark.parametrize(
    "journal",
    [
        b"", b"[", b"{}", b"null", b"[1]", b'[["a"]]',
        json.dumps([["../x", ".a.1.tmp", "0", ""]]).encode(),
        json.dumps([["/etc/x", ".a.1.tmp", "0", ""]]).encode(),
        json.dumps([["x", "../.a.1.tmp", "0", ""]]).encode(),
        json.dumps([["x", "references.bib", "0", ""]]).encode(),
        json.dumps([[1, 2, 3, 4]]).encode(),
    ],
)  # fmt: skip
def test_a_journal_that_is_not_ours_does_nothing(root: Path, journal: bytes) -> None:
    (root / JOURNAL).parent.mkdir()
    (root / JOURNAL).write_bytes(journal)
    recover(root)
    assert files(root) == OLD
