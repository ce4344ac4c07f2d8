"""The report for programs: the contract's section 5, to the letter.

Keys stand in the contract's order; what was added since stands behind them (`match.extent`,
`match.located`, `files`, `suppressed`, `known`, `summary.baseline`). `pubtool/check.schema.json`
describes the form, and the tests hold this module to it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pubtool import __version__
from pubtool.model import (
    Cited,
    Difference,
    FileReport,
    Finding,
    Fix,
    Locator,
    Match,
    PostReport,
    Report,
    Span,
    Suppression,
    Verdict,
)
from pubtool.reporters.tally import tally
from pubtool.text.lines import Lines, Position

SCHEMA = 1
"""Grows only when a key is renamed, removed or changes its meaning."""


def render_json(report: Report) -> str:
    """Return the report as indented JSON, sorted by place, with a line end behind it."""
    counts = tally(report)
    document = {
        "schema": SCHEMA,
        "tool": {"name": "pubtool", "version": __version__},
        "summary": {
            "posts": counts.posts,
            "quotations": counts.quotations,
            "verdicts": {kind.value: count for kind, count in counts.verdicts.items()},
            "findings": {grade.word: count for grade, count in counts.findings.items()},
            "baseline": {
                "verdicts": {kind.value: count for kind, count in counts.known.items()},
                "findings": counts.in_baseline,
            },
        },
        "posts": [_post(post) for post in sorted(report.posts, key=lambda post: post.path)],
        "errors": list(report.errors),
        "files": [_file(part) for part in sorted(report.files, key=lambda part: part.path)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _post(post: PostReport) -> dict[str, Any]:
    lines = Lines(post.text)
    verdicts = sorted(post.verdicts, key=lambda verdict: verdict.quotation.span)
    return {
        "path": post.path,
        "quotations": [_quotation(verdict, lines, post.known) for verdict in verdicts],
        "findings": _findings(post.findings, lines),
        "suppressed": _suppressed(post.suppressed, lines),
    }


def _file(part: FileReport) -> dict[str, Any]:
    lines = Lines(part.text)
    return {
        "path": part.path,
        "findings": _findings(part.findings, lines),
        "suppressed": _suppressed(part.suppressed, lines),
    }


def _quotation(verdict: Verdict, lines: Lines, known: Collection[str]) -> dict[str, Any]:
    quotation = verdict.quotation
    differences = sorted(verdict.differences, key=lambda each: (each.at, each.there))
    return {
        "id": quotation.id,
        "kind": quotation.kind.value,
        "range": _range(quotation.span, lines),
        "text": quotation.text,
        "verdict": verdict.kind.value,
        "reason": verdict.reason,
        "cited": [_cited(cited) for cited in quotation.cited],
        "match": _match(verdict.match) if verdict.match else None,
        "differences": [
            _difference(each, quotation.flow.place(each.at.start, each.at.end), lines)
            for each in differences
        ],
        "findings": sorted({str(finding.code) for finding in verdict.findings}),
        "known": quotation.id in known,
    }


def _cited(cited: Cited) -> dict[str, Any]:
    return {"key": cited.key, "locator": _locator(cited.locator), "how": cited.how.value}


def _match(match: Match) -> dict[str, Any]:
    return {
        "key": match.key,
        "start": match.span.start,
        "end": match.span.end,
        "text": match.text,
        "prefix": match.prefix,
        "suffix": match.suffix,
        "locator": _locator(match.locator),
        "score": round(match.score, 4),
        "extent": match.extent.value,
        "located": match.located.value if match.located else None,
    }


def _difference(difference: Difference, place: Span, lines: Lines) -> dict[str, Any]:
    return {
        "kind": difference.kind.value,
        "quoted": difference.quoted,
        "source": difference.source,
        "marked": difference.marked,
        "permitted": difference.permitted,
        "range": _range(place, lines),
    }


def _findings(findings: Iterable[Finding], lines: Lines) -> list[dict[str, Any]]:
    ordered = sorted(findings, key=_order)
    return [
        {
            "code": finding.code,
            "severity": finding.severity.word,
            "message": finding.message,
            "quotation": finding.quotation,
            "range": _range(finding.span, lines),
            "fix": _fix(finding.fix, lines) if finding.fix else None,
        }
        for finding in ordered
    ]


def _suppressed(findings: Sequence[Finding], lines: Lines) -> list[dict[str, Any]]:
    """Return findings that do not count, each with the reason why."""
    ordered = sorted(findings, key=_order)
    return [
        {**found, "suppression": _suppression(finding.suppression)}
        for finding, found in zip(ordered, _findings(ordered, lines), strict=True)
    ]


def _suppression(suppression: Suppression | None) -> dict[str, str] | None:
    if suppression is None:
        return None
    return {
        "where": suppression.where.value,
        "reason": suppression.reason,
        "by": suppression.by,
        "on": suppression.on,
    }


def _order(finding: Finding) -> tuple[Span, str, str]:
    return finding.span, finding.code, finding.message


def _fix(fix: Fix, lines: Lines) -> dict[str, Any]:
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    return {
        "description": fix.description,
        "safe": fix.safe,
        "edits": [{"range": _range(edit.span, lines), "text": edit.text} for edit in edits],
    }


def _locator(locator: Locator | None) -> dict[str, str] | None:
    return {"label": locator.label, "value": locator.value} if locator else None


def _range(span: Span, lines: Lines) -> dict[str, dict[str, int]]:
    return {
        "start": _position(lines.position(span.start)),
        "end": _position(lines.position(span.end)),
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
