"""Small things that are known of each post, kept together: what a run asks of posts that stay.

A post that has not changed is asked for a few facts, and an archive has a thousand such posts: to
find each fact in the store by itself, and to decode whole reports for their sake, took a second.
So all of them are a few entries of the store: some, so that one edit has not all of it written
again. Each is found by the post's path, what it is and the digest of all that it was made from; one
that is damaged, or of another digest, is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any, TypeVar
from zlib import crc32

import msgspec

from pubtool.pipeline.store import Store, always, code_digest, digest_of, encode
from pubtool.system.cache import week

T = TypeVar("T")

_KIND = "memory"

_Known = dict[str, tuple[str, msgspec.Raw]]
"""By what it is: the digest of what it was made from, and the thing, encoded."""

_ENTRIES = 16


class Memory:
    """What is known of posts, by path. Nothing is written before `save`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._posts: dict[str, _Known] | None = None
        self._decoders: dict[Any, msgspec.json.Decoder[Any]] = {}
        self._changed = set[int]()
        """The numbers of the entries that are to be written."""

    def find(self, path: str, kind: str, digest: str, form: type[T]) -> T | None:
        """Return what is known of a post, None where it is not, or not of this digest."""
        posts = self._load() if self._posts is None else self._posts
        known = posts[path].get(kind) if path in posts else None
        if known is not None and known[0] == digest:
            try:
                if form not in self._decoders:
                    self._decoders[form] = msgspec.json.Decoder(form)
                found: T = self._decoders[form].decode(known[1])
            except msgspec.MsgspecError:
                return None
            return found
        return None

    def put(self, path: str, kind: str, digest: str, thing: object) -> None:
        """Keep something of a post in the place of what was known; not half a character."""
        with suppress(UnicodeEncodeError):
            raw = msgspec.Raw(encode(thing))
            self._load().setdefault(path, {})[kind] = digest, raw
            self._changed.add(_entry_of(path))

    def keep(  # noqa: PLR0913, PLR0917 - whose it is, what it is, and how it is made
        self,
        path: str,
        kind: str,
        digest: str,
        form: type[T],
        make: Callable[[], T],
        may: Callable[[T], bool] = always,
    ) -> T:
        """Return what is known of a post, or make it now and keep it, if it `may` be."""
        found = self.find(path, kind, digest, form)
        if found is None:
            found = make()
            if may(found):
                self.put(path, kind, digest, found)
        return found

    def forget(self, path: str, kind: str) -> None:
        """Forget one thing that is known of a post."""
        self._load().get(path, {}).pop(kind, None)
        self._changed.add(_entry_of(path))

    def forget_all_but(self, posts: Collection[str]) -> None:
        """Forget what is no more; `posts` are the paths of all that there are."""
        known = self._load()
        for path in known.keys() - posts:
            del known[path]
            self._changed.add(_entry_of(path))

    def save(self) -> None:
        """Keep for the next run what was put in this one."""
        if not self._changed:
            return
        entries: dict[int, dict[str, _Known]] = {number: {} for number in self._changed}
        for path, known in self._load().items():
            number = _entry_of(path)
            if number in entries:
                entries[number][path] = known
        for number, posts in entries.items():
            self._store.put(_KIND, _place(number), encode(posts))
        self._changed.clear()

    def _load(self) -> dict[str, _Known]:
        if self._posts is None:
            self._posts = {}
            for number in range(_ENTRIES):
                found = self._store.find(_KIND, _place(number), dict[str, _Known]) or {}
                self._posts.update(found)
        return self._posts


def _entry_of(path: str) -> int:
    """Return the number of the entry that a post is in."""
    return crc32(path.encode("utf-8", "surrogatepass")) % _ENTRIES


def _place(number: int) -> str:
    # all is looked for anew now and then, for the store drops what nobody asks for
    return digest_of(_KIND, code_digest(), str(week()), str(number))
