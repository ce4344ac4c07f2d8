"""What a user sees when something goes wrong: one line, the right status, no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pubtool.cli import program
from pubtool.cli.group import Program
from pubtool.cli.options import Options
from pubtool.errors import AlreadyThere, typed


@click.command()
def user_fault() -> None:
    raise AlreadyThere("posts/a.md")


@click.command()
def our_bug() -> None:
    raise KeyError("missing")


@click.command()
def interrupted() -> None:
    raise KeyboardInterrupt


@click.command()
def findings() -> None:
    click.get_current_context().exit(1)


class One(Program):
    """A program whose every command is the one."""

    def __init__(self, command: click.Command, verbosity: int) -> None:
        super().__init__(name="pubtool", table={})
        self.only, self.verbosity = command, verbosity

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        ctx.obj = Options(verbosity=self.verbosity)
        return self.only


def run(command: click.Command, verbosity: int) -> Result:
    return CliRunner().invoke(One(command, verbosity), ["it"])


def test_a_fault_of_the_user_is_one_sentence_and_status_2() -> None:
    result = run(user_fault, 1)
    assert result.exit_code == 2
    assert result.stderr == (
        "pubtool: error: posts/a.md: exists already and was left alone; choose another name\n"
    )


def test_a_bug_of_ours_is_called_one_and_keeps_its_traceback_to_itself() -> None:
    result = run(our_bug, 1)
    assert result.exit_code == 2
    assert result.stderr.startswith("pubtool: bug: KeyError: 'missing' (this is a fault of pubtool")
    assert result.stderr.count("\n") == 1


def test_a_bug_of_ours_shows_its_traceback_when_asked() -> None:
    result = run(our_bug, 2)
    assert result.exit_code == 2
    assert "Traceback (most recent call last)" in result.stderr
    assert "in our_bug" in result.stderr


def test_stopping_it_ends_with_status_130_and_one_line() -> None:
    result = run(interrupted, 1)
    assert result.exit_code == 130
    assert result.stderr == "pubtool: stopped\n"


def test_a_status_that_a_command_gives_is_passed_on() -> None:
    assert run(findings, 1).exit_code == 1


@pytest.mark.parametrize("command", [["check"], ["build"], ["config"], ["new", "A title"]])
def test_a_folder_without_a_project_is_said_to_be_one(command: list[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(program, ["--project", str(tmp_path), *command])
    assert result.exit_code == 2
    assert result.stderr.startswith("pubtool: error: ")
    assert "pubtool init" in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    script = f"""
import os
from pubtool.cli.streams import write
write("x" * 1_000_000)
write("more")
open({str(tmp_path / "went-on")!r}, "w").close()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
    assert (tmp_path / "went-on").exists()


PRINTING = [
    (["--help"], 0),
    (["--version"], 0),
    (["check", "--help"], 0),
    (["sources", "add", "--help"], 0),
    (["explain", "Q101"], 0),
]
MESSAGES = [(["nosuch"], 2), (["check", "--nosuch"], 2), (["explain", "Q999"], 2), ([], 2)]


def status_with(
    arguments: list[str], stdout: int = subprocess.DEVNULL, stderr: int = subprocess.PIPE
) -> tuple[int, str]:
    """Return the status of the program, and what it says on standard error."""
    command = [sys.executable, "-m", "pubtool", *arguments]
    done = subprocess.run(command, check=False, stdout=stdout, stderr=stderr)
    return done.returncode, (done.stderr or b"").decode()


@pytest.fixture
def nobody() -> Iterator[int]:
    """Return a pipe whose reader has left."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.fixture
def full() -> Iterator[int]:
    """Return a disk without space."""
    disk = os.open("/dev/full", os.O_WRONLY)
    yield disk
    os.close(disk)


@pytest.mark.parametrize(("arguments", "status"), PRINTING)
def test_a_reader_that_leaves_changes_no_status(
    arguments: list[str], status: int, nobody: int
) -> None:
    assert status_with(arguments, stdout=nobody) == (status, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
@pytest.mark.parametrize(("arguments", "status"), PRINTING)
def test_a_full_disk_is_told_in_a_sentence(arguments: list[str], status: int, full: int) -> None:
    found, said = status_with(arguments, stdout=full)
    assert found == status + 2
    assert said.startswith("pubtool: error: standard output: cannot be written (No space left")
    assert said.count("\n") == 1


@pytest.mark.parametrize(("arguments", "status"), MESSAGES)
def test_a_message_that_nobody_reads_changes_no_status(
    arguments: list[str], status: int, nobody: int
) -> None:
    assert status_with(arguments, stderr=nobody)[0] == status


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
@pytest.mark.parametrize(("arguments", "status"), MESSAGES)
def test_a_message_that_has_no_room_changes_no_status(
    arguments: list[str], status: int, full: int
) -> None:
    assert status_with(arguments, stderr=full)[0] == status


@click.command()
def asks() -> None:
    click.prompt("A password")


def test_ctrl_c_at_a_question_is_a_stop_like_any_other() -> None:
    result = run(asks, 1)  # a question whose answer ends before it begins
    assert result.exit_code == 130
    assert result.stderr == "pubtool: stopped\n"


def test_ctrl_c_while_the_program_is_loaded_is_a_stop_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored here
    try:
        done = subprocess.run(
            [sys.executable, "-c", "from pubtool.__main__ import main; main()"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
            check=False,
            capture_output=True,
            text=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert (done.returncode, done.stderr) == (130, "pubtool: stopped\n")


def test_a_name_with_spaces_is_asked_for_in_quotation_marks() -> None:
    result = CliRunner().invoke(program, ["new", "The", "shortest", "sermon"], prog_name="pubtool")
    assert result.exit_code == 2
    assert "\nTry 'pubtool new --help' for help.\n" in result.stderr
    assert result.stderr.endswith(
        "unexpected extra arguments (shortest sermon); put a name that has spaces in quotation "
        "marks\n"
    )


def test_formats_with_a_blank_between_them_are_asked_for_with_a_comma(tmp_path: Path) -> None:
    (tmp_path / "pubtool.toml").touch()
    result = CliRunner().invoke(
        program, ["--project", str(tmp_path), "build", "--to", "html", "pdf", "epub"]
    )
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "Error: pdf is a format and no post; formats stand together: `--to html,pdf,epub`\n"
    )


def test_a_project_right_below_is_pointed_to(tmp_path: Path) -> None:
    (tmp_path / "essays").mkdir()
    (tmp_path / "essays" / "pubtool.toml").touch()
    result = CliRunner().invoke(program, ["--project", str(tmp_path), "check"])
    assert result.exit_code == 2
    assert result.stderr.endswith("there is one in essays/: go there first, with `cd essays`\n")


@pytest.mark.parametrize(
    ("word", "as_typed"),
    [
        ("essays", "essays"),
        ("Tee/für.md", "Tee/für.md"),
        ("my essays", '"my essays"'),
        ("it's (1)", '"it\'s (1)"'),
        ("C:\\my essays", '"C:\\my essays"'),
        ("a $b", "'a $b'"),
        ("a \\", "'a \\'"),
        ("", '""'),
    ],
)
def test_a_name_in_a_command_is_quoted_as_every_shell_takes_it(word: str, as_typed: str) -> None:
    assert typed("cd", word) == f"cd {as_typed}"
