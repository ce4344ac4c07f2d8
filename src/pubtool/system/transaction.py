"""Several files changed as one: all of them, or none.

Every new content is first written beside its place and flushed; then a journal says what is to be
done; only then the files take their places, one by one, and the journal goes. Whoever is killed
before the journal stands leaves the old state, and afterwards the next command on the project does
the rest. What fails on the way is taken back.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pubtool.errors import AlreadyThere, CannotRead, ChangedMeanwhile, PubtoolError
from pubtool.system.files import (
    prepare,
    put_in_place,
    read_bytes,
    remove,
    remove_empty,
    sha256,
    write_atomic,
)

JOURNAL = Path(".pubtool") / "pending.json"
"""In the project's folder, for the moment in which files take their places."""

_PREPARED = re.compile(r"\.[^/\\\0]*\.tmp")
"""The name of a prepared file."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file's new content."""

    path: Path
    data: bytes
    before: bytes | None
    """What was read from it, so that nobody's later change is lost; None: it must not exist."""


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    """Of the file below the project's folder; a link there may lead elsewhere."""
    target: Path
    """The file itself."""
    prepared: Path
    """Beside it."""
    after: str
    """The new content's SHA-256."""
    before: str
    """The old content's; empty for a new file."""

    def take(self) -> None:
        """Put the file in its place, unless another process has finished this for us."""
        if not os.path.lexists(self.prepared):
            return
        found = _digest(self.target)
        if found == self.before:
            put_in_place(self.prepared, self.target, new=not self.before)
        elif found != self.after:
            raise ChangedMeanwhile(self.name)
        remove(self.prepared)


def apply_changes(root: Path, changes: Sequence[Change]) -> None:
    """Make all changes below the project's folder, or none.

    Raises AlreadyThere for a new file whose name is taken, ChangedMeanwhile for one that is not as
    it was read, and CannotWrite; then everything is as it was.
    """
    recover(root)
    wanted = [change for change in changes if change.data != change.before]
    for change in wanted:
        _refuse_if_changed(root, change)
    missing = [folder for change in wanted for folder in _missing(change.path.parent, root)]
    steps: list[_Step] = []
    try:
        for change in wanted:
            target = _target(change.path)
            before = "" if change.before is None else sha256(change.before)
            prepared = prepare(target, change.data)
            name = change.path.relative_to(root).as_posix()
            steps.append(_Step(name, target, prepared, sha256(change.data), before))
        write_atomic(root / JOURNAL, _render(steps))
        for step in steps:
            step.take()
    except BaseException:
        _take_back(wanted, steps)
        for folder in missing:
            remove_empty(folder)
        raise
    finally:
        remove(root / JOURNAL)


def recover(root: Path) -> None:
    """Finish what another process was killed over."""
    path = root / JOURNAL
    if not path.exists():
        return
    with suppress(CannotRead):
        for step in _parse(root, read_bytes(path)):
            with suppress(PubtoolError):  # somebody has changed that file since: it is theirs
                step.take()
            remove(step.prepared)
    remove(path)


def _refuse_if_changed(root: Path, change: Change) -> None:
    found = _digest(change.path)
    if change.before is None and os.path.lexists(change.path):
        raise AlreadyThere(change.path.relative_to(root).as_posix())
    if change.before is not None and found != sha256(change.before):
        raise ChangedMeanwhile(change.path.relative_to(root).as_posix())


def _take_back(changes: Sequence[Change], steps: Sequence[_Step]) -> None:
    """Bring the old state back, as far as this has changed it."""
    for change, step in zip(changes, steps, strict=False):
        taken = not os.path.lexists(step.prepared)
        remove(step.prepared)
        if taken and _digest(step.target) == step.after:
            if change.before is None:
                remove(step.target)
            else:
                with suppress(PubtoolError):
                    write_atomic(step.target, change.before)


def _missing(folder: Path, root: Path) -> list[Path]:
    """Return a folder and those above it, up to the project's, that are not there; inner first."""
    found = []
    while folder != root and not folder.exists():
        found.append(folder)
        folder = folder.parent
    return found


def _digest(path: Path) -> str:
    """Return the digest of a file's content, an empty string where there is no file."""
    return sha256(read_bytes(path)) if path.is_file() else ""


def _target(path: Path) -> Path:
    return path.resolve() if path.is_symlink() else path


def _render(steps: Sequence[_Step]) -> bytes:
    return json.dumps([[s.name, s.prepared.name, s.after, s.before] for s in steps]).encode()


def _parse(root: Path, data: bytes) -> list[_Step]:
    """Return a journal's steps; none where it is not one of ours, or leads out of the project."""
    steps = []
    try:
        for name, prepared, after, before in json.loads(data):
            inside = not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts
            if not inside or not _PREPARED.fullmatch(prepared):
                return []
            target = _target(root / name)
            steps.append(_Step(name, target, target.parent / prepared, str(after), str(before)))
    except (ValueError, TypeError):
        return []
    return steps
