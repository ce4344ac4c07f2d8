"""Many posts: the same report from any number of processes, whatever happens to them meanwhile."""

from __future__ import annotations

import json
import multiprocessing
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from pubtool.cli.terminal import progress_line
from pubtool.model import PostReport
from pubtool.pipeline import check, checking, find_project
from pubtool.system.config import Project

BIBLIOGRAPHY = "@misc{lincoln1863, author = {Lincoln, Abraham}, title = {Gettysburg Address}}\n"
SOURCE = "The brave men, living and dead, who struggled here, have consecrated it.\n"
POST = "---\ntitle: {n}\ndate: 2026-01-01\n---\n\nLincoln: “{said}” [@lincoln1863].\n"
TRUE, FALSE = "the brave men, living and dead", "the brave men, loving and dead"
COMMAND = (sys.executable, "-m", "pubtool", "check")


def make(root: Path, posts: int) -> Path:
    for name in ("posts", "sources"):
        (root / name).mkdir(parents=True)
    (root / "pubtool.toml").write_text("", encoding="utf-8")
    (root / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (root / "sources" / "lincoln1863.txt").write_text(SOURCE, encoding="utf-8")
    for n in range(posts):
        text = POST.format(n=n, said=FALSE if n % 3 == 0 else TRUE)
        (root / "posts" / f"{n:03}.md").write_text(text, encoding="utf-8")
    (root / "posts" / "001.md").write_bytes(b"no UTF-8: \xff")
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "project", 9)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], cwd=root, capture_output=True, check=False)


def remembered(root: Path) -> int:
    """Return how many verdicts the cache holds."""
    path = root / ".pubtool" / "cache.sqlite"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as cache:
            query = "SELECT count(*) FROM entry WHERE kind = 'verdicts'"
            return int(cache.execute(query).fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_any_number_of_processes_gives_the_same_bytes(project: Path, form: str) -> None:
    outputs = []
    for jobs in ("1", "2", "2", "1"):  # the third and the fourth run find all remembered
        outputs.append(run(project, "--jobs", jobs, "--format", form))
        if len(outputs) == 1:
            (project / ".pubtool" / "cache.sqlite").unlink()
    assert {done.returncode for done in outputs} == {2}, outputs[0].stderr
    assert len({done.stdout for done in outputs}) == 1
    assert {done.stderr for done in outputs} == {b""}
    assert b"001.md" in outputs[0].stdout


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_cache_is_made_anew(project: Path, damage: bytes) -> None:
    cold = run(project, "--format", "json").stdout
    (project / ".pubtool" / "cache.sqlite").write_bytes(damage)
    assert run(project, "--format", "json").stdout == cold
    assert remembered(project) == 8


def test_two_runs_at_once_lose_nothing(project: Path) -> None:
    command = [*COMMAND, "--jobs", "2", "--format", "json"]
    runs = [subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE) for _ in "ab"]
    first, second = (each.communicate(timeout=100)[0] for each in runs)
    assert first == second
    assert json.loads(first)["summary"]["posts"] == 8
    assert remembered(project) == 8


def test_one_edited_post_costs_only_itself(project: Path) -> None:
    told: list[tuple[int, int]] = []
    check(find_project(project))
    edited = project / "posts" / "002.md"
    edited.write_text(edited.read_text("utf-8") + "\nMore.\n", encoding="utf-8")
    check(find_project(project), progress=lambda done, total: told.append((done, total)))
    assert told == [(8, 9), (9, 9)]


def test_verdicts_on_a_source_that_was_changed_meanwhile_are_not_kept_for_the_old_one(
    project: Path,
) -> None:
    source = project / "sources" / "lincoln1863.txt"
    alone = check(find_project(project))
    (project / ".pubtool" / "cache.sqlite").unlink()

    def change(done: int, total: int) -> None:  # first told before a worker starts
        source.write_text(SOURCE.replace("living", "loving"), encoding="utf-8")

    assert check(find_project(project), jobs=2, progress=change) != alone
    source.write_text(SOURCE, encoding="utf-8")
    assert check(find_project(project)) == alone


