"""The state as it changes during a run, saved at every step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pubtool.publishers.wordpress.state import Entry, State, Upload
from pubtool.publishers.wordpress.wanted import Wanted


class Journal:
    """Keeps the state, and has it saved whenever it changes."""

    def __init__(self, state: State, save: Callable[[State], None]) -> None:
        """Take the state as it was last saved, and what saves one: whole, or not at all."""
        self.state = state
        self._save = save

    def keep(self, path: str, entry: Entry) -> None:
        """Note what is known of a post."""
        if self.state.posts.get(path) != entry:
            self._change(self.state.with_post(path, entry))

    def intend(self, path: str, entry: Entry, wanted: Wanted, names: Sequence[str]) -> None:
        """Note what is about to be sent: all of `names`, an empty digest for an empty field."""
        digests = {name: wanted.digests.get(name, "") for name in names}
        self.keep(path, replace(entry, pending=digests))

    def drop(self, path: str) -> None:
        """Forget a post that was never made."""
        self._change(self.state.without_post(path))

    def keep_upload(self, sha256: str, upload: Upload) -> None:
        """Note what is known of an image."""
        if self.state.media.get(sha256) != upload:
            self._change(self.state.with_upload(sha256, upload))

    def _change(self, state: State) -> None:
        self.state = state
        self._save(state)
