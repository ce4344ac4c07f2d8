"""The report as a page of Markdown that a person reads beside a run: counts, then the gravest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pubtool.model import FileReport, Finding, PostReport, Report, RulePage
from pubtool.reporters.columns import printable
from pubtool.reporters.statistics import count_codes
from pubtool.reporters.tally import count_findings, count_quotations, number, tally
from pubtool.text.lines import Lines

MOST = 200
"""Findings that are listed: GitHub refuses a summary of more than a mebibyte."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@:])")


def render_summary(report: Report, rules: Sequence[RulePage]) -> str:
    """Return the Markdown of a report."""
    counts = tally(report)
    lines = ["## Quotations", "", f"{_plain(count_quotations(counts))}.", ""]
    lines += [f"- could not be checked: {_plain(error)}" for error in report.errors]
    lines += [""] * bool(report.errors)
    codes = count_codes(report, rules)
    if codes:
        lines += [f"{count_findings(counts)}", "", "| count | code | severity | what |",
                  "|---:|---|---|---|"]  # fmt: skip
        lines += [
            f"| {each.count} | {each.code} | {each.severity.word} | {_plain(each.title)} |"
            for each in codes
            if each.count
        ]
        lines.append("")
    found = sorted(_found(report), key=lambda each: (-each[1].severity, each[0]))
    if found:
        lines += ["| where | what |", "|---|---|", *(row for *_, row in found[:MOST]), ""]
    if len(found) > MOST:
        lines += [f"And {number(len(found) - MOST, 'more finding')}.", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _found(report: Report) -> Iterator[tuple[tuple[str, int, int], Finding, str]]:
    """Yield every finding with its place and its row."""
    parts: tuple[PostReport | FileReport, ...] = (*report.posts, *report.files)
    for part in parts:
        lines = Lines(part.text)
        for finding in part.findings:
            at = lines.position(finding.span.start)
            grade = f"{finding.severity.word}[{finding.code}]"
            where = f"{_plain(part.path)}\\:{at.line}\\:{at.column}"
            row = f"| {where} | {_plain(grade)} {_plain(finding.message)} |"
            yield (part.path, at.line, at.column), finding, row


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is, in one line."""
    return _SPECIAL.sub(r"\\\1", printable(text))
