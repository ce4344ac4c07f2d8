"""The store: nouns kept on disk between runs, by what they were made from.

An entry is found only by the digest of everything that it depends on, this program's own code among
it, so nothing stale is ever believed; a torn entry counts as absent (see `system.files.Cache`).
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from pubtool.system.cache import Cache
from pubtool.system.stamps import stats_below

T = TypeVar("T")


def always(_: object) -> bool:
    """Whether whatever was made may be kept."""
    return True


class Store:
    """Typed entries of a project's cache."""

    def __init__(self, root: Path) -> None:
        self._cache = Cache(root)

    def close(self) -> None:
        """Let the cache's file go."""
        self._cache.close()

    def keep(
        self,
        kind: str,
        parts: tuple[str, ...],
        form: type[T],
        make: Callable[[], T],
        may: Callable[[T], bool] = always,
    ) -> T:
        """Return the noun made from `parts` before, or make it now and keep it, if it `may` be."""
        digest = digest_of(kind, code_digest(), *parts)
        found = self.find(kind, digest, form)
        if found is not None:
            return found
        made = make()
        if may(made):
            self.put(kind, digest, encode(made))
        return made

    def find(self, kind: str, digest: str, form: type[T]) -> T | None:
        """Return the noun that was put, or None."""
        data = self._cache.get(kind, digest)
        if data is not None:
            with suppress(msgspec.MsgspecError):  # written by a version that thought otherwise
                return decode(data, form)
        return None

    def put(self, kind: str, digest: str, data: bytes) -> bool:
        """Keep a noun that was encoded; say whether that was possible."""
        return self._cache.put(kind, digest, data)

    def file_digest(self, path: Path) -> str:
        """Return the digest of a file's content, known from before or read; raises CannotRead."""
        return self._cache.file_digest(path)


def encode(noun: object) -> bytes:
    """Return a noun as the store keeps it."""
    return msgspec.json.encode(noun)


def decode(data: bytes, form: type[T]) -> T:
    """Return the noun that was encoded."""
    return msgspec.json.decode(data, type=form)


def digest_of(*parts: str) -> str:
    """Return one digest of several texts, their borders included."""
    return digest_after()(*parts)


def digest_after(*parts: str) -> Callable[..., str]:
    """Return what gives the digest of these texts and more."""
    begun = hashlib.sha256(_bounded(parts))

    def digest(*more: str) -> str:
        whole = begun.copy()
        whole.update(_bounded(more))
        return whole.hexdigest()

    return digest


def _bounded(parts: tuple[str, ...]) -> bytes:
    """Return texts one behind the other, each after its length."""
    every = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join(each for data in every for each in (len(data).to_bytes(8, "big"), data))


@cache
def code_digest() -> str:
    """Return a digest of this program's files by name, size and time of change.

    The time only ever makes an entry be made anew; it reaches no output.
    """
    package = Path(__file__).resolve().parent.parent
    prefix = len(str(package))
    files = stats_below([package], ("__pycache__",))
    return digest_of(*(f"{path[prefix:]} {s.st_size} {s.st_mtime_ns}" for path, s in files
                       if stat.S_ISREG(s.st_mode)))  # fmt: skip
