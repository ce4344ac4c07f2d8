"""Decisions read and written: what editors said about quotations, in files that git can merge.

Whoever writes holds a lock, so that two at once lose nothing, and replaces a whole file, so that
whoever is killed leaves the old decisions or the new ones. `expected` is the digest of what the
editor was looking at: another one means that somebody else was faster.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pubtool.errors import BadDecision, CannotWrite, DecidedMeanwhile, PubtoolError
from pubtool.model import Decision
from pubtool.readers.decisions import (
    FOLDER,
    file_of,
    place_of,
    read_decisions,
    render_decisions,
)
from pubtool.system.files import (
    locked,
    read_text,
    remove,
    remove_empty,
    remove_half_written,
    sha256,
    shown_name,
    write_atomic,
)

LOCK = Path(".pubtool") / "decisions.lock"


@dataclass(frozen=True, slots=True)
class Standing:
    """A file of decisions as it stands."""

    path: str
    """In the project."""
    post: str
    """The path of the post that it is about; empty where its own path names none."""
    quotation: str
    decisions: tuple[Decision, ...] = ()
    """In order: the last one holds."""
    text: str = ""
    fault: PubtoolError | None = None
    """Why nothing can be read from it, where that is so."""

    @property
    def digest(self) -> str:
        """What tells this state of the file from any other; empty where there is no file."""
        return sha256(self.text.encode()) if self.text else ""

    @property
    def last(self) -> Decision | None:
        """The decision that holds."""
        return self.decisions[-1] if self.decisions else None


def all_decisions(root: Path) -> tuple[Standing, ...]:
    """Return every file of decisions in a project, by path."""
    return _read_all(root, (root / FOLDER).rglob("*.toml"))


def decisions_of(root: Path, post: str) -> tuple[Standing, ...]:
    """Return the files of decisions about one post, by path; none of what is no post's path."""
    try:
        folder = (root / file_of(post, "q-0")).parent
    except ValueError:  # standard input, checked under another name
        return ()
    return _read_all(root, folder.glob("*.toml"))


def standing(root: Path, post: str, quotation: str) -> Standing:
    """Return what was decided about one quotation."""
    return _read(root, root / file_of(post, quotation))


def decide(root: Path, decision: Decision, *, expected: str | None = None) -> Standing:
    """Write a decision behind those that stand, and return what stands now.

    What says the same as the last one is not written twice. `expected` is the digest of what was
    seen; None adds to whatever is there. Raises DecidedMeanwhile where something else is there,
    BadDecision where the file or the decision is none, and CannotWrite.
    """
    path = root / file_of(decision.post, decision.quotation)
    with locked(root / LOCK):
        found = _expect(root, path, expected)
        if found.last == decision:
            return found
        text = render_decisions((*found.decisions, decision))
        read_decisions(text, found.path)  # what could not be read again is not written
        write_atomic(path, text.encode())
        remove_half_written(path.parent, [path.name])
        return _read(root, path)


def withdraw(root: Path, post: str, quotation: str, *, expected: str | None = None) -> Standing:
    """Take the last decision back, and return what stands now: the one before, or nothing.

    Raises what `decide` raises. Where nothing was decided nothing is done.
    """
    path = root / file_of(post, quotation)
    with locked(root / LOCK):
        found = _expect(root, path, expected)
        if len(found.decisions) > 1:
            write_atomic(path, render_decisions(found.decisions[:-1]).encode())
        elif found.text:
            _remove(root, path)
        return _read(root, path)


def _expect(root: Path, path: Path, expected: str | None) -> Standing:
    """Return what stands at a path, if that is what was seen."""
    found = _read(root, path)
    if expected is not None and expected != found.digest:
        raise DecidedMeanwhile(found.path, found.text)
    if found.fault:
        raise found.fault
    return found


def _remove(root: Path, path: Path) -> None:
    remove(path)
    if os.path.lexists(path):
        raise CannotWrite(str(path), OSError(errno.EACCES, os.strerror(errno.EACCES)))
    for folder in path.relative_to(root).parents:
        if folder.name:
            remove_empty(root / folder)


def _read_all(root: Path, paths: Iterable[Path]) -> tuple[Standing, ...]:
    shown = (path for path in paths if not path.name.startswith("."))
    return tuple(_read(root, path) for path in sorted(shown))


def _read(root: Path, path: Path) -> Standing:
    name = shown_name(path.relative_to(root).as_posix())
    post, quotation, text = "", "", ""
    with suppress(BadDecision):
        post, quotation = place_of(name)
    try:
        text = read_text(path, name) if os.path.lexists(path) else ""
        return Standing(name, post, quotation, read_decisions(text, name), text)
    except PubtoolError as error:
        return Standing(name, post, quotation, text=text, fault=error)
