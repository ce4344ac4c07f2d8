"""The pages of the project say what is so: links lead somewhere, tables name what there is."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest

import pubtool
from pubtool.cli import program
from pubtool.model import Extent, Settings, VerdictKind
from pubtool.system.config import OWN_NAMES, describe, load_settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/**/*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
TABLE_NAME = re.compile(r"^\| `([\w-]+)`", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The fragments that a page's headings give on the usual forges."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def table(page: str, heading: str) -> list[str]:
    """The names in the first column of the table below a heading."""
    text = page.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return TABLE_NAME.findall(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name} links to {target}, which is not there"
        if fragment:
            assert fragment in anchors(file), f"{page.name} links to {target}: no such heading"


def test_the_readme_explains_every_verdict_and_no_other() -> None:
    assert sorted(table(README, "Verdicts")) == sorted(kind.value for kind in VerdictKind)


def test_the_sources_page_explains_every_extent_and_no_other() -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    named = table(page, "Where a text is from, and how much of it there is")
    assert sorted(named) == sorted(extent.value for extent in Extent)


def test_the_settings_page_explains_every_setting_and_no_other(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z.-]+)` \| ([^|]+) \|", page, re.M)
    written = [(name, ", ".join(re.findall(r"`\[?([^`\]]*)\]?`", value))) for name, value in rows]
    shown = describe(load_settings(tmp_path))
    assert written == [(name, re.sub(r'[\[\]"]', "", value)) for name, value, _ in shown]


def test_every_module_that_the_page_on_matching_names_is_there() -> None:
    page = (ROOT / "docs" / "matching.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:checker|text)/[\w/.]*)`", page)
    assert named
    assert [name for name in named if not (ROOT / "src" / "pubtool" / name).exists()] == []


def test_the_project_s_page_names_all_that_pubtool_keeps_there() -> None:
    page = (ROOT / "docs" / "project.md").read_text(encoding="utf-8")
    for name in (*OWN_NAMES, ".pubtool", Settings().output):
        assert re.search(rf"`{re.escape(name)}\b", page), name


def test_every_make_target_of_the_pages_exists() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    for page in PAGES:
        for named in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8")):
            assert named in targets, f"{page.name} names `make {named}`"


def test_every_command_of_the_pages_exists() -> None:
    commands = program.list_commands(program.make_context("pubtool", ["check"]))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        shell = "\n".join(block for block in FENCE.findall(text) if block.startswith("```sh"))
        named = re.findall(r"`(?:\.venv/bin/)?pubtool ([a-z]+)", text)
        named += re.findall(r"^(?:\.venv/bin/)?pubtool ([a-z]+)", shell, re.M)
        for name in named:
            assert name in commands, f"{page.name} names `pubtool {name}`"


GENERATE = runpy.run_path(str(ROOT / "docs" / "generate.py"))


@pytest.mark.parametrize("name", GENERATE["PAGES"])
def test_a_page_of_reference_is_what_the_program_says_of_itself(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == GENERATE["PAGES"][name](), f"docs/{name} has drifted; run `make docs`"


def test_the_picture_of_a_check_is_what_check_shows() -> None:
    written = (ROOT / "docs" / "pictures" / "check.svg").read_text(encoding="utf-8")
    assert written == GENERATE["check_picture"](), "check.svg has drifted; run `make docs`"


def test_version_and_changelog_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    releases = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert pubtool.__version__ == project["version"] == releases[0]


def test_every_locked_dependency_is_pinned_to_hashes_and_no_index_is_named() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        pins = re.findall(
            r"^[\w.-]+==[^\n]*(?:\n    --hash=sha256:[0-9a-f]{64}[^\n]*)+", text, re.M
        )
        assert len(pins) == len(re.findall(r"^[a-z]", text, re.M))
        assert "://" not in text


@pytest.mark.parametrize("group", ["run", "test"])
def test_the_lock_holds_every_direct_dependency(group: str) -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = data["project"]["dependencies"]
    wanted += data["dependency-groups"]["dev"] if group == "test" else []
    lock = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)==", lock, re.M))
    names = {re.split(r"[<>=~!\[; ]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names <= locked, f"`make lock`: {sorted(names - locked)} missing"
