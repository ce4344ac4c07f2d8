"""The report for people: what is wrong, the post's words over the source's, the honest count.

A finding is one line that editors can follow (``path:line:column: severity[code] sentence``).
A quotation's findings stand together over one picture of its words; nothing depends on colour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import partial

from click import style, unstyle

from pubtool.model import (
    FileReport,
    Finding,
    PostReport,
    Report,
    Severity,
    Span,
    Verdict,
)
from pubtool.reporters.columns import CUT, columns, printable, shorten, wrap
from pubtool.reporters.interlinear import MARKS, Cell, Row, lay_out
from pubtool.reporters.places import Lines
from pubtool.reporters.quotation_lines import (
    grade,
    in_colour,
    is_plain,
    passage,
    quotations_in,
    unchecked_in,
    width_of,
)
from pubtool.reporters.tally import (
    Tally,
    add_up,
    count_findings,
    count_quotations,
    number,
    tally,
)

GUTTER = 9
"""Columns before the texts: ``1234567 |`` or `` source |``."""

MOST_ROWS = 6
"""Of one quotation's places, unless everything is asked for."""

NARROWEST = 40
"""Columns; on a narrower terminal the lines run over."""


class Verbosity(IntEnum):
    """How much a text report says."""

    QUIET = 0
    """The findings' own lines and the count."""
    NORMAL = 1
    """Each finding with its picture, what is unchecked, the count."""
    VERBOSE = 2
    """Every quotation with its verdict besides, and no picture cut short."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Findings that share a picture."""

    findings: Sequence[Finding]
    verdict: Verdict | None

    @property
    def at(self) -> tuple[int, int]:
        return self.findings[0].span.start, self.findings[0].span.end

    @property
    def is_listed(self) -> bool:
        """Whether the list of what is unchecked says all of it."""
        return self.verdict is not None and is_plain(self.verdict, self.findings)


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


@dataclass
class _Page:
    """What is asked for, and the lines so far."""

    width: int
    verbosity: Verbosity
    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        self.lines.append(line.rstrip())

    def text(self, *, in_colour: bool) -> str:
        text = "".join(f"{line}\n" for line in self.lines)
        return text if in_colour else unstyle(text)


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
    page = _Page(max(width, NARROWEST), verbosity)
    posts = [
        recall(post, partial(_of_post, post, page.width, verbosity))
        for post in sorted(report.posts, key=lambda post: post.path)
    ]
    for post in posts:
        page.lines.extend(post.findings)
    _report(page, Report((), report.files, report.errors))
    if verbosity > Verbosity.QUIET:
        _unchecked(page, posts)
    if verbosity is Verbosity.VERBOSE:
        _quotations(page, posts)
    counts = add_up([*(post.counts for post in posts), tally(replace(report, posts=()))])
    if verbosity > Verbosity.QUIET and counts.posts:
        page.add(count_findings(counts))
    page.add(count_quotations(counts))
    return page.text(in_colour=colour)


def render_findings(
    report: Report, *, width: int, colour: bool, verbosity: Verbosity = Verbosity.NORMAL
) -> str:
    """Return the findings alone, without a count; empty where there are none."""
    page = _Page(max(width, NARROWEST), verbosity)
    _report(page, report)
    return page.text(in_colour=colour)


def _of_post(post: PostReport, width: int, verbosity: Verbosity) -> PostText:
    page = _Page(width, verbosity)
    _part(page, post)
    asked = verbosity > Verbosity.QUIET, verbosity is Verbosity.VERBOSE
    unchecked = tuple(unchecked_in(width, post)) if asked[0] else ()
    quotations = tuple(quotations_in(width, post)) if asked[1] else ()
    return PostText(tuple(page.lines), unchecked, quotations, tally(Report((post,))))


# --- Findings -------------------------------------------------------------------------------------


def _report(page: _Page, report: Report) -> None:
    parts: list[PostReport | FileReport] = sorted(report.posts, key=lambda post: post.path)
    for part in (*parts, *sorted(report.files, key=lambda file: file.path)):
        _part(page, part)
    for sentence in report.errors:
        _error(page, sentence)
    if report.errors and page.verbosity > Verbosity.QUIET:
        page.add("")


def _part(page: _Page, part: PostReport | FileReport) -> None:
    if not part.findings:  # most posts of an archive: their lines need not be counted
        return
    lines = Lines(part.text)
    for group in _groups(part):
        if page.verbosity > Verbosity.QUIET and group.is_listed:
            continue
        for finding in group.findings:
            _header(page, part.path, lines, finding)
        if page.verbosity is Verbosity.QUIET:
            continue
        if group.verdict:
            _picture(page, lines, group.findings, group.verdict)
        else:
            _excerpt(page, lines, group.findings[0])
        fixes = [finding.fix.description for finding in group.findings if finding.fix]
        for description in dict.fromkeys(fixes):
            _note(page, f"mend: {description}")
        page.add("")


def _groups(part: PostReport | FileReport) -> list[_Group]:
    """Return the findings by the quotation that they point into, the others alone; by place."""
    verdicts = {v.quotation.id: v for v in part.verdicts} if isinstance(part, PostReport) else {}
    together: dict[str, list[Finding]] = defaultdict(list)
    groups = []
    for finding in sorted(part.findings, key=lambda each: (each.span, each.code, each.message)):
        verdict = verdicts.get(finding.quotation or "")
        if verdict and _points_into(finding, verdict):
            together[verdict.quotation.id].append(finding)
        else:
            groups.append(_Group((finding,), None))
    groups += [_Group(tuple(found), verdicts[name]) for name, found in together.items()]
    return sorted(groups, key=lambda group: group.at)


