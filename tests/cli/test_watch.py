"""`check --watch`, run as a user runs it: a report after each change, until Ctrl-C."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1] / "projects" / "cli-clean"
PATIENCE = 60


class Watched:
    """A running `check --watch` whose reports are read as they come."""

    def __init__(self, process: subprocess.Popen[str], out: Path, err: Path) -> None:
        self.process, self.out, self.err = process, out, err

    def wait_for(self, count: int, what: str = " quotation") -> str:
        """Wait until so many reports have ended, and return all that was printed."""
        deadline = time.monotonic() + PATIENCE
        while (text := self.out.read_text()).count(what) < count:
            assert self.process.poll() is None, self.err.read_text()
            assert time.monotonic() < deadline, text
            time.sleep(0.05)
        return text

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def watching(project: Path, *options: str) -> Iterator[Watched]:
    out, err = project.parent / "out", project.parent / "err"
    command = [sys.executable, "-m", "pubtool", "--project", str(project), "check", "--watch"]
    with out.open("w") as stdout, err.open("w") as stderr:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored here
        process = subprocess.Popen([*command, *options], stdout=stdout, stderr=stderr, text=True)
        signal.signal(signal.SIGINT, before)
    try:
        yield Watched(process, out, err)
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT, tmp_path / "project")
    return tmp_path / "project"


def replace_file(path: Path, text: str) -> None:
    """Save as editors do: a new file takes the old one's place."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text)
    new.replace(path)


def test_one_report_a_change_and_ctrl_c_ends_it(project: Path) -> None:
    with watching(project) as watched:
        watched.wait_for(1)
        post = next((project / "posts").glob("*.md"))
        replace_file(post, post.read_text().replace("struggled", "fought"))
        said = watched.wait_for(2)
        assert "error[Q" in said
        replace_file(project / "posts" / "another.md", "Words of my own.\n")
        assert "in 2 posts" in watched.wait_for(3)
        (project / "posts" / "another.md").unlink()
        assert "in 1 post:" in watched.wait_for(4).rpartition("in 2 posts")[2]
        assert watched.stop() == 130
        assert watched.out.read_text().count(" quotation") == 4
        assert watched.err.read_text() == "pubtool: stopped\n"
        assert "\x1b" not in watched.out.read_text()


def test_a_changed_source_is_read_again(project: Path) -> None:
    with watching(project, "--format", "json") as watched:
        watched.wait_for(1, "\n}\n")
        source = next((project / "sources").iterdir())
        replace_file(source, "Quite other words stand here now, and none of them is quoted.\n")
        reports = watched.wait_for(2, "\n}\n").replace("\n}\n", "\n}\n\0").split("\0")
        errors = [json.loads(each)["summary"]["findings"]["error"] for each in reports[:2]]
        assert [count > 0 for count in errors] == [False, True]


def test_what_is_half_saved_is_no_error_but_what_stays_broken_is(project: Path) -> None:
    with watching(project) as watched:
        watched.wait_for(1)
        post = next((project / "posts").glob("*.md"))
        whole = post.read_bytes()
        post.write_bytes(whole + b"\xff")
        time.sleep(0.2)  # it is given a second to be whole
        post.write_bytes(whole + b"\nA line more.\n")
        said = watched.wait_for(2)
        assert "not UTF-8" not in said
        (project / "pubtool.toml").write_text("x = [")
        deadline = time.monotonic() + PATIENCE
        while "pubtool.toml:1" not in watched.err.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        (project / "pubtool.toml").write_text("")
        watched.wait_for(3)
        assert watched.stop() == 130


def test_the_report_goes_to_the_file_that_was_named(project: Path) -> None:
    report = project.parent / "report.html"
    with watching(project, "--format", "html", "--output", str(report)) as watched:
        deadline = time.monotonic() + PATIENCE
        while not report.exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert watched.stop() == 130
        assert watched.out.read_text() == ""


@pytest.mark.parametrize("other", ["--stdin-filename=posts/a.md", "--scheduler=tcp://a:1"])
def test_what_is_not_in_files_cannot_be_watched(other: str, project: Path) -> None:
    command = [sys.executable, "-m", "pubtool", "--project", str(project), "check", "--watch"]
    done = subprocess.run([*command, other], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--watch looks at the project's files" in done.stderr
