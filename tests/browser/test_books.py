"""The pages of EPUBs in a real browser: accessible in both schemes, with nothing from elsewhere.

They are XHTML, as a reader's own browser engine gets them; the books are of the example series and
of the showcase, whose posts have every construct, verdict and several scripts.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import HERE, ROOT
from tests.devtools import Page

RULES = {"resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one for each project, and in that one for each book, unpacked."""
    folder = tmp_path_factory.mktemp("books")
    example = folder / "example"
    for name in ("posts", "sources"):
        shutil.copytree(ROOT / name, example / name)
    for name in ("pubtool.toml", "references.bib"):
        shutil.copy(ROOT / name, example)
    shutil.copytree(HERE / "showcase", folder / "showcase")
    for name in ("example", "showcase"):
        command = [sys.executable, "-m", "pubtool", "--project", str(folder / name)]
        command += ["build", "--to", "epub", "--draft"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        for book in sorted((folder / name).rglob("*.epub")):
            with zipfile.ZipFile(book) as archive:
                archive.extractall(folder / "open" / name / book.stem)
    return folder / "open"


def violations(page: Page, axe: str) -> list[Any]:
    """What axe-core finds, each with the elements it is about."""
    page.run(f"{axe}; 0")
    found: list[Any] = page.run(
        f"axe.run(document, {json.dumps(RULES)})"
        ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
    )
    return found


@pytest.mark.parametrize("project", ["example", "showcase"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_every_book_is_accessible(
    chromium: Page, axe: str, books: Path, project: str, scheme: str
) -> None:
    pages = sorted((books / project).rglob("*.xhtml"))
    assert len(pages) >= 3 * len(list((books / project).iterdir()))
    chromium.fresh()
    chromium.size(600, 800)
    chromium.media(scheme=scheme)
    for page in pages:
        name = f"{page.parent.parent.name}/{page.name}"
        chromium.go(page.as_uri())
        assert chromium.run("document.contentType") == "application/xhtml+xml"
        assert violations(chromium, axe) == [], name
        asked = [sent["request"]["url"] for sent in chromium.events("Network.requestWillBeSent")]
        assert all(url.startswith(books.as_uri()) for url in asked), name
        wide = chromium.run("document.documentElement.scrollWidth")
        assert wide <= 600, f"{name} is wider than a reader's page"


def test_the_checks_see_a_bad_page(chromium: Page, axe: str, books: Path) -> None:
    page = next(books.rglob("chapter-1.xhtml"))
    bad = page.with_name("bad.xhtml")
    text = page.read_text(encoding="utf-8").replace("</main>", '<img src="x.png"/></main>')
    bad.write_text(text, encoding="utf-8")
    chromium.fresh()
    chromium.go(bad.as_uri())
    assert "image-alt" in [name for name, _ in violations(chromium, axe)]
    bad.unlink()
