"""A post's page, complete and without a script or a request elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pubtool.writers.html.body import Body
from pubtool.writers.html.frame import Frame
from pubtool.writers.html.marks import state
from pubtool.writers.html.rendering import Templates
from pubtool.writers.lists import Term
from pubtool.writers.proof import Proof
from pubtool.writers.site import Page, Series, neighbours, series_of


@dataclass(frozen=True)
class Reading:
    """What a post's page shows."""

    body: Body
    proofs: Sequence[Proof]
    summary: str
    """The sentence on its quotations; empty where it has none."""
    excerpt: str
    books: Sequence[str]
    """The formats of the books that stand beside the page: ``pdf``, ``epub``, ``docx``."""
    terms: Mapping[str, Sequence[Term]]
    """The post's categories, tags and authors that have pages, by kind."""
    structured: str = ""
    """schema.org's JSON-LD, safe in a script element; empty for none."""
    trusted: bool = False
    """Whether the authors may have scripts and all else run."""
    remote_images: bool = False
    """Whether images from elsewhere may be shown."""


def post_page(frame: Frame, page: Page, reading: Reading, templates: Templates) -> bytes:
    """Return the page of one post."""
    context = {
        "page": page,
        "reading": reading,
        "trusted": reading.trusted,
        "remote_images": reading.remote_images,
        "body": reading.body,
        "series": [series_box(series, page) for series in series_of(frame.site, page)],
        "state": state,
    }
    return templates.render("post.html", **frame.context, **context)


class Part(NamedTuple):
    """A part of a series."""

    at: int
    """Its place, from 0."""
    number: int
    """What part it is called."""
    page: Page


@dataclass(frozen=True)
class SeriesBox:
    """A post's place in a series, as a box of its page shows it."""

    series: Series
    number: int
    """What part the post is."""
    before: Page | None
    after: Page | None
    shown: tuple[Part, ...]
    """The parts that are listed: all, or of a long series the first, the last and those around the
    post."""


_SHORT = 9
"""A series of so many parts is listed whole."""
_AROUND = 2
"""Parts before and after the post that the list of a long series has."""


def series_box(series: Series, page: Page) -> SeriesBox:
    """Return the box of a series on the page of one of its posts."""
    before, after = neighbours(series, page)
    here, last = series.place(page), len(series.pages) - 1
    around = range(max(0, here - _AROUND), min(last, here + _AROUND) + 1)
    near = range(last + 1) if last < _SHORT else sorted({0, last, *around})
    shown = tuple(Part(at, series.numbers[at], series.pages[at]) for at in near)
    return SeriesBox(series, series.number(page), before, after, shown)
