"""One passage in two wordings (Q701).

Two quotations of overlapping places of a source are compared where they overlap, by their
differences from it: what the source has is then the same for both. What an author shows (brackets,
an ellipsis) may be another each time, and so may marks and spaces that only look otherwise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from pubtool.checker.archive.parts import series_place
from pubtool.checker.waiving import WAIVED
from pubtool.model import (
    Difference,
    DifferenceKind,
    Finding,
    Key,
    PostReport,
    QuotationKind,
    Span,
    Verdict,
)

_LEAST = 16
"""Characters of the source that two quotations must share, about three words."""
_SHOWN = 40
"""Characters of a wording that a finding shows."""
_LOOKS = frozenset(
    {
        DifferenceKind.TYPOGRAPHY,
        DifferenceKind.ELLIPSIS,
        DifferenceKind.BRACKET,
        DifferenceKind.CASE,
        DifferenceKind.EMPHASIS,
    }
)
"""Differences that are no other wording."""

_Wording = tuple[tuple[Span, str], ...]


@dataclass(frozen=True)
class Passages:
    """What of a post is compared with others: where in the sources its quotations stand.

    Three numbers for each, one behind the other: its place among the post's verdicts, and its start
    and end in the source.
    """

    standing: Mapping[Key, tuple[int, ...]]
    """By source: all that stand in it."""
    worded: Mapping[Key, tuple[int, ...]]
    """By source: those that are worded otherwise than it anywhere."""
    series: Span
    """Where the post names its series."""


def passages_of(report: PostReport) -> Passages:
    """Return where in the sources a post's quotations stand, titles left out."""
    standing: dict[Key, tuple[int, ...]] = {}
    worded: dict[Key, tuple[int, ...]] = {}
    for number, verdict in enumerate(report.verdicts):
        match = verdict.match
        if match and verdict.quotation.kind is not QuotationKind.TITLE:
            place = (number, match.span.start, match.span.end)
            standing[match.key] = (*standing.get(match.key, ()), *place)
            if any(map(_is_wording, verdict.differences)):
                worded[match.key] = (*worded.get(match.key, ()), *place)
    return Passages(standing, worded, series_place(report))


_Number = tuple[int, int]
"""A quotation's place among all of the project: its post's, and its own among the post's."""


@dataclass(frozen=True, order=True)
class _Use:
    """A quotation of a source."""

    span: Span
    """Of the source."""
    number: _Number
    path: str
    line: int
    wording: _Wording
    """Where it is worded otherwise than the source, and how; by place."""
    wrong: bool
    """Whether it fails by itself, whatever was waived: a word makes it no better."""


_Found = Iterator[tuple[str, Finding]]


def find_other_wordings(
    reports: Sequence[PostReport], passages: Callable[[PostReport], Passages] = passages_of
) -> _Found:
    """Yield the path and the finding of each quotation that words a passage otherwise than another.

    Of two, the one that fails is told, or would but for somebody's word; of two alike in that, the
    one that comes later. `passages` may know those of a report from before.
    """
    quoting = _near_other_wordings(reports, [passages(report) for report in reports])
    for key in sorted(quoting):
        verdicts = {each.number: each.verdict for each in quoting[key]}
        for late, early in _pairs(map(_use, quoting[key])):
            yield late.path, _finding(late, early, key, verdicts[late.number])


class _Quoting(NamedTuple):
    """A verdict on a quotation that stands in a source, and where it comes from."""

    number: _Number
    span: Span
    """Of the source."""
    verdict: Verdict
    report: PostReport


def _near_other_wordings(
    reports: Sequence[PostReport], known: Sequence[Passages]
) -> dict[Key, list[_Quoting]]:
    """Return by source what shares a place with a quotation that is worded otherwise than it.

    Two that are both as the source has it cannot differ, and those are nearly all of an archive.
    """
    stretches = _stretches(known)
    found: dict[Key, list[_Quoting]] = {}
    for place, (report, passages) in enumerate(zip(reports, known, strict=True)):
        for key, standing in passages.standing.items():
            if key not in stretches:
                continue
            worded = passages.worded.get(key, ())[::3]
            for number, start, end in _threes(standing):
                if number in worded or _is_near(stretches[key], start, end):
                    each = (place, number), Span(start, end), report.verdicts[number], report
                    found.setdefault(key, []).append(_Quoting(*each))
    return found


