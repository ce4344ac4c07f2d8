"""The jobs of the web pages: a page for each post, the lists, the stylesheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from pubtool.system.files import sha256
from pubtool.writers import html
from pubtool.writers.dates import timestamp
from pubtool.writers.export.evidence import (
    evidence,
    site_evidence,
    structured,
)
from pubtool.writers.export.extracts import keep_extracts
from pubtool.writers.export.jobs import Job, Output, Plan, digest
from pubtool.writers.export.listing import Plan as ListPlan
from pubtool.writers.export.listing import list_jobs, plan_pages
from pubtool.writers.export.redirects import redirect_jobs
from pubtool.writers.export.showing import image_jobs
from pubtool.writers.export.studio import Planned, Studio
from pubtool.writers.export.syndication import feed_jobs, sitemap_jobs
from pubtool.writers.html.body import make_body
from pubtool.writers.html.frame import Feed, Head, Preview
from pubtool.writers.imagery.kinds import Unusable
from pubtool.writers.imagery.scaling import measure
from pubtool.writers.lead import featured
from pubtool.writers.links import linked_posts
from pubtool.writers.proof import summary
from pubtool.writers.responsive import with_sizes
from pubtool.writers.site import BOOKS, Page, absolute, neighbours, series_of
from pubtool.writers.words import words_in

if TYPE_CHECKING:
    from pubtool.model import Picture


def page_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the web pages, posts first."""
    for page in studio.site.every:
        if page.path in studio.desk.pages:
            yield from post_jobs(studio, page)
    yield from site_jobs(studio)


def post_jobs(studio: Studio, page: Page) -> Iterator[Job]:
    """Yield the jobs of a public post's page and of its images.

    They are planned where something has changed that they depend on, or one is to be done.
    """
    if not studio.around:
        yield from _post_jobs(studio, page)
        return
    plan = Plan(partial(_post_jobs, studio, page))
    told = partial(studio.planned, page, plan)
    planned = studio.material.posts[page.path].keep("jobs", Planned, told, studio.around)
    studio.recall(page, planned)
    yield from plan.known(planned.jobs)


def _post_jobs(studio: Studio, page: Page) -> Iterator[Job]:
    own = studio.templates.needs("post.html")
    near = studio.near(page) if own else _boxes(studio, page)
    needs = [studio.needs(page), near, _feeds(studio, page), studio.frame_facts, own]
    yield Job(
        f"html:{page.path}",
        digest("html", needs, _needs(studio, page), studio.evidence_needs(page)),
        lambda: _post(studio, page),
        lambda: (*studio.remarks(page), *_kept_back(studio, page)),
    )
    yield from image_jobs(studio, page)


def _boxes(studio: Studio, page: Page) -> list[Any]:
    """Return what our own page shows of a post's series: of a long one not all."""
    boxes = [html.series_box(series, page) for series in series_of(studio.site, page)]
    return [
        [box.series.name, box.series.slug, box.series.count, box.number, box.before, box.after,
         box.shown]
        for box in boxes
    ]  # fmt: skip


def _feeds(studio: Studio, page: Page) -> tuple[Feed, ...]:
    """Return the feeds that a post's page tells of."""
    series = (None, *series_of(studio.site, page))
    return tuple(dict.fromkeys(feed for one in series for feed in studio.feeds(one)))


def site_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of all pages and files that are no post's own.

    Of lists and addresses nothing hangs on what posts say but their first words, so that an edit
    mostly plans none of them.
    """
    excerpts = digest([studio.excerpts[page.path] for page in studio.site.pages])
    plans = _Plans(studio)
    yield from studio.known("lists", lambda: list_jobs(studio, plans.pages), excerpts)
    if studio.material.settings.search:
        from pubtool.writers.export.searching import search_jobs  # not for other sites

        yield from search_jobs(studio)
    yield from feed_jobs(studio)
    yield from studio.known("addresses", partial(_address_jobs, studio, plans))
    yield from site_evidence(studio)
    yield from studio.known("styles", lambda: (_remarks(studio), *_styles(studio)))


class _Plans:
    """The plans of all lists, made when somebody asks."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @cached_property
    def pages(self) -> tuple[tuple[str, ListPlan], ...]:
        """The lists, each with the name of its job."""
        return plan_pages(self._studio)

    @property
    def urls(self) -> list[str]:
        """The addresses of those that are to be found, relative to the site's root."""
        sections = self._studio.lists.sections
        search = [section.url for section in sections if section.key == "search"]
        return [*(plan.head.url for _, plan in self.pages if plan.head.indexed), *search]


