"""What is bound: posts as the chapters of a book, whatever format it is to have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pubtool.model import Document
from pubtool.writers.dates import day_of
from pubtool.writers.proof import Proof

CHAPTER = "pubtool-chapter:"
"""Begins a link's target that is a chapter of the same book: then its slug and a fragment."""

NO_DAY = "1970-01-01"
"""The day of a book whose posts have no date: its format wants one."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Chapter:
    """A post, ready to be bound."""

    path: str
    """The post's file, for errors."""
    text: str
    """What stands in it, to find the line of a character that cannot be set."""
    slug: str
    """Unlike any other chapter's."""
    title: str
    authors: tuple[str, ...]
    date: str
    """ISO 8601 as the post has it; may be empty."""
    lang: str
    summary: str
    """The sentence on its quotations; empty where it has none."""
    proofs: tuple[Proof, ...]
    document: Document
    """Citations written out, links resolved; those within the book begin with `CHAPTER`."""
    images: Mapping[str, bytes]
    """The local images' bytes, by the address that the document has for them."""


@dataclass(frozen=True)
class Book:
    """What is said of the book as a whole."""

    title: str
    authors: tuple[str, ...]
    lang: str
    keywords: tuple[str, ...]
    description: str
    source: str
    """The address of the page that it was made from; empty where the site's is not known."""
    name: str
    """Unlike any other book's, and the same in the next build."""
    draft: bool
    """Whether it is to say of itself that it is unverified."""
    collection: tuple[str, int, int] | None
    """The series that it is a part of, its place there, from 1, and how many parts there are."""
    whole: bool
    """Whether it is a series, with a contents page, rather than one post."""
    cover: bytes = b""
    """An image; empty for none."""
    cover_alt: str = ""
    chapters: tuple[Chapter, ...] = ()

    @property
    def date(self) -> str:
        """The day of its newest chapter, ``2026-05-03``; empty where no chapter has one."""
        return max(self._days, default="")

    @property
    def years(self) -> str:
        """``2024`` or ``2024–2026``; empty where no chapter has a date."""
        ends = (min(self._days, default=""), self.date)
        return "–".join(dict.fromkeys(day[:4] for day in ends if day))

    @property
    def _days(self) -> list[str]:
        return [day for chapter in self.chapters if (day := day_of(chapter.date))]


def inside(target: str) -> tuple[str, str] | None:
    """Return the slug and the fragment of a link to a chapter of the same book, or None."""
    if not target.startswith(CHAPTER):
        return None
    slug, _, fragment = target.removeprefix(CHAPTER).partition("#")
    return slug, fragment


def language(tag: str) -> str:
    """Return a BCP 47 tag, or nothing for what is no such tag."""
    return tag if _LANGUAGE.fullmatch(tag) else ""
