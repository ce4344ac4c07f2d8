"""Lines about single quotations: what could not be checked and why, every verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from click import style, unstyle

from pubtool.model import (
    Extent,
    Finding,
    Locator,
    Match,
    PostReport,
    Severity,
    Verdict,
    VerdictKind,
)
from pubtool.reporters.columns import columns, printable, shorten, wrap
from pubtool.reporters.places import Lines
from pubtool.reporters.tally import REASONS

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "magenta", Severity.INFO: None}
"""Chosen to be readable on a dark and on a light ground."""

EXTENTS = {Extent.EXCERPT: "excerpt", Extent.SECOND_HAND: "second-hand excerpt"}

WHY = {
    "missing": "the source's text is not in the project",
    "no-source": "imported from a blog, and no source is cited yet",
    "unreadable": "the source's file cannot be read",
    "empty": "the source's file holds no words",
    "scan": "the source is a scan without a text layer",
    "incomplete": "in no text that is at hand, and not every source has its whole text",
    "unknown-key": "the citation key is not in the bibliography",
    "unsupported": "no reader knows the format of the source's file",
    "poor-text": "the source's text was misread by a scanner here",
    "language": "the quotation is in another language than the source's text",
    "unread-pages": "some pages of the source are pictures without text",
    "excerpt": "the source's text is an excerpt, which cannot refute",
    "second-hand": "the source's words are known only as somebody else quotes them",
}
"""A reason for not knowing, as a sentence."""


def grade(finding: Finding) -> str:
    """Return a finding's severity and code, ``error[Q101]``."""
    return in_colour(f"{finding.severity.word}[{finding.code}]", finding.severity)


def width_of(text: str) -> int:
    """Return the columns that a text takes, its colours left off."""
    return columns(unstyle(text))


def in_colour(text: str, severity: Severity) -> str:
    """Return a text in the colour of a severity."""
    return style(text, fg=COLOURS[severity], bold=True)


def unchecked_in(width: int, post: PostReport) -> Iterator[tuple[str, str]]:
    """Yield why a quotation could not be checked, and its line; not of those with a picture."""
    for place, verdict, found in _placed(post, frozenset({VerdictKind.UNCHECKED})):
        if not found:
            head = style(WHY.get(verdict.reason or "", "unchecked"), bold=True)
            yield head, _line(width, place, verdict, ", ".join(_keys(verdict)))
        elif is_plain(verdict, found):
            head = " ".join(f"{grade(each)} {printable(each.message)}" for each in found)
            yield head, _line(width, place, verdict, "")


def is_plain(verdict: Verdict, findings: Sequence[Finding]) -> bool:
    """Whether findings say no more than that the quotation as a whole could not be checked."""
    return (
        verdict.kind is VerdictKind.UNCHECKED
        and all(finding.span.holds(verdict.quotation.span) for finding in findings)
        and all(each.marked or each.permitted for each in verdict.differences)
    )


def quotations_in(width: int, post: PostReport) -> Iterator[str]:
    """Yield a line for each quotation with its verdict."""
    for place, verdict, _ in _placed(post, frozenset(VerdictKind)):
        reason = f" ({REASONS.get(verdict.reason, verdict.reason)})" if verdict.reason else ""
        where = f", {passage(verdict.match)}" if verdict.match else ""
        yield _line(width, place, verdict, f"{verdict.kind.value}{reason}{where}")


def _placed(
    post: PostReport, kinds: frozenset[VerdictKind]
) -> Iterator[tuple[str, Verdict, list[Finding]]]:
    """Yield quotations of these kinds with ``path:line:column:`` and their findings, in order."""
    verdicts = [verdict for verdict in post.verdicts if verdict.kind in kinds]
    if not verdicts:
        return
    lines = Lines(post.text)
    found = defaultdict(list)
    for finding in post.findings:
        found[finding.quotation].append(finding)
    for verdict in sorted(verdicts, key=lambda verdict: verdict.quotation.span):
        place = lines.position(verdict.quotation.span.start)
        where = f"{printable(post.path)}:{place.line}:{place.column}:"
        yield where, verdict, found[verdict.quotation.id]


def _line(width: int, place: str, verdict: Verdict, said: str) -> str:
    """Return ``path:line:column: “words…”`` and what is said of them, indented."""
    room = 40 if said else max(width - columns(place) - 6, 24)
    words = shorten(printable(verdict.quotation.text).strip(), room)
    lines = wrap(f"“{words}” {printable(said)}", width, used=columns(place) + 3, indent=6)
    return "\n".join([f"  {place} {lines[0]}", *lines[1:]])


def _keys(verdict: Verdict) -> list[str]:
    """Return the sources that an unchecked quotation waits for, each once."""
    found = [str(verdict.match.key)] if verdict.match else []
    return list(dict.fromkeys(str(each.key) for each in verdict.quotation.cited)) or found


def passage(match: Match) -> str:
    """Return where the passage stands: the source, its locator, how much of it is known."""
    where = f"{match.key}, {_locator(match.locator)}" if match.locator else str(match.key)
    extent = EXTENTS.get(match.extent)
    return f"{where} ({extent})" if extent else where


def _locator(locator: Locator) -> str:
    return f"{locator.label.removesuffix('-locator')} {locator.value}"
