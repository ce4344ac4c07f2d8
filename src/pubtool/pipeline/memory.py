"""Small things that are known of each post, kept together: what a run asks of posts that stay.

A post that has not changed is asked for a few facts, and an archive has a thousand such posts: to
find each fact in the store by itself, and to decode whole reports for their sake, took a second.
So all of them are one entry of the store. Each is found by the post's path, what it is and the
digest of all that it was made from; one that is damaged, or of another digest, is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TypeVar

import msgspec

from pubtool.pipeline.store import Store, code_digest, decode, digest_of, encode
from pubtool.system.cache import week

T = TypeVar("T")

_KIND = "memory"

_Known = dict[str, tuple[str, msgspec.Raw]]
"""By what it is: the digest of what it was made from, and the thing, encoded."""


class Memory:
    """What is known of posts, by path. Nothing is written before `save`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # all is looked for anew now and then, for the store drops what nobody asks for
        self._place = digest_of(_KIND, code_digest(), str(week()))
        self._posts: dict[str, _Known] | None = None
        self._changed = False

    def find(self, path: str, kind: str, digest: str, form: type[T]) -> T | None:
        """Return what is known of a post, None where it is not, or not of this digest."""
        known = self._load().get(path, {}).get(kind)
        if known is not None and known[0] == digest:
            with suppress(msgspec.MsgspecError):
                return decode(bytes(known[1]), form)
        return None

    def put(self, path: str, kind: str, digest: str, thing: object) -> None:
        """Keep something of a post in the place of what was known; not half a character."""
        with suppress(UnicodeEncodeError):
            raw = msgspec.Raw(encode(thing))
            self._load().setdefault(path, {})[kind] = digest, raw
            self._changed = True

    def keep(self, path: str, kind: str, digest: str, form: type[T], make: Callable[[], T]) -> T:
        """Return what is known of a post, or make it now and keep it."""
        found = self.find(path, kind, digest, form)
        if found is None:
            found = make()
            self.put(path, kind, digest, found)
        return found

    def forget(self, path: str, kind: str) -> None:
        """Forget one thing that is known of a post."""
        self._load().get(path, {}).pop(kind, None)
        self._changed = True

    def forget_all_but(self, posts: Collection[str]) -> None:
        """Forget what is no more; `posts` are the paths of all that there are."""
        known = self._load()
        for path in known.keys() - posts:
            del known[path]
            self._changed = True

    def save(self) -> None:
        """Keep for the next run what was put in this one."""
        if self._changed and self._posts is not None:
            self._store.put(_KIND, self._place, encode(self._posts))
            self._changed = False

    def _load(self) -> dict[str, _Known]:
        if self._posts is None:
            self._posts = self._store.find(_KIND, self._place, dict[str, _Known]) or {}
        return self._posts
