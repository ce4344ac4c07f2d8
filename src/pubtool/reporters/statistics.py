"""How often each rule found something, and how often each verdict was given."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pubtool import __version__
from pubtool.model import FileReport, PostReport, Report, RulePage, Severity, VerdictKind
from pubtool.reporters.columns import columns, pad, printable, wrap
from pubtool.reporters.tally import count_findings, count_quotations, number, tally

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class CodeCount:
    """What one rule found."""

    code: str
    severity: Severity
    """The gravest that it was given."""
    count: int
    files: int
    """How many posts and other files have such a finding."""
    suppressed: int
    """How many besides are known and do not count."""
    title: str


def count_codes(report: Report, rules: Sequence[RulePage]) -> tuple[CodeCount, ...]:
    """Return what each rule found, the most first; rules that found nothing are left out."""
    titles = {str(rule.code): rule.title for rule in rules}
    counts, files, suppressed = Counter[str](), Counter[str](), Counter[str]()
    gravest: dict[str, Severity] = {}
    parts: tuple[PostReport | FileReport, ...] = (*report.posts, *report.files)
    for part in parts:
        for finding in part.findings:
            counts[finding.code] += 1
            gravest[finding.code] = max(finding.severity, gravest.get(finding.code, Severity.INFO))
        files.update({finding.code for finding in part.findings})
        for finding in part.suppressed:
            suppressed[finding.code] += 1
            gravest.setdefault(finding.code, finding.severity)
    codes = sorted(counts.keys() | suppressed.keys(), key=lambda code: (-counts[code], code))
    return tuple(
        CodeCount(code, gravest[code], counts[code], files[code], suppressed[code],
                  titles.get(code, ""))
        for code in codes
    )  # fmt: skip


def render_statistics(report: Report, rules: Sequence[RulePage], width: int = 80) -> str:
    """Return a table of the rules and one of the verdicts, the count as the last line."""
    counted = count_codes(report, rules)
    lines = []
    rows = [(f"{each.count:,}", each.code, each.severity.word, _title(each)) for each in counted]
    widths = [max((columns(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        head = f"{row[0]:>{widths[0]}}  {pad(row[1], widths[1])}  {pad(row[2], widths[2])}  "
        first, *more = wrap(printable(row[3]), width, used=len(head), indent=len(head))
        lines += [head + first, *more]
    if rows:
        lines.append("")
    counts = tally(report)
    kinds = [(f"{count:,}", kind) for kind, count in _most_first(counts.verdicts.items())]
    digits = max((len(count) for count, _ in kinds), default=0)
    lines += [f"{count:>{digits}}  {kind.value}" for count, kind in kinds]
    if kinds:
        lines.append("")
    if counts.posts:
        lines.append(count_findings(counts))
    lines.append(count_quotations(counts))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def render_statistics_json(report: Report, rules: Sequence[RulePage]) -> str:
    """Return the same as indented JSON, with a line end behind it."""
    counts = tally(report)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "pubtool", "version": __version__},
        "posts": counts.posts,
        "quotations": counts.quotations,
        "codes": [
            {
                "code": each.code,
                "severity": each.severity.word,
                "title": each.title,
                "count": each.count,
                "files": each.files,
                "suppressed": each.suppressed,
            }
            for each in count_codes(report, rules)
        ],
        "verdicts": {kind.value: count for kind, count in _most_first(counts.verdicts.items())},
        "unchecked": dict(counts.unchecked),
        "exempt": dict(counts.exempt),
        "errors": list(report.errors),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _title(each: CodeCount) -> str:
    notes = [number(each.files, "file")] if each.count else []
    notes += [f"{each.suppressed:,} suppressed besides"] if each.suppressed else []
    return f"{each.title} ({', '.join(notes)})"


def _most_first(counts: Iterable[tuple[VerdictKind, int]]) -> list[tuple[VerdictKind, int]]:
    return sorted(counts, key=lambda pair: -pair[1])
