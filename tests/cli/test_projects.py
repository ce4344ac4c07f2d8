"""The commands on small real projects, from the command line to the files."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pubtool.cli import program

PROJECTS = Path(__file__).parent.parent / "projects"
Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return a copy of the project that the test names."""
    return Path(shutil.copytree(PROJECTS / request.param, tmp_path / "project"))


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs pubtool in the project's folder."""
    monkeypatch.chdir(project)

    def call(*arguments: str, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(program, arguments, input=given)

    return call


def of(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("project", [f"cli-{name}"], indirect=True)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# --- check ----------------------------------------------------------------------------------------


@of("clean")
def test_a_clean_project_has_status_0_and_its_count(run: Run) -> None:
    result = run("check", "--strict")
    assert result.exit_code == 0
    assert result.stdout == ("No findings.\n1 quotation in 1 post: 1 checked, 1 passed, 0 failed\n")
    assert result.stderr == ""


@of("misquoted")
def test_findings_give_status_1_and_each_stands_at_its_place(run: Run) -> None:
    result = run("-q", "check")
    assert result.exit_code == 1
    assert "posts/brave.md:6:38: error[Q101] " in result.stdout
    assert "posts/brave.md:7:2: error[Q301] " in result.stdout
    assert result.stdout.endswith("2 quotations in 1 post: 2 checked, 0 passed, 2 failed\n")


@of("misquoted")
def test_the_format_never_changes_the_status(run: Run) -> None:
    for form in ("text", "json"):
        for arguments, status in ([], 1), (["--ignore", "Q"], 0), (["--select", "Q5"], 0):
            assert run("check", "--format", form, *arguments).exit_code == status


@of("misquoted")
def test_select_and_ignore_take_codes_and_their_beginnings(run: Run) -> None:
    def codes(*arguments: str) -> set[str]:
        report = json.loads(run("check", "--format", "json", *arguments).stdout)
        return {finding["code"] for post in report["posts"] for finding in post["findings"]}

    every = codes()
    assert {"Q101", "Q301"} <= every
    assert codes("--select", "Q3") == {code for code in every if code.startswith("Q3")}
    assert codes("--ignore", "Q101,q3") == {
        code for code in every if code != "Q101" and not code.startswith("Q3")
    }


@of("misquoted")
def test_two_runs_in_two_folders_are_byte_for_byte_the_same(
    run: Run, project: Path, tmp_path: Path
) -> None:
    first = run("check", "--format", "json").stdout_bytes
    elsewhere = shutil.copytree(PROJECTS / "cli-misquoted", tmp_path / "else" / "where")
    second = run("--project", str(elsewhere), "check", "--format", "json").stdout_bytes
    assert first == second
    assert str(tmp_path).encode() not in first


@of("misquoted")
def test_a_report_can_be_written_to_a_file(run: Run, project: Path) -> None:
    printed = run("check", "--format", "json")
    result = run("check", "--format", "json", "--output", "report.json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert (project / "report.json").read_bytes() == printed.stdout_bytes


@of("misquoted")
def test_standard_input_is_checked_as_the_post_that_it_is_said_to_be(run: Run) -> None:
    text = "“The brave men, living and dead, who struggled here” [@lincoln1863].\n"
    result = run("check", "--stdin-filename", "posts/brave.md", given=text)
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("1 quotation in 1 post: 1 checked, 1 passed, 0 failed\n")


@of("misquoted")
def test_standard_input_that_is_not_utf8_is_named_with_its_line(run: Run) -> None:
    result = run("check", "--stdin-filename", "posts/new.md", given=b"a\n\xff\n")
    assert result.exit_code == 2
    assert result.stderr.startswith("pubtool: error: posts/new.md:2: not UTF-8")


@of("misquoted")
def test_a_path_that_is_no_post_ends_with_status_2(run: Run) -> None:
    for arguments in (["posts/none.md"], ["--stdin-filename", "../else.md"]):
        result = run("check", *arguments, given="")
        assert result.exit_code == 2
        assert "no such post in this project" in result.stderr
        assert result.stdout == ""


@of("misquoted")
def test_colours_come_only_when_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in run("check").stdout
    assert "\x1b[" in run("--color", "always", "check").stdout
    assert "\x1b[" not in run("--color", "never", "check").stdout


@of("misquoted")
def test_verbose_lists_every_quotation_with_its_verdict(run: Run) -> None:
    shown = " ".join(run("-v", "check").stdout.split())
    assert "posts/brave.md:6:2: “The brave men, living and dead, who⋯” altered, linc" in shown
    assert "” absent" in shown


@of("broken")
def test_a_post_that_cannot_be_read_does_not_hide_the_others(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 2
    assert "error[Q304]" in result.stdout
    assert "error: posts/latin.md:5: not UTF-8" in result.stdout


# --- build ----------------------------------------------------------------------------------------


@of("misquoted")
def test_a_build_stops_on_a_failing_quotation_and_leaves_what_was_there(
    run: Run, project: Path
) -> None:
    (project / "public").mkdir()
    (project / "public" / "index.html").write_text("as it was", encoding="utf-8")
    result = run("build", "--to", "html")
    assert result.exit_code == 1
    assert "error[Q101]" in result.stdout
    assert "nothing was written" in result.stderr
    assert files(project / "public") == {"index.html": b"as it was"}


@of("misquoted")
def test_a_draft_is_built_although_quotations_fail(run: Run, project: Path) -> None:
    result = run("build", "--to", "html", "--draft")
    assert result.exit_code == 0, result.output
    assert any(name.endswith(".html") for name in files(project / "public"))


@of("clean")
def test_a_build_writes_where_it_is_told_and_the_same_bytes_again(run: Run, project: Path) -> None:
    for folder in ("one", "two"):
        result = run("build", "--output", folder)
        assert result.exit_code == 0, result.output
        assert result.stdout.endswith("1 quotation in 1 post: 1 checked, 1 passed, 0 failed\n")
    assert files(project / "one") == files(project / "two") != {}


# --- sources --------------------------------------------------------------------------------------


@of("clean")
def test_sources_are_listed_shown_and_pinned(run: Run, project: Path) -> None:
    listed = run("sources", "list").stdout.splitlines()
    assert listed[0].split() == ["KEY", "STATE", "EXTENT", "WORDS", "KNOWN", "QUOTED", "FILE"]
    row = ["lincoln1863", "unpinned", "full", "272", "100", "%", "1", "sources/lincoln1863.txt"]
    assert listed[1].split() == row
    assert listed[2] == "1 source: 0 pinned, 0 without text"
    text = run("sources", "show", "lincoln1863", "--text").stdout_bytes.decode()
    assert text.startswith("Four score and seven years ago")
    assert "\nNothing is pinned in sources.lock: " in run("sources", "verify").stdout
    added = run("sources", "add", "sources/lincoln1863.txt", "--origin", "the Bliss copy")
    assert added.exit_code == 0, added.output
    assert run("sources", "list").stdout.splitlines()[1].split()[1] == "pinned"
    assert run("sources", "verify").stdout == "No findings.\n1 pinned source compared\n"
    facts = run("sources", "show", "lincoln1863").stdout
    assert "origin  the Bliss copy\n" in facts
    assert "quoted  posts/brave.md:6\n" in facts


@of("clean")
def test_words_are_shown_where_they_stand_or_with_what_differs(run: Run) -> None:
    found = run("sources", "show", "lincoln1863", "--find", "score and SEVEN years")
    assert (found.exit_code, found.stdout.splitlines()[0]) == (
        1,
        "line 1, characters 5–26",
    )
    found = run("sources", "show", "lincoln1863", "--find", "score and seven years")
    assert (found.exit_code, found.stdout.splitlines()[0]) == (0, "line 1, characters 5–26")
    changed = run("sources", "show", "lincoln1863", "--find", "score and seven days ago our")
    assert changed.exit_code == 1
    assert "error[Q101]" in changed.stdout
    nowhere = run("sources", "show", "lincoln1863", "--find", "lamps of the harbour keeper burn")
    assert nowhere.exit_code == 1
    assert "error[Q301]" in nowhere.stdout


@of("clean")
def test_a_page_is_shown_as_it_is_compared(run: Run, project: Path) -> None:
    pages = [
        f"HARBOUR LAMPS {n}\n\nThe {c} lamp.\nIt burned {c}.\n" for n, c in enumerate("abcd", 11)
    ]
    (project / "sources/lincoln1863.txt").write_text("\f".join(pages), encoding="utf-8")
    shown = run("sources", "show", "lincoln1863", "--page", "12")
    assert shown.stdout == "~ HARBOUR LAMPS 12\n\n  The b lamp.\n  It burned b.\n"
    unknown = run("sources", "show", "lincoln1863", "--page", "99")
    assert unknown.exit_code == 2
    assert "no page 99; its pages are 11 to 14" in unknown.stderr
    both = run("sources", "show", "lincoln1863", "--page", "12", "--text")
    assert both.exit_code == 2


@of("clean")
def test_a_removed_source_leaves_the_lock_and_a_changed_file_stays(run: Run, project: Path) -> None:
    source = project / "sources/lincoln1863.txt"
    assert run("sources", "remove", "lincoln1863").exit_code == 2
    run("sources", "add", "sources/lincoln1863.txt")
    before = source.read_bytes()
    source.write_bytes(before + b"More.")
    assert "removed no file" in run("sources", "remove", "lincoln1863").stdout
    assert source.read_bytes() == before + b"More."
    assert "lincoln1863" not in (project / "sources.lock").read_text(encoding="utf-8")
    run("sources", "add", "sources/lincoln1863.txt")
    assert "removed sources/lincoln1863.txt" in run("sources", "remove", "lincoln1863").stdout
    assert not source.exists()


@of("clean")
def test_an_excerpt_says_which_pages_it_holds(run: Run, project: Path) -> None:
    added = run("sources", "add", "sources/lincoln1863.txt", "--extent", "excerpt",
                "--pages", "12-14")  # fmt: skip
    assert added.exit_code == 0, added.output
    assert 'pages = "12-14"' in (project / "sources.lock").read_text(encoding="utf-8")
    assert "extent  excerpt, pages 12-14\n" in run("sources", "show", "lincoln1863").stdout


@of("clean")
def test_a_text_that_says_it_is_an_excerpt_is_pinned_as_one(run: Run, project: Path) -> None:
    source = project / "sources/lincoln1863.txt"
    said = "---\nextent: excerpt\n---\n" + source.read_text(encoding="utf-8")
    source.write_text(said, encoding="utf-8")
    assert run("sources", "add", "sources/lincoln1863.txt").exit_code == 0
    assert "extent  excerpt\n" in run("sources", "show", "lincoln1863").stdout
    assert run("sources", "add", "sources/lincoln1863.txt", "--extent", "full").exit_code == 0
    assert "extent  full\n" in run("sources", "show", "lincoln1863").stdout


@of("clean")
def test_a_pinned_source_that_changed_is_a_finding(run: Run, project: Path) -> None:
    assert run("sources", "add", "sources/lincoln1863.txt").exit_code == 0
    source = project / "sources" / "lincoln1863.txt"
    source.write_text(source.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    result = run("sources", "verify")
    assert result.exit_code == 1
    assert "error[Q305]" in result.stdout
    assert "on which 1 quotation rests (posts/brave.md:6)" in " ".join(result.stdout.split())
    assert run("sources", "list").stdout.splitlines()[1].split()[1] == "changed"
    checked = run("check")
    assert checked.exit_code == 1
    assert "on which 1 quotation rests (posts/brave.md:6)" in " ".join(checked.stdout.split())
    assert run("build").exit_code == 1


@of("clean")
def test_a_source_is_never_overwritten(run: Run, project: Path) -> None:
    (project / "other.txt").write_text("Other words.\n", encoding="utf-8")
    before = files(project / "sources")
    result = run("sources", "add", "other.txt", "--key", "lincoln1863")
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert files(project / "sources") == before


@of("clean")
def test_an_unknown_key_gets_the_nearest_known_one(run: Run) -> None:
    result = run("sources", "show", "lincoln1836")
    assert result.exit_code == 2
    assert "did you mean lincoln1863?" in result.stderr


@of("clean")
def test_a_list_of_sources_cuts_no_file_s_name(run: Run, project: Path) -> None:
    name = f"sources/{'the-address-at-gettysburg-' * 4}1863.txt"
    entry = "@misc{a, title = {A}, author = {B, C}, date = 1863, file = {:FILE:txt}}\n"
    bibliography = project / "references.bib"
    bibliography.write_text(bibliography.read_text() + entry.replace("FILE", name))
    (project / name).write_text("Four score and seven years ago\n")
    assert any(line.endswith(name) for line in run("sources", "list").stdout.splitlines())


# --- explain, doctor ------------------------------------------------------------------------------


@of("clean")
def test_every_code_has_a_page_and_the_list_names_them_all(run: Run) -> None:
    listed = run("explain")
    assert listed.exit_code == 0, listed.output
    assert len(listed.stdout.splitlines()) >= 35
    page = run("explain", "q101")
    assert page.exit_code == 0
    assert "Q101" in page.stdout


@of("clean")
def test_an_unknown_code_gets_the_nearest_known_one(run: Run) -> None:
    result = run("explain", "Q3011")
    assert result.exit_code == 2
    assert result.stderr == "pubtool: error: Q3011: no such finding; did you mean Q301?\n"


@of("clean")
def test_styles_are_listed_and_searched(run: Run) -> None:
    listed = run("styles")
    assert listed.exit_code == 0, listed.output
    assert "\n* chicago-notes-bibliography (note)\n" in listed.stdout
    assert listed.stdout.endswith(
        "2,851 styles; 7,993 more follow one of these, and are searched by name\n"
    )
    found = run("styles", "nature", "digest").stdout
    assert found == "  nature-digest (numeric, en-GB, like nature)\n    Nature Digest\n1 style\n"
    (line,) = json.loads(run("styles", "nature", "digest", "--format", "json").stdout)
    assert line["name"] == "nature-digest"
    assert line["default"] is False
    assert run("styles", "qqqqq").stdout == "0 styles\n"


@of("clean")
def test_doctor_tells_of_a_package_that_does_not_load(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def without_cleaner(name: str, package: str | None = None) -> object:
        if name == "trafilatura":
            raise ImportError("lxml.html.clean module is now\na separate project")
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", without_cleaner)
    result = run("doctor")
    assert result.exit_code == 2
    [line] = [line for line in result.stdout.splitlines() if line.startswith("missing")]
    assert "does not load (lxml.html.clean module is now a separate project)" in line


@of("clean")
def test_doctor_finds_what_is_needed(run: Run, project: Path) -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    names = {line.split()[1] for line in result.stdout.splitlines()}
    assert {"Python", "pandoc", "typst", "pypdfium2", "project", "cache", "output"} <= names
    assert all(line.startswith(("ok ", "note ")) for line in result.stdout.splitlines())