# --- Killed and stopped ---------------------------------------------------------------------------


def test_a_worker_that_is_killed_loses_nothing(project: Path) -> None:
    alone = check(find_project(project))
    (project / ".pubtool" / "cache.sqlite").unlink()
    victims: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if not victims and (working := multiprocessing.active_children()):
            victims.append(working[0].pid or 0)
            os.kill(victims[0], signal.SIGKILL)

    assert check(find_project(project), jobs=2, progress=kill_one) == alone
    assert victims


@contextmanager
def mortal(project: Project) -> Iterator[Callable[[Any], checking._Judged | str]]:
    """A worker that is killed by one of the posts, as by a system short of memory."""
    with real_checker(project) as do:

        def judge(post: Any) -> checking._Judged | str:
            if "003" in post.name:
                os.kill(os.getpid(), signal.SIGKILL)
            return do(post)

        yield judge


real_checker = checking._checker


def test_a_post_that_kills_its_workers_is_an_error(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_checker", mortal)
    report = check(find_project(project), jobs=2)
    assert len(report.posts) == 7
    assert all(isinstance(post, PostReport) for post in report.posts)
    unread, lost = report.errors
    assert "001.md" in unread
    assert lost.startswith("posts/003.md: not checked: the process that checked it was killed")


@pytest.fixture
def _heard() -> Iterator[None]:
    """Let child processes hear Ctrl-C, also where the tests run in a shell's background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heard")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_was_judged(tmp_path: Path, jobs: str) -> None:
    root = make(tmp_path / "project", 400)
    running = subprocess.Popen(
        [*COMMAND, "--jobs", jobs],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while not remembered(root):
        assert running.poll() is None
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all of its processes at once
    output, said = running.communicate(timeout=60)
    assert (running.returncode, output, said) == (130, b"", b"pubtool: stopped\n")
    assert 0 < remembered(root) < 399
    gone(running.pid)
    last = run(root).stdout.decode().splitlines()[-1]
    assert last.startswith("399 quotations in 399 posts (1 other could not be read): 399 checked")
    assert remembered(root) == 399


def gone(group: int) -> None:
    """Wait until no process of the group is left; the test's time limit is what fails."""
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)


# --- The progress ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "total", "checked", "seconds", "line"),
    [
        (0, 9, 0, 0.0, "[0/9]"),
        (340, 10_000, 40, 20.0, "[340/10000] 2.0 posts/s, 1 h 20 min left"),
        (50, 100, 50, 1.0, "[50/100] 50 posts/s, 1 s left"),
        (50, 200, 50, 50.0, "[50/200] 1.0 posts/s, 2 min 30 s left"),
        (200, 200, 50, 50.0, "[200/200] 1.0 posts/s, 0 s left"),
    ],
)
def test_the_progress_says_how_long_it_will_be(
    done: int, total: int, checked: int, seconds: float, line: str
) -> None:
    assert progress_line(done, total, checked, seconds) == line


def on_a_terminal(root: Path, *arguments: str) -> bytes:
    """Return what a run writes to standard error where that is a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pubtool", *arguments]
    subprocess.run(command, cwd=root, stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 4096):
            said += part
    except OSError:  # how a terminal ends on Linux
        pass
    finally:
        os.close(ours)
    return said


def test_the_progress_is_drawn_on_a_terminal_and_cleared(project: Path) -> None:
    said = on_a_terminal(project, "check")
    assert said.startswith(b"\r\x1b[K[1/9]")
    assert said.endswith(b"\r\x1b[K")
    assert on_a_terminal(project, "check") == b""  # all is remembered


def test_a_quiet_run_draws_nothing(project: Path) -> None:
    assert on_a_terminal(project, "-q", "check") == b""
