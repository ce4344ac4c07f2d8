"""What stands round every page: its head, and the way to the rest of the site.

Whatever needs an absolute address is left out where the site's own is not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pubtool.writers.lists import Section
from pubtool.writers.site import Site, absolute


@dataclass(frozen=True)
class Feed:
    """A feed that a page tells of."""

    title: str
    type: str
    """A media type."""
    url: str
    """Relative to the site's root."""


@dataclass(frozen=True)
class Preview:
    """The picture that stands for a page elsewhere."""

    url: str
    """Absolute."""
    alt: str
    width: int
    """In pixels; 0 where it is not known."""
    height: int


@dataclass(frozen=True)
class Head:
    """What a page says of itself to machines."""

    title: str
    url: str
    """Relative to the site's root."""
    kind: str = "website"
    """Open Graph's type."""
    description: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: str = ""
    """By RFC 3339."""
    updated: str = ""
    preview: Preview | None = None
    feeds: tuple[Feed, ...] = ()
    before: str = ""
    """The page before this one, relative to the site's root."""
    after: str = ""
    indexed: bool = True
    """Whether search engines may list it."""


@dataclass(frozen=True)
class Frame:
    """What every template gets."""

    site: Site
    sections: tuple[Section, ...]
    head: Head
    lang: str

    @property
    def root(self) -> str:
        """Return the way from the page to the site's root."""
        return "../" * self.head.url.count("/")

    @property
    def context(self) -> dict[str, Any]:
        """Return the variables of a template."""
        return {
            "site": self.site,
            "sections": self.sections,
            "head": self.head,
            "lang": self.lang,
            "locale": locale(self.lang),
            "root": self.root,
            "canonical": absolute(self.site, self.head.url),
        }


def locale(lang: str) -> str:
    """Return a BCP 47 tag as Open Graph has it (``en_US``); empty where it names no territory."""
    found = re.fullmatch(r"([a-z]{2,3})(?:-[a-z]{4})?-([a-z]{2}|\d{3})(?:-.*)?", lang.lower())
    return f"{found[1]}_{found[2].upper()}" if found else ""
