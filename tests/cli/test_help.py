"""Help is short, fits 80 columns and says what the commands themselves say."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from pubtool.cli import COMMANDS, program

COMMAND_LINES = [
    [],
    *([name] for name in COMMANDS),
    *(["sources", name] for name in ("list", "show", "add", "verify")),
]


@pytest.mark.parametrize("command", COMMAND_LINES, ids=" ".join)
def test_help_fits_80_columns(command: list[str]) -> None:
    result = CliRunner().invoke(program, [*command, "--help"], prog_name="pubtool")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Usage: pubtool")
    assert max(map(len, result.output.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_command_says(name: str) -> None:
    command = program.get_command(click.Context(program), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").splitlines()[0] == COMMANDS[name][1]


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["check", "--format", "xml"], ["-q", "-v", "doctor"], ["check", "--select", "X1"],
     ["build", "--to", "odt"], ["--project", "no/such/folder", "check"],
     ["check", "posts/a.md", "--stdin-filename", "posts/b.md"]],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_command_line_ends_with_status_2_and_says_why(arguments: list[str]) -> None:
    result = CliRunner().invoke(program, arguments, prog_name="pubtool")
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "-v", "blog.xml"], "-v stands before the command: `pubtool -v import`"),
        (
            ["check", "--project", "x"],
            "stands before the command: `pubtool --project … check`",
        ),
    ],
)
def test_an_option_of_the_program_is_shown_its_place(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(program, arguments, prog_name="pubtool")
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("arguments", "near"),
    [(["chek"], "check"), (["source"], "sources"), (["sources", "ad"], "add")],
)
def test_a_mistyped_command_gets_the_nearest_one(arguments: list[str], near: str) -> None:
    result = CliRunner().invoke(program, arguments, prog_name="pubtool")
    assert result.exit_code == 2
    assert f"Did you mean {near!r}?" in result.stderr
