"""The report as SARIF 2.1.0 (OASIS standard), which code scanning services read.

Every rule is declared, and a clean report is a run with no results: a service closes an alert only
where it sees both. What is suppressed stays in the results and says why it does not count. Columns
count code points, as everywhere in pubtool.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pubtool import __version__
from pubtool.model import (
    Code,
    Edit,
    FileReport,
    Fix,
    PostReport,
    Report,
    RulePage,
    Severity,
    Span,
    Suppression,
    Where,
)
from pubtool.reporters.addresses import uri_of
from pubtool.reporters.fingerprints import fingerprinted
from pubtool.text.lines import Lines

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
KINDS = {Where.POST: "inSource", Where.DECISION: "external", Where.BASELINE: "external"}
BASE = "%SRCROOT%"
"""The name that services know for the folder which a repository is checked out to."""

_KNOWN_BEFORE = "it stood there when the baseline was taken"
"""The justification of what the baseline suppresses, which has no reason of its own."""


def render_sarif(report: Report, rules: Sequence[RulePage], folder: str = "") -> str:
    """Return the report as indented SARIF, with a line end behind it.

    `rules` are all that there are, by code. `folder` is where the project lies in the repository,
    with a slash at its end; empty where it is the repository.
    """
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    parts: list[PostReport | FileReport] = sorted(report.posts, key=lambda post: post.path)
    parts += sorted(report.files, key=lambda file: file.path)
    run = {
        "tool": {"driver": _driver(rules)},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {BASE: {"description": {"text": "The repository's folder."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [result for part in parts for result in _results(part, numbers, folder)],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _driver(rules: Sequence[RulePage]) -> dict[str, Any]:
    return {
        "name": "pubtool",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: RulePage) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("_")),
        "shortDescription": {"text": _sentence(rule.title)},
        "fullDescription": {"text": _flat(rule.meaning), "markdown": rule.meaning},
        "help": {"text": rule.text, "markdown": rule.text},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _invocation(report: Report) -> dict[str, Any]:
    """Return what the run was: it did not succeed where a part of it could not be done."""
    return {
        "executionSuccessful": not report.errors,
        "toolExecutionNotifications": [
            {"level": "error", "message": {"text": _sentence(error)}} for error in report.errors
        ],
    }


def _results(
    part: PostReport | FileReport, numbers: Mapping[Code, int], folder: str
) -> Iterator[dict[str, Any]]:
    """Yield the findings of a file, by place, the suppressed ones among them."""
    place = {"uri": folder + uri_of(part.path), "uriBaseId": BASE}
    lines = Lines(part.text)
    suppressed = part.suppressed
    for finding, print_ in fingerprinted(part.text, (*part.findings, *suppressed)):
        result = {
            "ruleId": finding.code,
            **({"ruleIndex": numbers[finding.code]} if finding.code in numbers else {}),
            "level": LEVELS[finding.severity],
            "message": {"text": _sentence(finding.message)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": place,
                        "region": _region(finding.span, lines),
                    }
                }
            ],
            "partialFingerprints": {"primaryLocationLineHash": print_, "pubtool/v1": print_},
        }
        if finding.quotation:
            result["properties"] = {"quotation": finding.quotation}
        if finding.suppression:
            result["suppressions"] = [_suppression(finding.suppression)]
        if finding.fix and finding.fix.edits:
            result["fixes"] = [_fix(finding.fix, lines, place)]
        yield result


def _suppression(suppression: Suppression) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": KINDS[suppression.where],
        "status": "accepted",
        "justification": suppression.reason or _KNOWN_BEFORE,
    }
    told = {"by": suppression.by, "on": suppression.on}
    if any(told.values()):
        found["properties"] = {name: value for name, value in told.items() if value}
    return found


def _fix(fix: Fix, lines: Lines, place: dict[str, str]) -> dict[str, Any]:
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    return {
        "description": {"text": _sentence(fix.description)},
        "artifactChanges": [
            {
                "artifactLocation": place,
                "replacements": [_replacement(edit, lines) for edit in edits],
            }
        ],
    }


def _replacement(edit: Edit, lines: Lines) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.span, lines), "insertedContent": {"text": edit.text}}


def _region(span: Span, lines: Lines) -> dict[str, int]:
    start, end = lines.position(span.start), lines.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _sentence(text: str) -> str:
    """Return a message as services show it: with a capital and a full stop."""
    flat = _flat(text)
    if not flat:
        return "No message."
    return flat[0].upper() + flat[1:] + ("" if flat.endswith((".", "?", "!")) else ".")


def _flat(text: str) -> str:
    return " ".join(text.split())
