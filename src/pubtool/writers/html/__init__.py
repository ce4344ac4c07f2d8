"""Pages: a post, a series and the index, complete and without a script or a request elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pubtool.model import Document, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import attr, change, element, plain_text
from pubtool.writers.citations import split_sources
from pubtool.writers.html.marks import with_marks
from pubtool.writers.html.rendering import Templates
from pubtool.writers.links import shift_headings
from pubtool.writers.proof import Proof
from pubtool.writers.site import Page, Series, Site, neighbours, series_of

_OPTIONS = {
    "wrap_text": "wrap-none",
    "html_math_method": "mathml",
    "highlight_method": "none",
}


@dataclass(frozen=True)
class Reading:
    """What a post's page shows."""

    document: Document
    """Citations written out, links and images resolved."""
    proofs: Sequence[Proof]
    summary: str
    """The sentence on its quotations; empty where it has none."""
    excerpt: str
    pdf: bool
    """Whether a PDF stands beside the page."""
    trusted: bool = False
    """Whether the authors may have scripts and all else run."""
    remote_images: bool = False
    """Whether images from elsewhere may be shown."""


def post_page(
    site: Site, page: Page, reading: Reading, pandoc: Pandoc, templates: Templates
) -> bytes:
    """Return the page of one post."""
    body, entries = split_sources(Document(change(reading.document.ast, _scrollable)))
    marked = with_marks(body.ast["blocks"], reading.proofs)
    context = {
        "page": page,
        "reading": reading,
        "trusted": reading.trusted,
        "remote_images": reading.remote_images,
        "body": _html(shift_headings(marked, 1), body, pandoc),
        "sources": [_html(entry["c"][1], body, pandoc) for entry in entries],
        "series": [_series_box(series, page) for series in series_of(site, page)],
    }
    return templates.render("post.html", site=site, root="../", lang=page.lang, **context)


def series_page(
    site: Site, series: Series, excerpts: dict[str, str], templates: Templates, *, pdf: bool
) -> bytes:
    """Return the page of a series; `excerpts` by the post's path."""
    context = {"this": series, "excerpts": excerpts, "pdf": pdf}
    return templates.render("series.html", site=site, root="../../", **context)


def index_page(site: Site, excerpts: dict[str, str], templates: Templates) -> bytes:
    """Return the site's first page."""
    return templates.render("index.html", site=site, root="", excerpts=excerpts)


def _series_box(series: Series, page: Page) -> dict[str, Any]:
    before, after = neighbours(series, page)
    number = series.pages.index(page) + 1
    return {"series": series, "number": number, "before": before, "after": after}


def _scrollable(node: Node) -> list[Node] | None:
    """Return wide elements so that a reader can scroll them, by keyboard too."""
    if node["t"] == "CodeBlock":
        (identifier, classes, rest), text = node["c"]
        return [element("CodeBlock", [[identifier, classes, [*rest, ["tabindex", "0"]]], text])]
    if node["t"] != "Table":
        return None
    label = plain_text(node["c"][1]).strip() or "Table"
    scrolls = [("role", "region"), ("tabindex", "0"), ("aria-label", label)]
    return [element("Div", [attr("", ["table"], scrolls), [node]])]


def _html(blocks: list[Node], document: Document, pandoc: Pandoc) -> str:
    return pandoc.render(Document({**document.ast, "blocks": blocks}), "html5", _OPTIONS)
