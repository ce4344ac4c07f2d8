"""The built pages in a real browser: accessible, steady, small, and no wider than the screen.

Every page of two builds is opened: the example series, and a draft with every kind of page, of
verdict and of script (showcase/). tests/system-needs.sh installs the browser and axe-core where it
can.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.browser.conftest import Built
from tests.devtools import Page


class View(NamedTuple):
    """How a page is looked at."""

    width: int
    height: int
    scheme: str


PHONE, DESKTOP, TABLET = View(390, 844, "dark"), View(1440, 900, "light"), View(820, 1180, "light")
OTHER = (View(390, 844, "light"), View(1440, 900, "dark"), TABLET)
"""What shows nothing new of most pages: a few of each kind are looked at so."""

BUDGET = 50_000
"""Bytes of a post's page and stylesheet as they lie on the disk; images left out."""
SENT = 14 * 1024
"""Bytes of all of it as a server sends it, compressed: what arrives in the first round trip (ten
segments of 1,460 bytes, RFC 6928)."""

RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""All rules of axe-core that are on by themselves, and that targets are 24 pixels wide."""

WATCH = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const e of list.getEntries()) shifts.push([e.value, e.sources.map(s => s.node?.nodeName)]);
}).observe({type: "layout-shift", buffered: true});
"""

SCRIPTS = """
[...document.scripts].filter(s => !s.type.endsWith("json")).map(s => s.getAttribute("src"))
"""
"""What runs in a page: nothing, the search's own page excepted."""


@pytest.fixture(scope="module")
def watched(chromium: Page) -> Iterator[Page]:
    """The browser, noting whatever moves on a page while it is made."""
    chromium.fresh()
    added = chromium.command("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
    yield chromium
    chromium.command("Page.removeScriptToEvaluateOnNewDocument", **added)


def look(page: Page, address: str, view: View) -> None:
    page.size(view.width, view.height)
    page.media(scheme=view.scheme)
    page.go(address)


def violations(page: Page, axe: str) -> list[Any]:
    """What axe-core finds, each with the elements it is about."""
    page.run(f"{axe}; 0")
    found: list[Any] = page.run(
        f"axe.run(document, {json.dumps(RULES)})"
        ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
    )
    return found


def overflow(page: Page) -> list[int]:
    """The width of the screen, and that of the page."""
    found: list[int] = page.run("(r => [r.clientWidth, r.scrollWidth])(document.documentElement)")
    return found


@pytest.mark.parametrize("site", ["example", "showcase"])
@pytest.mark.parametrize("view", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_is_accessible_steady_and_fits_the_screen(
    watched: Page, axe: str, request: pytest.FixtureRequest, site: str, view: View
) -> None:
    built: Built = request.getfixturevalue(site)
    assert len(built.pages) > len(list(built.folder.glob("*/index.html")))
    for name, address in built.pages.items():
        look(watched, address, view)
        assert violations(watched, axe) == [], name
        assert overflow(watched) == [view.width, view.width], f"{name} scrolls sideways"
        assert watched.run("shifts") == [], f"{name} moves while it is read"
        asked = [sent["request"]["url"] for sent in watched.events("Network.requestWillBeSent")]
        assert all(url.startswith(built.url) for url in asked), name
        ours = ["search.js"] if name == "search/index.html" else []
        assert watched.run(SCRIPTS) == ours, name


@pytest.mark.parametrize("name", ["everything", "arabic", "failing", "twenty"])
@pytest.mark.parametrize("view", OTHER, ids=["phone", "desktop", "tablet"])
def test_the_other_scheme_and_a_tablet_are_no_worse(
    watched: Page, axe: str, showcase: Built, name: str, view: View
) -> None:
    look(watched, showcase.post(name), view)
    assert violations(watched, axe) == []
    assert overflow(watched) == [view.width, view.width]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_an_open_proof_is_accessible_whatever_it_says(
    watched: Page, axe: str, showcase: Built, scheme: str, width: int
) -> None:
    for name in ("everything", "failing", "khmer"):
        look(watched, showcase.post(name), View(width, 900, scheme))
        for number in range(watched.run("document.querySelectorAll('.mark').length")):
            watched.run(f"document.querySelectorAll('.mark')[{number}].click()")
            assert watched.run("document.querySelectorAll('dialog:popover-open').length") == 1
            if number < 4:  # more of the same takes time and shows nothing new
                assert violations(watched, axe) == [], (name, number)


def test_a_post_of_twenty_quotations_and_notes_is_small(twenty: Built) -> None:
    page = (twenty.folder / "twenty" / "index.html").read_bytes()
    style = (twenty.folder / "style.css").read_bytes()
    assert page.count(b"<dialog") == page.count(b'role="doc-noteref"') == 20
    assert len(page) + len(style) <= BUDGET
    assert len(gzip.compress(page)) + len(gzip.compress(style)) <= SENT


def test_the_checks_see_a_bad_page(watched: Page, axe: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        '<!doctype html><html lang="en"><head><title>Bad</title></head>'
        '<body><main><h1>Bad</h1><img src="a.png"><div style="width:3000px">wide</div>'
        "<script>requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => "
        "document.querySelector('h1').style.marginTop = '300px', 50)))</script></main>",
        encoding="utf-8",
    )
    look(watched, bad.as_uri(), PHONE)
    watched.wait("shifts.length")
    assert "image-alt" in [name for name, _ in violations(watched, axe)]
    assert overflow(watched)[1] > PHONE.width
    asked = [sent["request"]["url"] for sent in watched.events("Network.requestWillBeSent")]
    assert bad.with_name("a.png").as_uri() in asked
