"""Whether a field on the site is what we want, or what it was: pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pubtool.publishers.wordpress.remote import RemotePost, Term
from pubtool.publishers.wordpress.state import Entry
from pubtool.publishers.wordpress.timing import as_gmt
from pubtool.publishers.wordpress.wanted import (
    TEXTS,
    Wanted,
    same_slug,
    same_text,
    settled,
    site_digests,
    term_of,
)

_UNDATED = frozenset({"draft", "pending", "auto-draft"})


@dataclass(frozen=True)
class Known:
    """What the site calls things by."""

    categories: tuple[Term, ...] = ()
    tags: tuple[Term, ...] = ()
    media: Mapping[str, int] = field(default_factory=dict)
    """The attachments' ids by the SHA-256 of what they hold."""
    offset: float = 0.0
    """Hours that the site's clock is ahead of GMT."""


def drifted(name: str, entry: Entry, seen: RemotePost) -> bool:
    """Whether the site has another value than it gave back after our last write.

    The date of a draft is no edit of anybody's: WordPress moves it along with each change, or tells
    the same of one that was set and one that was not.
    """
    if name == "date" and seen.status in _UNDATED:
        return False
    return site_digests(seen).get(name) != entry.back.get(name)


def alike(name: str, wanted: Wanted, seen: RemotePost, known: Known) -> bool:
    """Whether the site has a field just as we want it."""
    same: Mapping[str, Callable[[], bool]] = {
        "title": lambda: same_text(wanted.title, seen.title),
        "content": lambda: settled(wanted.content) == settled(seen.content),
        "excerpt": lambda: same_text(wanted.excerpt, seen.excerpt),
        "footnotes": lambda: _notes(wanted.footnotes) == _notes(seen.footnotes),
        "slug": lambda: same_slug(wanted.slug, seen.slug),
        "status": lambda: wanted.status == seen.status,
        "date": lambda: as_gmt(wanted.date, known.offset) == seen.date_gmt != "",
        "categories": lambda: _same_terms(wanted.categories, seen.categories, known.categories),
        "tags": lambda: _same_terms(wanted.tags, seen.tags, known.tags),
        "featured": lambda: known.media.get(wanted.featured, 0) == seen.featured_media,
    }
    return same[name]()


def _same_terms(names: tuple[str, ...], ids: tuple[int, ...], terms: tuple[Term, ...]) -> bool:
    found = [term_of(name, terms) for name in names]
    return all(found) and {term.id for term in found if term} == set(ids)


def _notes(text: str) -> object:
    try:
        return json.loads(text) if text.strip() else []
    except ValueError:
        return text


def settle(entry: Entry, seen: RemotePost) -> Entry:
    """Return the entry without anything pending: what was being sent arrived, or it did not.

    It arrived where the site has one of the texts that were sent, or has the post at all, if it
    was being made. A text that is neither as it was sent nor as it was before is somebody's edit,
    or the server's: `back` is then what was sent, so that it shows as an edit.
    """
    if not entry.pending:
        return entry
    site = site_digests(seen)
    sent_texts = [name for name in TEXTS if entry.pending.get(name)]
    if not entry.sent:  # it was being made, and here it is
        arrived = True
    elif sent_texts:
        arrived = any(site.get(name) == entry.pending[name] for name in sent_texts)
    else:
        arrived = any(site.get(n) == entry.pending.get(n) for n in ("slug", "status"))
    if not arrived:
        return replace(entry, pending={})
    back = dict(entry.back) if entry.sent else dict(site)
    for name, digest in entry.pending.items():
        back[name] = digest if name in TEXTS else site.get(name, "")
    sent = {**entry.sent, **entry.pending}
    return replace(entry, id=seen.id, pending={}, sent=_given(sent), back=_given(back))


def _given(digests: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in digests.items() if digest}
