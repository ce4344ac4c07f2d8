"""The documentation's site in a real browser: accessible in both schemes, readable on a phone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from tests.browser.conftest import Built, given_out
from tests.devtools import Page

ROOT = Path(__file__).parents[2]
ONE_OF_MANY = ("findings/", "decisions/")
"""Folders of pages that are made alike; the first of each stands for all."""
DARK = "document.documentElement.dataset.bsTheme === 'dark'"
PARTS = 4
"""Tests that share the pages, so that none takes long."""
WIDTHS = (390, 820, 1440)
COLOURED = ("404", "index", "conventions", "guides/cite-check", "reports", "findings/absent")
"""Pages that have all there is to colour: text, links, tables, code, contents."""
AXE = "axe.run(document, {{{}}}).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
CONTRAST = AXE.format("runOnly: ['color-contrast']")
REST = AXE.format("rules: {'color-contrast': {enabled: false}}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The site as `make site` builds it."""
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    with given_out(folder) as built:
        yield built


def pages(site: Built) -> Iterator[tuple[str, str]]:
    """Yield every page's name and address, of those that are made alike the first."""
    seen = set()
    for name, address in site.pages.items():
        alike = next((folder for folder in ONE_OF_MANY if name.startswith(folder)), name)
        if alike not in seen:
            seen.add(alike)
            yield name, address


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits(browser: Page, axe: str, site: Built, part: int) -> None:
    found = []
    for name, address in islice(pages(site), part, None, PARTS):
        browser.go(address)
        browser.run(axe + ";0")
        found += [(name, one) for one in browser.run(REST)]
        for width in WIDTHS:
            browser.size(width, 900)
            if browser.run("document.documentElement.scrollWidth") > width:
                found.append((name, f"scrolls sideways at {width} pixels"))
    assert found == []


@pytest.mark.parametrize("name", COLOURED)
def test_all_can_be_read_in_both_schemes(browser: Page, axe: str, site: Built, name: str) -> None:
    for scheme in ("light", "dark"):
        browser.media(scheme=scheme)
        browser.go(site.pages[f"{name}.html"])
        browser.wait(f"document.documentElement.dataset.bsTheme === '{scheme}'")
        browser.run(axe + ";0")
        assert browser.run(CONTRAST) == [], scheme


def test_a_reader_may_choose_the_scheme(browser: Page, site: Built) -> None:
    browser.media(scheme="light")
    browser.go(site.pages["tutorial.html"])
    assert not browser.run(DARK)
    browser.media(scheme="dark")
    browser.wait(DARK)
    browser.run("document.querySelector('[data-bs-theme-value=light]').click()")
    assert not browser.run(DARK)
    browser.go(site.pages["sources.html"])
    assert not browser.run(DARK)
    browser.run("document.querySelector('[data-bs-theme-value=auto]').click()")
    assert browser.run(DARK)


def test_a_search_finds_pages_by_their_words(browser: Page, axe: str, site: Built) -> None:
    browser.go(f"{site.pages['tutorial.html']}?q=misattributed")
    browser.wait("document.querySelector('#mkdocs-search-results h3')")
    browser.run(axe + ";0")
    assert browser.run(REST) == []


def test_the_keyboard_s_first_stop_leads_past_the_menu(browser: Page, site: Built) -> None:
    browser.go(site.pages["tutorial.html"])
    browser.press("Tab")
    assert browser.run("document.activeElement.textContent") == "Skip to the text"
