"""The overview as one page: no script, no request, plots with their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from importlib.resources import files

from pubtool import __version__
from pubtool.model import VerdictKind
from pubtool.reporters.overview.counts import Overview, Row, Standing
from pubtool.reporters.overview.plot import bars_of, columns_of
from pubtool.reporters.overview.table import NO_DATE, NO_SOURCE
from pubtool.reporters.own_page import head

_TITLE = "Quotations over time and by source"

_SHOWN = 25
"""Sources that the plot has room for; the table has all."""

_Plot = Callable[[Sequence[Row], str], Iterator[str]]


def render_overview_page(overview: Overview) -> str:
    """Return the page, HTML with a line end behind it."""
    dated = [row for row in overview.times if row.name]
    named = [row for row in overview.sources if row.name][:_SHOWN]
    style = files("pubtool").joinpath("reporters/overview/overview.css").read_text("utf-8")
    lines = [
        *head(_TITLE, style),
        *_opening(overview),
        "<main>",
        *_section(f"By {overview.unit}", columns_of, dated),
        *_table(f"by {overview.unit}", overview.times, NO_DATE),
        *_section("By source", bars_of, named),
        *_table("by source", overview.sources, NO_SOURCE),
        "</main>",
        f"<footer><p>pubtool {__version__}. A post counts for the time of its date, a quotation "
        "for the source where it stands, else for the one that is cited.</p></footer>",
        "</body>",
        "</html>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _opening(overview: Overview) -> Iterator[str]:
    total = overview.total
    told = [f"{total.count(standing):,} {standing.value}" for standing in Standing]
    yield "<header>"
    yield f"<h1>{_TITLE}</h1>"
    yield f"<p>{total.quotations:,} quotations in {total.posts:,} posts: {', '.join(told)}.</p>"
    yield "</header>"


def _section(heading: str, plot: _Plot, rows: Sequence[Row]) -> Iterator[str]:
    yield f"<h2>{heading}</h2>"
    if not rows:
        return
    yield '<figure class="plot">'
    yield from plot(rows, f"Quotations {heading.lower()}; the table below has the numbers")
    keys = "".join(f'<li class="{one.value}">{one.value}</li>' for one in Standing)
    yield f"<figcaption><ul>{keys}</ul></figcaption>"
    yield "</figure>"


def _table(heading: str, rows: Sequence[Row], nameless: str) -> Iterator[str]:
    kinds = [kind for kind in VerdictKind if any(kind in row.verdicts for row in rows)]
    yield f'<div class="wide" tabindex="0" role="region" aria-label="Verdicts {heading}">'
    yield "<table>"
    heads = "".join(f'<th scope="col">{kind.value}</th>' for kind in kinds)
    first = '<th scope="col">posts</th><th scope="col">quotations</th>'
    yield f"<thead><tr><td></td>{first}{heads}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        counts = "".join(f"<td>{row.verdicts.get(kind, 0):,}</td>" for kind in kinds)
        title = f" <span>{escape(row.title)}</span>" if row.title else ""
        name = f'<th scope="row">{escape(row.name or nameless)}{title}</th>'
        yield f"<tr>{name}<td>{row.posts:,}</td><td>{row.quotations:,}</td>{counts}</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
