"""The ledger of a post: what WordPress has no form for, and what became of it."""

from __future__ import annotations

from pubtool.model import Fallback

CUSTOM_HTML = "Custom HTML"
TEXT = "text"
NOTHING = "nothing"


class Ledger:
    """Gathers a post's fallbacks while it is written."""

    def __init__(self) -> None:
        self.line = 0
        """Where the writer is in the post's file; 0 where it stands nowhere there."""
        self._lines: dict[Fallback, None] = {}

    def add(self, construct: str, became: str, reason: str) -> None:
        """Add what is being written; the same thing of one line counts once."""
        self._lines[Fallback(self.line, construct, became, reason)] = None

    def fallbacks(self) -> tuple[Fallback, ...]:
        """Return the entries in the order of the post."""
        return tuple(sorted(self._lines, key=lambda entry: entry.line))
