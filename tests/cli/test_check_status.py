"""The exit status of `check`: 0 nothing that counts, 1 findings, 2 could not run."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from pubtool.cli import program
from pubtool.cli.check import status
from pubtool.model import (
    Code,
    FileReport,
    Finding,
    Flow,
    PostReport,
    Quotation,
    QuotationKind,
    Report,
    Severity,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.pipeline import tally

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def report(*severities: Severity, kind: VerdictKind = VerdictKind.VERBATIM) -> Report:
    found = tuple(Finding(Code("Q101"), each, "m", Span(0, 1)) for each in severities)
    quotation = Quotation("q-1", QuotationKind.INLINE, Flow("x", ()), Span(0, 1), 0)
    verdict = Verdict(quotation, kind, None, None, (), found)
    return Report((PostReport("posts/a.md", "x", (verdict,), found),))


@pytest.mark.parametrize(
    ("found", "fail_on", "strict", "expected"),
    [
        ((), ERROR, False, 0),
        ((ERROR,), ERROR, False, 1),
        ((WARNING, INFO), ERROR, False, 0),
        ((WARNING,), WARNING, False, 1),
        ((INFO,), WARNING, False, 0),
        ((INFO,), INFO, False, 1),
        ((WARNING,), ERROR, True, 1),
        ((INFO,), ERROR, True, 0),
        ((INFO,), INFO, True, 1),
    ],
)
def test_the_level_decides_what_counts(
    found: tuple[Severity, ...], fail_on: Severity, *, strict: bool, expected: int
) -> None:
    assert status(tally(report(*found)), fail_on=fail_on, strict=strict) == expected


def test_an_unchecked_quotation_fails_only_where_strictness_is_asked_for() -> None:
    unknown = report(kind=VerdictKind.UNCHECKED)
    assert status(tally(unknown), fail_on=ERROR, strict=False) == 0
    assert status(tally(unknown), fail_on=ERROR, strict=True) == 1


def test_findings_in_other_files_count() -> None:
    found = Finding(Code("Q402"), ERROR, "m", Span(0, 1))
    file = FileReport("references.bib", "x", (found,))
    assert status(tally(Report((), (file,))), fail_on=ERROR, strict=False) == 1


def test_work_that_could_not_be_done_is_never_status_0_or_1() -> None:
    broken = Report(report(ERROR).posts, (), ("posts/b.md: pandoc gave up",))
    assert status(tally(broken), fail_on=ERROR, strict=False) == 2


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("code", ["Q999", "Q8", "Q1,Q10,Q109,Q190"])
def test_a_code_that_no_finding_has_is_refused(option: str, code: str) -> None:
    result = CliRunner().invoke(program, ["check", option, code])
    assert result.exit_code == 2
    assert f"no finding has a code like {code.rpartition(',')[2]}" in result.stderr