def _address_jobs(studio: Studio, plans: _Plans) -> Iterator[Job]:
    yield from sitemap_jobs(studio, plans.urls)
    yield from redirect_jobs(studio, _files(studio, ["404.html", *plans.urls]))


def _styles(studio: Studio) -> Iterator[Job]:
    own = [studio.override(name) for name in ("style.css", "lists.css")]
    given = [sha256(sheet) if sheet is not None else "" for sheet in own]
    yield Job(
        "html:style.css",
        digest("style.css", given[0]),
        lambda: iter([("style.css", studio.templates.stylesheet())]),
    )
    yield Job(
        "html:lists.css",
        digest("lists.css", given),
        lambda: iter([("lists.css", studio.templates.list_style())]),
    )


def _files(studio: Studio, lists: Iterable[str]) -> Iterator[str]:
    """Yield what stands on the site besides the redirections, relative to its root."""
    yield from ("style.css", "lists.css", "robots.txt", "sitemap.xml", "feed.xml", "feed.json")
    yield "verification.json"
    yield from ("wordpress/posts.xml", *lists)
    for page in studio.site.every:
        yield from (page.url, *map(page.beside, BOOKS))
    for series in studio.site.series:
        yield from map(series.beside, BOOKS)
        yield from (f"series/{series.slug}/feed.xml", f"series/{series.slug}/feed.json")


def _remarks(studio: Studio) -> Job:
    """Return the job that writes nothing and tells of what the site does without."""
    told = studio.lists.moved
    return Job("html:remarks", digest("remarks", told), lambda: iter(()), lambda: tuple(told))


def _needs(studio: Studio, page: Page) -> list[Any]:
    """Return what a post's page depends on besides the post."""
    terms = studio.lists.terms[page.path]
    named = [[kind, [[t.name, t.url] for t in some]] for kind, some in sorted(terms.items())]
    beside = {name: sha256(data) for name, data in studio.attachments(page).files.items()}
    return [studio.books, studio.lead_needs(page), named, beside]


def _kept_back(studio: Studio, page: Page) -> Iterator[str]:
    """Yield a sentence for each link of a post that goes."""
    held = {other.path: other.status for other in studio.site.held_back}
    for path in linked_posts(studio.material.posts[page.path].facts.links, page.path):
        if path in held:
            yield f"{page.path}: its link to {path} goes, for that post is {held[path]}"
    for file in studio.attachments(page).kept_back:
        yield (
            f"{page.path}: {file} is not published, so its link goes: link to where readers may "
            "have it"
        )


def _post(studio: Studio, page: Page) -> Output:
    checked, desk = studio.material.posts[page.path], studio.desk
    ready = studio.document(page, lambda other: f"../{other.url}")
    document = with_sizes(ready, desk.images(page.path))
    for name, data in studio.attachments(page).copies(desk.images(page.path).treat):
        yield f"{page.slug}/{name}", data
    lead = featured(desk, page)
    proofs = desk.proofs(page)
    body = make_body(document, proofs, page.lang, studio.pandoc)
    keep_extracts(studio, page, body)
    reading = html.Reading(
        body,
        proofs,
        summary(checked.verdicts, words_in(page.lang)),
        studio.excerpts[page.path],
        books=studio.books,
        terms=studio.lists.terms[page.path],
        structured=structured(studio, page, proofs),
        trusted=studio.material.settings.raw_html == "trusted",
        remote_images=studio.material.settings.remote_images,
    )
    frame = studio.frame(_head(studio, page, lead), page.lang)
    content = html.post_page(frame, page, reading, studio.templates)
    yield page.url, content
    yield from evidence(studio, page, proofs, content)


def _head(studio: Studio, page: Page, lead: Picture | None) -> Head:
    front = studio.material.posts[page.path].post.front
    series = series_of(studio.site, page)
    before, after = neighbours(series[0], page) if series else (None, None)
    return Head(
        title=page.title,
        url=page.url,
        kind="article",
        description=studio.excerpts[page.path],
        authors=page.authors,
        tags=front.tags,
        published=timestamp(front.date),
        updated=timestamp(front.updated),
        preview=_preview(studio, page, lead),
        feeds=_feeds(studio, page),
        before=before.url if before else "",
        after=after.url if after else "",
    )


def _preview(studio: Studio, page: Page, lead: Picture | None) -> Preview | None:
    """Return the front matter's image as a preview of the post."""
    url = absolute(studio.site, f"{page.slug}/{lead.name}") if lead else ""
    if not lead or not url:
        return None
    return Preview(url, lead.alt, *_size(lead.data))


def _size(data: bytes) -> tuple[int, int]:
    """Return a picture's width and height in pixels, both 0 where they are not known."""
    try:
        found = measure(data)
    except Unusable:
        return 0, 0
    return found.width, found.height
