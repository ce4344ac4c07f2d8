"""From a post of the project to the fields that a site is sent: pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pubtool.model import Outgoing, Picture, Placed
from pubtool.publishers.wordpress.marker import mark
from pubtool.publishers.wordpress.state import State, Upload
from pubtool.publishers.wordpress.wanted import (
    Wanted,
    digest,
    read_date,
    settled,
)
from pubtool.system.files import sha256
from pubtool.text.block_comments import as_html_text

_TYPES: Mapping[str, str] = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
"""Media types by a file name's ending; the site looks at the bytes itself."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What holds for all posts that a site is sent."""

    status: str = ""
    """Instead of the posts' own; empty leaves them theirs."""
    series: str = "category"
    """``category``, ``tag`` or ``none``."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a post, known by what it holds."""

    picture: Picture
    sha256: str

    @property
    def slug(self) -> str:
        """The attachment's slug, by which it is found again."""
        return f"{self._stem}-{self.sha256[:12]}"

    @property
    def file(self) -> str:
        """The name that it is uploaded under."""
        ending = self.picture.name.rpartition(".")[2] if "." in self.picture.name else ""
        return f"{self.slug}.{ending.lower()}" if ending else self.slug

    @property
    def media_type(self) -> str:
        """Its media type, by its name."""
        ending = self.picture.name.rpartition(".")[2].lower()
        return _TYPES.get(ending, "application/octet-stream")

    @property
    def words(self) -> str:
        """The digest of its alternative text and caption."""
        return words_digest(self.picture.alt, self.picture.caption)

    @property
    def _stem(self) -> str:
        stem = self.picture.name.rpartition(".")[0] or self.picture.name
        return re.sub(r"[^a-z0-9]+", "-", stem.lower())[:60].strip("-") or "image"


def words_digest(alt: str, caption: str) -> str:
    """Return the digest of an attachment's words; empty where it has none."""
    words = [settled(alt), settled(caption)]
    return digest(words) if any(words) else ""


def pictures_of(post: Outgoing) -> Iterator[Shown]:
    """Yield a post's pictures, the featured one first, each file once."""
    known = set[str]()
    for picture in (*([post.featured] if post.featured else []), *post.pictures):
        found = Shown(picture, sha256(picture.data))
        if found.sha256 not in known:
            known.add(found.sha256)
            yield found


def want(post: Outgoing, marker: str, state: State, habits: Habits) -> Wanted:
    """Return a post as it would be sent now, with what `state` knows of images and other posts."""
    names = {
        picture.name: _placed(state.media[sha])
        for picture in post.pictures
        if (sha := sha256(picture.data)) in state.media
    }
    links = {
        path: state.posts[path].link
        for path in post.links
        if path in state.posts and state.posts[path].link and not state.posts[path].deleted
    }
    article = post.write(names, links)
    categories, tags = list(post.categories), list(post.tags)
    if habits.series == "category":
        categories += post.series
    elif habits.series == "tag":
        tags += post.series
    return Wanted(
        title=as_html_text(post.title),
        content=mark(article.blocks, marker),
        excerpt=as_html_text(post.excerpt),
        footnotes=article.footnotes,
        slug=post.slug,
        status=habits.status or post.status,
        date=read_date(post.date),
        categories=_once(categories),
        tags=_once(tags),
        featured=sha256(post.featured.data) if post.featured else "",
        lines=article.lines,
    )


def _placed(upload: Upload) -> Placed:
    return Placed(upload.url, upload.id, upload.width, upload.height)


def _once(names: Sequence[str]) -> tuple[str, ...]:
    """Return names, each once: WordPress does not tell them apart by case."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(" ".join(name.split()).casefold(), name)
    return tuple(found.values())


def fields_of(
    wanted: Wanted, names: Sequence[str], ids: Mapping[str, tuple[int, ...]]
) -> dict[str, Any]:
    """Return the REST API's fields for some of ours; `ids` are those of terms and images."""
    fields: dict[str, Any] = {}
    for name in names:
        if name == "footnotes":
            fields["meta"] = {"footnotes": wanted.footnotes}
        elif name == "date":
            key = "date_gmt" if wanted.date.endswith("Z") else "date"
            fields[key] = wanted.date.rstrip("Z")
        elif name in ("categories", "tags"):
            fields[name] = list(ids[name])
        elif name == "featured":
            fields["featured_media"] = next(iter(ids["featured"]), 0)
        else:
            fields[name] = getattr(wanted, name)
    return fields
