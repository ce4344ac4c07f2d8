"""The output folder: what was written there, by which job, and whether it still stands.

What is remembered of a folder is one entry of the cache: each job's digest and files with theirs,
and for files that were looked into their stamps. A file is taken to stand as long as its size,
times, inode and device are those that it had when its content was last seen to be right; and as in
git's index that is not believed of one that had been changed so lately that another change could
have left the same time (`system.stamps`). So a file that somebody edits is noticed, and a folder of
thousands is not read each time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pubtool.errors import CannotRead, TooDeep
from pubtool.pipeline.store import Store, code_digest, digest_of, encode
from pubtool.system.files import (
    Spool,
    read_bytes,
    remove,
    remove_empty,
    remove_half_written,
    sha256,
    write_derived,
)
from pubtool.system.stamps import RACY, said_of
from pubtool.writers.attachments import FOLDER as ATTACHED
from pubtool.writers.export import Job
from pubtool.writers.site import BOOKS

_KIND = "outputs"


@dataclass(frozen=True)
class _Done:
    """What a job wrote."""

    digest: str
    files: dict[str, str]
    """The digest of each file, by its path below the folder."""
    remarks: tuple[str, ...]


@dataclass
class _Memory:
    """What is remembered of a folder."""

    code: str = ""
    """The digest of the program that wrote it: another one makes all anew."""
    jobs: dict[str, _Done] = field(default_factory=dict)
    """By name."""
    files: dict[str, str] = field(default_factory=dict)
    """Every file that was written and may stand there, with its digest."""
    stamps: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """What the file system said of files when their content was seen to be right."""
    torn: bool = False
    """Whether a build began to write and has not come to its end."""


class Outputs:
    """Makes the files of all jobs, writes what is new, and remembers what was written.

    Nothing is written before all is made, so that a post that cannot be typeset leaves the pages of
    the former build as they were, all of one piece.
    """

    def __init__(self, store: Store, output: Path, root: Path) -> None:
        """Take what remembers a project's builds, the folder to write to, and the project's own.

        A folder in the project is known by its name there, so that a project may be moved.
        """
        self.output = output
        self.written: list[str] = []
        self.unchanged = 0
        self.quiet = True
        """Whether no file was written or removed."""
        self.remarks: list[str] = []
        self._folder = os.fspath(output)
        self._store = store
        self._place = digest_of(_KIND, _name(output.resolve(), root.resolve()))
        self._before = self._load()
        self._torn = self._before.torn
        self._now: dict[str, _Done] = {}
        self._spool = Spool(root / ".pubtool")
        self._made: list[dict[str, tuple[int, int]]] = []
        """Where each file that was made is in the spool."""
        self._stamps: dict[str, tuple[int, ...]] = {}

    def make(self, job: Job) -> None:
        """Make a job's files, unless they stand there as the same job once wrote them."""
        known = self._before.jobs.get(job.name)
        if (
            known is not None
            and known.digest == job.digest
            and all(self._stands(name, check) for name, check in known.files.items())
        ):
            self.unchanged += len(known.files)
            self._now[job.name] = known
        else:
            try:
                made, remarks = dict(job.write()), job.remarks()
            except RecursionError:
                raise TooDeep(job.name.partition(":")[2]) from None
            files = {name: sha256(data) for name, data in made.items()}
            self._made.append({name: self._spool.put(data) for name, data in made.items()})
            self._now[job.name] = _Done(job.digest, files, remarks)
        self.remarks.extend(self._now[job.name].remarks)

    def write(self) -> None:
        """Write what was made and does not stand there yet."""
        if not any(self._made):
            return
        files = {name: check for done in self._now.values() for name, check in done.files.items()}
        # whoever is killed meanwhile finds the next time what may have been written
        jobs = {**self._before.jobs, **self._now}
        self._keep(_Memory(code_digest(), jobs, {**self._before.files, **files}, torn=True))
        for made in self._made:
            for name, place in made.items():
                if self._stands(name, files[name]):
                    self.unchanged += 1
                else:
                    self.quiet = False
                    write_derived(self.output / name, self._spool.get(place))
                    self.written.append(name)
        self._made.clear()
        self._spool.close()

    def remove_stale(self, formats: Sequence[str]) -> None:
        """Remove what a former build of these formats wrote and this one did not.

        So are the folders that nothing is left in, and what a killed build had begun to write.
        """
        files = {name: check for done in self._now.values() for name, check in done.files.items()}
        others = dict[str, str]()
        for name in sorted(self._before.files.keys() - files.keys()):
            check = self._before.files[name]
            if _format(name) not in formats:
                others[name] = check
            elif self._stands(name, check):
                self.quiet = False
                remove(self.output / name)
                for folder in PurePosixPath(name).parents[:-1]:
                    remove_empty(self.output / folder)
        if self._torn:
            self.quiet = False
            self._clear({*self._before.files, *files})
        gone = self._before.jobs.keys() - self._now.keys()
        jobs = {n: self._before.jobs[n] for n in sorted(gone) if _format_of_job(n) not in formats}
        self._keep(_Memory(code_digest(), {**jobs, **self._now}, {**others, **files}))

    def _clear(self, names: Collection[str]) -> None:
        by_folder: dict[Path, list[str]] = {}
        for name in names:
            path = self.output / name
            by_folder.setdefault(path.parent, []).append(path.name)
        for folder, there in by_folder.items():
            remove_half_written(folder, there)

    def _stands(self, name: str, check: str) -> bool:
        """Whether a file has the content that it was written with."""
        try:
            said = said_of(os.stat(f"{self._folder}/{name}"))  # noqa: PTH116 - thousands of them
        except OSError:
            return False
        if self._before.files.get(name) == check and self._before.stamps.get(name) == said:
            self._stamps[name] = said
            return True
        path = self.output / name
        begun = time.time_ns()
        try:
            same = sha256(read_bytes(path)) == check
            after = path.stat()
        except (CannotRead, OSError):
            return False
        settled = max(after.st_mtime_ns, after.st_ctime_ns) < begun - RACY
        if same and settled and said_of(after) == said:
            self._stamps[name] = said
        return same

    def _load(self) -> _Memory:
        found = self._store.find(_KIND, self._place, _Memory) or _Memory()
        if found.code != code_digest():
            found.jobs = {name: replace(job, digest="") for name, job in found.jobs.items()}
        return found

    def _keep(self, memory: _Memory) -> None:
        known, files = {**self._before.stamps, **self._stamps}, self._before.files
        same = (name for name in known if memory.files.get(name) == files.get(name))
        now = replace(memory, stamps={name: known[name] for name in same})
        if now != self._before:
            self._before = now
            self._store.put(_KIND, self._place, encode(now))


def _name(output: Path, root: Path) -> str:
    inside = output.is_relative_to(root)
    return output.relative_to(root).as_posix() if inside else str(output)


def _format(name: str) -> str:
    """Return the format that a file of the output belongs to."""
    if name.startswith("wordpress/"):
        return "wordpress"
    if name.split("/")[1:2] == [ATTACHED]:
        return "html"
    suffix = name.rpartition(".")[2]
    return suffix if suffix in BOOKS else "html"


def _format_of_job(name: str) -> str:
    """Return the format that a job belongs to: ``html`` for ``html/tower.png:posts/a.md``."""
    return name.partition(":")[0].partition("/")[0]
