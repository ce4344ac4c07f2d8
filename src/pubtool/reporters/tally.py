"""The honest count: quotations found, checked, passed, failed, unchecked and why, exempt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pubtool.model import Finding, Report, Severity, Verdict, VerdictKind, Where

REASONS: Mapping[str, str] = {
    "no-source": "imported without a source",
    "second-hand": "second-hand excerpt",
    "incomplete": "source's text incomplete",
    "unknown-key": "unknown key",
    "missing": "source's text missing",
    "unreadable": "source unreadable",
    "empty": "source without words",
    "scan": "scan without text",
    "unsupported": "source in an unknown format",
    "poor-text": "source's text misread",
    "unread-pages": "pages without text",
    "own-words": "the author's own words",
    "language": "another language than the source",
}
"""A reason's words in the count; a reason that is not here is shown as it is."""

_GRAVEST_FIRST = tuple(sorted(Severity, reverse=True))


@dataclass(frozen=True, slots=True)
class Tally:
    """What one report counts up to."""

    posts: int
    verdicts: Mapping[VerdictKind, int]
    """Those that occur, in the contract's order."""
    unchecked: Mapping[str, int]
    """Reason -> how many."""
    exempt: Mapping[str, int]
    """Reason -> how many."""
    findings: Mapping[Severity, int]
    """All three severities, the gravest first."""
    unread: int = 0
    """How many posts could not be read."""
    known: Mapping[VerdictKind, int] = field(default_factory=dict)
    """How many of those that do not pass the baseline has."""
    in_baseline: int = 0
    """How many findings the baseline suppresses."""
    uncompared: int = 0
    """How many quotations were compared, and the places that are cited for them could not be."""

    @property
    def quotations(self) -> int:
        """How many quotations were found."""
        return sum(self.verdicts.values())


def tally(report: Report) -> Tally:
    """Count a report's quotations and findings."""
    verdicts = [verdict for post in report.posts for verdict in post.verdicts]
    kinds = Counter(verdict.kind for verdict in verdicts)
    severities = Counter(finding.severity for finding in all_findings(report))
    return Tally(
        posts=len(report.posts),
        verdicts={kind: kinds[kind] for kind in VerdictKind if kinds[kind]},
        unchecked=_reasons(verdicts, VerdictKind.UNCHECKED),
        exempt=_reasons(verdicts, VerdictKind.EXEMPT),
        findings={severity: severities[severity] for severity in _GRAVEST_FIRST},
        unread=len(report.errors),
        known=_known(report),
        in_baseline=_suppressed_by_baseline(report),
        uncompared=sum(bool(verdict.uncompared) for verdict in verdicts),
    )


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Return one tally of several reports' of different posts and files."""
    every = list(tallies)

    def together(name: str) -> dict[Any, int]:
        found: dict[Any, int] = {}
        for one in every:
            for what, count in getattr(one, name).items():
                found[what] = found.get(what, 0) + count
        return found

    verdicts, findings, known = map(together, ("verdicts", "findings", "known"))
    return Tally(
        posts=sum(one.posts for one in every),
        verdicts={kind: verdicts[kind] for kind in VerdictKind if kind in verdicts},
        unchecked=dict(sorted(together("unchecked").items())),
        exempt=dict(sorted(together("exempt").items())),
        findings={severity: findings.get(severity, 0) for severity in _GRAVEST_FIRST},
        unread=sum(one.unread for one in every),
        known={kind: known[kind] for kind in VerdictKind if kind in known},
        in_baseline=sum(one.in_baseline for one in every),
        uncompared=sum(one.uncompared for one in every),
    )


def all_findings(report: Report) -> Iterable[Finding]:
    """Return the findings of all posts and files."""
    for post in report.posts:
        yield from post.findings
    for file in report.files:
        yield from file.findings


def count_quotations(counts: Tally) -> str:
    """Return the sentence that ends every text report."""
    places = f"in {number(counts.posts, 'post')}"
    if counts.unread:
        places += f" ({number(counts.unread, 'other')} could not be read)"
    elif not counts.posts:
        return "0 quotations: no posts were found"
    if not counts.quotations:
        return f"0 quotations {places}"
    passed = counts.verdicts.get(VerdictKind.VERBATIM, 0)
    passed += counts.verdicts.get(VerdictKind.ADAPTED, 0)
    failed = sum(count for kind, count in counts.verdicts.items() if kind.fails)
    known = sum(count for kind, count in counts.known.items() if kind.fails)
    parts = [f"{passed + failed} checked, {passed} passed, {failed} failed{_in_baseline(known)}"]
    told = {"unchecked": counts.known.get(VerdictKind.UNCHECKED, 0), "exempt": 0}
    parts += [
        f"{sum(reasons.values())} {word} ({_listed(reasons)}){_in_baseline(told[word])}"
        for word, reasons in (("unchecked", counts.unchecked), ("exempt", counts.exempt))
        if reasons
    ]
    if counts.uncompared:
        parts.append(f"the cited places of {counts.uncompared} not compared")
    return f"{number(counts.quotations, 'quotation')} {places}: {'; '.join(parts)}"


def count_findings(counts: Tally) -> str:
    """Return how many findings there are, the gravest first."""
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
    found = [number(count, words[grade]) for grade, count in counts.findings.items() if count]
    known = f", {counts.in_baseline} in the baseline" if counts.in_baseline else ""
    return f"Found {', '.join(found)}{known}." if found else f"No findings{known}."


def number(count: int, noun: str) -> str:
    """Return the count with its noun: ``1 post``, ``2 posts``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _known(report: Report) -> dict[VerdictKind, int]:
    known = Counter(
        verdict.kind
        for post in report.posts
        for verdict in post.verdicts
        if verdict.quotation.id in post.known
    )
    return {kind: known[kind] for kind in VerdictKind if known[kind]}


def _suppressed_by_baseline(report: Report) -> int:
    suppressed = [finding for post in report.posts for finding in post.suppressed]
    suppressed += [finding for file in report.files for finding in file.suppressed]
    return sum(
        f.suppression is not None and f.suppression.where is Where.BASELINE for f in suppressed
    )


def _in_baseline(count: int) -> str:
    return f", of them {count} in the baseline" if count else ""


def _reasons(verdicts: Iterable[Verdict], kind: VerdictKind) -> Mapping[str, int]:
    reasons = Counter(verdict.reason or "no reason" for verdict in verdicts if verdict.kind is kind)
    return {reason: reasons[reason] for reason in sorted(reasons)}


def _listed(reasons: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {REASONS.get(reason, reason)}" for reason, count in reasons.items())
