"""The site's lists: which posts stand together on which page, by tag, year and so on.

Posts come first: where one has an address that a list would take (a post with the slug `tags`),
the list moves to another and `build` says so, since no post's address may change unasked.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pubtool.model import FrontMatter
from pubtool.writers.dates import year_of
from pubtool.writers.site import Page, Site, free_slug, slugify

PER_PAGE = 20
"""Posts of a full page: with their first words some 12 KB."""
FEW_SERIES = 12
"""Series that the first page lists; of more it names the page of all."""
FOLDERS = ("archive", "authors", "categories", "page", "search", "tags")
"""The folders that lists take at the site's root, if no post has their name."""


class _InFolder:
    """What has a page of its own in a folder."""

    __slots__ = ()
    folder: str

    @property
    def url(self) -> str:
        """Relative to the site's root."""
        return f"{self.folder}/index.html"


@dataclass(frozen=True, slots=True)
class Term(_InFolder):
    """A tag, a category or an author, with the public posts of it."""

    name: str
    """As most posts write it."""
    slug: str
    folder: str
    """Where it stands: ``tags/law``."""
    pages: tuple[Page, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Taxonomy(_InFolder):
    """All tags, categories or authors."""

    kind: str
    """``tags``, ``categories`` or ``authors``."""
    folder: str
    terms: tuple[Term, ...]
    """By name."""


@dataclass(frozen=True, slots=True)
class Year(_InFolder):
    """The posts of a year."""

    name: str
    """Empty for posts without a date."""
    folder: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list that may be long."""

    url: str
    """Relative to the site's root."""
    pages: tuple[Page, ...]
    """Newest first."""
    newer: str = ""
    """The address of the page with newer posts; empty on the first."""
    older: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A page that every page leads to."""

    key: str
    """``archive``, ``series``, ``categories``, ``tags``, ``authors`` or ``search``."""
    url: str
    """Relative to the site's root."""


@dataclass(frozen=True)
class Lists:
    """All lists of a site."""

    folders: Mapping[str, str]
    """Each of `FOLDERS` with the name that it has."""
    taxonomies: tuple[Taxonomy, ...]
    """Those that have terms."""
    years: tuple[Year, ...]
    """Newest first; posts without a date last."""
    sections: tuple[Section, ...]
    moved: tuple[str, ...] = ()
    """A sentence for each folder that a post has the name of."""
    terms: Mapping[str, Mapping[str, tuple[Term, ...]]] = field(default_factory=dict)
    """By a public post's path, then the kind, all three: what the post is listed under."""


def plan_lists(site: Site, fronts: Mapping[str, FrontMatter], *, search: bool) -> Lists:
    """Return the lists of a site; `fronts` are by path, `search` asks for a search page."""
    folders, moved = _folders(site)
    taxonomies = tuple(
        Taxonomy(kind, folders[kind], _terms(site.pages, folders[kind], named))
        for kind, named in (
            ("categories", lambda page: fronts[page.path].categories),
            ("tags", lambda page: fronts[page.path].tags),
            ("authors", lambda page: page.authors),
        )
    )
    shown = tuple(one for one in taxonomies if len(one.terms) > (one.kind == "authors"))
    return Lists(
        folders,
        shown,
        _years(site.pages, folders["archive"]),
        tuple(_sections(site, folders, shown, search=search)),
        moved,
        _by_post(site.pages, shown),
    )


def split_list(pages: Sequence[Page], folder: str, deeper: str = "page") -> tuple[Sheet, ...]:
    """Return the pages of a list whose first one stands in `folder` (``tags/law/``, or nothing).

    The further ones are numbered from the oldest posts, and each of them is full: a new post
    changes the first page alone, and no other ever changes its address or its posts.
    """
    full = max(0, len(pages) // PER_PAGE - 1)
    cut = len(pages) - full * PER_PAGE
    urls = [f"{folder}{deeper}/{number}/index.html" for number in range(full, 0, -1)]
    parts = [pages[:cut], *(pages[at : at + PER_PAGE] for at in range(cut, len(pages), PER_PAGE))]
    urls = [f"{folder}index.html", *urls]
    return tuple(
        Sheet(url, tuple(part), urls[at - 1] if at else "", (urls[at + 1 :] or [""])[0])
        for at, (url, part) in enumerate(zip(urls, parts, strict=True))
    )


def _folders(site: Site) -> tuple[dict[str, str], tuple[str, ...]]:
    slugs = {page.slug: page.path for page in site.every}
    folders = {name: free_slug(name, slugs) for name in FOLDERS}
    moved = tuple(
        f"{slugs[name]}: its address is {name}/, so our own pages of that name are at {folder}/"
        for name, folder in folders.items()
        if name not in (folder, "page")
    )
    return folders, moved


def _sections(
    site: Site, folders: Mapping[str, str], taxonomies: Sequence[Taxonomy], *, search: bool
) -> Iterable[Section]:
    if site.pages:
        yield Section("archive", f"{folders['archive']}/index.html")
    if site.series:
        yield Section("series", "series/index.html")
    for taxonomy in taxonomies:
        yield Section(taxonomy.kind, taxonomy.url)
    if search:
        yield Section("search", f"{folders['search']}/index.html")


def _years(pages: Sequence[Page], folder: str) -> tuple[Year, ...]:
    years: dict[str, list[Page]] = {}
    for page in pages:
        years.setdefault(year_of(page.date), []).append(page)
    return tuple(
        Year(name, f"{folder}/{name or 'undated'}", tuple(years[name]))
        for name in sorted(years, reverse=True)
    )


def _terms(
    pages: Sequence[Page], folder: str, named: Callable[[Page], Sequence[str]]
) -> tuple[Term, ...]:
    """Return the terms that the pages name; spellings that differ in capitals alone are one."""
    members: dict[str, dict[str, Page]] = {}
    spellings: dict[str, Counter[str]] = {}
    for page in pages:
        for name in named(page):
            if key := _key(name):
                members.setdefault(key, {})[page.path] = page
                spellings.setdefault(key, Counter())[" ".join(name.split())] += 1
    taken: dict[str, str] = {}
    found = []
    # a name that is its own slug has it, whatever else is there: C comes before C++
    for key in sorted(members, key=lambda key: (slugify(key) != key.replace(" ", "-"), key)):
        slug = free_slug(slugify(key), taken)
        taken[slug] = key
        name = min(spellings[key], key=lambda one: (-spellings[key][one], one))
        found.append(Term(name, slug, f"{folder}/{slug}", tuple(members[key].values())))
    return tuple(sorted(found, key=lambda term: (_letters(term.name), _key(term.name), term.slug)))


def _letters(name: str) -> str:
    """Return a term as it is sorted: É stands with E, as in most languages' indexes."""
    whole = unicodedata.normalize("NFKD", _key(name))
    return "".join(one for one in whole if not unicodedata.combining(one))


@lru_cache(4096)  # as many posts have the same
def _key(name: str) -> str:
    """Return what spellings of one term have in common."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.sub(r"[\s_-]+", " ", folded).split())


def _by_post(
    pages: Sequence[Page], taxonomies: Sequence[Taxonomy]
) -> dict[str, dict[str, tuple[Term, ...]]]:
    found: dict[str, dict[str, tuple[Term, ...]]] = {
        page.path: {"categories": (), "tags": (), "authors": ()} for page in pages
    }
    for taxonomy in taxonomies:
        for term in taxonomy.terms:
            for page in term.pages:
                found[page.path][taxonomy.kind] += (term,)
    return found
