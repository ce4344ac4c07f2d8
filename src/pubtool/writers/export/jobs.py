"""A job of the export, and the digest that tells whether it must be done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from pubtool import __version__
from pubtool.system.files import sha256

Output = Iterator[tuple[str, bytes]]
"""Files to write: the path below the output folder, with forward slashes, and the content."""


@dataclass(frozen=True)
class Job:
    """Some files of the export that are made together."""

    name: str
    """Unique in the export and the same in the next one: ``html:posts/a.md``."""
    digest: str
    """Changes with whatever the files depend on."""
    write: Callable[[], Output]
    """Makes the files; raises `UnknownStyle`, `PandocFailed` or `TypesetFailed`."""
    remarks: Callable[[], tuple[str, ...]] = tuple
    """What to tell the user of them, a line each; raises what `write` does."""


class Plan:
    """Some jobs whose names and digests may be known: they are planned when one is to be done."""

    def __init__(self, plan: Callable[[], Iterable[Job]]) -> None:
        self._plan = plan

    @cached_property
    def jobs(self) -> Mapping[str, Job]:
        """The jobs by name, planned."""
        return {job.name: job for job in self._plan()}

    def told(self) -> tuple[tuple[str, str], ...]:
        """Return what is kept of them: each one's name and digest."""
        return tuple((job.name, job.digest) for job in self.jobs.values())

    def known(self, told: Iterable[tuple[str, str]]) -> Iterator[Job]:
        """Yield the jobs of which that is kept."""
        for name, check in told:
            yield Job(name, check, partial(self._write, name), partial(self._remarks, name))

    def _write(self, name: str) -> Output:
        """Make the files of a job; none of one that somebody else's cache told of."""
        return self.jobs[name].write() if name in self.jobs else iter(())

    def _remarks(self, name: str) -> tuple[str, ...]:
        """Return what to tell of them."""
        return self.jobs[name].remarks() if name in self.jobs else ()


def digest(*parts: Any) -> str:
    """Return a hexadecimal digest of the parts, our version and the templates.

    The parts are values that msgspec can encode, dataclasses among them; whatever else they hold
    counts by its ``repr``.
    """
    return sha256(_canonical([_ourselves(), *parts]))


_ENCODER = msgspec.json.Encoder(enc_hook=repr, order="deterministic")


def _canonical(value: Any) -> bytes:
    try:
        return _ENCODER.encode(value)
    except (OverflowError, UnicodeEncodeError):  # what YAML can hold, and JSON cannot
        return repr(value).encode("utf-8", "surrogatepass")


@cache
def _ourselves() -> str:
    """Return a digest of our version and the writers' templates and styles."""
    found = sorted(_data_files(files("pubtool.writers"), ""))
    return sha256(_canonical([__version__, [[n, sha256(data)] for n, data in found]]))


def _data_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _data_files(entry, f"{name}/")
        elif not entry.name.endswith((".py", ".pyc", ".md")):
            yield name, entry.read_bytes()
