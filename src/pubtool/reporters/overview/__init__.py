"""How the quotations of an archive stand: over time and by source, as text, JSON and a page."""

from __future__ import annotations

from pubtool.reporters.overview.counts import Overview, Row, overview_of
from pubtool.reporters.overview.page import render_overview_page
from pubtool.reporters.overview.table import render_overview, render_overview_json

__all__ = [
    "Overview",
    "Row",
    "overview_of",
    "render_overview",
    "render_overview_json",
    "render_overview_page",
]