def _points_into(finding: Finding, verdict: Verdict) -> bool:
    span = verdict.quotation.span
    return span.start <= finding.span.start and finding.span.start <= span.end


def _header(page: _Page, path: str, lines: Lines, finding: Finding) -> None:
    place = lines.position(finding.span.start)
    where = f"{printable(path)}:{place.line}:{place.column}:"
    what = grade(finding)
    message = printable(finding.message)
    used = columns(f"{where} {unstyle(what)} ")
    if page.verbosity is Verbosity.QUIET:
        said = [message]
    else:
        said = wrap(message, page.width, used=used, indent=4)
    page.add(f"{style(where, bold=True)} {what} {said[0]}")
    for line in said[1:]:
        page.add(line)


def _excerpt(page: _Page, lines: Lines, finding: Finding) -> None:
    """Show the line of the file that a finding is about, its range marked."""
    place = lines.position(finding.span.start)
    line = lines.line(place.line)
    if not line.strip():
        return
    begin = place.column - 1
    end = min(max(finding.span.end - lines.start(place.line), begin + 1), max(len(line), begin + 1))
    room = page.width - GUTTER - 3
    marked = shorten(printable(line[begin:end]), room)
    before = printable(line[:begin]).lstrip()
    if columns(before) + columns(marked) > room:
        kept = max(room - columns(marked) - 2, 0)
        while columns(before) > kept:
            before = before[1:]
        before = f"{CUT} {before.lstrip()}" if kept else ""
    after = shorten(printable(line[end:]), max(room - columns(before) - columns(marked) - 1, 1))
    page.add(f"{_gutter('')}")
    page.add(f"{_gutter(str(place.line))} {before}{marked}{after}")
    under = MARKS[finding.severity] * max(columns(marked), 1)
    indent = " " * columns(before)
    page.add(f"{_gutter('')} {indent}{in_colour(under, finding.severity)}")


# --- A quotation over its passage -----------------------------------------------------------------


def _picture(page: _Page, lines: Lines, findings: Sequence[Finding], verdict: Verdict) -> None:
    rows = lay_out(verdict, findings, page.width - GUTTER - 1)
    shown = rows if page.verbosity is Verbosity.VERBOSE else rows[:MOST_ROWS]
    for row in shown:
        place = verdict.quotation.flow.place(row.at, row.at).start
        page.add(_gutter(""))
        page.add(f"{_gutter(str(lines.position(place).line))} {_texts(row, _post_word)}")
        page.add(f"{_gutter('')} {_marks(row)}")
        if row.differs and verdict.match:
            page.add(f"{_gutter('source')} {_texts(row, _source_word)}")
    if len(rows) > len(shown):
        _note(page, f"and {number(len(rows) - len(shown), 'more place')} (-v shows all)")
    if verdict.match:
        _note(page, passage(verdict.match))


def _texts(row: Row, shown: Callable[[Cell], str]) -> str:
    """Return one of a row's two texts."""
    text = f"{shown(_CUT_CELL)} " if row.cut_before else ""
    for cell in row.cells:
        word = shown(cell)
        text += word + " " * (cell.width - width_of(word))
    return text + (shown(_CUT_CELL) if row.cut_after else "")


def _marks(row: Row) -> str:
    """Return the line that stands under the post's words."""
    text = "  " if row.cut_before else ""
    for place, cell in enumerate(row.cells, start=1):
        after = row.cells[place].mark if place < len(row.cells) else ""
        joined = cell.gap and after == cell.mark
        under = cell.mark * (cell.width if joined else cell.width - cell.gap)
        severity = Severity.ERROR if cell.mark == MARKS[Severity.ERROR] else Severity.WARNING
        text += in_colour(under, severity) if under else ""
        text += " " * (cell.width - len(under))
    return text


_CUT_CELL = Cell(CUT, CUT, Span(0, 0))


def _post_word(cell: Cell) -> str:
    return style(cell.quoted, fg="red", underline=True) if cell.mark else cell.quoted


def _source_word(cell: Cell) -> str:
    return style(cell.source, fg="green", underline=True) if cell.mark else cell.source


def _note(page: _Page, text: str) -> None:
    said = wrap(printable(text), page.width, used=GUTTER + 1, indent=GUTTER + 1)
    page.add(f"{' ' * (GUTTER - 1)}= {said[0]}")
    for line in said[1:]:
        page.add(line)


def _gutter(label: str) -> str:
    return f"{label:>{GUTTER - 2}} |"


# --- Quotations -----------------------------------------------------------------------------------


def _unchecked(page: _Page, posts: Iterable[PostText]) -> None:
    """List the quotations that could not be checked and have no picture, by the reason."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        for head, line in post.unchecked:
            reasons[head].append(line)
    for head, listed in reasons.items():
        for line in (*wrap(head, page.width, indent=4, measure=width_of), *listed, ""):
            page.add(line)


def _quotations(page: _Page, posts: Iterable[PostText]) -> None:
    """List every quotation with its verdict."""
    lines = [line for post in posts for line in post.quotations]
    if lines:
        for line in (style("Every quotation", bold=True), *lines, ""):
            page.add(line)


def _error(page: _Page, sentence: str) -> None:
    first, *rest = wrap(printable(sentence), page.width, used=len("error: "), indent=4)
    for line in (f"{style('error:', fg='red', bold=True)} {first}", *rest):
        page.add(line)
