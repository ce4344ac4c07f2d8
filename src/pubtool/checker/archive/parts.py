"""The parts of a series: one that is missing, twice there, or dated before its predecessor (Q703).

A series whose posts have no numbers is ordered by date, and nothing can be said of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pubtool.model import Finding, PostReport, Span

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?![-\d])")
_SERIES = re.compile(r"^series(?=[ \t]*:)", re.MULTILINE)


class _Part(NamedTuple):
    number: float
    path: str
    report: PostReport


def series_place(report: PostReport) -> Span:
    """Return where a post's front matter names the series."""
    at = _SERIES.search(report.text) if report.series else None
    return Span(*at.span()) if at else Span(0, 0)


def find_misplaced_parts(
    reports: Sequence[PostReport], place: Callable[[PostReport], Span] = series_place
) -> Iterator[tuple[str, Finding]]:
    """Yield the path and the finding of each post whose number in a series cannot be right.

    `place` may know from before where a post names its series.
    """
    numbered: dict[str, list[_Part]] = {}
    others: dict[str, list[PostReport]] = {}
    for report in reports:
        for named in report.series:
            if named.part is None:
                others.setdefault(named.name, []).append(report)
            else:
                part = _Part(named.part, report.path, report)
                numbered.setdefault(named.name, []).append(part)
    for name in sorted(numbered):
        parts = sorted(numbered[name], key=lambda part: part[:2])
        for report, message in (*_faults(parts), *_without(others.get(name, ()))):
            yield report.path, _finding(f"{message} (series “{name}”)", place(report))


def _finding(message: str, place: Span) -> Finding:
    from pubtool.checker.rules import series_parts  # not where nothing is found

    rule = series_parts.RULE
    return Finding(rule.code, rule.severity, message, place)


def _faults(parts: Sequence[_Part]) -> Iterator[tuple[PostReport, str]]:
    first = parts[0]
    if first.number >= 2:  # a foreword may be part 0
        yield first.report, f"the series begins with part {first.number:g}"
    for before, part in pairwise(parts):
        if part.number == before.number:
            yield part.report, f"part {part.number:g} is {before.path} as well"
            continue
        if part.number - before.number >= 2:
            yield part.report, f"part {part.number:g} comes after part {before.number:g}"
        ours, theirs = _day(part.report.date), _day(before.report.date)
        if ours and theirs and ours < theirs:
            yield (
                part.report,
                f"part {part.number:g} is dated {ours}, before part {before.number:g} ({theirs})",
            )


def _without(reports: Sequence[PostReport]) -> Iterator[tuple[PostReport, str]]:
    for report in reports:
        yield report, "this post has no number, and other parts have"


def _day(written: str) -> str:
    """Return the day of a date as ISO 8601 has it with hyphens, whose order is that of the days."""
    day = _DAY.match(written)
    return day[0] if day else ""
