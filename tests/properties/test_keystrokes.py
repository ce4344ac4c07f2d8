"""Whatever is typed: what is said of a post is what `pubtool check` says of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubtool.model import Finding, PostReport
from pubtool.pipeline.checking import check
from pubtool.pipeline.writing import Writing

SOURCE = """Care is a practice that takes time. It cannot be hurried without loss.

Those who give it seldom speak of what it costs them, and nobody asks them about it.
"""
BIBLIOGRAPHY = """@book{brown, author = {Brown, Anna}, title = {Care}, year = 1999}
@book{other, author = {Other, Ben}, title = {Time}, year = 2001}
"""
START = """---
title: Care
---

Brown writes that “Care is a practice that takes time” [@brown]. “It cannot be hurried” (Brown).

> Those who give it seldom speak of what it costs them.

We say that those who give it seldom speak of what it costs them, and “nobody asks” [@other].
"""
WORDS = ["not ", "Care", "takes", "It cannot be hurried", "é", "𝄞"]
SIGNS = ["“", "”", " ", "…", "[", "]", "*", "> ", "\n\n", "\r\n", "[@brown]", "[@other, p. 3]"]
WAIVER = "<!-- pubtool: waive Q101 -- said so -->\n"
PIECES = st.sampled_from([*WORDS, *SIGNS, WAIVER])
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), min_size=1, max_size=8)


@given(EDITS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_after_any_edits_the_verdicts_are_those_of_a_check(
    edits: list[tuple[float, int, str]],
) -> None:
    text, name = START, "posts/one.md"
    with TemporaryDirectory() as folder:
        root = Path(folder)
        make(root)
        writing = Writing(root)
        try:
            writing.look()
            for where, gone, new in edits:
                at = int(where * len(text))
                text = text[:at] + new + text[at + gone :]
                typed = writing.check(name, text)
            settled = writing.settle(name, text, lambda: False)
            again = writing.check(name, text)
            fixed = writing.with_fixes(name, text)
            [whole] = check(writing.workspace.project, standard_input=(name, text)).posts
        finally:
            writing.close()
    assert settled == whole
    assert fixed == whole
    assert bare(again) == bare(whole)
    assert bare(typed).verdicts == bare(whole).verdicts
    assert own(typed) == own(whole)


def bare(report: PostReport) -> PostReport:
    """A report without fixes, which only `with_fixes` knows."""

    def without(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(replace(each, fix=None) for each in findings)

    return replace(
        report,
        verdicts=tuple(replace(v, findings=without(v.findings)) for v in report.verdicts),
        findings=without(report.findings),
        suppressed=without(report.suppressed),
    )


def own(report: PostReport) -> list[object]:
    """The findings, but those that only a look at the whole post tells, and their waivers."""
    return [each for each in bare(report).findings if each.code not in ("Q501", "Q603")]


def make(root: Path) -> None:
    (root / "pubtool.toml").write_text("")
    (root / "posts").mkdir()
    (root / "sources").mkdir()
    (root / "sources/brown.txt").write_text(SOURCE, encoding="utf-8")
    (root / "sources/other.txt").write_text("Nothing but time, and nobody asks.", encoding="utf-8")
    (root / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
