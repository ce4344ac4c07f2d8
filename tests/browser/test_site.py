"""The site round the posts in a real browser: accessible, and searched without a server."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.devtools import Page
from tests.writers.test_search import FOLDED

from pubtool.writers.search import split_words

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "index.html",
    "page/1/index.html",
    "archive/index.html",
    "archive/2024/index.html",
    "tags/index.html",
    "tags/lamps/index.html",
    "categories/index.html",
    "authors/b/index.html",
    "series/index.html",
    "series/letters/index.html",
    "search/index.html",
    "p00/index.html",
    "404.html",
    "old.html",
)
"""One of each kind."""
SHOWN = "document.getElementById('Search').checkVisibility({visibilityProperty: true})"
WORDS = "harbour keeper signal fog horn".split()
POSTS = 45


def front(number: int) -> str:
    """The head of a post."""
    lines = [
        "---",
        f"title: Post {number} of the {WORDS[number % 5]}",
        f"date: {2024 + number % 3}-05-{1 + number % 28:02}",
        "status: publish",
        "tags: [lamps]" if number % 2 else "tags: [Öl, lamps]",
        "categories: [Essays]",
        f"author: {'AB'[number % 2]}",
    ]
    lines += ["aliases: [old.html]", "series: Letters"] if number == 0 else []
    return "\n".join([*lines, "---", "", ""])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of many posts with a search page."""
    project = tmp_path_factory.mktemp("site")
    (project / "posts").mkdir()
    (project / "references.bib").write_text("", encoding="utf-8")
    settings = '[site]\ntitle = "Lights"\nurl = "https://example.org"\nsearch = true\n'
    (project / "pubtool.toml").write_text(settings, encoding="utf-8")
    for number in range(POSTS):
        text = f"{front(number)}The tower of number {number}.\n"
        if number == 7:
            text += "\nAn Œuvre of the Straße, <b>bold</b>, 日本語.\n"
        (project / "posts" / f"p{number:02}.md").write_text(text, encoding="utf-8")
    build = (sys.executable, "-m", "pubtool", "--project", str(project), "build", "--to", "html")
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "public"


@pytest.fixture(scope="module")
def page(chromium: Page) -> Page:
    chromium.fresh()
    return chromium


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    """The address of the site on a server of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def open_page(page: Page, base: str, name: str) -> None:
    page.go(base + name)
    if name == "old.html":  # stay where it leads
        page.wait("document.title.includes('Post 0') && document.readyState === 'complete'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_kind_of_page_is_accessible(page: Page, server: str, scheme: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip("no axe-core; tests/system-needs.sh installs it where it can")
    page.media(scheme=scheme)
    page.size(width, 900)
    for name in PAGES:
        open_page(page, server, name)
        if name.startswith("search"):
            search(page, "tower")
        page.run(AXE.read_text(encoding="utf-8") + ";0")
        found = page.run(
            "axe.run(document, {resultTypes: ['violations']})"
            ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
        )
        assert found == [], name
        assert page.run("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways"


def search(page: Page, text: str) -> list[str]:
    """Type into the field; return the titles that are shown."""
    page.run("document.getElementById('Count').textContent = ''")
    page.run(
        f"document.getElementById('Query').value = {text!r};"
        "document.getElementById('Query').dispatchEvent(new Event('input'))"
    )
    page.wait("document.getElementById('Count').textContent")
    wanted = "Math.min(parseInt(document.getElementById('Count').textContent) || 0, 20)"
    page.wait(f"document.querySelectorAll('#Results li').length === {wanted}")
    titles = page.run("[...document.querySelectorAll('#Results a')].map(a => a.textContent)")
    return list(titles)


def count(page: Page) -> str:
    return str(page.run("document.getElementById('Count').textContent"))


@pytest.mark.parametrize("place", ["a server", "a disk"])
def test_a_search_finds_posts(page: Page, site: Path, server: str, place: str) -> None:
    page.go((server if place == "a server" else f"{site.as_uri()}/") + "search/index.html")
    assert search(page, "strasse oeuvre") == ["Post 7 of the signal"]
    assert count(page) == "1 post found."
    assert page.run("document.querySelector('#Results b')") is None
    assert search(page, "日本") == ["Post 7 of the signal"]
    assert search(page, "語") == ["Post 7 of the signal"]
    assert len(search(page, "harb")) == 9
    assert search(page, "harbour tower 20") == ["Post 20 of the harbour"]
    assert search(page, "ol") == search(page, "ÖL")
    assert search(page, "nonesuch") == []
    assert count(page) == "No post has these words."
    page.run("document.querySelector('#Results a') && 0")
    assert search(page, "harbour 20")[0] == "Post 20 of the harbour"
    page.submit("document.querySelector('#Results a').click()")
    assert page.run("document.querySelector('h1').textContent") == "Post 20 of the harbour"


def test_a_search_is_used_by_the_keyboard(page: Page, server: str) -> None:
    page.go(f"{server}search/index.html")
    assert len(search(page, "tower")) == 20
    assert count(page) == f"{POSTS} posts found."
    page.run("document.getElementById('More').focus()")
    page.press("Enter")
    page.wait("document.querySelectorAll('#Results li').length === 40")
    assert (
        page.run("[...document.querySelectorAll('#Results a')].indexOf(document.activeElement)")
        == 20
    )
    page.run("document.getElementById('Query').focus()")
    page.press("Enter")
    page.wait("document.querySelectorAll('#Results li').length === 20")
    assert page.run("location.search") == "?q=tower"


def test_an_address_can_hold_a_search(page: Page, server: str) -> None:
    page.go(f"{server}search/index.html?q=stra%C3%9Fe")
    page.wait("document.querySelectorAll('#Results li').length === 1")


def test_a_screen_reader_is_told(page: Page, server: str) -> None:
    page.go(f"{server}search/index.html")
    search(page, "tower")
    tree = page.command("Accessibility.getFullAXTree")["nodes"]
    told = {(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree}
    assert ("searchbox", "Words to look for") in told
    assert any(role == "search" for role, _ in told)
    assert any(role == "status" for role, _ in told)


def test_without_a_script_the_years_are_there(page: Page, server: str) -> None:
    page.command("Emulation.setScriptExecutionDisabled", value=True)
    page.go(f"{server}search/index.html")
    page.command("Emulation.setScriptExecutionDisabled", value=False)
    assert page.run(SHOWN) is False
    assert page.run("document.querySelectorAll('.terms a').length") == 3


def test_script_and_index_cut_words_alike(page: Page, server: str) -> None:
    page.go(f"{server}search/index.html")
    for text, _ in FOLDED:
        indexed = set(split_words(text))
        asked = set(page.run(f"pubtool.splitWords({text!r})"))
        assert asked <= indexed, text
        # the last sign of solid writing is indexed besides, so that it is found alone
        assert all(len(word) == 1 for word in indexed - asked), text


def test_a_search_loads_little(page: Page, site: Path, server: str) -> None:
    page.command("Network.enable")
    page.go(f"{server}search/index.html")
    search(page, "signal")
    loaded = page.run("performance.getEntriesByType('resource').map(e => e.name)")
    sizes = [site / name.removeprefix(server) for name in loaded]
    assert sum(path.stat().st_size for path in sizes) < 120_000
