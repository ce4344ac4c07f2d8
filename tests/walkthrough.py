"""A page of docs/ that is followed step by step, as its reader would, in an empty folder.

Each ``sh`` block is run by one bash, so that `cd` and `export` last. A block whose info string
names a file (``title="posts/a.md"``) writes it, or with ``append`` adds to it. A ``text`` block
right behind a command is all that it says, on either channel; a line ``⋯`` in it stands for any
lines. A line ``⇒ 1`` at its end is the exit status, which is otherwise 0. What a reader does
elsewhere, in a browser say, stands in a comment, ``<!-- meanwhile: NAME -->``; the test says how.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

BLOCK = re.compile(
    r"^```(\w+)([^\n]*)\n(.*?)^```$|^<!-- meanwhile: ([^\n]+) -->$", re.MULTILINE | re.DOTALL
)
FILE = re.compile(r'title="([^"]+)"')
STATUS = re.compile(r"^⇒ (\d+)\n", re.MULTILINE)
CUT = "⋯\n"
SOURCE = Path(__file__).parents[1] / "src"
COMMITS = {"NAME": "Anna", "EMAIL": "anna@example.org", "DATE": "2026-11-26T12:00:00Z"}
"""Who commits, and when: pages show it."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that the reader of a page does."""

    do: str
    """Shell commands, or the text of a file."""
    file: str = ""
    append: bool = False
    shown: tuple[int, int] | None = None
    """Where the page has what the commands say: code points from its beginning."""


def steps(page: str, elsewhere: Mapping[str, str]) -> list[Step]:
    """Return what a page tells its reader to do, in order."""
    found: list[Step] = []
    for block in BLOCK.finditer(page):
        language, info, text, meanwhile = block.groups()
        file = FILE.search(info or "")
        if meanwhile:
            found.append(Step(elsewhere[meanwhile]))
        elif file:
            found.append(Step(text, file.group(1), "append" in info))
        elif language == "sh":
            found.append(Step(text))
        elif language == "text":
            assert found, "nothing is done before the first output"
            assert not found[-1].file, f"no command before what is shown: {text}"
            found[-1] = replace(found[-1], shown=block.span(3))
    return found


def followed(
    page: str,
    folder: Path,
    stand_ins: Mapping[str, str],
    elsewhere: Mapping[str, str] | None = None,
) -> str:
    """Return a page with what its commands said when they were run in the folder's `work`.

    What the page has only for show is replaced by its stand-in before a step is taken, and put back
    in what is said. `elsewhere` has the shell commands for what the reader does elsewhere, by name.
    Fails where a status is another than the page says.
    """
    (folder / "work").mkdir(exist_ok=True)
    script, done = ["set -u"], steps(page, elsewhere or {})
    for number, step in enumerate(done):
        text = step.do
        for show, real in stand_ins.items():
            text = text.replace(show, real)
        step_file = folder / f"step-{number}"
        step_file.write_text(text, encoding="utf-8")
        script.append(command(step, step_file))
    bash(script, folder)
    return "".join(written(page, done, folder, stand_ins))


def command(step: Step, file: Path) -> str:
    """Return the line of the script that takes one step."""
    if step.file:
        sign = ">>" if step.append else ">"
        name = shlex.quote(step.file)
        return f"mkdir -p $(dirname {name}); cat {file} {sign} {name}"
    return f". {file} > {file}.said 2>&1 < /dev/null; echo $? > {file}.status"


def bash(script: list[str], folder: Path) -> None:
    """Run a script with the `pubtool` of this tree and a terminal 80 columns wide."""
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "pubtool"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pubtool "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "PYTHONPATH": str(SOURCE), "COLUMNS": "80"}
    env |= {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in COMMITS.items()
    }
    subprocess.run(
        ["bash", "-c", "\n".join(script)], cwd=folder / "work", env=env, check=True, timeout=110
    )


def written(
    page: str, done: list[Step], folder: Path, stand_ins: Mapping[str, str]
) -> Iterator[str]:
    """Yield the page piece by piece, what was said in place of what it shows."""
    upto = 0
    for number, step in enumerate(done):
        if step.file:
            continue
        said = (folder / f"step-{number}.said").read_text(encoding="utf-8")
        for show, real in stand_ins.items():
            said = said.replace(real, show)
        status = int((folder / f"step-{number}.status").read_text(encoding="utf-8"))
        start, end = step.shown or (0, 0)
        shown = page[start:end]
        wanted = STATUS.search(shown)
        assert status == (int(wanted.group(1)) if wanted else 0), f"{step.do}{said}"
        if step.shown:
            yield page[upto:start]
            body = STATUS.sub("", shown)
            yield (body if alike(body, said) else said) + (wanted.group() if wanted else "")
            upto = end
    yield page[upto:]


def alike(shown: str, said: str) -> bool:
    """Whether a page shows what was said, its cuts filled in."""
    parts = [re.escape(part) for part in shown.split(CUT)]
    return re.fullmatch("(?:.*\n)*?".join(parts), said) is not None


def upto_heading(page: str, heading: str) -> str:
    """Return a page as far as a heading, which need be there."""
    before, found, _ = page.partition(f"\n## {heading}\n")
    assert found, f"no heading {heading}"
    return before
