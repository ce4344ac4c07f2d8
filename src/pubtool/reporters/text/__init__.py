"""The report for people: what is wrong, the post's words over the source's, the honest count.

A finding is one line that editors can follow (``path:line:column: severity[code] sentence``).
A quotation's findings stand together over one picture of its words; nothing depends on colour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from pubtool.model import PostReport, Report
from pubtool.reporters.tally import Tally, add_up, count_findings, count_quotations, tally
from pubtool.reporters.text.findings import add_findings, add_part
from pubtool.reporters.text.page import NARROWEST, Page, Verbosity
from pubtool.reporters.text.quotations import (
    WHY,
    add_every,
    add_unchecked,
    passage,
    quotations_in,
    unchecked_in,
)

__all__ = ["WHY", "PostText", "Recall", "Verbosity", "passage", "render_findings", "render_text"]


@dataclass(frozen=True, slots=True)
class PostText:
    """What is said of one post, before the posts' words are put together."""

    findings: tuple[str, ...]
    """Lines."""
    unchecked: tuple[tuple[str, str], ...]
    """Why a quotation could not be checked, and its line."""
    quotations: tuple[str, ...]
    """A line for every quotation, where they are asked for."""
    counts: Tally


Recall = Callable[[PostReport, Callable[[], PostText]], PostText]
"""Returns what was made of a post's report before, or makes it."""


def make_anew(post: PostReport, make: Callable[[], PostText]) -> PostText:
    """Make what is said of a post, whatever is known from before."""
    return make()


def render_text(
    report: Report,
    *,
    width: int = 80,
    colour: bool = False,
    verbosity: Verbosity = Verbosity.NORMAL,
    recall: Recall = make_anew,
) -> str:
    """Return the report as lines of text; the last is always the count of quotations.

    `width` is in terminal columns. Findings' own lines are not wrapped where `verbosity` is QUIET,
    and the count never is, so that scripts find each on one line. `recall` may know what was made
    of a post's report before, of the same width and verbosity.
    """
    page = Page(max(width, NARROWEST), verbosity)
    posts = [
        recall(post, partial(_of_post, post, page.width, verbosity))
        for post in sorted(report.posts, key=lambda post: post.path)
    ]
    for post in posts:
        page.lines.extend(post.findings)
    rest = replace(report, posts=())
    add_findings(page, rest)
    if verbosity > Verbosity.QUIET:
        add_unchecked(page, (each for post in posts for each in post.unchecked))
    if verbosity is Verbosity.VERBOSE:
        add_every(page, [line for post in posts for line in post.quotations])
    counts = add_up([*(post.counts for post in posts), tally(rest)])
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


def _of_post(post: PostReport, width: int, verbosity: Verbosity) -> PostText:
    page = Page(width, verbosity)
    add_part(page, post)
    unchecked = tuple(unchecked_in(width, post)) if verbosity > Verbosity.QUIET else ()
    quotations = tuple(quotations_in(width, post)) if verbosity is Verbosity.VERBOSE else ()
    return PostText(tuple(page.lines), unchecked, quotations, tally(Report((post,))))
