"""A cited page that could not be compared is said everywhere, and changes nothing else."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pubtool.cli import program

KEYS = ("orme", "hale", "reeve", "rowe", "warte")
EACH = 12
"""Quotations of each source in the post."""


ENTRY = """@book{{{0},
  author = {{Orme, {1}}},
  title = {{Lamps}},
  year = {{1901}}
}}
"""


def passages(key: str) -> list[str]:
    """Return passages of which no two share a word."""
    words = ["".join(letters) for letters in product("bdfgklm", "aeiou", "nprst", "aeiou", "lmnr")]
    Random(key).shuffle(words)
    return [" ".join(words[n * 9 : n * 9 + 9]) for n in range(EACH)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a long post that cites pages of texts without pages."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "pubtool.toml").write_text("", encoding="utf-8")
    (tmp_path / "references.bib").write_text(
        "".join(ENTRY.format(key, key.title()) for key in KEYS), encoding="utf-8"
    )
    quoted = []
    for key in KEYS:
        lines = passages(key)
        (tmp_path / f"sources/{key}.txt").write_text("\n\n".join(lines), encoding="utf-8")
        quoted += [f"“{line}” [@{key}, p. {n + 1}]." for n, line in enumerate(lines)]
    head = "---\ntitle: A\ndate: 2026-01-01\nstatus: publish\n---\n\n"
    (tmp_path / "posts/a.md").write_text(head + "\n\n".join(quoted) + "\n", encoding="utf-8")
    return tmp_path


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program, ["--project", str(project), *arguments])


def report(project: Path) -> Any:
    return json.loads(run(project, "check", "--format", "json").stdout)


def test_it_is_told_once_a_source_and_known_of_each_quotation(project: Path) -> None:
    [post] = report(project)["posts"]
    found = [(f["code"], f["severity"]) for f in post["findings"]]
    assert found == [("Q206", "info")] * len(KEYS)
    first = post["findings"][0]
    assert first["message"] == (
        "p. 1 and 11 more places not compared: the text of orme does not mark them; add marks like "
        "[p. 1] or a file with numbered pages"
    )
    assert first["range"] == post["quotations"][0]["range"]
    told = {(q["verdict"], q["match"]["located"]) for q in post["quotations"]}
    assert told == {("verbatim", "not-compared")}


def test_nothing_fails_by_it(project: Path) -> None:
    checked = run(project, "check", "--strict")
    assert checked.exit_code == 0
    last = checked.stdout.splitlines()[-1]
    assert last == (
        "60 quotations in 1 post: 60 checked, 60 passed, 0 failed; the cited places of 60 not "
        "compared"
    )
    assert len(checked.stdout.splitlines()) < 50
    before = (project / "posts/a.md").read_bytes()
    assert run(project, "check", "--fix").exit_code == 0
    assert (project / "posts/a.md").read_bytes() == before
    assert run(project, "build").exit_code == 0
    assert run(project, "verify").exit_code == 0


def test_a_reader_of_the_page_is_not_led_to_believe_it(project: Path) -> None:
    assert run(project, "build").exit_code == 0
    page = (project / "public/a/index.html").read_text(encoding="utf-8")
    assert "not compared: page 7, which the source’s text does not mark" in page
    assert "Not compared: the places that are cited for 60 quotations" in page
    assert "data-locator" not in page
    said = json.loads((project / "public/a/verification.json").read_bytes())
    assert {q["match"]["located"] for q in said["quotations"]} == {"not-compared"}
    notes = (project / "public/a/annotations.jsonld").read_text(encoding="utf-8")
    assert notes.count("; not compared: page ") == 60


def test_a_text_with_pages_ends_it(project: Path) -> None:
    for key in KEYS:
        path = project / f"sources/{key}.txt"
        lines = path.read_text(encoding="utf-8").split("\n\n")
        marked = (f"[p. {n + 1}]\n{line}" for n, line in enumerate(lines))
        path.write_text("\n\n".join(marked), encoding="utf-8")
    [post] = report(project)["posts"]
    assert post["findings"] == []
    told = {(q["verdict"], q["match"]["located"]) for q in post["quotations"]}
    assert told == {("verbatim", "agrees")}
