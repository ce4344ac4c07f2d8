"""The page of `pubtool stats` in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.browser.conftest import AXE
from tests.devtools import Page
from tests.reporters.test_overview import counted, post

from pubtool.model import VerdictKind
from pubtool.reporters.overview import render_overview_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing_on_the_page(
    browser: Page, tmp_path: Path, scheme: str, width: int
) -> None:
    file = tmp_path / "stats.html"
    posts = [post(f"posts/{n}.md", f"2026-{n:02}-01", *VerdictKind) for n in range(1, 10)]
    file.write_text(render_overview_page(counted(*posts)), encoding="utf-8")
    browser.size(width, 800)
    browser.media(scheme=scheme)
    browser.go(file.as_uri())
    browser.run(AXE.read_text(encoding="utf-8") + ";0")
    found = browser.run("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    assert not found
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
