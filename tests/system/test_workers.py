"""Workers: each piece is done once, in any order, and none is lost without a word."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pubtool.errors import NoProject, PubtoolError
from pubtool.system.workers import Lost, work

Do = Callable[[str], str]


@contextmanager
def begin(folder: Path) -> Iterator[Do]:
    """A worker that obeys: ``die``, ``die once``, ``fail``, ``lack``, or says the word back."""
    yield lambda piece: obey(folder, piece)


def obey(folder: Path, piece: str) -> str:
    if piece == "die" or (piece == "die once" and not (folder / "died").exists()):
        (folder / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if piece == "fail":
        raise ZeroDivisionError("by nought")
    if piece == "lack":
        raise NoProject(folder)
    return piece.upper()


@contextmanager
def begin_badly(folder: Path) -> Iterator[Do]:
    raise NoProject(folder)
    yield str


@contextmanager
def begin_dead(folder: Path) -> Iterator[Do]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield str


def results(folder: Path, *pieces: str, jobs: int = 2) -> list[str | Lost]:
    with closing(work(begin, folder, pieces, jobs)) as found:
        by_place = dict(found)
    assert sorted(by_place) == list(range(len(pieces)))
    return [by_place[place] for place in range(len(pieces))]


@pytest.fixture(autouse=True)
def nobody_is_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_piece_is_done_once(tmp_path: Path, jobs: int) -> None:
    assert results(tmp_path, "a", "b", "c", jobs=jobs) == ["A", "B", "C"]


def test_nothing_to_do_starts_nobody(tmp_path: Path) -> None:
    assert results(tmp_path) == []


def test_a_piece_whose_worker_was_killed_is_done_by_another(tmp_path: Path) -> None:
    assert results(tmp_path, "a", "die once", "b") == ["A", "DIE ONCE", "B"]


def test_a_piece_that_kills_its_workers_is_named_and_harms_no_other(tmp_path: Path) -> None:
    assert results(tmp_path, "a", "die", "b", "c") == ["A", Lost.KILLED, "B", "C"]


def test_workers_that_cannot_even_begin_are_not_started_for_ever(tmp_path: Path) -> None:
    assert dict(work(begin_dead, tmp_path, ["a", "b"], 2)) == {0: Lost.KILLED, 1: Lost.KILLED}


def test_a_fault_of_the_users_keeps_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(PubtoolError) as raised:
        results(tmp_path, "a", "lack")
    assert str(raised.value) == str(NoProject(tmp_path))
    with pytest.raises(PubtoolError) as raised:
        list(work(begin_badly, tmp_path, ["a"], 1))
    assert str(raised.value) == str(NoProject(tmp_path))


def test_a_bug_of_ours_keeps_its_name_and_its_trace(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"^by nought") as raised:
        results(tmp_path, "fail")
    assert type(raised.value).__name__ == "ZeroDivisionError"
    assert "in obey" in "".join(raised.value.__notes__)


def test_who_closes_early_leaves_nobody_behind(tmp_path: Path) -> None:
    found = work(begin, tmp_path, [str(number) for number in range(1000)], 2)
    next(found)
    found.close()
