"""Starting is quick: what a command does not need is not loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "bibtexparser", "breame", "jsonschema", "lxml", "pypandoc", "pypdfium2", "rapidfuzz",
    "spellchecker", "trafilatura", "typst", "yaml",
}  # fmt: skip


def loaded(*arguments: str) -> set[str]:
    """Return the modules that a fresh interpreter loads for these arguments."""
    command = [sys.executable, "-X", "importtime", "-m", "pubtool", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def test_the_help_loads_click_and_the_command_line_alone() -> None:
    modules = loaded("--help")
    assert not {name.partition(".")[0] for name in modules} & HEAVY
    ours = {name for name in modules if name.startswith("pubtool")}
    assert {name for name in ours if not name.startswith("pubtool.errors")} == {
        "pubtool", "pubtool.cli", "pubtool.cli.group", "pubtool.cli.options",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["check", "build", "explain", "sources", "new", "init"])
def test_the_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    assert not {name.partition(".")[0] for name in loaded(command, "--help")} & HEAVY
