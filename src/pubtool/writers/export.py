"""The export as a list of jobs: each says what it depends on, and writes when it is asked to.

A job's digest changes with everything that its output depends on and with nothing else, so a caller
that keeps the digests can leave a job out whose digest it knows. Nothing is read or written here
but through what is passed in, and there is no clock: the same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pubtool.model import Article, Document, Placed
from pubtool.system.files import sha256
from pubtool.system.pandoc import Pandoc
from pubtool.writers import html, pdf, wordpress
from pubtool.writers.ast import change, collect, plain_text
from pubtool.writers.citations import references
from pubtool.writers.links import linked_posts
from pubtool.writers.material import Checked, Desk, Material
from pubtool.writers.posting import (
    Target,
    fallback_line,
    featured,
    item,
    write_article,
)
from pubtool.writers.proof import summary
from pubtool.writers.site import Page, Series, day, neighbours, series_of

__all__ = ["Checked", "Job", "Material", "export", "plan_jobs"]

FORMATS = ("html", "pdf", "wordpress")
"""What can be asked for."""

NOTICE = "Draft, unverified: the quotations here may not have passed the check."
"""The line on every page of a draft's PDF."""

Output = Iterator[tuple[str, bytes]]
"""Files to write: the path below the output folder, with forward slashes, and the content."""


@dataclass(frozen=True)
class Job:
    """Some files of the export that are made together."""

    name: str
    """Unique in the export and the same in the next one: ``html:posts/a.md``."""
    digest: str
    """Changes with whatever the files depend on."""
    write: Callable[[], Output]
    """Makes the files; raises `UnknownStyle`, `PandocFailed` or `TypesetFailed`."""
    remarks: Callable[[], tuple[str, ...]] = tuple
    """What to tell the user of them, a line each; raises what `write` does."""


def export(material: Material, formats: Sequence[str], pandoc: Pandoc) -> Output:
    """Yield all files of the export."""
    for job in plan_jobs(material, formats, pandoc):
        yield from job.write()


def plan_jobs(material: Material, formats: Sequence[str], pandoc: Pandoc) -> tuple[Job, ...]:
    """Return the jobs of an export to some of `FORMATS`, posts first.

    Planning looks for what each post cites, links and shows; all else waits for `Job.write`.
    Raises `UnknownStyle` where a post or the project names a style that is not there.
    """
    studio = _Studio(material, pandoc, tuple(sorted(formats)))
    jobs = [*studio.post_jobs(), *studio.series_jobs()]
    if "html" in formats:
        jobs.append(studio.index_job())
    if "wordpress" in formats:
        jobs.extend(studio.whole_jobs())
    return tuple(jobs)


def digest(*parts: Any) -> str:
    """Return a hexadecimal digest of the parts, our version and the templates.

    The parts are JSON values; whatever else they hold counts by its ``repr``.
    """
    return sha256(_canonical([_ourselves(), *parts]))


