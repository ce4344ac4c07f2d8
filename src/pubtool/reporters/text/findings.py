"""Findings as a text report tells them, a quotation's together over one picture of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from click import style, unstyle

from pubtool.model import FileReport, Finding, PostReport, Report, Verdict
from pubtool.reporters.columns import CUT, columns, printable, shorten, wrap
from pubtool.reporters.text.page import GUTTER, Page, Verbosity, coloured, grade, gutter, note
from pubtool.reporters.text.quotations import is_plain
from pubtool.text.lines import Lines


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


def add_findings(page: Page, report: Report) -> None:
    """Tell every finding of a report, and what could not be done."""
    for post in sorted(report.posts, key=lambda post: post.path):
        add_part(page, post)
    for file in sorted(report.files, key=lambda file: file.path):
        add_part(page, file)
    for sentence in report.errors:
        _error(page, sentence)
    if report.errors and page.verbosity > Verbosity.QUIET:
        page.add("")


def add_part(page: Page, part: PostReport | FileReport) -> None:
    """Tell the findings of one file."""
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
            from pubtool.reporters.text.picture import add_picture  # not for a quiet report

            add_picture(page, lines, group.findings, group.verdict)
        else:
            _excerpt(page, lines, group.findings[0])
        fixes = [finding.fix.description for finding in group.findings if finding.fix]
        for description in dict.fromkeys(fixes):
            note(page, f"mend: {description}")
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


def _header(page: Page, path: str, lines: Lines, finding: Finding) -> None:
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


def _excerpt(page: Page, lines: Lines, finding: Finding) -> None:
    """Show the line of the file that a finding is about, its range marked."""
    place = lines.position(finding.span.start)
    line = lines.line(place.line)
    if not line.strip():
        return
    begin = place.column - 1
    end = min(max(finding.span.end - lines.start(place.line), begin + 1), max(len(line), begin + 1))
    room = page.width - GUTTER - 3
    whole = printable(line[begin:end])
    marked = shorten(whole, room)
    cut = marked != whole
    before = printable(line[:begin]).lstrip()
    if columns(before) + columns(marked) > room:
        kept = max(room - columns(marked) - 2, 0)
        while columns(before) > kept:
            before = before[1:]
        before = f"{CUT} {before.lstrip()}" if kept else ""
    left = max(room - columns(before) - columns(marked) - 1, 1)
    after = "" if cut else shorten(printable(line[end:]), left)
    page.add(f"{gutter('')}")
    page.add(f"{gutter(str(place.line))} {before}{marked}{after}")
    from pubtool.reporters.interlinear import MARKS

    under = MARKS[finding.severity] * max(columns(marked), 1)
    indent = " " * columns(before)
    page.add(f"{gutter('')} {indent}{coloured(under, finding.severity)}")


def _error(page: Page, sentence: str) -> None:
    first, *rest = wrap(printable(sentence), page.width, used=len("error: "), indent=4)
    for line in (f"{style('error:', fg='red', bold=True)} {first}", *rest):
        page.add(line)
