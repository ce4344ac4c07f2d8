"""What is published: a post as WordPress is to have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fallback:
    """A line of the ledger: a construct that the target has no form of its own for."""

    line: int
    """Of the post's file, 1-based; 0 where the syntax tree does not say."""
    construct: str
    """In the writer's own words: ``definition list``."""
    became: str
    """``Custom HTML``, ``text``, or ``nothing``."""
    reason: str
    """One sentence without a full stop."""
    times: int = 1
    """How often the post has it, `line` being the first place."""


@dataclass(frozen=True, slots=True)
class Article:
    """A post's content and what belongs to it."""

    blocks: str
    """Block markup, one blank line between blocks, a line end at the end."""
    footnotes: str
    """The post's ``footnotes`` field: one line of JSON; empty where there is no note."""
    lines: tuple[int, ...] = ()
    """For each block of the outermost level, the line of the post that it is from; 0: none."""
    fallbacks: tuple[Fallback, ...] = ()
    """In the order of the post."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the site keeps an image."""

    url: str
    id: int = 0
    """Of the attachment; 0 where it is not in the site's library."""
    width: int = 0
    """Pixels, as the site says; 0 where it does not."""
    height: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the project that a post shows, or its featured image."""

    name: str
    """A file name, unique in its post."""
    data: bytes
    alt: str
    caption: str
    """Plain text; may be empty."""


@dataclass(frozen=True)
class Outgoing:
    """A post on its way to a site, with all that the site keeps of it but the ids."""

    path: str
    """The post's file, relative to the project."""
    slug: str
    title: str
    status: str
    """``draft``, ``publish``, ``future`` or ``private``."""
    date: str
    """ISO 8601, as written; may be empty."""
    excerpt: str
    """Plain text; may be empty."""
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    series: tuple[str, ...]
    """Names."""
    pictures: tuple[Picture, ...]
    """Those that the text shows, by name."""
    featured: Picture | None
    absent: tuple[tuple[str, int], ...]
    """Images that it names and the project lacks, and the line of each; 0 is the front matter."""
    links: tuple[str, ...]
    """The paths of the posts that the text links to, the neighbours in its series included."""
    write: Callable[[Mapping[str, Placed], Mapping[str, str]], Article]
    """Writes the content, given where each picture is (by name) and the addresses of other posts
    (by path); a picture or post that is not given is written as if it were nowhere."""
    left_out: tuple[tuple[int, str], ...] = ()
    """What of the text is not sent, since an author without further rights may not write it: the
    line, and a sentence without a full stop."""
