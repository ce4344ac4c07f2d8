"""The audit: what is changed follows from the quotation, and what would pass is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.filling import fill

from pubtool.checker.audit.mutations import KINDS
from pubtool.cli import program

SOURCE = """The keeper shall light the lamp at dusk and must not leave the gallery before 6 in the
morning. Visitors from Palermo are welcome, but only on the 3 days that the Board has named, and
nobody may bring a dog that is older than the keeper himself.

The Board of Trade pays the keeper. The Board of Trade never pays the keeper late, whatever he says.
"""
OTHER = "Whoever quotes must quote exactly. The second rule is to be fair to everybody who asks.\n"
BIBLIOGRAPHY = """@book{orme, author = {Orme, Ann}, title = {Lamps}, year = {1901}}
@book{doe, author = {Doe, Jane}, title = {On Quoting}, year = {2001}}
"""
POST = """---
title: A post
date: 2026-05-03
---

She says: “The keeper shall light the lamp at dusk and must not leave the gallery before 6” [@orme].

“Visitors from Palermo are welcome, but only on the 3 days that the Board has named” [@orme].

“Whoever quotes must quote exactly. The second rule is to be fair to everybody” [@doe].

“The Board of Trade never pays the keeper late” [@orme]; but “nobody ever knew” [@orme].
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "posts/a.md": POST,
        "sources/orme.txt": SOURCE,
        "sources/doe.txt": OTHER,
        "references.bib": BIBLIOGRAPHY,
        "pubtool.toml": "",
    }
    return fill(tmp_path, files)


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program, ["--project", str(root), "check", "--audit", *arguments])


def test_what_a_misquotation_would_be_is_refused_or_warned_of(root: Path) -> None:
    result = run(root, "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    tried = {row["kind"]: row for row in found["kinds"]}
    assert set(tried) == set(KINDS) - {"wrong page or article cited"}
    assert found["summary"]["quotations"] == found["summary"]["of"] == 4
    assert found["summary"]["passed"] == 0
    for one in found["passed"]:
        assert (one["kind"], one["warned"]) == ("ellipsis in place of a negation", True)
        assert "is marked by the author" in one["why"]


def test_what_stands_in_the_source_all_the_same_is_no_misquotation(root: Path) -> None:
    """Without its “never” the sentence would be true, if the source said it so as well."""
    source = root / "sources" / "orme.txt"
    source.write_text(SOURCE + "The Board of Trade pays the keeper late.\n", encoding="utf-8")
    found = json.loads(run(root, "--format", "json").stdout)
    [row] = [row for row in found["kinds"] if row["kind"] == "negation dropped"]
    assert row["true"] == 1
    assert not any(one["kind"] == "negation dropped" for one in found["passed"])


def test_what_was_not_refused_is_shown_with_what_it_was_taken_for(root: Path) -> None:
    result = run(root)
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["misquotation", "tried", "refused", "warned", "passed"]
    assert lines[-1].endswith("would pass")
    assert all(len(line) <= 80 for line in lines[:-1])
    assert "  changed  an ellipsis took the place of “" in result.stdout


def test_it_changes_nothing_and_says_the_same_again(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.*") if ".pubtool" not in path.parts}
    assert run(root).stdout == run(root).stdout
    after = {path: path.read_bytes() for path in root.rglob("*.*") if ".pubtool" not in path.parts}
    assert before == after


def test_nothing_that_passed_is_nothing_to_try(root: Path) -> None:
    (root / "posts" / "a.md").write_text("---\ntitle: x\n---\n\nNo words.\n", encoding="utf-8")
    result = run(root)
    assert (result.exit_code, result.stdout) == (
        0,
        "0 misquotations of 0 quotations: 0 refused, 0 warned of, 0 would pass\n",
    )


@pytest.mark.parametrize(
    "option", ["--watch", "--statistics", "--baseline", "--write-baseline", "--format=sarif"]
)
def test_it_goes_with_no_other_report(root: Path, option: str) -> None:
    assert run(root, option).exit_code == 2
