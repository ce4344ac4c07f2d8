"""What a file system says of files tells whether one may have changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool.system.stamps import fingerprint_of, stamp

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
