"""The baseline: what was found before does not fail, what is new does, and it only shrinks."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from tests.filling import fill

from pubtool.cli import program
from pubtool.errors import BadBaseline, NoBaseline
from pubtool.model import Baseline
from pubtool.pipeline import all_findings, find_project
from pubtool.pipeline.watching import Watch
from pubtool.readers.baseline import read_baseline, render_baseline

SOURCE = "Whoever quotes must quote exactly. The second rule is to be fair to everybody.\n"
BIBLIOGRAPHY = """@book{doe2001, author = {Doe, Jane}, title = {On Quoting}, year = {2001}}
@book{roe1999, author = {Roe, Ann}, title = {On Silence}, year = {1999}}
"""
FRONT = "---\ntitle: A post\ndate: 2026-05-03\n---\n\n"
ALTERED = "Doe says: “whoever quotes must quote briefly” [@doe2001].\n\n"
ABSENT = "She adds: “There is no third rule that anybody has ever heard of” [@doe2001].\n\n"
UNCHECKED = "Roe knows: “Silence is the better part of every conversation” [@roe1999].\n\n"
STRAY = "This “mark is never closed.\n\n"
FRESH = "Roe adds: “Nobody has ever been sorry for what was not said aloud” [@roe1999].\n"
NEW = "Doe says: “The second rule is to be cruel to everybody” [@doe2001].\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "posts/a.md": FRONT + ALTERED + ABSENT + STRAY,
        "posts/b.md": FRONT + UNCHECKED,
        "sources/doe2001.txt": SOURCE,
        "references.bib": BIBLIOGRAPHY,
        "pubtool.toml": "",
    }
    return fill(tmp_path, files)


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program, ["--project", str(root), "check", *arguments])


def write(root: Path, name: str, *parts: str) -> None:
    (root / name).write_text(FRONT + "".join(parts), encoding="utf-8")


def test_an_old_blog_starts_today_and_its_count_stays_honest(root: Path) -> None:
    assert run(root, "--strict").exit_code == 1
    assert run(root, "--write-baseline", "--strict").exit_code == 0
    result = run(root, "--baseline", "--strict")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines()[-1] == (
        "3 quotations in 2 posts: 2 checked, 0 passed, 2 failed, of them 2 in the baseline; "
        "1 unchecked (1 source's text missing), of them 1 in the baseline"
    )
    assert run(root).exit_code == 1  # without it nothing is forgotten
    assert run(root, "--baseline", "--format", "json").stdout.count('"altered"') >= 1


def test_what_is_known_and_unchecked_is_counted_and_not_told_again(root: Path) -> None:
    told = "Silence is the better part"
    assert told in run(root).stdout
    run(root, "--write-baseline")
    assert told not in run(root, "--baseline").stdout
    every = CliRunner().invoke(program, ["--project", str(root), "-v", "check", "--baseline"])
    assert "unchecked (source's text missing), in the baseline" in " ".join(every.stdout.split())
    write(root, "posts/c.md", UNCHECKED)  # the same words, of another post
    new = run(root, "--baseline").stdout
    assert told in new
    assert "posts/c.md" in new
    assert "posts/b.md" not in new


@pytest.mark.parametrize("new", ["", NEW, FRESH])
def test_every_form_tells_the_same(root: Path, new: str) -> None:
    """What is new is told, what is known is not to be mended: in all forms what the text says."""
    run(root, "--write-baseline")
    write(root, "posts/a.md", ALTERED, ABSENT, STRAY, new)

    def form(name: str, *more: str) -> str:
        result = run(root, "--baseline", "--strict", "--format", name, *more)
        assert result.exit_code == bool(new)
        return result.stdout

    text, data = form("text"), json.loads(form("json"))
    quotations = [one for post in data["posts"] for one in post["quotations"]]
    old = {one["id"] for one in quotations if one["known"]}
    assert data["summary"]["baseline"] == {
        "verdicts": {"unchecked": 1, "absent": 1, "altered": 1},
        "findings": 5,
    }
    assert len(old) == 3
    assert text.count("in the baseline") == 3
    found = [one for part in (*data["posts"], *data["files"]) for one in part["findings"]]
    assert [one["quotation"] in old for one in found] == [False] * len(found)

    junit = ElementTree.fromstring(form("junit"))
    assert [int(junit.get(name, "")) for name in ("failures", "errors")] == (
        [1, 0] if new == NEW else [0, 1] if new else [0, 0]
    )
    skipped = [one.text or "" for one in junit.iter("skipped")]
    assert len(skipped) == 3
    assert all(one.endswith(": baseline") for one in skipped)

    github = form("github")
    assert len(re.findall("^::(?:error|warning|notice)", github, re.MULTILINE)) == len(found)
    assert github.splitlines()[-1] == text.splitlines()[-1]

    [sarif] = json.loads(form("sarif"))["runs"]
    counted = [one for one in sarif["results"] if "suppressions" not in one]
    assert sorted(one["ruleId"] for one in counted) == sorted(one["code"] for one in found)

    page = form("html")
    assert page.count("; in the baseline</p>") + page.count(">in the baseline</p>") == 3
    assert f"to mend <b>{1 if new else 0}</b>" in page
    assert text.splitlines()[-1] in unescape(page)


def test_what_is_known_is_known_while_the_files_are_watched(root: Path) -> None:
    run(root, "--write-baseline")
    with Watch(find_project(root), (), baseline=True) as watch:
        watch.look()
        assert [*all_findings(watch.report())] == []
        write(root, "posts/a.md", ALTERED, ABSENT, STRAY, NEW)
        assert watch.look()
        assert {finding.code for finding in all_findings(watch.report())} == {"Q101"}
        run(root, "--write-baseline")
        (root / "baseline.toml").write_text("", encoding="utf-8")
        assert watch.look()
        assert len([*all_findings(watch.report())]) > 4
        (root / "baseline.toml").unlink()
        assert watch.look()
        with pytest.raises(NoBaseline):
            watch.report()


def test_lines_that_move_make_nothing_new(root: Path) -> None:
    run(root, "--write-baseline")
    write(root, "posts/a.md", "A new beginning.\n\n", STRAY, ABSENT, "And so on.\n\n", ALTERED)
    assert run(root, "--baseline", "--strict").exit_code == 0


def test_what_is_new_fails_and_is_not_written(root: Path) -> None:
    run(root, "--write-baseline")
    before = (root / "baseline.toml").read_bytes()
    write(root, "posts/a.md", ALTERED, ABSENT, STRAY, NEW)
    assert run(root, "--baseline").exit_code == 1
    result = run(root, "--write-baseline")
    assert result.exit_code == 1
    assert "not added, for a baseline only shrinks" in result.stderr
    assert (root / "baseline.toml").read_bytes() == before
    assert "2 in the baseline" in result.stdout.splitlines()[-1]


def test_a_second_stray_mark_is_new_although_it_looks_the_same(root: Path) -> None:
    run(root, "--write-baseline")
    write(root, "posts/a.md", ALTERED, ABSENT, STRAY, "That “one too.\n")
    assert run(root, "--baseline", "--fail-on", "warning").exit_code == 1


def test_what_is_mended_is_told_taken_out_and_then_new(root: Path) -> None:
    run(root, "--write-baseline")
    write(root, "posts/a.md", ABSENT, STRAY)
    result = run(root, "--baseline")
    assert (
        result.stderr
        == ("baseline.toml: 1 of 4 is mended: posts/a.md 1; take them out with --write-baseline\n")
        or "mended: posts/a.md 1" in result.stderr
    )
    assert run(root, "--write-baseline").exit_code == 0
    write(root, "posts/a.md", ALTERED, ABSENT, STRAY)
    assert run(root, "--baseline").exit_code == 1


def test_a_worse_verdict_is_new(root: Path) -> None:
    run(root, "--write-baseline")
    (root / "sources" / "doe2001.txt").write_text("Nothing of the kind.\n", encoding="utf-8")
    result = run(root, "--baseline")
    assert result.exit_code == 1
    assert "of them 1 in the baseline" in result.stdout.splitlines()[-1]  # the absent one


def test_a_part_of_the_project_leaves_the_rest_of_the_baseline_alone(root: Path) -> None:
    run(root, "--write-baseline")
    before = (root / "baseline.toml").read_bytes()
    result = run(root, "--write-baseline", str(root / "posts" / "b.md"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert (root / "baseline.toml").read_bytes() == before


def test_what_is_not_asked_for_is_not_put_in(root: Path) -> None:
    run(root, "--write-baseline", "--ignore", "Q6,Q4")
    assert "Q6" not in (root / "baseline.toml").read_text(encoding="utf-8")
    assert run(root, "--baseline", "--strict").exit_code == 1
    assert run(root, "--write-baseline", "--select", "Q301").exit_code == 0
    assert '"altered"' in (root / "baseline.toml").read_text(encoding="utf-8")


def test_build_still_refuses(root: Path) -> None:
    run(root, "--write-baseline")
    result = CliRunner().invoke(program, ["--project", str(root), "build", "--to", "html"])
    assert result.exit_code == 1
    assert not (root / "public").exists()


def test_there_must_be_one_to_read(root: Path) -> None:
    result = run(root, "--baseline")
    assert result.exit_code == 2


ENTRIES = st.dictionaries(
    st.sampled_from(["q-12", "q-ab", "f-01"]),
    st.lists(st.sampled_from(["altered", "Q101", "Q301"]), min_size=1, max_size=3).map(tuple),
    min_size=1,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), ENTRIES, max_size=3))
def test_what_is_written_is_what_is_read(entries: dict[str, dict[str, tuple[str, ...]]]) -> None:
    text = render_baseline(Baseline(entries))
    assert read_baseline(text) == Baseline(entries)
    assert render_baseline(read_baseline(text)) == text


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[a\n", 1, "not TOML"),
        ('["posts/a.md"]\nq-12 = "Q101"\n', 2, "`q-12` is no entry"),
        ('["posts/a.md"]\nq-12 = ["fine"]\n', 2, "`q-12` is no entry"),
        ("a = 3\n", 1, "`a` is no table"),
        ("<<<<<<< HEAD\n", 1, "take git's marks out"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(BadBaseline, match=said) as raised:
        read_baseline(text)
    assert str(raised.value).startswith(f"baseline.toml:{line}: ")
