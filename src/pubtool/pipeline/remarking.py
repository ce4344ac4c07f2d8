"""What an author is told beside a post's paragraphs while it is being written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pubtool.model import Difference, Finding, PostReport, Severity, Verdict, VerdictKind
from pubtool.text.lines import line_of
from pubtool.writers.annotate import is_checked, locator_words, named, source_key

_SHOWN = 60
"""Code points of a place by whose words it is found on the page."""
_MARKUP = re.compile(r"\^?\[@[^\]]*\]|\]\([^)]*\)|[*_`\[\]<>#]|\{[^}]*\}")


@dataclass(frozen=True)
class Remark:
    """What is said of one place."""

    kind: str
    """A verdict, or ``finding``."""
    state: str
    """``passes``, ``open`` (not checked) or ``fails``; a finding's severity for others."""
    quotation: str
    """The id of the quotation that it is about; may be empty."""
    words: str
    """Words of the post at the place, to find it by."""
    line: int
    """In the post's file, 1-based."""
    about: str
    """The source and the place in it; may be empty."""
    sentences: tuple[str, ...]
    """The differences and the findings."""


@dataclass(frozen=True)
class Remarks:
    """All that is said of one post."""

    counts: tuple[tuple[str, int], ...]
    """How many quotations have a verdict, by verdict, the most serious first."""
    worst: str
    """``fails``, ``open`` or ``passes``; empty where nothing was checked."""
    places: tuple[Remark, ...]
    """By place."""


def remarks_on(report: PostReport) -> Remarks:
    """Return what is to be said of a post: each verdict, and every finding."""
    shown = [verdict for verdict in report.verdicts if is_checked(verdict)]
    told = {finding for verdict in report.verdicts for finding in verdict.findings}
    ours = {verdict.quotation.id for verdict in shown}
    by_quotation: dict[str, list[Finding]] = {}
    rest = []
    for finding in (*report.findings, *sorted(told - {*report.findings}, key=_place)):
        if finding.quotation in ours:
            by_quotation.setdefault(str(finding.quotation), []).append(finding)
        else:
            rest.append(finding)
    places = [_of(report, v, by_quotation.get(v.quotation.id, ())) for v in shown]
    places += [_other(report, finding) for finding in rest]
    kinds = Counter(verdict.kind for verdict in shown)
    counts = tuple((kind.value, kinds[kind]) for kind in ORDER if kinds[kind])
    worst = next((state for state in _STATES if any(p.state == state for p in places)), "")
    return Remarks(counts, worst, tuple(sorted(places, key=lambda place: place.line)))


ORDER = (
    VerdictKind.MISATTRIBUTED,
    VerdictKind.ABSENT,
    VerdictKind.ALTERED,
    VerdictKind.MISLOCATED,
    VerdictKind.UNCHECKED,
    VerdictKind.EXEMPT,
    VerdictKind.ADAPTED,
    VerdictKind.VERBATIM,
)
"""Verdicts, the most serious first."""
_STATES = ("fails", "open", "passes")


def state_of(verdict: Verdict) -> str:
    """Return whether a quotation ``passes``, ``fails`` or is ``open``: was not compared."""
    if verdict.kind in (VerdictKind.UNCHECKED, VerdictKind.EXEMPT):
        return "open"
    return "passes" if verdict.kind.passes else "fails"


def _of(report: PostReport, verdict: Verdict, findings: Iterable[Finding]) -> Remark:
    kind, span = verdict.kind, verdict.quotation.span
    reason = f"{kind.value}: {verdict.reason}" if verdict.reason else kind.value
    about = " ".join(part for part in (source_key(verdict), locator_words(verdict)) if part)
    unknown = [f"{named(place)} could not be compared" for place in verdict.uncompared]
    messages = [f"{finding.code}: {finding.message}" for finding in findings]
    sentences = tuple(dict.fromkeys([*_differences(verdict.differences), *unknown, *messages]))
    return Remark(
        reason,
        state_of(verdict),
        verdict.quotation.id,
        _words(report.text[span.start : span.end]),
        line_of(report.text, span.start),
        about,
        sentences,
    )


def _other(report: PostReport, finding: Finding) -> Remark:
    span = finding.span
    severe = finding.severity is Severity.ERROR
    end = span.end if span.end > span.start else span.start + _SHOWN
    return Remark(
        "finding",
        "fails" if severe else finding.severity.word,
        "",
        _words(report.text[span.start : end]),
        line_of(report.text, span.start),
        "",
        (f"{finding.code}: {finding.message}",),
    )


def _differences(differences: Iterable[Difference]) -> Iterator[str]:
    """Yield what the quotation has for the source's words, where no finding says it."""
    for one in differences:
        if one.marked or one.permitted or one.code is not None:
            continue
        here, there = one.quoted.strip(), one.source.strip()
        if here and there:
            yield f"{one.kind.value}: “{here}” for “{there}”"
        else:
            yield f"{one.kind.value}: “{here or there}”"


def _words(text: str) -> str:
    """Return the first words of a piece of the file, its markup left off."""
    plain = " ".join(_MARKUP.sub("", text).split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN].rsplit(" ", 1)[0]


def _place(finding: Finding) -> tuple[int, str]:
    return finding.span.start, finding.code
