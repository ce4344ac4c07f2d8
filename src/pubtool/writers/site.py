"""What the site will hold: which posts, under which addresses, in which order.

Posts whose status is ``publish`` are public. A ``draft``, ``private`` or ``future`` post has no
page and no PDF, and is on no list, unless drafts are asked for; the WordPress export has every post
under its own status, since that status is WordPress's to keep.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import quote

from pubtool.errors import SameSlug
from pubtool.model import Manuscript, Settings
from pubtool.writers.dates import order
from pubtool.writers.titles import in_print

BOOKS = ("pdf", "epub", "docx")
"""The formats of books, by the endings of their files."""

RESERVED = frozenset({"series", "wordpress"})
"""Folders of the output that no post may take."""


_OTHERS = re.compile("[^a-z0-9]+")
_ACCENTS = re.compile("([A-Za-z])[\u0300-\u036f]+")
_POINTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
"""Marks that writing does without: stray accents, Hebrew points, Arabic vowels. Those of Indic and
Southeast Asian scripts are letters to their readers and stay."""


@dataclass(frozen=True, slots=True)
class Page:
    """A post's place on the site."""

    path: str
    """The post's file, relative to the project."""
    slug: str
    """Its folder on the site; unique."""
    title: str
    """As it is printed: with curly marks."""
    date: str
    """ISO 8601, as written; may be empty."""
    status: str
    authors: tuple[str, ...]
    """The site's author where the post names none."""
    lang: str

    @property
    def url(self) -> str:
        """Relative to the site's root, with the file's name, so that it works without a server."""
        return f"{self.slug}/index.html"

    def beside(self, suffix: str) -> str:
        """Return the path of its book of a format (``epub``), relative to the site's root."""
        return f"{self.slug}/{self.slug}.{suffix}"


@dataclass(frozen=True)
class Series:
    """Posts that belong together, in their order."""

    name: str
    slug: str
    pages: tuple[Page, ...]
    numbers: tuple[int, ...]
    """Of each page, what part it is: the author's own numbers, which count what is held back and a
    part 0, where all have one, whole and of that part alone; else 1, 2, 3 …"""

    @property
    def count(self) -> int:
        """How many parts there are, as far as its readers can know."""
        return max(self.numbers)

    def place(self, page: Page) -> int:
        """Return the place of a page among its own, from 0."""
        return self._places[page.path]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """A weekly column has thousands of parts, and each asks where it is."""
        return {page.path: at for at, page in enumerate(self.pages)}

    def number(self, page: Page) -> int:
        """Return what part a page of it is."""
        return self.numbers[self.place(page)]

    @property
    def url(self) -> str:
        """Relative to the site's root."""
        return f"series/{self.slug}/index.html"

    def beside(self, suffix: str) -> str:
        """Return the path of its book of a format (``epub``), relative to the site's root."""
        return f"series/{self.slug}/{self.slug}.{suffix}"


@dataclass(frozen=True)
class Site:
    """All that is to be written."""

    title: str
    author: str
    url: str
    """The address of the site, for absolute links, without a slash at its end; may be empty."""
    lang: str
    pages: tuple[Page, ...]
    """The public ones, newest first; those of one date by path."""
    series: tuple[Series, ...]
    """The public ones, by name."""
    every: tuple[Page, ...]
    """All posts, held back or not, by path: what WordPress gets."""
    draft: bool
    """Whether the output is to be stamped as unverified."""

    @cached_property
    def series_by_path(self) -> Mapping[str, tuple[Series, ...]]:
        """The series of each public post that is in any, by name."""
        found: dict[str, tuple[Series, ...]] = {}
        for series in self.series:
            for page in series.pages:
                found[page.path] = (*found.get(page.path, ()), series)
        return found

    @cached_property
    def by_path(self) -> Mapping[str, Page]:
        """All posts, held back or not, by the paths of their files."""
        return {page.path: page for page in self.every}

    @property
    def held_back(self) -> tuple[Page, ...]:
        """The posts that are not public, by path."""
        public = {page.path for page in self.pages}
        return tuple(page for page in self.every if page.path not in public)


