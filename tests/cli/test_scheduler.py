"""The same report from a cluster: a real Dask scheduler and two workers, on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from pubtool.pipeline import check, find_project

pytest.importorskip("distributed", reason="needs pubtool[dask]")

POSTS = 40
SOURCE = "The brave men, living and dead, who struggled here, have consecrated it.\n"
OTHER = "A cellar keeps the oil cool, and the oil keeps the lamp alight until dawn.\n"
POST = (
    "---\ntitle: {n}\ndate: 2026-01-01\n---\n\nLincoln: “{said}” [@lincoln1863].\n\n"
    "It says: “the oil keeps the lamp alight until noon” [@cellar].\n"
)
TRUE, FALSE = "the brave men, living and dead", "the brave men, loving and dead"
SCHEDULER = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
WORKER = [sys.executable, "-m", "distributed.cli.dask_worker"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in ("posts", "sources"):
        (root / name).mkdir(parents=True)
    (root / "pubtool.toml").write_text("", encoding="utf-8")
    (root / "references.bib").write_text(
        "@misc{lincoln1863, author = {Lincoln, Abraham}, title = {Gettysburg Address}}\n"
        "@misc{cellar, title = {On Cellars}}\n",
        encoding="utf-8",
    )
    (root / "sources" / "lincoln1863.txt").write_text(SOURCE, encoding="utf-8")
    (root / "sources" / "cellar.txt").write_text(OTHER, encoding="utf-8")
    for n in range(POSTS):
        text = POST.format(n=n, said=FALSE if n % 3 == 0 else TRUE)
        (root / "posts" / f"{n:03}.md").write_text(text, encoding="utf-8")
    (root / "posts" / "001.md").write_bytes(b"no UTF-8: \xff")
    return root


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._file = folder / "scheduler.json"
        self._start([*SCHEDULER, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"])
        self.workers = [self._start([*WORKER, *self._worker(n)]) for n in range(2)]

    @property
    def address(self) -> str:
        limit = time.monotonic() + 60
        while not self._file.exists():
            assert time.monotonic() < limit, "no scheduler came up"
            time.sleep(0.05)
        return str(json.loads(self._file.read_text())["address"])

    def _worker(self, number: int) -> list[str]:
        place = str(self._folder / f"worker-{number}")
        return ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", place]

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*command, "--scheduler-file", str(self._file)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    folder.mkdir()
    with ExitStack() as stack:
        yield Cluster(folder, stack)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pubtool", "check", "--format", "json", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, check=False)


def forget(root: Path) -> None:
    for path in (root / ".pubtool").glob("cache.sqlite*"):
        path.unlink()


def test_a_cluster_gives_the_bytes_of_a_local_run(project: Path, tmp_path: Path) -> None:
    alone = run(project, "--jobs", "1")
    assert alone.returncode == 2  # one post is no UTF-8
    forget(project)
    with cluster(tmp_path / "cluster") as running:
        there = run(project, "--scheduler", running.address)
    assert there.stderr == alone.stderr
    assert there.stdout == alone.stdout
    assert run(project, "--jobs", "1").stdout == alone.stdout  # and what it found is remembered


def test_a_worker_that_is_killed_costs_nothing(project: Path, tmp_path: Path) -> None:
    alone = check(find_project(project))
    forget(project)
    with cluster(tmp_path / "cluster") as running:
        seen: list[int] = []

        def kill_one(done: int, total: int) -> None:
            seen.append(done)
            if done == POSTS // 4:
                running.workers[0].kill()

        there = check(find_project(project), scheduler=running.address, progress=kill_one)
        assert running.workers[0].poll() is not None
    assert there == alone
    assert seen == sorted(set(seen))  # each post once


def test_workers_may_fetch_the_index_from_shared_storage(project: Path, tmp_path: Path) -> None:
    alone = run(project, "--jobs", "1")
    forget(project)
    store = tmp_path / "store"
    (project / "pubtool.toml").write_text(f'[check]\ncluster-index = "{store.as_uri()}"\n')
    with cluster(tmp_path / "cluster") as running:
        there = run(project, "--scheduler", running.address)
    assert there.stdout == alone.stdout
    assert [path.suffix for path in store.iterdir()] == [".segment"]


def test_where_no_scheduler_answers_one_sentence_says_so(project: Path) -> None:
    found = run(project, "--scheduler", "tcp://127.0.0.1:1")
    assert found.returncode == 2
    (line,) = found.stderr.decode().splitlines()
    assert "--scheduler tcp://127.0.0.1:1: no Dask scheduler answers" in line
    assert "give the address of a running one" in line


@pytest.mark.parametrize("address", ["nonsense", "udp://127.0.0.1:8786", "tcp://127.0.0.1"])
def test_an_address_that_is_none(project: Path, address: str) -> None:
    found = run(project, "--scheduler", address)
    assert found.returncode == 2
    assert b"Traceback" not in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_it_does_not_go_with_jobs(project: Path) -> None:
    found = run(project, "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2")
    assert found.returncode == 2
    assert b"leave out the other" in found.stderr


def test_a_worker_that_cannot_begin_says_why_in_one_sentence(project: Path, tmp_path: Path) -> None:
    (project / "pubtool.toml").write_text(f'[check]\ncluster-index = "{tmp_path / "none"}"\n')
    with cluster(tmp_path / "cluster") as running:
        found = run(project, "--scheduler", running.address)
    assert found.returncode == 2
    (line,) = found.stderr.decode().splitlines()
    assert ".segment: cannot be read" in line
