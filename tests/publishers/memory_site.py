"""A WordPress site in memory: the posts, and what a publisher may ask of them.

No network and no HTTP: the planning and the order of the steps are tried here thousands of times.
`interrupt` is called before and after each request that writes, and may raise.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pubtool.publishers.wordpress.remote import Account, Media, RemotePost, Taxonomy, Term

T = TypeVar("T")

RIGHTS = frozenset(
    "publish_posts edit_posts upload_files manage_categories unfiltered_html".split()
)


def nothing(_when: str, _what: str) -> None:
    """Interrupt nothing."""


@dataclass
class MemorySite:
    """All that the site holds, to be looked at and changed by a test at any time."""

    content: dict[int, RemotePost] = field(default_factory=dict)
    files: dict[int, Media] = field(default_factory=dict)
    names: dict[str, list[Term]] = field(
        default_factory=lambda: {"category": [Term(1, "Uncategorized", "uncategorized")]}
    )
    rights: frozenset[str] = RIGHTS
    interrupt: Callable[[str, str], None] = nothing
    """Told ``before`` or ``after`` and what is written, such as ``create``."""
    changes: Callable[[str], str] = str
    """What the server makes of a content."""
    writes: list[str] = field(default_factory=list)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(10))
    _clock: itertools.count[int] = field(default_factory=itertools.count)

    def account(self) -> Account:
        return Account("Site", "https://example.org", "7.1", "ann", 1, self.rights, footnotes=True)

    def post(self, identifier: int) -> RemotePost | None:
        return self.content.get(identifier)

    def posts(self, *, slug: str = "", search: str = "") -> Sequence[RemotePost]:
        return [
            post
            for post in sorted(self.content.values(), key=lambda post: post.id)
            if (not slug or post.slug in slug.split(",")) and (not search or search in post.content)
        ]

    def create(self, fields: Mapping[str, Any]) -> RemotePost:
        empty = RemotePost(next(self._ids), "", "draft", "", "", "", "", "", "", "", (1,), (), 0, 1)
        return self._write("create", lambda: self._put(empty, fields))

    def update(self, identifier: int, fields: Mapping[str, Any]) -> RemotePost:
        return self._write("update", lambda: self._put(self.content[identifier], fields))

    def terms(self, taxonomy: Taxonomy) -> Sequence[Term]:
        return tuple(self.names.get(taxonomy, ()))

    def create_term(self, taxonomy: Taxonomy, name: str, slug: str) -> Term:
        def make() -> Term:
            known = self.names.setdefault(taxonomy, [])
            for term in known:
                if term.name.casefold() == name.casefold():
                    return term
            known.append(Term(next(self._ids), name, slug or name.lower()))
            return known[-1]

        return self._write("term", make)

    def media(self, slug: str) -> Sequence[Media]:
        return [one for one in self.files.values() if one.slug in slug.split(",")]

    def media_of(self, identifier: int) -> Media | None:
        return self.files.get(identifier)

    def upload(self, name: str, slug: str, data: bytes, media_type: str) -> Media:
        def make() -> Media:
            number = next(self._ids)
            url = f"https://example.org/files/{number}/{name}"
            self.files[number] = Media(number, slug, url, "", "", len(data), 1)
            return self.files[number]

        return self._write("upload", make)

    def describe(self, identifier: int, *, alt: str, caption: str) -> Media:
        def change() -> Media:
            self.files[identifier] = replace(self.files[identifier], alt=alt, caption=caption)
            return self.files[identifier]

        return self._write("describe", change)

    # What a test does as somebody who works on the site.

    def edit(self, identifier: int, **fields: Any) -> None:
        """Change a post as its editor does."""
        self._put(self.content[identifier], fields)

    def only(self) -> RemotePost:
        """Return the one post that there is."""
        (post,) = self.content.values()
        return post

    def summary(self) -> list[tuple[object, ...]]:
        """Return all that visitors and editors see, ids and times aside."""
        addresses = {str(post.id): post.slug for post in self.content.values()}
        files = {one.id: one.slug for one in self.files.values()}
        found: list[tuple[object, ...]] = []
        for post in self.content.values():
            content = post.content
            for one in self.files.values():
                content = content.replace(one.url, one.slug)
            for number, slug in addresses.items():
                content = content.replace(f'?p={number}"', f'?p={slug}"')
            terms = [self._name("category", i) for i in post.categories]
            tags = [self._name("post_tag", i) for i in post.tags]
            featured = files.get(post.featured_media)
            row = (post.slug, post.title, post.status, content, post.footnotes, post.excerpt)
            found.append((*row, sorted(terms), sorted(tags), featured))
        found += [(one.slug, one.alt, one.caption) for one in self.files.values()]
        found += [(name, term.name) for name, all_ in self.names.items() for term in all_]
        return sorted(found, key=repr)

    def _name(self, taxonomy: str, number: int) -> str:
        return next(term.name for term in self.names[taxonomy] if term.id == number)

    def _put(self, post: RemotePost, fields: Mapping[str, Any]) -> RemotePost:
        given = dict(fields)
        meta = given.pop("meta", {})
        date = given.pop("date_gmt", given.pop("date", post.date_gmt))
        names = ("categories", "tags")
        given |= {name: tuple(given[name]) for name in names if name in given}
        if "content" in given:
            given["content"] = self.changes(given["content"])
        when = f"2026-11-01T00:00:{next(self._clock):04}"
        made = replace(post, **given, date_gmt=date, modified_gmt=when)
        if "footnotes" in meta:
            made = replace(made, footnotes=meta["footnotes"])
        pretty = made.status == "publish"
        link = (
            f"https://example.org/{made.slug}/" if pretty else f"https://example.org/?p={made.id}"
        )
        self.content[made.id] = replace(made, link=link)
        return self.content[made.id]

    def _write(self, what: str, act: Callable[[], T]) -> T:
        self.interrupt("before", what)
        self.writes.append(what)
        made = act()
        self.interrupt("after", what)
        return made
