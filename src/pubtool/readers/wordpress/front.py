"""What a post of WordPress's says of itself, as front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote

from pubtool.model import IMPORTED, Entry, Fallback, FrontMatter, SeriesPart

_STATUSES: Mapping[str, str] = {
    "publish": "publish",
    "draft": "draft",
    "future": "future",
    "private": "private",
    "pending": "draft",
}
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_SLUG = 60


def front_of(
    entry: Entry, lang: str, series: frozenset[str]
) -> tuple[FrontMatter, tuple[Fallback, ...]]:
    """Return a post's front matter, and what it cannot say.

    `lang` is the post's language, empty for the project's own. Categories whose names are in
    `series` (in lower case) become series.
    """
    of_series = [name for name in entry.categories if name.lower() in series]
    front = FrontMatter(
        title=_plain(entry.title),
        date=entry.date,
        slug=slug_of(entry),
        status="private" if entry.password else _STATUSES.get(entry.status, "draft"),
        authors=(entry.author,) if entry.author else (),
        series=tuple(SeriesPart(name, None) for name in of_series),
        categories=tuple(map(unescape, (n for n in entry.categories if n not in of_series))),
        tags=tuple(map(unescape, entry.tags)),
        excerpt=_plain(entry.excerpt),
        image=entry.image,
        image_alt=entry.image_alt if entry.image else "",
        lang=lang,
        other=((IMPORTED, dict(_other(entry))),),
    )
    return front, tuple(_losses(entry))


def slug_of(entry: Entry) -> str:
    """Return a post's slug as it is read, its own or one made of its title."""
    own = re.sub(r"[\s/\\\x00-\x1f]+", "-", unquote(entry.slug)).strip("-.")
    if own:
        return own
    words = re.findall(r"[^\W_]+", re.sub("['’]", "", _plain(entry.title).lower()))
    return "-".join(words)[:_LONGEST_SLUG].strip("-") or f"post-{entry.id}"


def _plain(html: str) -> str:
    """Return HTML of one line as text."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def _other(entry: Entry) -> Iterator[tuple[str, Any]]:
    yield "id", entry.id
    if entry.link:
        yield "link", entry.link
    if entry.kind != "post":
        yield "type", entry.kind
    if entry.status not in ("publish", "draft", "future", "private"):
        yield "status", entry.status
    if entry.sticky:
        yield "sticky", True
    for taxonomy in dict.fromkeys(name for name, _ in entry.terms):
        yield taxonomy, [unescape(term) for name, term in entry.terms if name == taxonomy]


def _losses(entry: Entry) -> Iterator[Fallback]:
    if not entry.slug:
        yield Fallback(0, "slug", "one made of the title", "it had none")
    if not _plain(entry.title):
        yield Fallback(0, "title", "the slug", "it had none")
    if _TAG.search(entry.title):
        yield Fallback(0, "title", "text", "its HTML goes, its words stay")
    if _TAG.search(entry.excerpt):
        yield Fallback(0, "excerpt", "text", "its HTML goes, its words stay")
    if entry.password:
        yield Fallback(0, "password", "private", "a Markdown file keeps no secret")
