"""One export under way: what the jobs of several formats need is made once, when the first asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from pubtool.model import Document, Key
from pubtool.system.pandoc import Pandoc
from pubtool.writers.attachments import Attachments, link_attachments, read_attachments
from pubtool.writers.citations import references
from pubtool.writers.dates import timestamp
from pubtool.writers.desk import Address, Desk
from pubtool.writers.export.jobs import Job, Plan, digest
from pubtool.writers.facts import with_authors
from pubtool.writers.feeds.entries import LENGTH
from pubtool.writers.html.frame import Feed, Frame, Head
from pubtool.writers.html.rendering import Templates
from pubtool.writers.links import linked_posts
from pubtool.writers.lists import Lists, plan_lists
from pubtool.writers.material import Material
from pubtool.writers.naming import name_author
from pubtool.writers.overrides import FOLDER, override_names, stray_templates
from pubtool.writers.site import BOOKS, Page, Series, Site, absolute, series_of
from pubtool.writers.words import words_in


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan of a site asks of a post that stays, in place of all that it is made from."""

    needs: str
    """This and the next three are what the studio's methods of these names return."""
    evidence_needs: str
    extract_needs: str
    lead_needs: list[str]
    excerpt: str
    """What lists say of it."""
    jobs: tuple[tuple[str, str], ...]
    """The name and the digest of each job."""


