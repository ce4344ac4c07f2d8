"""Findings as an editor shows them, and which of them wait until the author has finished a word.

A finding waits while the author is at it: where the last change touches its place, and for a
quotation mark without its partner in the paragraph that is being typed. Otherwise every half-typed
quotation would be called absent, and every opening mark unbalanced. Once the author pauses, saves,
or types elsewhere, all is said.
"""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from pubtool.lsp.texts import Text
from pubtool.model import Finding, Match, PostReport, Severity, Span, Verdict
from pubtool.pipeline.writing import Target, name_place

SOURCE = "pubtool"
_UNFINISHED = frozenset({"Q601"})
"""Findings about a paragraph that may only be half there."""

_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


PlaceOf = Callable[[Match], Target | None]
"""Gives the file that a passage is from, and its line; None where it has no file."""


def diagnostics(
    report: PostReport, text: Text, place_of: PlaceOf, at: int = -1
) -> tuple[list[types.Diagnostic], bool]:
    """Return what an editor is to show, and whether anything waits.

    `at` is where the author types, -1 for nowhere.
    """
    verdicts = {verdict.quotation.id: verdict for verdict in report.verdicts}
    shown, waits = [], False
    for finding in report.findings:
        if at >= 0 and _is_being_typed(finding, report.text, at):
            waits = True
            continue
        shown.append(_diagnostic(finding, verdicts.get(finding.quotation or ""), text, place_of))
    return shown, waits


def not_checked(why: str, text: Text) -> types.Diagnostic:
    """Return what an editor is to show of a text that could not be checked, on its first line."""
    return types.Diagnostic(
        text.range(Span(0, len(text.line(0)))),
        f"this text is not checked: {why}",
        severity=types.DiagnosticSeverity.Warning,
        source=SOURCE,
    )


def _is_being_typed(finding: Finding, text: str, at: int) -> bool:
    span = finding.span
    if finding.code in _UNFINISHED:
        low, high = sorted((span.start, at))
        return "\n\n" not in text[low:high].replace("\r", "")
    return span.start <= at <= span.end


def _diagnostic(
    finding: Finding, verdict: Verdict | None, text: Text, place_of: PlaceOf
) -> types.Diagnostic:
    return types.Diagnostic(
        text.range(finding.span if len(finding.span) else _visible(finding.span, text)),
        finding.message,
        severity=_SEVERITY[finding.severity],
        code=str(finding.code),
        source=SOURCE,
        related_information=_related(verdict, place_of),
        data={"quotation": finding.quotation},
    )


def _visible(span: Span, text: Text) -> Span:
    """Return a stretch that can be seen: an empty one is a character long, if there is one."""
    behind = text.text[span.start : span.start + 1]
    return span if behind in ("", "\n", "\r") else Span(span.start, span.start + 1)


def _related(
    verdict: Verdict | None, place_of: PlaceOf
) -> list[types.DiagnosticRelatedInformation] | None:
    match = verdict.match if verdict else None
    target = place_of(match) if match else None
    if match is None or target is None:
        return None
    start = types.Position(target.line, 0)
    place = types.Location(target.path.as_uri(), types.Range(start, start))
    words = " ".join(match.text.split())
    told = f"@{match.key}{_where(match)}: “{words}”"
    return [types.DiagnosticRelatedInformation(place, told)]


def _where(match: Match) -> str:
    """Return where a passage stands: its locator, and the page of a file that has other numbers."""
    told = name_place(match.locator) if match.locator else ""
    sheet = f"page {match.sheet} of the file" if match.sheet else ""
    if match.locator and match.locator.label == "page" and match.locator.value == str(match.sheet):
        sheet = ""
    return "".join(f", {each}" for each in (told, sheet) if each)
