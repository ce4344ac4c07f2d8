"""The jobs of the web pages: a page for each post and series, and the site's first page."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.system.files import sha256
from pubtool.writers import html
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.posting import featured
from pubtool.writers.proof import summary
from pubtool.writers.site import Page, Series


def page_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the web pages, posts first."""
    pdf = "pdf" in studio.formats
    for page in studio.site.every:
        if page.path in studio.desk.pages:
            lead = featured(studio.desk, page)
            own = studio.templates.needs("post.html")
            needs = [studio.needs(page), studio.near(page), pdf, own]
            needs.append([lead.name, sha256(lead.data)] if lead else [])
            yield Job(
                f"html:{page.path}",
                digest("html", needs),
                lambda page=page: _post(studio, page),  # type: ignore[misc]
                lambda page=page: studio.remarks(page),  # type: ignore[misc]
            )
    for series in studio.site.series:
        listed = [studio.excerpts[page.path] for page in series.pages]
        yield Job(
            f"html:series/{series.slug}",
            digest(
                studio.site_facts, pdf, repr(series), listed, studio.templates.needs("series.html")
            ),
            lambda series=series: _series(studio, series),  # type: ignore[misc]
        )
    facts = [[repr(page), studio.excerpts[page.path]] for page in studio.site.pages]
    all_series = [repr(series) for series in studio.site.series]
    own = studio.templates.needs("index.html")
    yield Job(
        "html:index", digest(studio.site_facts, facts, all_series, own), lambda: _index(studio)
    )
    sheet = studio.override("style.css")
    yield Job(
        "html:style.css",
        digest("style.css", sha256(sheet) if sheet is not None else ""),
        lambda: iter([("style.css", studio.templates.stylesheet())]),
    )


def _post(studio: Studio, page: Page) -> Output:
    checked, desk = studio.material.posts[page.path], studio.desk
    document = desk.ready(page, lambda other: f"../{other.url}")
    shown = dict(desk.images(page.path).data)
    if lead := featured(desk, page):  # nothing shows it but what imports the posts
        shown[lead.name] = lead.data
    for name, data in shown.items():
        yield f"{page.slug}/{name}", data
    reading = html.Reading(
        document,
        desk.proofs(page),
        summary(checked.verdicts),
        studio.excerpts[page.path],
        pdf="pdf" in studio.formats,
        trusted=studio.material.settings.raw_html == "trusted",
        remote_images=studio.material.settings.remote_images,
    )
    yield page.url, html.post_page(studio.site, page, reading, studio.pandoc, studio.templates)


def _series(studio: Studio, series: Series) -> Output:
    pdf = "pdf" in studio.formats
    page = html.series_page(studio.site, series, studio.excerpts, studio.templates, pdf=pdf)
    yield series.url, page


def _index(studio: Studio) -> Output:
    yield "index.html", html.index_page(studio.site, studio.excerpts, studio.templates)
