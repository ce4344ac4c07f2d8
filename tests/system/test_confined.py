"""Confined work ends in time, takes no more than it may, and leaves this process whole."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubtool.system.confined import Confined, Stopped

TASK = "tests.system.confined_tasks:obey"


@pytest.fixture(autouse=True)
def found_by_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parents[2]
    monkeypatch.setenv("PYTHONPATH", f"{root}:{root / 'src'}")


@pytest.fixture
def process() -> Iterator[Confined]:
    process = Confined(memory=1 << 30, seconds=20)
    yield process
    process.close()


def test_bytes_go_there_and_back(process: Confined) -> None:
    assert process.run(TASK, b"abc") == b"ABC"
    assert process.run(TASK, b"x" * 5_000_000) == b"X" * 5_000_000


def test_what_hangs_is_stopped() -> None:
    process = Confined(seconds=3)
    with pytest.raises(Stopped, match="took longer than 3 seconds"):
        process.run(TASK, b"hang")
    assert process.run(TASK, b"next") == b"NEXT"
    process.close()


@pytest.mark.parametrize(
    ("harm", "said"), [(b"crash", "made the parser crash"), (b"fill", "too much memory")]
)
def test_what_ends_the_process_harms_no_other_file(
    process: Confined, harm: bytes, said: str
) -> None:
    with pytest.raises(Stopped, match=said):
        process.run(TASK, harm)
    assert process.run(TASK, b"next") == b"NEXT"


def test_what_fails_for_the_sake_of_an_earlier_file_is_tried_afresh(process: Confined) -> None:
    process.run(TASK, b"before")
    assert process.run(TASK, b"fragile one") == b"FRAGILE ONE"


def test_an_exception_is_a_bug_of_ours(process: Confined) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError: by nought"):
        process.run(TASK, b"fail")


def test_a_parser_that_prints_breaks_nothing(process: Confined) -> None:
    assert process.run(TASK, b"print") == b"PRINT"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bound")
def test_not_a_byte_can_be_written(process: Confined, tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert process.run(TASK, f"write {file}".encode()) == str(errno.EFBIG).encode()
    assert not file.exists() or not file.read_bytes()


def test_the_project_s_folder_is_no_place_to_import_from(
    process: Confined, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "importlib.py").write_text("raise SystemExit")
    (tmp_path / "struct.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert process.run(TASK, b"abc") == b"ABC"