class Studio:
    """A material, the formats that are wanted, and what their jobs depend on."""

    def __init__(self, material: Material, formats: frozenset[str], pandoc: Pandoc) -> None:
        self.material = material
        self.formats = formats
        self.pandoc = pandoc
        self.desk = Desk(material, pandoc)
        self.excerpts = _Excerpts(material)
        """What lists say of each post, by path."""
        self.templates = Templates(self.override)
        self._needs: dict[str, str] = {}
        self._source_needs: dict[Key, str] = {}
        self._evidence_needs: dict[str, str] = {}
        self._extract_needs: dict[str, str] = {}
        self._lead_needs: dict[str, list[str]] = {}
        self._entry_needs: dict[tuple[Key, str], str] = {}
        self._overrides: dict[str, bytes | None] = {}
        self._attachments: dict[str, Attachments] = {}
        self._newest: dict[str, tuple[Page, ...]] = {}

    def override(self, name: str) -> bytes | None:
        """Return the project's own template or style of that name; None where it has none.

        A job whose files are made with it counts it in its digest.
        """
        if name not in self._overrides:
            self._overrides[name] = self.material.read_file(f"{FOLDER}/{name}")
        return self._overrides[name]

    def stray_templates(self) -> tuple[str, ...]:
        """Return a sentence for each file of the project's templates that nothing asks for."""
        pages = [name for name in override_names() if name.endswith(".html")]
        included = {one for name in pages for one in self.templates.included(name)}
        return stray_templates(self.material.templates, included)

    @cached_property
    def lists(self) -> Lists:
        """All lists of the site."""
        fronts = {path: checked.post.front for path, checked in self.material.posts.items()}
        return plan_lists(self.site, fronts, search=self.material.settings.search)

    @cached_property
    def frame_facts(self) -> list[Any]:
        """What every web page depends on."""
        return [self.site_facts, self.lists.sections]

    def frame(self, head: Head, lang: str) -> Frame:
        """Return what stands round a page."""
        return Frame(self.site, self.lists.sections, head, lang)

    def feeds(self, series: Series | None = None) -> tuple[Feed, ...]:
        """Return the feeds that a page tells of: the site's, and a series's."""
        site = self.site
        told = [(site.title, "")] if self.newest() else []
        if series and self.newest(series):
            told.append((f"{site.title}: {series.name}", f"series/{series.slug}/"))
        return tuple(
            Feed(title, form, f"{folder}{name}")
            for title, folder in told
            for form, name in (("application/atom+xml", "feed.xml"),
                               ("application/feed+json", "feed.json"))
        )  # fmt: skip

    def newest(self, series: Series | None = None) -> tuple[Page, ...]:
        """Return the posts of a feed: the site's, or a series's; none where there are no feeds.

        Feeds need the site's address, and a draft is not to be announced.
        """
        slug = series.slug if series else ""
        if slug not in self._newest:
            self._newest[slug] = self._newest_of(series)
        return self._newest[slug]

    def _newest_of(self, series: Series | None) -> tuple[Page, ...]:
        if not self.site.url or self.site.draft:
            return ()
        pages: Sequence[Page] = self.site.pages
        if series is not None:
            pages = sorted(set(series.pages), key=lambda page: self._places[page.path])
        return tuple(islice((page for page in pages if timestamp(page.date)), LENGTH))

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where each post stands in the order of the site, by path."""
        return {page.path: place for place, page in enumerate(self.site.pages)}

    @cached_property
    def fed(self) -> frozenset[str]:
        """The paths of the posts that are in a feed."""
        every = (self.newest(series) for series in (None, *self.site.series))
        return frozenset(page.path for pages in every for page in pages)

    @property
    def books(self) -> tuple[str, ...]:
        """The formats of the books that stand beside each page, in their order."""
        return tuple(name for name in BOOKS if name in self.formats)

    @property
    def site(self) -> Site:
        """All that is to be written."""
        return self.material.site

    @cached_property
    def site_facts(self) -> list[Any]:
        """What every page depends on."""
        site = self.site
        return [site.title, site.author, site.url, site.lang, site.draft]

    def attachments(self, page: Page) -> Attachments:
        """Return the project's files that a post links to."""
        if page.path not in self._attachments:
            links = self.material.posts[page.path].facts.links
            shown = self.desk.images(page.path).names
            found = read_attachments(links, page.path, shown, self.material.read_file)
            self._attachments[page.path] = found
        return self._attachments[page.path]

    def document(self, page: Page, address: Address) -> Document:
        """Return a post as it stands on the web; raises `PandocFailed`."""
        return link_attachments(self.desk.ready(page, address), self.attachments(page))

    @cached_property
    def around(self) -> str:
        """A digest of all that a post's jobs depend on besides the post.

        Empty where a file may have changed and nobody would know.
        """
        if not self.material.rest:
            return ""
        site, posts = self.site, self.material.posts.values()
        public = [page.path for page in site.pages]
        placed = [site.every, public, site.series, [checked.post.front for checked in posts]]
        settings = self.material.settings
        return digest(self.material.rest, settings, sorted(self.formats), self.site_facts, placed)

    def known(self, kind: str, plan: Callable[[], Iterable[Job]], *parts: str) -> Iterator[Job]:
        """Yield jobs that depend on nothing but what is `around` all posts, and on `parts`.

        They are planned where something of that has changed, or one is to be done.
        """
        planned = Plan(plan)
        if not self.around:
            yield from planned.jobs.values()
            return
        form = tuple[tuple[str, str], ...]
        told = self.material.keep(f"jobs-{kind}", form, planned.told, self.around, *parts)
        yield from planned.known(told)

    def planned(self, page: Page, plan: Plan) -> Planned:
        """Return what is kept of a post whose jobs these are."""
        jobs = plan.told()
        return Planned(
            self.needs(page),
            self.evidence_needs(page),
            self.extract_needs(page),
            self.lead_needs(page),
            self.excerpts[page.path],
            jobs,
        )

    def recall(self, page: Page, planned: Planned) -> None:
        """Take what is known of a post from before."""
        self._needs[page.path] = planned.needs
        self._evidence_needs[page.path] = planned.evidence_needs
        self._extract_needs[page.path] = planned.extract_needs
        self._lead_needs[page.path] = planned.lead_needs
        self.excerpts[page.path] = planned.excerpt

    def needs(self, page: Page) -> str:
        """Return a digest of all that a post's output depends on in every format."""
        if page.path not in self._needs:
            self._needs[page.path] = digest(self._needs_of_post(page))
        return self._needs[page.path]

    def source_needs(self, key: Key) -> str:
        """Return a digest of what is told of a source: its entry, wherever it stands, and files."""
        if key not in self._source_needs:
            source = self.material.bibliography.sources.get(key)
            entry = repr(replace(source, line=1)) if source is not None else ""
            told = [str(key), entry, repr(self.material.sources.provenance(key))]
            self._source_needs[key] = digest(told)
        return self._source_needs[key]

    def evidence_needs(self, page: Page) -> str:
        """Return a digest of what a post's data depend on besides what its page does."""
        if page.path not in self._evidence_needs:
            settings = self.material.settings
            keys = self.material.posts[page.path].found.evidence
            sources = [self.source_needs(key) for key in keys]
            told = [settings.convention, settings.select, settings.ignore, sources]
            self._evidence_needs[page.path] = digest(told)
        return self._evidence_needs[page.path]

    def extract_needs(self, page: Page) -> str:
        """Return a digest of all that a post's text on its page depends on."""
        if page.path not in self._extract_needs:
            told = digest("extract", self.needs(page), self.attachments(page).links)
            self._extract_needs[page.path] = told
        return self._extract_needs[page.path]

    def lead_needs(self, page: Page) -> list[str]:
        """Return what depends on the front matter's image depends on. See `Desk`."""
        if page.path not in self._lead_needs:
            self._lead_needs[page.path] = self.desk.lead_needs(page)
        return self._lead_needs[page.path]

    def near(self, page: Page) -> list[Any]:
        """Return what a post's place in its series depends on."""
        return [[self._series_needs[s.slug], s.place(page)] for s in series_of(self.site, page)]

    @cached_property
    def _series_needs(self) -> dict[str, str]:
        """A digest of each series, by its address."""
        return {series.slug: digest(series) for series in self.site.series}

    def absolute(self, page: Page) -> str:
        """Return a post's address on the web; empty where the site's is not known."""
        return absolute(self.site, page.url)

    def remarks(self, page: Page) -> tuple[str, ...]:
        """Return what to tell of a post's pages and books: what its author wrote in vain."""
        return tuple(
            f"{page.path}:{gone.line}: left out {gone.what}: {gone.why}"
            for gone in self.desk.left_out(page)
        )

    def _needs_of_post(self, page: Page) -> list[Any]:
        checked = self.material.posts[page.path]
        pages = self.desk.pages
        return [
            self.site_facts,
            self.manner,
            page,
            checked.text_sha256,
            checked.found.digest,
            self._entries(checked.facts.cited, page.lang),
            [self.source_needs(source.key) for source in self.desk.verdict_sources(page)],
            self.desk.style_digest(page),
            self.desk.images(page.path).digests,
            [[p, pages.get(p)] for p in linked_posts(checked.facts.links, page.path)],
        ]

    def _entries(self, keys: Sequence[Key], lang: str) -> list[str]:
        """Return a digest of each entry that is cited, as `references` gives it."""
        places = self._places_of_entries
        found = sorted((key for key in set(keys) if key in places), key=places.__getitem__)
        return [self._entry(key, lang) for key in found]

    def _entry(self, key: Key, lang: str) -> str:
        if (key, lang) not in self._entry_needs:
            [entry] = references((key,), self.material.bibliography, lang)
            self._entry_needs[key, lang] = digest(entry)
        return self._entry_needs[key, lang]

    @cached_property
    def _places_of_entries(self) -> dict[Key, int]:
        return {key: place for place, key in enumerate(self.material.bibliography.sources)}

    @cached_property
    def manner(self) -> list[Any]:
        """What the settings say of raw HTML and images."""
        settings = self.material.settings
        return [settings.raw_html, settings.remote_images, settings.keep_metadata]


class _Excerpts(dict[str, str]):
    """What lists say of each post, by path: looked for when a list asks."""

    def __init__(self, material: Material) -> None:
        super().__init__()
        self._material = material

    def __missing__(self, path: str) -> str:
        checked, sources = self._material.posts[path], self._material.bibliography.sources
        words = words_in(checked.post.front.lang or self._material.site.lang)

        def name(key: Key) -> str:
            return name_author(sources[key], words) if key in sources else str(key)

        self[path] = checked.post.front.excerpt or with_authors(checked.facts.opening, name)
        return self[path]
