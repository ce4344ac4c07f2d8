"""What a feed tells, whatever its form."""

from __future__ import annotations

from dataclasses import dataclass

from pubtool.writers.dates import order

LENGTH = 20
"""Posts of a feed, the newest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A post."""

    url: str
    """Absolute; what it is known by."""
    title: str
    content: str
    """HTML with absolute links."""
    summary: str
    """Plain text; may be empty."""
    published: str
    """By RFC 3339."""
    updated: str
    """The same, where the front matter has no `updated`."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    """Categories among them."""
    lang: str
    image: str = ""
    """Absolute; may be empty."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed is about."""

    title: str
    home: str
    """The page of the same posts; absolute."""
    address: str
    """The feed's own; absolute."""
    author: str
    """May be empty."""
    lang: str
    entries: tuple[Entry, ...]
    """At least one."""

    @property
    def updated(self) -> str:
        """Return when something in it changed last, by RFC 3339."""
        return max((entry.updated for entry in self.entries), key=order)
