"""The documentation site: built strictly, with every page there is, and nothing from elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pubtool.checker.rules import rules

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make site` builds it; a link that leads nowhere stops it."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_of_docs_is_in_the_site(site: Path) -> None:
    pages = (ROOT / "docs").rglob("*.md")
    names = [page.relative_to(ROOT / "docs").with_suffix(".html") for page in pages]
    assert [str(name) for name in names if not (site / name).exists()] == []


def test_every_rule_has_its_page(site: Path) -> None:
    names = {page.stem for page in (site / "findings").glob("*.html")}
    assert names == {rule.name for rule in rules()}


def test_the_schema_that_is_published_is_the_program_s(site: Path) -> None:
    shipped = ROOT / "src" / "pubtool" / "check.schema.json"
    published = json.loads((site / "check.schema.json").read_text(encoding="utf-8"))
    assert published == json.loads(shipped.read_text(encoding="utf-8"))


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loads = re.compile(r'<(?:script|img|link|iframe)\b[^>]*(?:src|href)="(https?:)?//[^"]*"')
    for page in site.rglob("*.html"):
        assert not loads.search(page.read_text(encoding="utf-8")), page.name


def test_every_file_that_a_page_shows_or_leads_to_is_there(site: Path) -> None:
    named = re.compile(r'\b(?:src|srcset|href)="([^":#?]+)(?:[#?][^"]*)?"')
    for page in site.rglob("*.html"):
        for target in named.findall(page.read_text(encoding="utf-8")):
            base = site if target.startswith("/") else page.parent
            assert (base / target.lstrip("/")).exists(), f"{page.name}: {target}"


def test_every_block_of_code_is_one(site: Path) -> None:
    broken = [page.name for page in site.rglob("*.html") if "<p>```" in page.read_text("utf-8")]
    assert broken == []
