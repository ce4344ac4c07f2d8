"""Starting is quick: what a command does not need is not loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "PIL", "bibtexparser", "breame", "jinja2", "jsonschema", "lxml", "nh3", "pypandoc", "pypdfium2",
    "rapidfuzz", "spellchecker", "starlette", "trafilatura", "typst", "uvicorn", "yaml",
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
        "pubtool", "pubtool.cli", "pubtool.cli.group", "pubtool.cli.options", "pubtool.cli.streams",
    }  # fmt: skip


@pytest.mark.parametrize(
    "command", ["check", "build", "serve", "verify", "explain", "sources", "new", "init"]
)
def test_the_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    assert not {name.partition(".")[0] for name in loaded(command, "--help")} & HEAVY


ALL = ["build", "--to", "html,pdf,epub,docx,wordpress"]


@pytest.mark.parametrize("arguments", [["check"], ALL], ids=["check", "build"])
def test_a_project_that_has_not_changed_loads_nothing_heavy(
    arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_text("---\nstatus: publish\n---\n\nWords.\n")
    (tmp_path / "references.bib").write_text("")
    whole = ["--project", str(tmp_path), *arguments]
    loaded(*whole)
    assert not {name.partition(".")[0] for name in loaded(*whole)} & {*HEAVY, "numpy"}


NOT_FOR_AN_EDIT = (
    "PIL", "bibtexparser", "breame", "jsonschema", "lxml", "nh3", "pypandoc", "pypdfium2",
    "rapidfuzz", "spellchecker", "starlette", "trafilatura", "typst", "uvicorn", "multiprocessing",
    "asyncio", "urllib.request", "pubtool.system.network", "pubtool.system.workers",
    "pubtool.publishers", "pubtool.readers.bibtex", "pubtool.readers.bibliography",
    "pubtool.readers.sources.read",
    "pubtool.writers.wordpress", "pubtool.writers.pdf", "pubtool.writers.epub",
    "pubtool.writers.docx",
    "pubtool.server", "pubtool.lsp",
)  # fmt: skip
"""What neither checking one post nor writing its page needs, where it shows no image."""


def test_an_edited_post_loads_nothing_of_what_it_does_not_need(tmp_path: Path) -> None:
    for folder in ("posts", "sources"):
        (tmp_path / folder).mkdir()
    (tmp_path / "references.bib").write_text("@book{ann, title={A}, author={Ann, A}, year={1900}}")
    (tmp_path / "sources" / "ann.txt").write_text("Whatever is said of it, a rose is a rose again.")
    post = tmp_path / "posts" / "a.md"
    post.write_text('---\nstatus: publish\n---\n\nShe wrote "a rose is a rose" [@ann, 1].\n')
    whole = ["--project", str(tmp_path), "build", "--to", "html"]
    loaded(*whole)
    post.write_text(f"{post.read_text()}\nMore.\n")
    modules = loaded(*whole)
    assert "pubtool.checker.check" in modules
    assert "pubtool.writers.html.rendering" in modules
    needless = [
        name for name in modules for top in NOT_FOR_AN_EDIT if f"{name}.".startswith(f"{top}.")
    ]
    assert not needless