class _Studio:
    """One export under way: what several jobs need is made once, when the first asks."""

    def __init__(self, material: Material, pandoc: Pandoc, formats: tuple[str, ...]) -> None:
        self._material = material
        self._site = material.site
        self._desk = Desk(material, pandoc)
        self._pandoc = pandoc
        self._formats = formats
        self._pages = self._desk.pages
        self._excerpts = {page.path: self._excerpt(page.path) for page in material.site.every}
        self._post_needs: dict[str, str] = {}
        self._articles: dict[tuple[str, str], Article] = {}

    # --- Jobs ---

    def post_jobs(self) -> Iterator[Job]:
        """Yield a job for each post and format."""
        for page in self._site.every:
            if "html" in self._formats and page.path in self._pages:
                yield self._job("html", page, self._html)
            if "pdf" in self._formats and page.path in self._pages:
                yield self._job("pdf", page, self._pdf)
            if "wordpress" in self._formats:
                job = self._job("wordpress", page, self._wordpress)
                yield replace(job, remarks=lambda page=page: self._fallbacks(page))  # type: ignore[misc]

    def series_jobs(self) -> Iterator[Job]:
        """Yield a job for each series and format that has something for it."""
        for series in self._site.series:
            listed = [self._excerpts[page.path] for page in series.pages]
            if "html" in self._formats:
                yield Job(
                    f"html:series/{series.slug}",
                    digest(self._site_facts(), "pdf" in self._formats, repr(series), listed),
                    lambda series=series: self._series_html(series),  # type: ignore[misc]
                )
            if "pdf" in self._formats:
                yield Job(
                    f"pdf:series/{series.slug}",
                    digest(repr(series), [self._needs("pdf", page) for page in series.pages]),
                    lambda series=series: self._series_pdf(series),  # type: ignore[misc]
                )

    def index_job(self) -> Job:
        """Return the job for the first page and the stylesheet."""
        facts = [[repr(page), self._excerpts[page.path]] for page in self._site.pages]
        series = [repr(series) for series in self._site.series]
        return Job("html:index", digest(self._site_facts(), facts, series), self._index)

    def whole_jobs(self) -> Iterator[Job]:
        """Yield the jobs for the file that WordPress imports and for the ledger of all posts."""
        needs = [self._needs("wordpress", page) for page in self._site.every]
        yield Job("wordpress:posts.xml", digest(needs), self._wxr)
        yield Job("wordpress:fallbacks.txt", digest(needs), self._ledger)

    def _job(self, kind: str, page: Page, write: Callable[[Page], Output]) -> Job:
        return Job(f"{kind}:{page.path}", digest(self._needs(kind, page)), lambda: write(page))

    def _needs(self, kind: str, page: Page) -> list[Any]:
        """Return all that a post's output depends on, but for our own version."""
        if page.path not in self._post_needs:
            self._post_needs[page.path] = digest(self._needs_of_post(page))
        needs = [kind, self._post_needs[page.path]]
        if kind == "pdf":
            return needs
        near = [[repr(series), neighbours(series, page)] for series in series_of(self._site, page)]
        lead = featured(self._desk, page)
        more = [near, [lead.name, sha256(lead.data)] if lead else []]
        settings = self._material.settings
        if kind == "html":
            return [*needs, *more, "pdf" in self._formats]
        if not self._site.url:  # without it a post leads nowhere, its neighbours included
            more = more[1:]
        own = [settings.wordpress_footnotes, settings.wordpress_proof, settings.wordpress_series]
        return [*needs, *more, own]

    def _needs_of_post(self, page: Page) -> list[Any]:
        checked = self._material.posts[page.path]
        return [
            self._site_facts(),
            repr(page),
            checked.post.text,
            repr(checked.verdicts),
            references(checked.document, self._material.bibliography),
            [source.csl for source in self._desk.verdict_sources(page)],
            self._desk.style_digest(page),
            {name: sha256(data) for name, data in self._desk.images(page.path).data.items()},
            [[p, repr(self._pages.get(p))] for p in linked_posts(checked.document, page.path)],
        ]

    def _site_facts(self) -> list[Any]:
        site = self._site
        return [site.title, site.author, site.url, site.lang, site.draft]

    # --- Files ---

    def _html(self, page: Page) -> Output:
        checked = self._material.posts[page.path]
        document = self._desk.ready(page, lambda other: f"../{other.url}")
        shown = dict(self._desk.images(page.path).data)
        if lead := featured(self._desk, page):  # nothing shows it but what imports the posts
            shown[lead.name] = lead.data
        for name, data in shown.items():
            yield f"{page.slug}/{name}", data
        reading = html.Reading(
            document,
            self._desk.proofs(page),
            summary(checked.verdicts),
            self._excerpts[page.path],
            pdf="pdf" in self._formats,
        )
        yield page.url, html.post_page(self._site, page, reading, self._pandoc)

    def _pdf(self, page: Page) -> Output:
        front = self._material.posts[page.path].post.front
        keywords = tuple(dict.fromkeys(front.categories + front.tags))
        book = pdf.Book(
            page.title, page.authors, page.lang, keywords, self._notice(), contents=False
        )
        yield page.pdf, pdf.typeset(book, [self._chapter(page)], self._pandoc)

    def _wordpress(self, page: Page) -> Output:
        chosen = self._material.settings.wordpress_footnotes
        pasted = self._article(page, "core" if chosen == "core" else "list")
        yield f"wordpress/{page.slug}.html", pasted.blocks.encode()

    def _series_html(self, series: Series) -> Output:
        content = html.series_page(self._site, series, self._excerpts, pdf="pdf" in self._formats)
        yield series.url, content

    def _series_pdf(self, series: Series) -> Output:
        authors = tuple(dict.fromkeys(name for page in series.pages for name in page.authors))
        lang = series.pages[0].lang
        book = pdf.Book(series.name, authors, lang, (), self._notice(), contents=True)
        chapters = [self._chapter(page) for page in series.pages]
        yield series.pdf, pdf.typeset(book, chapters, self._pandoc)

    def _index(self) -> Output:
        yield "style.css", html.stylesheet()
        yield "index.html", html.index_page(self._site, self._excerpts)

    def _wxr(self) -> Output:
        items = [item(self._desk, page, self._carried(page)) for page in self._site.every]
        series = self._material.settings.wordpress_series
        yield "wordpress/posts.xml", wordpress.wxr(self._site, items, series)

    def _ledger(self) -> Output:
        lines = [line for page in self._site.every for line in self._fallbacks(page)]
        if lines:
            yield "wordpress/fallbacks.txt", "".join(f"{line}\n" for line in lines).encode()

    def _fallbacks(self, page: Page) -> tuple[str, ...]:
        return tuple(fallback_line(page.path, f) for f in self._carried(page).fallbacks)

    # --- What the files are made from ---

    def _chapter(self, page: Page) -> pdf.Chapter:
        return pdf.Chapter(
            path=page.path,
            slug=page.slug,
            title=page.title,
            authors=page.authors,
            date=day(page.date),
            lang=page.lang,
            summary=summary(self._material.posts[page.path].verdicts),
            document=self._desk.ready(page, self._absolute),
            images=self._desk.images(page.path).data,
        )

    def _carried(self, page: Page) -> Article:
        """Return a post as the import file carries it, which has room for WordPress's footnotes."""
        chosen = self._material.settings.wordpress_footnotes
        return self._article(page, "list" if chosen == "list" else "core")

    def _article(self, page: Page, footnotes: str) -> Article:
        key = page.path, footnotes
        if key not in self._articles:
            base = f"{self._site.url}/{page.slug}/" if self._site.url else ""
            names = self._desk.images(page.path).data
            placed = {name: Placed(f"{base}{name}") for name in names}
            target = Target(placed, self._pages, self._absolute, footnotes)
            self._articles[key] = write_article(self._desk, page, target)
        return self._articles[key]

    def _absolute(self, page: Page) -> str:
        return f"{self._site.url}/{page.slug}/" if self._site.url else ""

    def _notice(self) -> str:
        return NOTICE if self._site.draft else ""

    def _excerpt(self, path: str) -> str:
        checked = self._material.posts[path]
        return checked.post.front.excerpt or _opening(checked.document)


def _opening(document: Document, limit: int = 220) -> str:
    """Return the first paragraph's words, cut after a word at `limit` code points."""
    paragraphs = collect(document.ast["blocks"], frozenset({"Para"}))
    first = paragraphs[0]["c"] if paragraphs else []
    uncited = change(first, lambda node: [] if node["t"] == "Cite" else None)
    text = re.sub(r" (?=[.,;:])", "", " ".join(plain_text(uncited).split()))
    return text if len(text) <= limit else f"{text[:limit].rsplit(' ', 1)[0]} …"


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=repr).encode(
        "utf-8", "surrogatepass"
    )


@cache
def _ourselves() -> str:
    """Return a digest of our version and the package's templates and styles."""
    found = sorted(_data_files(files(__package__), ""))
    return sha256(_canonical([version("pubtool"), [[n, sha256(data)] for n, data in found]]))


def _data_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir() and not entry.name.startswith("__"):
            yield from _data_files(entry, f"{name}/")
        elif entry.name.endswith((".html", ".css", ".typ", ".csl")):
            yield name, entry.read_bytes()
