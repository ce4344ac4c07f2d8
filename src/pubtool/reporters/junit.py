"""The report as JUnit XML, which build servers show as tests: a suite a post, a test a quotation.

A quotation that could not be checked is an error, one that was compared and found wrong a failure,
one that was not to be checked is skipped: nothing passes that was not verified. What is known and
does not count (a waiver, a decision, the baseline) is skipped with its reason, an unchecked
quotation of the baseline among it, and so is a failing verdict whose findings were not asked for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pubtool.model import (
    FileReport,
    Finding,
    PostReport,
    Report,
    Severity,
    Verdict,
    VerdictKind,
    Where,
)
from pubtool.reporters.tally import REASONS
from pubtool.text.lines import Lines

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""

_NAME = 60
"""Characters of a quotation's words that name its test."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One test."""

    name: str
    outcome: str = ""
    """``failure``, ``error``, ``skipped``; empty where it passed."""
    kind: str = ""
    """The outcome's type: a verdict or codes."""
    message: str = ""
    said: Sequence[str] = ()
    """All that is to be told, one line each."""


@dataclass(frozen=True, slots=True)
class _Suite:
    """The tests of one file."""

    name: str
    cases: Sequence[_Case]

    def count(self, outcome: str) -> int:
        return sum(case.outcome == outcome for case in self.cases)


def render_junit(report: Report, least: Severity = Severity.ERROR) -> str:
    """Return the report as XML; findings of at least this severity fail what passed otherwise."""
    suites = [_post(post, least) for post in sorted(report.posts, key=lambda post: post.path)]
    files = sorted(report.files, key=lambda file: file.path)
    suites += [_Suite(file.path, [_rest(file, file.findings, least)]) for file in files]
    if report.errors:
        cases = [_Case(error, "error", "not-run", error) for error in report.errors]
        suites.append(_Suite("pubtool", cases))
    tests = sum(len(suite.cases) for suite in suites)
    failures, errors = (sum(s.count(kind) for s in suites) for kind in ("failure", "error"))
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="pubtool" {counts}>']
    for suite in suites:
        lines += _written(suite)
    return "".join(f"{line}\n" for line in (*lines, "</testsuites>"))


# --- What a test is -------------------------------------------------------------------------------


def _post(post: PostReport, least: Severity) -> _Suite:
    lines = Lines(post.text)
    verdicts = sorted(post.verdicts, key=lambda verdict: verdict.quotation.span)
    found, known = _by_quotation(post.findings), _by_quotation(post.suppressed)
    cases = list[_Case]()
    named = Counter[str]()
    for verdict in verdicts:
        name, of = _name(verdict), verdict.quotation.id
        named[name] += 1
        name += f" ({named[name]})" if named[name] > 1 else ""
        findings = _Findings(found[of], known[of], of in post.known)
        cases.append(_quotation(name, verdict, lines, findings, least))
    ids = {verdict.quotation.id for verdict in verdicts}
    others = [finding for finding in post.findings if finding.quotation not in ids]
    if others:
        cases.append(_rest(post, others, least))
    return _Suite(post.path, cases)


def _by_quotation(findings: Iterable[Finding]) -> Mapping[str | None, list[Finding]]:
    found: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.quotation].append(finding)
    return found


def _name(verdict: Verdict) -> str:
    """Return a test's name: its words alone, so that it is the same test where it has moved."""
    words = " ".join(verdict.quotation.text.split())
    return f"“{words if len(words) <= _NAME else words[: _NAME - 1].rstrip() + '…'}”"


class _Findings(NamedTuple):
    """What was found about a quotation."""

    found: Sequence[Finding]
    known: Sequence[Finding]
    """What does not count."""
    in_baseline: bool
    """Whether the baseline has the quotation as it does not pass."""


