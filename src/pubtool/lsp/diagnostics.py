"""Findings as an editor shows them, and which of them wait until the author has finished a word.

A finding waits while the author is at it: where the last change touches its place, and for a
quotation mark without its partner in the paragraph that is being typed. Otherwise every half-typed
quotation would be called absent, and every opening mark unbalanced. Once the author pauses, saves,
or types elsewhere, all is said.
"""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from pubtool.lsp.texts import Text
from pubtool.model import Finding, PostReport, Severity, Span, Verdict

SOURCE = "pubtool"
_UNFINISHED = frozenset({"Q601"})
"""Findings about a paragraph that may only be half there."""

_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(
    report: PostReport, text: Text, files: dict[str, Path], at: int = -1
) -> tuple[list[types.Diagnostic], bool]:
    """Return what an editor is to show, and whether anything waits.

    `files` are the sources' files by key; `at` is where the author types, -1 for nowhere.
    """
    verdicts = {verdict.quotation.id: verdict for verdict in report.verdicts}
    shown, waits = [], False
    for finding in report.findings:
        if at >= 0 and _is_being_typed(finding, report.text, at):
            waits = True
            continue
        shown.append(_diagnostic(finding, verdicts.get(finding.quotation or ""), text, files))
    return shown, waits


def _is_being_typed(finding: Finding, text: str, at: int) -> bool:
    span = finding.span
    if finding.code in _UNFINISHED:
        low, high = sorted((span.start, at))
        return "\n\n" not in text[low:high].replace("\r", "")
    return span.start <= at <= span.end


def _diagnostic(
    finding: Finding, verdict: Verdict | None, text: Text, files: dict[str, Path]
) -> types.Diagnostic:
    return types.Diagnostic(
        text.range(finding.span if len(finding.span) else _visible(finding.span, text)),
        finding.message,
        severity=_SEVERITY[finding.severity],
        code=str(finding.code),
        source=SOURCE,
        related_information=_related(verdict, files),
        data={"quotation": finding.quotation},
    )


def _visible(span: Span, text: Text) -> Span:
    """Return a stretch that can be seen: an empty one is a character long, if there is one."""
    behind = text.text[span.start : span.start + 1]
    return span if behind in ("", "\n", "\r") else Span(span.start, span.start + 1)


def _related(
    verdict: Verdict | None, files: dict[str, Path]
) -> list[types.DiagnosticRelatedInformation] | None:
    match = verdict.match if verdict else None
    file = files.get(match.key) if match else None
    if match is None or file is None:
        return None
    start = types.Position(0, 0)
    place = types.Location(file.as_uri(), types.Range(start, start))
    words = " ".join(match.text.split())
    return [types.DiagnosticRelatedInformation(place, f"@{match.key}: “{words}”")]
