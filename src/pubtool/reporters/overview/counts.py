"""Verdicts counted by the date of their post and by the source of their quotation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from pubtool.model import Key, PostReport, Report, Verdict, VerdictKind

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?!\d)")
_MOST_MONTHS = 36
"""Months that are shown one by one; a longer archive is shown by years."""


class Standing(Enum):
    """What a verdict comes to: what a plot tells apart."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Row:
    """The quotations of one month or year, or of one source."""

    name: str
    """``2026-05``, ``2026``, a citation key; empty for posts without a date, and for quotations
    that are of no source."""
    title: str
    """The source's title; empty for a time."""
    posts: int
    """How many posts have such a quotation; for a time, how many posts are of it."""
    verdicts: Mapping[VerdictKind, int]

    @property
    def quotations(self) -> int:
        """How many there are."""
        return sum(self.verdicts.values())

    def count(self, standing: Standing) -> int:
        """Return how many quotations stand so."""
        return sum(n for kind, n in self.verdicts.items() if standing_of(kind) is standing)


@dataclass(frozen=True, slots=True)
class Overview:
    """An archive, counted."""

    unit: str
    """``month`` or ``year``."""
    times: tuple[Row, ...]
    """In order, without a gap; posts without a date last."""
    sources: tuple[Row, ...]
    """Those quoted most first; quotations of no source last."""
    total: Row


def standing_of(kind: VerdictKind) -> Standing:
    """Return what a verdict comes to."""
    if kind is VerdictKind.EXEMPT:
        return Standing.EXEMPT
    if kind.passes:
        return Standing.PASSED
    return Standing.FAILED if kind.fails else Standing.UNCHECKED


def overview_of(report: Report, titles: Mapping[Key, str]) -> Overview:
    """Return the counts of a report; `titles` are the sources' own."""
    months = {month for post in report.posts if (month := _month(post.date))}
    by_year = bool(months) and max(months) - min(months) >= _MOST_MONTHS
    return Overview(
        "year" if by_year else "month",
        tuple(_times(report.posts, months, by_year=by_year)),
        tuple(_sources(report.posts, titles)),
        _row("", "", report.posts),
    )


def source_of(verdict: Verdict) -> Key | None:
    """Return the source that a quotation is counted for: that of its place, else the one cited."""
    if verdict.match:
        return verdict.match.key
    firm = [cited.key for cited in verdict.quotation.cited if cited.firm]
    return firm[0] if firm else None


def _month(date: str) -> int | None:
    """Return the month of an ISO 8601 date, counted from year 0."""
    found = _MONTH.match(date)
    return int(found[1]) * 12 + int(found[2]) - 1 if found else None


def _times(posts: Iterable[PostReport], months: set[int], *, by_year: bool) -> Iterator[Row]:
    step = 12 if by_year else 1
    groups: dict[int, list[PostReport]] = {}
    undated: list[PostReport] = []
    if months:
        groups = {unit: [] for unit in range(min(months) // step, max(months) // step + 1)}
    for post in posts:
        month = _month(post.date)
        (undated if month is None else groups[month // step]).append(post)
    for unit, some in groups.items():
        name = f"{unit:04}" if by_year else f"{unit // 12:04}-{unit % 12 + 1:02}"
        yield _row(name, "", some)
    if undated:
        yield _row("", "", undated)


def _row(name: str, title: str, posts: Iterable[PostReport]) -> Row:
    some = list(posts)
    return Row(name, title, len(some), _counted(v.kind for post in some for v in post.verdicts))


def _sources(posts: Iterable[PostReport], titles: Mapping[Key, str]) -> Iterator[Row]:
    kinds: dict[Key | None, list[VerdictKind]] = {}
    paths: dict[Key | None, set[str]] = {}
    for post in posts:
        for verdict in post.verdicts:
            key = source_of(verdict)
            kinds.setdefault(key, []).append(verdict.kind)
            paths.setdefault(key, set()).add(post.path)
    for key in sorted(kinds, key=lambda key: (key is None, -len(kinds[key]), key or "")):
        title = titles.get(key, "") if key else ""
        yield Row(key or "", title, len(paths[key]), _counted(kinds[key]))


def _counted(kinds: Iterable[VerdictKind]) -> Mapping[VerdictKind, int]:
    counts = Counter(kinds)
    return {kind: counts[kind] for kind in VerdictKind if counts[kind]}