def _quotation(
    name: str, verdict: Verdict, lines: Lines, findings: _Findings, least: Severity
) -> _Case:
    """Return the test of a quotation with its findings, and those that do not count."""
    found, known, _ = findings
    outcome, message = _outcome(verdict, findings, least)
    place = lines.position(verdict.quotation.span.start)
    said = (
        [f"{place.line}:{place.column}: {verdict.kind.value}"] if outcome or found or known else []
    )
    said += [_told(finding, lines) for finding in found]
    said += [f"{_told(finding, lines)} ({_because(finding)})" for finding in known]
    if verdict.match and outcome:
        said.append(f"source: {verdict.match.key}: {' '.join(verdict.match.text.split())}")
    return _Case(name, outcome, verdict.kind.value, message, said)


def _outcome(verdict: Verdict, findings: _Findings, least: Severity) -> tuple[str, str]:
    """Return a quotation's outcome and its sentence."""
    found, known, in_baseline = findings
    reason = f" ({REASONS.get(verdict.reason, verdict.reason)})" if verdict.reason else ""
    head = f"{verdict.kind.value}{reason}"
    wrong = verdict.kind.fails and not in_baseline
    counted = [finding for finding in found if wrong or finding.severity >= least]
    if verdict.kind is VerdictKind.UNCHECKED and not in_baseline:
        return "error", "; ".join([head, *(finding.message for finding in found)])
    if counted:
        return "failure", "; ".join([head, *(finding.message for finding in counted)])
    if verdict.kind is VerdictKind.EXEMPT:
        return "skipped", head
    if not verdict.kind.passes:
        said = [*map(_because, known), *[Where.BASELINE.value] * in_baseline]
        why = "; ".join(dict.fromkeys(said)) or "no finding was asked for"
        return "skipped", f"{head}: {why}"
    return "", ""


def _rest(part: PostReport | FileReport, findings: Sequence[Finding], least: Severity) -> _Case:
    """Return the test of what no quotation is about: front matter, links, entries."""
    lines = Lines(part.text)
    ordered = sorted(findings, key=lambda each: (each.span, each.code, each.message))
    counted = [finding for finding in ordered if finding.severity >= least]
    return _Case(
        "what is not a quotation",
        "failure" if counted else "",
        ", ".join(dict.fromkeys(str(finding.code) for finding in counted)),
        "; ".join(finding.message for finding in counted),
        [_told(finding, lines) for finding in ordered],
    )


def _told(finding: Finding, lines: Lines) -> str:
    place = lines.position(finding.span.start)
    where = f"{place.line}:{place.column}: {finding.severity.word}[{finding.code}]"
    mend = f" (mend: {finding.fix.description})" if finding.fix else ""
    return f"{where} {finding.message}{mend}"


def _because(finding: Finding) -> str:
    if finding.suppression is None:
        return "suppressed"
    where, reason = finding.suppression.where.value, finding.suppression.reason
    return f"{where}: {reason}" if reason else where


# --- How it is written ----------------------------------------------------------------------------


def _written(suite: _Suite) -> Iterator[str]:
    counts = " ".join(
        f'{name}="{count}"'
        for name, count in (
            ("tests", len(suite.cases)),
            ("failures", suite.count("failure")),
            ("errors", suite.count("error")),
            ("skipped", suite.count("skipped")),
        )
    )
    yield f"  <testsuite name={_attribute(suite.name)} {counts}>"
    for case in suite.cases:
        yield from _case(suite.name, case)
    yield "  </testsuite>"


def _case(classname: str, case: _Case) -> Iterator[str]:
    head = f"    <testcase classname={_attribute(classname)} name={_attribute(case.name)}"
    said = _text("\n".join(case.said))
    if not case.outcome and not said:
        yield f"{head}/>"
        return
    yield f"{head}>"
    if case.outcome == "skipped":  # its schema has no attributes
        yield f"      <skipped>{_text(case.message)}</skipped>"
        yield from [f"      <system-out>{said}</system-out>"] * bool(said)
    elif case.outcome:
        kind, message = _attribute(case.kind), _attribute(case.message)
        yield f"      <{case.outcome} type={kind} message={message}>{said}</{case.outcome}>"
    else:
        yield f"      <system-out>{said}</system-out>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_legal(text), {"\n": " ", "\r": " ", "\t": " "})


def _text(text: str) -> str:
    return escape(_legal(text), {"\r": "&#13;"})


def _legal(text: str) -> str:
    """Return the text with U+FFFD for what XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)
