"""Lists of quotations: what could not be checked, and, where everything is asked for, all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from click import style

from pubtool.model import Extent, Finding, Locator, PostReport, Verdict, VerdictKind
from pubtool.reporters.columns import columns, printable, shorten, wrap
from pubtool.reporters.tally import REASONS
from pubtool.reporters.text.page import Page, grade, width_of
from pubtool.text.lines import Lines

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


def unchecked_in(width: int, post: PostReport) -> Iterator[tuple[str, str]]:
    """Yield why a quotation could not be checked, a line a finding, and its own line.

    Those that have a picture are not told here.

    Those that the baseline has are counted, and not told again.
    """
    for place, verdict, found, known in _placed(post, frozenset({VerdictKind.UNCHECKED})):
        if known and not found:
            continue
        if not found:
            head = style(WHY.get(verdict.reason or "", "unchecked"), bold=True)
            yield head, _line(width, place, verdict, ", ".join(_keys(verdict)))
        elif is_plain(verdict, found):
            head = "\n".join(f"{grade(each)} {printable(each.message)}" for each in found)
            yield head, _line(width, place, verdict, "")


def quotations_in(width: int, post: PostReport) -> Iterator[str]:
    """Yield a line for each quotation with its verdict."""
    for place, verdict, _, known in _placed(post, frozenset(VerdictKind)):
        reason = f" ({REASONS.get(verdict.reason, verdict.reason)})" if verdict.reason else ""
        where = f", {passage(verdict)}" if verdict.match else ""
        where += ", in the baseline" if known else ""
        yield _line(width, place, verdict, f"{verdict.kind.value}{reason}{where}")


def add_unchecked(page: Page, listed: Iterable[tuple[str, str]]) -> None:
    """List the quotations that could not be checked and have no picture, by the reason."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for head, line in listed:
        reasons[head].append(line)
    for head, lines in reasons.items():
        for said in head.split("\n"):
            for line in wrap(said, page.width, indent=4, measure=width_of):
                page.add(line)
        for line in (*lines, ""):
            page.add(line)


def add_every(page: Page, lines: Sequence[str]) -> None:
    """List every quotation with its verdict."""
    if not lines:
        return
    page.add(style("Every quotation", bold=True))
    for line in lines:
        page.add(line)
    page.add("")


class _Placed(NamedTuple):
    """A quotation in a list."""

    where: str
    """``path:line:column:``"""
    verdict: Verdict
    findings: Sequence[Finding]
    known: bool
    """Whether the baseline has it."""


def _placed(post: PostReport, kinds: frozenset[VerdictKind]) -> Iterator[_Placed]:
    """Yield a post's quotations of these kinds, in order."""
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
        name = verdict.quotation.id
        yield _Placed(where, verdict, found[name], name in post.known)


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


def is_plain(verdict: Verdict, findings: Sequence[Finding]) -> bool:
    """Whether findings say no more than that the quotation as a whole could not be checked."""
    return (
        verdict.kind is VerdictKind.UNCHECKED
        and all(finding.span.holds(verdict.quotation.span) for finding in findings)
        and all(each.marked or each.permitted for each in verdict.differences)
    )


def passage(verdict: Verdict) -> str:
    """Return where the passage stands: the source, its locator, what of it is not known."""
    match = verdict.match
    if match is None:
        return ""
    where = f"{match.key}, {_locator(match.locator)}" if match.locator else str(match.key)
    unknown = [EXTENTS[match.extent]] if match.extent in EXTENTS else []
    unknown += [f"{_locator(cited)} not compared" for cited in verdict.uncompared]
    return f"{where} ({'; '.join(unknown)})" if unknown else where


def _locator(locator: Locator) -> str:
    return f"{locator.label.removesuffix('-locator')} {locator.value}"
