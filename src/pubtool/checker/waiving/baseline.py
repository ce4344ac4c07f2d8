"""The baseline: what is known does not count, what is new does, what is mended is taken out.

A finding is known by its file, its quotation's id and its code, so that no line that moves makes it
new; one about no quotation by its code and what it says, numbers left out, since they count lines.
A verdict is never changed by it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pubtool.checker.waiving import in_order
from pubtool.checker.waiving.late import OVER_ARCHIVE
from pubtool.model import (
    Baseline,
    FileReport,
    Finding,
    PostReport,
    Report,
    Severity,
    Suppression,
    Verdict,
    Where,
)

_DIGITS = 12
_NUMBER = re.compile(r"\d+")
_CODE = re.compile(r"Q\d{3}")
_KNOWN = Suppression(Where.BASELINE, "")
Entries = Mapping[str, tuple[str, ...]]
"""Those of one file."""


def baseline_of(report: Report) -> Baseline:
    """Return the baseline in which everything is that a report says."""
    entries: dict[str, Entries] = {}
    for post in report.posts:
        entries[post.path] = _entries(post.findings, post.text, post.verdicts)
    for file in report.files:
        entries[file.path] = _entries(file.findings, file.text)
    return Baseline({path: entries[path] for path in sorted(entries) if entries[path]})


def apply_baseline(report: Report, baseline: Baseline) -> Report:
    """Return the report with what the baseline has suppressed."""
    return replace(
        report,
        posts=tuple(beside_baseline(post, baseline) for post in report.posts),
        files=tuple(_of_file(file, baseline.entries.get(file.path, {})) for file in report.files),
    )


def what_is_left(baseline: Baseline, report: Report, *, whole: bool) -> Baseline:
    """Return the baseline without what a report does not say any more.

    Unless the `whole` project was checked, what it has of other files is left as it is: of the
    bibliography, for one, not everything was looked at then.
    """
    now = baseline_of(report).entries
    checked = {post.path for post in report.posts}
    left = {
        path: _shared(entries, now.get(path, {}), _seen(whole=whole))
        if whole or path in checked
        else entries
        for path, entries in baseline.entries.items()
    }
    return Baseline({path: entries for path, entries in left.items() if entries})


def _entries(
    findings: Iterable[Finding], text: str, verdicts: Iterable[Verdict] = ()
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for finding in findings:
        found.setdefault(_key(finding, text), []).append(finding.code)
    said = {key: sorted(codes) for key, codes in found.items()}
    for verdict in verdicts:
        if not verdict.kind.passes:
            said[verdict.quotation.id] = [
                verdict.kind.value,
                *said.get(verdict.quotation.id, ()),
            ]
    return {key: tuple(said[key]) for key in sorted(said)}


def _key(finding: Finding, text: str) -> str:
    if finding.quotation is not None:
        return finding.quotation
    words = text[finding.span.start : finding.span.end]
    said = _NUMBER.sub("#", f"{finding.code}\n{finding.message}\n{words}")
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    return f"f-{digest[:_DIGITS]}"


def _seen(*, whole: bool) -> Callable[[str], bool]:
    """Return what tells of a code whether it would have been found again."""
    return lambda said: whole or said not in OVER_ARCHIVE


def _shared(entries: Entries, now: Entries, seen: Callable[[str], bool]) -> Entries:
    """Return what of the entries still holds: of a code as many as there are in both."""
    left = {
        key: (Counter(said) & Counter(now.get(key, ())))
        | Counter(one for one in said if not seen(one))
        for key, said in entries.items()
    }
    return {
        key: tuple(sorted(said.elements(), key=_verdict_first))
        for key, said in left.items()
        if said
    }


def _verdict_first(said: str) -> tuple[bool, str]:
    return _CODE.fullmatch(said) is not None, said


def beside_baseline(post: PostReport, baseline: Baseline) -> PostReport:
    """Return the report on a post with what the baseline has suppressed."""
    entries = baseline.entries.get(post.path, {})
    if not entries:
        return post
    kept, known = _divide(post.findings, post.text, entries)
    gone = set(known)
    verdicts = tuple(
        replace(each, findings=tuple(f for f in each.findings if f not in gone))
        for each in post.verdicts
    )
    return replace(
        post,
        verdicts=verdicts,
        findings=tuple(kept),
        suppressed=in_order([*post.suppressed, *(replace(f, suppression=_KNOWN) for f in known)]),
        known=tuple(each.quotation.id for each in verdicts if _is_known(each, entries)),
    )


def _is_known(verdict: Verdict, entries: Entries) -> bool:
    """Whether a quotation does not pass, as in the baseline, and nothing grave is new."""
    said = entries.get(verdict.quotation.id, ())
    grave = any(finding.severity is Severity.ERROR for finding in verdict.findings)
    return not verdict.kind.passes and verdict.kind.value in said and not grave


def _of_file(file: FileReport, entries: Entries) -> FileReport:
    kept, known = _divide(file.findings, file.text, entries)
    suppressed = in_order([*file.suppressed, *(replace(f, suppression=_KNOWN) for f in known)])
    return replace(file, findings=tuple(kept), suppressed=suppressed)


def _divide(
    findings: Sequence[Finding], text: str, entries: Entries
) -> tuple[list[Finding], list[Finding]]:
    """Return the new findings and the known ones; of a code no more are known than were found."""
    left = {key: Counter(said) for key, said in entries.items()}
    kept, known = list[Finding](), list[Finding]()
    for finding in findings:
        counts = left.get(_key(finding, text), Counter())
        (known if counts[finding.code] > 0 else kept).append(finding)
        counts[finding.code] -= 1
    return kept, known
