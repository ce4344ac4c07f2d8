"""The binder's HTML in a real browser: accessible in both schemes, no wider than a phone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typst
from pdfua import validate
from tests.browser.conftest import HERE
from tests.devtools import Page

RULES = {"resultTypes": ["violations"]}
QUOTED = "The keeper of the lamps wrote it down before the tide, and signed it with his own hand."
POST = f"""---
title: Pages
---

“{QUOTED}” [@keeper]. “The keeper of the lamps tore it up before the tide, and signed it.” [@keeper]
"""


@pytest.fixture(scope="module")
def binder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The showcase's binder: every verdict, several scripts; and a PDF's pages."""
    root = tmp_path_factory.mktemp("binder") / "project"
    shutil.copytree(HERE / "showcase", root)
    (root / "posts/pages.md").write_text(POST, encoding="utf-8")
    page = f"#set page(width: 12cm, height: 16cm)\n#lorem(60)\n\n{QUOTED}\n\n#lorem(60)"
    made = bytes(typst.compile(page.encode(), ignore_system_fonts=True))
    (root / "sources/keeper.pdf").write_bytes(made)
    with (root / "references.bib").open("a", encoding="utf-8") as file:
        file.write("\n@book{keeper, author = {A. Keeper}, title = {Lamps}, year = {1901}}\n")
    command = [sys.executable, "-m", "pubtool", "--project", str(root), "evidence"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_the_binder_is_accessible(
    chromium: Page, axe: str, binder: Path, scheme: str, width: int
) -> None:
    chromium.size(width, 900)
    chromium.media(scheme=scheme)
    chromium.go((binder / "evidence.html").as_uri())
    chromium.run(f"{axe}; 0")
    found = chromium.run(
        f"axe.run(document, {json.dumps(RULES)})"
        ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
    )
    assert found == []
    assert chromium.run("document.documentElement.scrollWidth") <= width


def test_a_page_s_picture_is_drawn_with_its_marks_over_it(chromium: Page, binder: Path) -> None:
    chromium.go((binder / "evidence.html").as_uri())
    held = chromium.run(
        "[...document.querySelectorAll('figure svg')].map(svg => {"
        " const page = svg.querySelector('use').getBoundingClientRect();"
        " return [...svg.querySelectorAll('rect')].map(r => {"
        "  const b = r.getBoundingClientRect();"
        "  return b.width > 0 && b.left >= page.left && b.bottom <= page.bottom; }); })"
    )
    assert held
    assert all(marks and all(marks) for marks in held)


def test_the_binder_s_pdf_is_as_its_standard_wants_it(binder: Path) -> None:
    outcomes = validate(str(binder / "evidence.pdf")).outcomes
    assert len(outcomes) > 10
    assert not [finding for one in outcomes for finding in one.findings]
