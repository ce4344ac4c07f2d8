"""What is imported: a blog as WordPress keeps it, and what became of a post of it."""

from __future__ import annotations

from dataclasses import dataclass

from pubtool.model.articles import Fallback


@dataclass(frozen=True, slots=True)
class Entry:
    """One post or page as WordPress keeps it."""

    id: int
    """0 where the file does not say."""
    kind: str
    """WordPress's post type: ``post``, ``page`` or another's."""
    title: str
    """As it is kept: HTML, mostly plain."""
    slug: str
    """As it is kept, percent-encoded where it is not ASCII; empty for a draft that has none."""
    status: str
    """WordPress's own: ``publish``, ``draft``, ``pending``, ``future``, ``private``, ``trash``."""
    date: str
    """ISO 8601 with the offset where both the local and the UTC time are known; may be empty."""
    link: str
    author: str
    """The name that readers see."""
    content: str
    """Raw: block markup or classic HTML."""
    excerpt: str
    """Raw."""
    footnotes: str
    """The ``footnotes`` field; empty where there is none."""
    categories: tuple[str, ...] = ()
    """Names."""
    tags: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    """Terms of other taxonomies: the taxonomy and the name."""
    image: str = ""
    """The featured image's address; empty where it has none or the file does not hold it."""
    image_alt: str = ""
    password: bool = False
    sticky: bool = False
    comments: int = 0
    """How many it has; they are not imported."""
    line: int = 0
    """Where it begins in the export file, 1-based; 0 for one that was asked of a site."""


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog, or as much of it as an export holds."""

    title: str
    url: str
    """Its home; may be empty."""
    lang: str
    """BCP 47, as the blog says; may be empty."""
    entries: tuple[Entry, ...]
    """In the order of the export."""
    files: tuple[tuple[int, str], ...] = ()
    """Attachments: their ids and addresses."""
    removed: int = 0
    """Characters that XML forbids and that were taken out to read the file."""


@dataclass(frozen=True, slots=True)
class Written:
    """A post's content as Markdown."""

    markdown: str
    """Without front matter; a line end at the end, unless it is empty."""
    images: tuple[str, ...]
    """The addresses of the images that the text shows, each once, in its order."""
    losses: tuple[Fallback, ...]
    """What Markdown has no words for; lines are those of the content."""