def _stretches(known: Sequence[Passages]) -> dict[Key, list[tuple[int, int]]]:
    """Return where in a source any is worded otherwise, joined where they meet, in order."""
    places: dict[Key, list[tuple[int, int]]] = {}
    for passages in known:
        for key, worded in passages.worded.items():
            places.setdefault(key, []).extend((start, end) for _, start, end in _threes(worded))
    found: dict[Key, list[tuple[int, int]]] = {}
    for key, spans in places.items():
        joined = found[key] = list[tuple[int, int]]()
        for start, end in sorted(spans):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
    return found


def _is_near(stretches: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(stretches, end, key=lambda stretch: stretch[0])
    return at > 0 and stretches[at - 1][1] > start


def _threes(numbers: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    return zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)


def _use(quoting: _Quoting) -> _Use:
    verdict, report = quoting.verdict, quoting.report
    start = verdict.quotation.span.start
    wording = sorted(
        (difference.there, _plain(difference.quoted))
        for difference in verdict.differences
        if _is_wording(difference)
    )
    line = report.text.count("\n", 0, start) + 1
    wrong = verdict.kind.fails or verdict.reason == WAIVED
    return _Use(quoting.span, quoting.number, report.path, line, tuple(wording), wrong)


def _is_wording(difference: Difference) -> bool:
    return not difference.marked and difference.kind not in _LOOKS


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _pairs(uses: Iterable[_Use]) -> Iterator[tuple[_Use, _Use]]:
    """Yield each use that words what it shares with one of another post otherwise, and the first.

    Of uses that are alike, the first of two posts are asked: all say the same of any other. Most of
    an archive quote a passage as it stands, and are not laid beside each other.
    """
    told = set[_Number]()
    open_: dict[tuple[Span, _Wording], list[_Use]] = {}
    worded: dict[tuple[Span, _Wording], list[_Use]] = {}
    ends: list[tuple[int, tuple[Span, _Wording]]] = []
    for use in sorted(uses):
        while ends and ends[0][0] <= use.span.start:
            _, ended = heappop(ends)
            del open_[ended]
            worded.pop(ended, None)
        for alike in (open_ if use.wording else worded).values():
            other = next((one for one in alike if one.path != use.path), None)
            if other is not None:
                late, early = _later_first(use, other)
                if late.number not in told and _differ(use, other):
                    told.add(late.number)
                    yield late, early
        kind = use.span, use.wording
        if kind not in open_:
            open_[kind] = []
            heappush(ends, (use.span.end, kind))
            if use.wording:
                worded[kind] = open_[kind]
        alike = open_[kind]
        if len(alike) < 2 and all(one.path != use.path for one in alike):
            alike.append(use)


def _differ(one: _Use, other: _Use) -> bool:
    shared = _shared(one, other)
    return len(shared) >= _LEAST and _within(one.wording, shared) != _within(other.wording, shared)


def _shared(one: _Use, other: _Use) -> Span:
    """Return the place of the source that is in both."""
    return Span(max(one.span.start, other.span.start), min(one.span.end, other.span.end))


def _within(wording: Iterable[tuple[Span, str]], shared: Span) -> list[tuple[Span, str]]:
    return [(at, words) for at, words in wording if shared.holds(at) and _inside(at, shared)]


def _inside(at: Span, shared: Span) -> bool:
    """Whether a difference is not at an edge, where the other quotation may just not go on."""
    return len(at) > 0 or shared.start < at.start < shared.end


def _later_first(one: _Use, other: _Use) -> tuple[_Use, _Use]:
    early, late = (one, other) if one.number < other.number else (other, one)
    return (early, late) if early.wrong and not late.wrong else (late, early)


def _finding(use: _Use, other: _Use, key: Key, verdict: Verdict) -> Finding:
    from pubtool.checker.rules import quoted_two_ways  # not where nothing is found

    shared = _shared(use, other)
    here, there = _within(use.wording, shared), _within(other.wording, shared)
    at = min(at for at, words in {*here} ^ {*there})
    how = _worded(at, verdict.differences, here)
    rule = quoted_two_ways.RULE
    message = (
        f"quotes a passage of {key} that {other.path}, line {other.line}, words otherwise{how}"
    )
    return Finding(rule.code, rule.severity, message, verdict.quotation.span, verdict.quotation.id)


def _worded(at: Span, differences: Sequence[Difference], here: Sequence[tuple[Span, str]]) -> str:
    """Return what this quotation has at a place of the source, where it is told easily."""
    if not any(place == at for place, _ in here):
        return ": there it is not as in the source"
    [difference, *_] = [each for each in differences if each.there == at]
    quoted, source = " ".join(difference.quoted.split()), " ".join(difference.source.split())
    if max(len(quoted), len(source)) > _SHOWN:
        return ""
    if not quoted:
        return f": “{source}” is left out here"
    return f": here “{quoted}”" + (f" for “{source}”" if source else " is added")
