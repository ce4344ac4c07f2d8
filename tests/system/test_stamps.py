"""What a file system says of files tells whether one may have changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool.system import stamps
from pubtool.system.stamps import fingerprint_below, fingerprint_of, stamp

LONG_AGO = 1_000_000_000_000_000_000


def write(path: Path, text: str, at: int = LONG_AGO) -> Path:
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(at, at))
    return path


def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock go on, so that what was just written was written long ago."""
    later = time.time_ns() + 60_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a letter more": lambda path: write(path, "words!"),
    "the same size": lambda path: write(path, "sword", LONG_AGO + 1),
    "another file in its place": lambda path: write(path.with_name("new"), "words").replace(path),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, other = write(tmp_path / "a", "words"), write(tmp_path / "b", "others")
    settled(monkeypatch)
    before = fingerprint_of([path, other])
    assert before is not None
    assert before == fingerprint_of([path, other])
    CHANGES[change](path)
    assert fingerprint_of([path, other]) != before


def test_the_order_and_the_names_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, other = write(tmp_path / "a", "words"), write(tmp_path / "b", "words")
    settled(monkeypatch)
    found = {fingerprint_of(paths) for paths in ([path, other], [other, path], [path], [])}
    assert len(found) == 4


def test_nothing_is_said_of_a_file_that_has_just_changed(tmp_path: Path) -> None:
    assert fingerprint_of([write(tmp_path / "a", "words")]) is None


def test_a_stamp_tells_a_file_that_was_written_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a", "words")
    before = stamp(path)
    assert before == stamp(path)
    assert before != stamp(write(path, "sword", LONG_AGO + 1))
    assert stamp(tmp_path / "none") == (0, 0)


# --- Whole folders --------------------------------------------------------------------------------


def link(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


BELOW: dict[str, Callable[[Path], object]] = {
    "a letter": lambda root: write(root / "in" / "a", "sword", LONG_AGO + 1),
    "another file in its place": lambda root: write(root / "b", "words").replace(root / "in" / "a"),
    "gone": lambda root: (root / "in" / "a").unlink(),
    "a file more": lambda root: write(root / "in" / "new", ""),
    "a hidden file more": lambda root: write(root / ".new", ""),
    "an empty folder more": lambda root: (root / "in" / "new").mkdir(),
    "another name": lambda root: (root / "in" / "a").rename(root / "in" / "b"),
    "a link to another file": lambda root: link(root / "link", root.parent / "two"),
    "what a link leads to": lambda root: write(root.parent / "one", "sword", LONG_AGO + 1),
    "what a folder holds that a link leads to": lambda root: write(root.parent / "far" / "b", "b"),
    "a link to what was not there": lambda root: write(root.parent / "later", "b"),
}


def below(root: Path) -> str | None:
    return fingerprint_below([root], [root / "left-out"])


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "root"
    for name in ("root/in", "root/left-out", "far"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("root/in/a", "root/left-out/a", "one", "two", "far/a"):
        write(tmp_path / name, "words")
    for name, target in (("link", "one"), ("far", "far"), ("loop", "root"), ("none", "later")):
        (root / name).symlink_to(tmp_path / target)
    settled(monkeypatch)
    return root


@pytest.mark.parametrize("change", BELOW)
def test_a_change_below_a_folder_is_seen(change: str, root: Path) -> None:
    before = below(root)
    assert before is not None
    assert below(root) == before
    BELOW[change](root)
    assert below(root) != before


def test_what_is_left_out_does_not_count(root: Path) -> None:
    before = below(root)
    write(root / "left-out" / "a", "other words")
    assert below(root) == before


def test_nothing_is_said_of_a_folder_where_something_has_just_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = (root / "in" / "a").stat().st_ctime_ns
    monkeypatch.setattr(time, "time_ns", lambda: newest + 1_000_000_000)
    assert below(root) is None


def test_nothing_is_said_of_a_folder_that_cannot_be_looked_at(root: Path) -> None:
    assert fingerprint_below([root / "no such"]) is None


def test_nothing_is_said_of_too_many_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "MOST", 3)
    assert below(root) is None
