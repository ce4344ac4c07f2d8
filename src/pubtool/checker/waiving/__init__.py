"""What a waiver does to a verdict: findings that it names are kept, and no longer count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pubtool.model import (
    Code,
    Finding,
    Severity,
    Suppression,
    Verdict,
    VerdictKind,
    Waiver,
    Where,
)

OF_WAIVERS = frozenset({Code("Q603"), Code("Q606")})
"""Codes of findings about waivers themselves."""

WAIVED = "waived"
"""The reason of a verdict that is exempt by somebody's word."""


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody's word that some findings do not matter."""

    codes: tuple[Code, ...]
    suppression: Suppression


@dataclass(frozen=True, slots=True)
class Waived:
    """A verdict after some words on it."""

    verdict: Verdict
    suppressed: tuple[Finding, ...] = ()

    @property
    def used(self) -> frozenset[Code]:
        """The codes of what was waived."""
        return frozenset(finding.code for finding in self.suppressed)


def waive(verdict: Verdict, words: Sequence[Word]) -> Waived:
    """Return a verdict without its waived findings; one that fails by them alone is exempt.

    Where several words waive the same finding, the first is kept with it.
    """
    by_code = {code: word.suppression for word in reversed(words) for code in word.codes}
    gone = [finding for finding in verdict.findings if finding.code in by_code]
    if not gone:
        return Waived(verdict)
    kept = [finding for finding in verdict.findings if finding.code not in by_code]
    exempt = not verdict.kind.passes and not any(f.severity is Severity.ERROR for f in kept)
    if exempt:  # the waiver's reason says whose words they are
        from pubtool.checker.rules import no_text, unattributed  # not for what is remembered

        said = by_code[gone[0].code]
        for code in (no_text.RULE.code, unattributed.RULE.code):
            by_code.setdefault(code, said)
        gone = [finding for finding in verdict.findings if finding.code in by_code]
        kept = [finding for finding in kept if finding.code not in by_code]
    return Waived(
        replace(
            verdict,
            kind=VerdictKind.EXEMPT if exempt else verdict.kind,
            reason=WAIVED if exempt else verdict.reason,
            findings=tuple(kept),
        ),
        tuple(replace(finding, suppression=by_code[finding.code]) for finding in gone),
    )


def of_post(waiver: Waiver) -> Word:
    """Return the word that a waiver in the post is."""
    return Word(waiver.codes, Suppression(Where.POST, waiver.reason, span=waiver.span))


def waive_at(
    findings: Iterable[Finding], waivers: Sequence[Waiver]
) -> tuple[list[Finding], list[Finding]]:
    """Return findings about no quotation that no waiver holds for, and apart the waived ones.

    Nobody's word makes a waiver that cannot be read, or one that waives nothing, good.
    """
    kept, gone = list[Finding](), list[Finding]()
    for finding in findings:
        waiver = next((one for one in waivers if holds_at(one, finding)), None)
        if waiver is None or finding.code in OF_WAIVERS:
            kept.append(finding)
        else:
            gone.append(replace(finding, suppression=of_post(waiver).suppression))
    return kept, gone


def holds_at(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver is for a finding, by its place."""
    return finding.code in waiver.codes and waiver.place.overlaps(finding.span)


def with_own(verdicts: Iterable[Verdict], found: Sequence[Finding]) -> tuple[Verdict, ...]:
    """Return verdicts, each with those of some new findings that are about its quotation."""
    own: dict[str | None, list[Finding]] = {}
    for finding in found:
        own.setdefault(finding.quotation, []).append(finding)
    return tuple(
        replace(each, findings=(*each.findings, *own[each.quotation.id]))
        if each.quotation.id in own
        else each
        for each in verdicts
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings once each, by place, then code."""
    return tuple(sorted(set(findings), key=lambda f: (f.span.start, f.code, f.span.end, f.message)))
