"""What the three shells offer, asked of the real ones: tests/system-needs.sh installs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TOML = '[sites.blog]\nurl = "https://blog.example"\n\n[sites.journal]\nurl = "https://j.example"\n'
BIB = "@string{x = {y}}\n@book{kunze2010, title={A}}\n @treaty{ un2000 ,\n title={B}}\n% @book{no\n"

BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 ))
_pubtool_completion pubtool
printf '%s\\n' "${COMPREPLY[@]}"
"""

ZSH = """
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT='ready> '; fpath=('$1' \\$fpath)"
zpty -w shell "autoload -Uz compinit; compinit -u -d '$1/dump'"
zpty -w shell "zstyle ':completion:*' list-prompt ''; LISTMAX=0; stty columns 200; print be''gun"
zpty -r shell seen '*begun*'
zpty -w -n shell "$2"$'\\t'
sleep 1.5
zpty -w -n shell $'\\t'
sleep 1.5
while zpty -r -t shell seen; do print -r -- "$seen"; done
zpty -d shell
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with two posts, two sources and two sites."""
    folder = tmp_path / "a project"
    (folder / "posts" / "part").mkdir(parents=True)
    (folder / "posts" / "first post.md").write_text("Words.\n")
    (folder / "posts" / "part" / "second.md").write_text("Words.\n")
    (folder / "posts" / ".hidden.md").write_text("")
    (folder / "pubtool.toml").write_text(TOML)
    (folder / "references.bib").write_text(BIB)
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which `pubtool` is this one."""
    home = folder.parent / "bin"
    home.mkdir(exist_ok=True)
    command = home / "pubtool"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pubtool "$@"\n')
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{home}:{os.environ['PATH']}", "HOME": str(folder.parent)}


def run(command: list[str], project: Path) -> str:
    done = subprocess.run(
        command, cwd=project, env=environment(project), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not done.stderr.strip()
    return done.stdout


def script(shell: str, project: Path) -> Path:
    """Write what `pubtool completion` prints to where the shell finds it."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell}; tests/system-needs.sh installs it where it can")
    folder = project.parent / shell
    folder.mkdir(exist_ok=True)
    path = folder / "_pubtool"
    path.write_text(run(["pubtool", "completion", shell], project))
    return path


def ask_bash(project: Path, *words: str) -> list[str]:
    path = script("bash", project)
    return run(["bash", "--norc", "-c", BASH, "bash", str(path), *words], project).splitlines()


def ask_fish(project: Path, *words: str) -> list[str]:
    path = script("fish", project)
    line = " ".join(words)
    asked = run(["fish", "--no-config", "-c", 'source $argv[1]; complete -C "$argv[2]"',
                 str(path), line], project)  # fmt: skip
    return [offer.partition("\t")[0] for offer in asked.splitlines()]


Ask = Callable[..., list[str]]
ASKED: list[Ask] = [ask_bash, ask_fish]


@pytest.mark.parametrize("ask", ASKED, ids=["bash", "fish"])
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("ex",), ["explain"]),
        (("explain", "q10"), []),
        (("explain", "Q13"), ["Q131", "Q132", "Q133"]),
        (("check", "--select", "Q13"), ["Q131", "Q132", "Q133"]),
        (("check", "--format", "j"), ["json", "junit"]),
        (("sources", "sh"), ["show"]),
        (("sources", "show", ""), ["kunze2010", "un2000"]),
        (("publish", "b"), ["blog"]),
        (("pull", ""), ["blog", "journal"]),
        (("check", "posts/p"), ["posts/part/second.md"]),
        (("evidence", "posts/p"), ["posts/part/second.md"]),
        (("waivers", "posts/p"), ["posts/part/second.md"]),
        (("pull", "blog", "posts/p"), ["posts/part/second.md"]),
        (("sources", "add", "a.pdf", "--key", "k"), ["kunze2010"]),
        (("build", "--to", "e"), ["epub"]),
        (("styles", "chicago-notes-b"), None),
        (("completion", ""), ["bash", "zsh", "fish"]),
    ],
)
def test_the_shell_is_offered(
    ask: Ask, words: tuple[str, ...], offered: list[str] | None, project: Path
) -> None:
    found = ask(project, "pubtool", *words)
    if offered is None:
        assert "chicago-notes-bibliography" in found
    elif words == ("explain", "q10"):
        assert "Q101" in found or found == []  # fish drops what is spelt otherwise
    else:
        assert sorted(found) == sorted(offered)


def test_bash_gets_a_backslash_before_what_is_special_to_it(project: Path) -> None:
    assert ask_bash(project, "pubtool", "check", "posts/f") == [r"posts/first\ post.md"]


def test_bash_goes_on_behind_a_comma(project: Path) -> None:
    offered = ask_bash(project, "pubtool", "check", "--ignore", "Q2,Q13")
    assert offered == [r"Q2,Q131", r"Q2,Q132", r"Q2,Q133"]
    assert ask_bash(project, "pubtool", "build", "--to", "html,e") == ["html,epub"]


def test_the_project_is_the_one_that_the_line_names(project: Path) -> None:
    words = ["pubtool", "--project", project.name.replace(" ", r"\ "), "sources", "show", "k"]
    path = script("bash", project)
    done = subprocess.run(
        ["bash", "--norc", "-c", BASH, "bash", str(path), *words], cwd=project.parent,
        env=environment(project), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["kunze2010"]


@pytest.mark.parametrize("words", [("sources", "show", ""), ("check", "posts/"), ("pull", "")])
def test_outside_a_project_nothing_is_offered_and_nothing_said(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert [offer for offer in ask_bash(tmp_path / "empty", "pubtool", *words) if offer] == []


def test_zsh_lists_what_fits_with_its_title(project: Path) -> None:
    folder = script("zsh", project).parent
    seen = run(["zsh", "-f", "-c", ZSH, "zsh", str(folder), "pubtool explain Q13"], project)
    assert "Q131" in seen
    assert "Q132" in seen
    assert "a bracketed change does not fit the source" in seen
