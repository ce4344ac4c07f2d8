"""git: the only module that asks it, and only who wrote a line and when.

A repository's own settings can make git run programs (a file monitor, hooks, filters and text
converters, a pager, a transport that fetches what is missing). None of that is let happen: the
committed file is asked about, not the one on disk, and its lines are matched with those on disk
here. Whether a repository is to be trusted at all is left to git (``safe.directory``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from difflib import SequenceMatcher
from pathlib import Path

_SECONDS = 30.0
_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "protocol.allow=never",
    "core.pager=cat",
)
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


@dataclass(frozen=True, slots=True)
class Commit:
    """Who wrote a line and when."""

    by: str
    on: str
    """The author's own date, ``2026-05-03``."""


NOT_COMMITTED = Commit("", "")
"""Of a line that no commit has yet."""


def authors(path: Path, text: str) -> tuple[Commit | None, ...]:
    """Return who last wrote each line of a file, whose text on disk is `text`.

    None for a line of which that is not known, since the clone is shallow; nothing at all where
    there is no git, no repository, or one that git refuses to read.
    """
    if _git(path.parent, "rev-parse", "--is-inside-work-tree") is None:
        return ()
    lines = text.split("\n")
    said = _git(
        path.parent, "blame", "--porcelain", "--no-textconv", "--no-progress", "HEAD", "--",
        path.name,
    )  # fmt: skip
    if said is None:  # no commit has the file
        return (NOT_COMMITTED,) * len(lines)
    committed = [*_parse(said)]
    if any(line.edge for line in committed) and not _is_shallow(path.parent):
        committed = [_Line(line.text, line.commit, edge=False) for line in committed]
    found: list[Commit | None] = [NOT_COMMITTED] * len(lines)
    there = [line.text for line in committed]
    here = [line.removesuffix("\r") for line in lines]
    same = SequenceMatcher(None, there, here, autojunk=False)
    for before, now, length in same.get_matching_blocks():
        for at in range(length):
            line = committed[before + at]
            found[now + at] = None if line.edge else line.commit
    return tuple(found)


def user_name(folder: Path) -> str:
    """Return the name that git signs this user's commits with; empty outside of a repository."""
    inside = _git(folder, "rev-parse", "--is-inside-work-tree")
    if inside is None or inside.strip() != "true":
        return ""
    return (_git(folder, "config", "user.name") or "").strip()


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    commit: Commit
    edge: bool
    """Whether it was there before the first commit that is known."""


def _parse(said: str) -> Iterator[_Line]:
    """Yield the lines of ``git blame --porcelain``, which tells of each commit once."""
    known: dict[str, dict[str, str]] = {}
    facts: dict[str, str] = {}
    for line in said.split("\n"):
        if line.startswith("\t"):
            commit = Commit(facts.get("author", ""), _day(facts))
            yield _Line(line[1:].removesuffix("\r"), commit, edge="boundary" in facts)
            continue
        name, _, value = line.partition(" ")
        if len(name) in (40, 64) and value[:1].isdigit():
            facts = known.setdefault(name, {})
        elif name:
            facts[name] = value


def _day(facts: dict[str, str]) -> str:
    try:
        zone = facts.get("author-tz", "+0000")
        minutes = int(zone[1:3]) * 60 + int(zone[3:5])
        shift = timedelta(minutes=-minutes if zone[0] == "-" else minutes)
        when = datetime.fromtimestamp(int(facts["author-time"]), UTC)
        return when.astimezone(timezone(shift)).date().isoformat()
    except (KeyError, ValueError, OverflowError):
        return ""


def _is_shallow(folder: Path) -> bool:
    said = _git(folder, "rev-parse", "--is-shallow-repository")
    return said is None or said.strip() != "false"


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git says, asked in a folder; None where it cannot or does not want to."""
    program = shutil.which("git")
    if program is None:
        return None
    own = {name: value for name, value in os.environ.items() if _is_let_through(name)}
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = [program, "--no-pager", "--literal-pathspecs", *settings, *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=own | _ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _is_let_through(name: str) -> bool:
    """Whether a variable of the environment is git's to see: none that names a repository."""
    return not name.startswith("GIT_") or name.startswith("GIT_CONFIG_")
