"""A post's fields, as we want them and as the site has them, in a form that can be compared."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from pubtool.publishers.wordpress.remote import RemotePost, Term

TEXTS = ("title", "content", "excerpt", "footnotes")
"""The fields that somebody writes in; an edit of these on the site is never lost."""
FIELDS = (*TEXTS, "slug", "status", "date", "categories", "tags", "featured")
"""All fields that we send."""

Digests = Mapping[str, str]
"""A digest for each field that is not empty."""

_ZONED = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?)?")


@dataclass(frozen=True)
class Wanted:
    """A post as it is to be on the site; text that is sent, names that the site has ids for."""

    title: str
    content: str
    excerpt: str
    footnotes: str
    slug: str
    status: str
    date: str
    """``2026-05-03T10:20:30``, with ``Z`` where it is GMT and without where it is the site's time;
    empty leaves it to WordPress."""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    featured: str = ""
    """The SHA-256 of the image's bytes."""
    lines: tuple[int, ...] = ()
    """Of the content's blocks, in the post's file."""

    @cached_property
    def digests(self) -> Digests:
        """The fields' digests."""
        return _digests({name: getattr(self, name) for name in FIELDS})


def site_digests(post: RemotePost) -> Digests:
    """Return the digests of the fields as the site has them; ids stand for names."""
    values = {name: getattr(post, name) for name in (*TEXTS, "slug", "status")}
    values |= {
        "date": post.date_gmt,
        "categories": post.categories,
        "tags": post.tags,
        "featured": post.featured_media or "",
    }
    return _digests(values)


def _digests(values: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for name, given in values.items():
        value = settled(given) if isinstance(given, str) else given
        value = sorted(set(value)) if isinstance(value, tuple) else value
        if value:
            found[name] = digest(value)
    return found


def digest(value: Any) -> str:
    """Return the first 16 hexadecimal digits of a value's SHA-256."""
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:16]


def settled(text: str) -> str:
    """Return a text without what databases and browsers do to line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def same_text(ours: str, theirs: str) -> bool:
    """Whether two short texts read the same: a server may write ``&`` as an entity."""
    return settled(html.unescape(ours)) == settled(html.unescape(theirs))


def same_slug(ours: str, theirs: str) -> bool:
    """Whether two slugs are one: WordPress keeps letters beyond ASCII as per cent escapes."""
    return unquote(ours).lower() == unquote(theirs).lower()


def read_date(date: str) -> str:
    """Return a front matter's date as `Wanted.date`; empty where it is none.

    A time zone's offset is taken off, by its own value: no zone's rules are asked.
    """
    from datetime import UTC, datetime

    text = date.strip()
    found = _DATE.match(text)
    if not found:
        return ""
    if _ZONED.search(text) and found[2]:
        try:
            moment = datetime.fromisoformat(text.replace(" ", "T", 1))
        except ValueError:
            return ""
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        datetime.fromisoformat(found[1])
    except ValueError:
        return ""
    return f"{found[1]}T{found[2] or '00:00'}:{found[3] or '00'}"


def term_of(name: str, terms: Iterable[Term]) -> Term | None:
    """Return the term of a name, as WordPress compares them: case does not count.

    Where several have it, the one that is spelt so, then the oldest.
    """
    wanted = " ".join(name.split())
    found = [t for t in terms if " ".join(t.name.split()).casefold() == wanted.casefold()]
    exact = [term for term in found if term.name == name]
    return min(exact or found, key=lambda term: term.id, default=None)
