"""The jobs of the lists: the first page, series, tags, categories, authors, years; the 404 page.

A list's job depends on what it shows of its posts, their titles, dates and first words, and never
on a post's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.html.frame import Feed, Head
from pubtool.writers.lists import FEW_SERIES, Sheet, Taxonomy, split_list
from pubtool.writers.site import Page
from pubtool.writers.words import words_in

_MANY = 50
"""Posts of one page beyond which their first words are left out."""
_FEW = 100
"""Posts whose titles all stand on the archive's first page: some 12 KB."""


@dataclass(frozen=True)
class Plan:
    """A page of the site's own, before it is made."""

    template: str
    head: Head
    context: dict[str, Any]
    needs: list[Any]
    """What it shows."""
    base: str | None = None
    """The way to the site's root, where it is not relative."""


def list_jobs(studio: Studio, plans: Iterable[tuple[str, Plan]]) -> Iterator[Job]:
    """Yield the jobs of all lists."""
    for name, plan in plans:
        needs = [plan.template, plan.head, plan.needs, plan.base]
        own = studio.templates.needs(plan.template)
        yield Job(
            f"html:{name}",
            digest("list", studio.frame_facts, needs, own),
            partial(_write, studio, plan),
        )


def _write(studio: Studio, plan: Plan) -> Output:
    frame = studio.frame(plan.head, studio.site.lang).context
    if plan.base is not None:
        frame["root"] = plan.base
    yield plan.head.url, studio.templates.render(plan.template, **frame, **plan.context)


def plan_pages(studio: Studio) -> tuple[tuple[str, Plan], ...]:
    """Return all lists, each with the name of its job."""
    return tuple(_plans(studio))


def _plans(studio: Studio) -> Iterator[tuple[str, Plan]]:
    yield from _index(studio)
    yield from _series(studio)
    for taxonomy in studio.lists.taxonomies:
        yield from _taxonomy(studio, taxonomy)
    yield from _archive(studio)
    yield "404.html", _missing(studio)


def _index(studio: Studio) -> Iterator[tuple[str, Plan]]:
    site = studio.site
    for sheet in split_list(site.pages, "", studio.lists.folders["page"]):
        head = _head(studio, site.title, sheet)
        context = {"sheet": sheet, "few_series": FEW_SERIES, **_posts(studio, sheet.pages)}
        series = (
            [] if sheet.newer else [[one.name, one.slug, len(one.pages)] for one in site.series]
        )
        name = sheet.url.removesuffix("/index.html") if sheet.newer else "index"
        yield name, Plan("index.html", head, context, [_shown(studio, sheet), series])


def _series(studio: Studio) -> Iterator[tuple[str, Plan]]:
    for series in studio.site.series:
        head = Head(series.name, series.url, feeds=studio.feeds(series))
        shown = _posts(studio, series.pages)
        needs = [series, studio.books, shown["excerpts"]]
        context = {"this": series, "books": studio.books, **shown}
        yield f"series/{series.slug}", Plan("series.html", head, context, needs)
    if studio.site.series:
        yield "series", _overview(studio, "series", "series/index.html", studio.site.series)


def _taxonomy(studio: Studio, taxonomy: Taxonomy) -> Iterator[tuple[str, Plan]]:
    yield taxonomy.kind, _overview(studio, taxonomy.kind, taxonomy.url, taxonomy.terms)
    for term in taxonomy.terms:
        for sheet in split_list(term.pages, f"{term.folder}/"):
            head = _head(studio, term.name, sheet)
            shown = _posts(studio, sheet.pages)
            context = {"this": term, "taxonomy": taxonomy, "sheet": sheet, **shown}
            needs = [term.name, len(term.pages), taxonomy.kind, _shown(studio, sheet)]
            name = sheet.url.removesuffix("/index.html")
            yield name, Plan("term.html", head, context, needs)


def _overview(studio: Studio, kind: str, url: str, terms: Sequence[Any]) -> Plan:
    head = Head(words_in(studio.site.lang)(f"list.{kind}"), url, feeds=studio.feeds())
    needs = [[term.name, term.url, len(term.pages)] for term in terms]
    return Plan("terms.html", head, {"kind": kind, "terms": terms}, needs)


def _archive(studio: Studio) -> Iterator[tuple[str, Plan]]:
    years, words = studio.lists.years, words_in(studio.site.lang)
    if not years:
        return
    url = f"{studio.lists.folders['archive']}/index.html"
    few = len(studio.site.pages) <= _FEW
    head = Head(words("list.archive"), url, feeds=studio.feeds())
    needs = [few, [year if few else [year.name, len(year.pages)] for year in years]]
    yield "archive", Plan("archive.html", head, {"years": years, "few": few}, needs)
    for at, year in enumerate(years):
        newer = years[at - 1] if at else None
        older = years[at + 1] if at + 1 < len(years) else None
        title = words("list.year", year=year.name) if year.name else words("list.undated")
        head = Head(title, year.url, before=newer.url if newer else "",
                    after=older.url if older else "", feeds=studio.feeds())  # fmt: skip
        context = {"this": year, "newer": newer, "older": older}
        needs = [year, [one.name if one else "" for one in (newer, older)]]
        yield f"archive/{year.name or 'undated'}", Plan("year.html", head, context, needs)


def _missing(studio: Studio) -> Plan:
    """Return the page for addresses that there are none of: it may be shown at any depth."""
    head = Head(words_in(studio.site.lang)("missing.title"), "404.html", indexed=False)
    base = f"{urlsplit(studio.site.url).path.rstrip('/')}/"
    return Plan("404.html", head, {}, [], base)


def _head(studio: Studio, title: str, sheet: Sheet) -> Head:
    feeds: tuple[Feed, ...] = studio.feeds()
    return Head(title, sheet.url, before=sheet.newer, after=sheet.older, feeds=feeds)


def _posts(studio: Studio, pages: Sequence[Page]) -> dict[str, Any]:
    """Return what a list says of each post, by path."""
    shown = len(pages) <= _MANY
    return {"excerpts": {page.path: studio.excerpts[page.path] if shown else "" for page in pages}}


def _shown(studio: Studio, sheet: Sheet) -> list[Any]:
    return [sheet, _posts(studio, sheet.pages)["excerpts"]]
