"""`pubtool verify`: what was published is proved again, and whatever changed is named."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pubtool.cli import program

SOURCE = "Whoever quotes must quote exactly. The second rule is to be fair.\n"
BIBLIOGRAPHY = "@book{doe2001, author = {Doe, Jane}, title = {On Quoting}, year = {2001}}\n"
POST = """---
title: A post
date: 2026-05-03
status: publish
---

Doe says: “quote exactly” [@doe2001]. And “The second rule is to be fair” [@doe2001].
"""
RECORD = "public/a/verification.json"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built once."""
    root = tmp_path_factory.mktemp("built")
    for name, text in {
        "posts/a.md": POST,
        "posts/b.md": POST.replace("A post", "Another").replace("[@doe2001]. And", "[@doe2001] &"),
        "sources/doe2001.txt": SOURCE,
        "references.bib": BIBLIOGRAPHY,
        "pubtool.toml": '[build]\nformats = ["html"]\n',
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    done = CliRunner().invoke(program, ["--project", str(root), "build"])
    assert done.exit_code == 0, done.output
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of it to do anything with."""
    shutil.copytree(built, tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def run(root: Path) -> Run:
    def invoke(*arguments: str | Path) -> Result:
        given = ["--project", str(root), "verify", *map(str, arguments)]
        return CliRunner().invoke(program, given, prog_name="pubtool")

    return invoke


def test_what_other_posts_decide_holds_as_well(root: Path, run: Run) -> None:
    edit(root / "posts/a.md", "“quote exactly”", "“Whoever quotes must quote correctly”")
    edit(root / "posts/b.md", "“quote exactly”", "“Whoever quotes must quote exactly”")
    command = ["--project", str(root), "build", "--draft"]
    assert CliRunner().invoke(program, command).exit_code == 0
    assert "Q701" in (root / RECORD).read_text(encoding="utf-8")
    assert run().exit_code == 0


def changes(result: Result) -> set[tuple[str, str]]:
    """Return the records that say anything, each with the codes of what it says."""
    found = json.loads(result.stdout)
    return {(r["path"], change["code"]) for r in found["records"] for change in r["changes"]}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_what_was_built_holds(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout == (
        "holds: public/a/verification.json (posts/a.md, 2 quotations)\n"
        "holds: public/b/verification.json (posts/b.md, 2 quotations)\n"
        "holds: public/verification.json (the site)\n"
        "3 records: 3 hold\n"
    )
    assert changes(run("--format", "json")) == set()


def test_only_what_is_named_is_verified(run: Run, root: Path) -> None:
    for named in (root / RECORD, root / "public/a"):
        result = run(named, "--format", "json")
        assert [record["post"] for record in json.loads(result.stdout)["records"]] == ["posts/a.md"]


BOTH = ("public/a/verification.json", "public/b/verification.json")
EVERY = (*BOTH, "public/verification.json")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("posts/a.md", "Doe says:", "Doe wrote:",
         {("public/a/verification.json", "post"), ("public/verification.json", "post"),
          ("public/a/verification.json", "verdict")}),
        ("posts/a.md", "quote exactly", "quote loosely",
         {("public/a/verification.json", "post"), ("public/verification.json", "post"),
          ("public/a/verification.json", "quotation")}),
        ("sources/doe2001.txt", "fair.", "fair. Always.",
         {(name, code) for name in EVERY for code in ("source",)}),
        ("sources/doe2001.txt", "exactly", "with care",
         {(name, "source") for name in EVERY} | {(name, "verdict") for name in BOTH}),
        ("references.bib", "2001}}", "2002}}", {(name, "entry") for name in EVERY}),
        ("references.bib", "{doe2001", "{doe1999",
         {(name, "entry") for name in EVERY} | {(name, "source") for name in EVERY}
         | {(name, "verdict") for name in BOTH}),
        ("pubtool.toml", "[build]", '[check]\nconvention = "bluebook"\n[build]',
         {(name, "settings") for name in EVERY}),
        ("public/a/index.html", "<title>A post", "<title>No post",
         {("public/a/verification.json", "page")}),
        ("public/a/index.html", ">quote exactly", ">quote in exactly",
         {("public/a/verification.json", "page"), ("public/a/verification.json", "words")}),
        ("public/a/annotations.jsonld", "exactly", "loosely",
         {("public/a/verification.json", "page")}),
        (RECORD, '"verdict": "verbatim"', '"verdict": "altered"',
         {("public/a/verification.json", "verdict")}),
        (RECORD, '"text": "quote exactly"', '"text": "quote anything"',
         {("public/a/verification.json", "verdict")}),
        (RECORD, '"id": "q-', '"id": "q-0', {("public/a/verification.json", "quotation")}),
    ],
)  # fmt: skip
def test_what_changed_is_named_and_nothing_else(  # noqa: PLR0917 - a row of the table
    file: str, old: str, new: str, expected: set[tuple[str, str]], run: Run, root: Path
) -> None:
    edit(root / file, old, new)
    result = run("--format", "json")
    assert changes(result) == expected
    assert result.exit_code == 1


def test_a_file_that_is_gone_is_named(run: Run, root: Path) -> None:
    (root / "posts/a.md").unlink()
    (root / "public/b/index.html").unlink()
    result = run("--format", "json")
    assert changes(result) == {
        ("public/a/verification.json", "post"),
        ("public/b/verification.json", "page"),
        ("public/verification.json", "post"),
    }


def test_a_record_that_the_site_does_not_list_and_one_that_is_gone_are_named(
    run: Run, root: Path
) -> None:
    shutil.copytree(root / "public/a", root / "public/c")
    shutil.rmtree(root / "public/b")
    result = run(root / "public")
    assert "b/verification.json is listed, but is not there" in result.stdout
    assert "c/verification.json is there, but is not listed" in result.stdout
    assert result.exit_code == 1


def test_another_version_decides_nothing_by_itself(run: Run, root: Path) -> None:
    edit(root / RECORD, '"version": "', '"version": "0.0.')
    result = run(root / RECORD)
    assert result.exit_code == 0
    assert "made by pubtool 0.0." in result.stdout
    assert "(decides nothing)" in result.stdout


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to each value of a record that holds no other values."""
    if isinstance(value, dict | list) and value:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [way for key, one in pairs for way in leaves(one, (*path, key))]
    return [path]


FORGED = {str: "forged", int: 777, type(None): "forged", list: ["forged"], dict: {"forged": 1}}


@pytest.mark.parametrize("name", [RECORD, "public/verification.json"])
def test_no_word_of_a_record_can_be_forged(name: str, run: Run, root: Path) -> None:
    whole = json.loads((root / name).read_text(encoding="utf-8"))
    forgeries = {}
    for way in leaves(whole):
        if way[0] in ("schema", "about", "tool", "site"):
            continue
        record = json.loads(json.dumps(whole))
        inner = record
        for key in way[:-1]:
            inner = inner[key]
        was = inner[way[-1]]
        inner[way[-1]] = not was if isinstance(was, bool) else FORGED[type(was)]
        forgeries["/".join(map(str, way))] = record
    for key in ("quotations", "sources", "summary", "posts"):
        if key in whole:
            forgeries[f"no {key}"] = {**whole, key: type(whole[key])()}
    if "quotations" in whole:
        twice = [{**whole["quotations"][0], "verdict": "altered"}, *whole["quotations"]]
        forgeries["twice"] = {**whole, "quotations": twice}
    forgeries["more"] = {**whole, "certified": "by nobody"}
    held = []
    for what, record in forgeries.items():
        (root / name).write_text(json.dumps(record), encoding="utf-8")
        if run(root / name).exit_code == 0:
            held.append(what)
    assert len(forgeries) > 15
    assert held == []


def test_the_page_of_a_record_is_the_file_beside_it_whatever_it_names(run: Run, root: Path) -> None:
    edit(root / RECORD, '"index.html"', '"../b/index.html"')
    result = run(root / RECORD)
    assert result.exit_code == 1
    assert "index.html: the record does not say what it was" in result.stdout


def test_a_post_outside_of_the_project_is_none(run: Run, root: Path) -> None:
    outside = root.parent / "outside.md"
    outside.write_text(POST, encoding="utf-8")
    edit(root / RECORD, "posts/a.md", "../outside.md")
    result = run(root / RECORD)
    assert result.exit_code == 1
    assert "the project has no post ../outside.md" in result.stdout


def test_nothing_to_verify_is_said(run: Run, root: Path) -> None:
    shutil.rmtree(root / "public")
    result = run()
    assert result.exit_code == 2
    assert result.stderr == (
        "pubtool: error: public: no verification.json here or in its folders; write the pages "
        "first with `pubtool build --to html`, or name the files\n"
    )


def hostile() -> dict[str, bytes]:
    """Return files that are no verification."""
    whole = {"schema": 1, "about": "post"}
    return {
        "empty": b"",
        "no JSON": b"<html>",
        "cut off": b'{"schema": 1, "about": "post", "tool": {"na',
        "a list": b"[]",
        "nothing in it": b"{}",
        "wrong types": json.dumps({**whole, "tool": 7}).encode(),
        "another about": json.dumps({**whole, "about": "page"}).encode(),
        "deep": b"[" * 200_000,
        "deep in a key": b'{"schema": 1, "about": "post", "x": ' + b"[" * 200_000,
        "no UTF-8": b'{"about": "post", "schema": 1, "tool": {"name": "\xff"}}',
        "a huge number": b'{"about": "post", "schema": 1' + b"0" * 5000 + b"}",
        "half a character": b'{"about": "\\ud800"}',
        "escapes": b'{"about": "\\u001b[31mpost"}',
        "binary": bytes(range(256)),
    }


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_record_gets_one_sentence_and_no_traceback(
    name: str, run: Run, root: Path
) -> None:
    (root / RECORD).write_bytes(hostile()[name])
    result = run(root / RECORD)
    assert result.exit_code == 2
    assert result.stdout == "1 record: 0 hold, 1 not\n"
    assert result.stderr.startswith(f"pubtool: error: {RECORD}: no verification that can be read")
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_damaged_record_keeps_no_other_from_being_looked_at(run: Run, root: Path) -> None:
    (root / "posts" / "b.md").write_text(POST.replace("A post", "B"), encoding="utf-8")
    assert CliRunner().invoke(program, ["build", "--to", "html"]).exit_code == 0
    (root / RECORD).write_text("damaged", encoding="utf-8")
    edit(root / "posts" / "b.md", "exactly”", "wrongly”")
    result = run()
    assert result.exit_code == 2
    assert result.stderr.startswith(f"pubtool: error: {RECORD}: no verification that can be read")
    assert "does not hold: public/b/verification.json (posts/b.md, 2 quotations)" in result.stdout
    assert "posts/b.md was edited since" in result.stdout
    told = json.loads(run("--format", "json").stdout)
    codes = {one["path"]: [c["code"] for c in one["changes"]] for one in told["records"]}
    assert codes[RECORD] == ["unreadable"]
    assert "post" in codes["public/b/verification.json"]


def test_a_newer_record_and_a_huge_one_are_refused(run: Run, root: Path) -> None:
    edit(root / RECORD, '"schema": 1', '"schema": 2')
    assert "its schema is 2, and this version of pubtool knows 1" in run().stderr
    with (root / RECORD).open("wb") as file:
        file.truncate(65_000_000)  # a hole: nothing of it is on the disk
    result = run()
    assert result.exit_code == 2
    assert "more than 64 MB" in result.stderr


def test_a_record_that_cannot_be_read_is_said(run: Run, root: Path) -> None:
    result = run(root / "public/none.json")
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


@pytest.mark.parametrize("field", ["path", "text"])
def test_control_characters_reach_no_terminal(field: str, run: Run, root: Path) -> None:
    record = json.loads((root / RECORD).read_text(encoding="utf-8"))
    evil = "\x1b]0;evil\x07\r\n\u202e"
    if field == "path":
        record["post"]["path"] = evil
    else:
        record["quotations"][0] |= {"id": "q-0", "text": evil}
        record["sources"][evil] = record["sources"]["doe2001"]
    (root / RECORD).write_text(json.dumps(record), encoding="utf-8")
    result = run(root / RECORD)
    assert result.exit_code == 1
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(result.stdout)


def test_two_runs_say_the_same_and_write_nothing(run: Run, root: Path) -> None:
    def state() -> dict[str, Any]:
        found = (p for p in (root / "public").rglob("*") if p.is_file())
        return {str(path): path.read_bytes() for path in found}

    before = state()
    assert run("--format", "json").stdout == run("--format", "json").stdout
    assert state() == before
    assert os.fspath(root) not in run("--format", "json").stdout
