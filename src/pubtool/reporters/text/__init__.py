"""The report for people: what is wrong, the post's words over the source's, the honest count.

A finding is one line that editors can follow (``path:line:column: severity[code] sentence``).
A quotation's findings stand together over one picture of its words; nothing depends on colour.
"""

from __future__ import annotations

from pubtool.model import Report
from pubtool.reporters.tally import count_findings, count_quotations, tally
from pubtool.reporters.text.findings import add_findings
from pubtool.reporters.text.page import NARROWEST, Page, Verbosity
from pubtool.reporters.text.quotations import WHY, add_every, add_unchecked, passage

__all__ = ["WHY", "Verbosity", "passage", "render_findings", "render_text"]


def render_text(
    report: Report,
    *,
    width: int = 80,
    colour: bool = False,
    verbosity: Verbosity = Verbosity.NORMAL,
) -> str:
    """Return the report as lines of text; the last is always the count of quotations.

    `width` is in terminal columns. Findings' own lines are not wrapped where `verbosity` is QUIET,
    and the count never is, so that scripts find each on one line.
    """
    page = Page(max(width, NARROWEST), verbosity)
    add_findings(page, report)
    if verbosity > Verbosity.QUIET:
        add_unchecked(page, report)
    if verbosity is Verbosity.VERBOSE:
        add_every(page, report)
    counts = tally(report)
    if verbosity > Verbosity.QUIET and counts.posts:
        page.add(count_findings(counts))
    page.add(count_quotations(counts))
    return page.text(in_colour=colour)


def render_findings(
    report: Report, *, width: int, colour: bool, verbosity: Verbosity = Verbosity.NORMAL
) -> str:
    """Return the findings alone, without a count; empty where there are none."""
    page = Page(max(width, NARROWEST), verbosity)
    add_findings(page, report)
    return page.text(in_colour=colour)