def plan_site(posts: Iterable[Manuscript], settings: Settings, *, draft: bool = False) -> Site:
    """Return the site of the posts; with `draft`, of those that are not published too.

    Raises `SameSlug` where two posts would have one address.
    """
    ordered = sorted(posts, key=lambda post: post.path)
    pages = {post.path: _page(post, settings) for post in ordered}
    _refuse_same_slugs(pages.values())
    public = [post for post in ordered if draft or pages[post.path].status == "publish"]
    shown = (pages[post.path] for post in public)
    newest = sorted(shown, key=lambda page: order(page.date), reverse=True)
    return Site(
        title=settings.title or "Posts",
        author=settings.author,
        url=settings.url.rstrip("/"),
        lang=settings.lang,
        pages=tuple(newest),
        series=_series(public, pages),
        every=tuple(pages.values()),
        draft=draft,
    )


def series_of(site: Site, page: Page) -> tuple[Series, ...]:
    """Return the series that a page belongs to, by name."""
    return site.series_by_path.get(page.path, ())


def neighbours(series: Series, page: Page) -> tuple[Page | None, Page | None]:
    """Return the pages before and after `page` in a series."""
    at = series.place(page)
    before = series.pages[at - 1] if at else None
    return before, series.pages[at + 1] if at + 1 < len(series.pages) else None


def absolute(site: Site, url: str) -> str:
    """Return the URI on the web of a page or file; empty where the site's address is not known.

    `url` is relative to the site's root. A folder is named without its ``index.html``.
    """
    if not site.url:
        return ""
    short = url.removesuffix("index.html") if f"/{url}".endswith("/index.html") else url
    return f"{site.url}/{quote(short)}"


def slugify(text: str) -> str:
    """Return `text` as a folder name and a part of an address; ``post`` if nothing is left.

    Lower case, accents taken off Latin letters (as WordPress does), other characters than letters
    and digits as single hyphens.
    """
    if text.isascii():  # the same, for most
        return _OTHERS.sub("-", text.lower().replace("'", "")).strip("-") or "post"
    plain = _ACCENTS.sub(r"\1", unicodedata.normalize("NFKD", text))
    whole = _POINTS.sub("", unicodedata.normalize("NFC", plain).lower())
    letters = (char if _is_letter(char) else "-" for char in whole if char not in "'’")
    return re.sub("-+", "-", "".join(letters)).strip("-") or "post"


def _is_letter(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")


def _page(post: Manuscript, settings: Settings) -> Page:
    front = post.front
    stem = post.path.rpartition("/")[2].removesuffix(".md")
    slug = slugify(front.slug or stem)
    return Page(
        path=post.path,
        slug=f"{slug}-post" if slug in RESERVED else slug,
        title=in_print(front.title) if front.title else stem,
        date=front.date,
        status=front.status,
        authors=front.authors or ((settings.author,) if settings.author else ()),
        lang=front.lang or settings.lang,
    )


def _refuse_same_slugs(pages: Iterable[Page]) -> None:
    taken: dict[str, str] = {}
    for page in pages:
        if page.slug in taken:
            raise SameSlug(page.path, page.slug, taken[page.slug])
        taken[page.slug] = page.path


def _series(public: Sequence[Manuscript], pages: Mapping[str, Page]) -> tuple[Series, ...]:
    members: dict[str, list[tuple[float, datetime, str]]] = {}
    for post in public:
        for part in post.front.series:
            number = float("inf") if part.part is None else part.part
            members.setdefault(part.name, []).append((number, order(post.front.date), post.path))
    found, taken = list[Series](), set[str]()
    for name in sorted(members):
        slug = free_slug(slugify(name), taken)
        taken.add(slug)
        parts: dict[str, float] = {}
        for number, _, path in sorted(members[name]):
            parts.setdefault(path, number)
        here = tuple(pages[path] for path in parts)
        found.append(Series(name, slug, here, _numbers(tuple(parts.values()))))
    return tuple(found)


def _numbers(parts: Sequence[float]) -> tuple[int, ...]:
    own = len(set(parts)) == len(parts) and all(p >= 0 and float(p).is_integer() for p in parts)
    return tuple(map(int, parts)) if own else tuple(range(1, len(parts) + 1))


def free_slug(slug: str, taken: Container[str]) -> str:
    """Return `slug`, or the first of ``slug-2``, ``slug-3`` … that is not `taken`."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
