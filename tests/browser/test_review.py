"""The desk in a real browser: fifty quotations by keyboard alone, and nobody is shut out."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.desk import make_project
from tests.devtools import Page
from tests.reviewing import Desk, form, reviewing

from pubtool.model import Choice
from pubtool.pipeline.deciding import all_decisions

HEADING = "document.querySelector('h1').textContent.trim()"
READY = "document.readyState === 'complete' && document.querySelector('#foot')"
AT = "location.pathname + location.search"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of fifty quotations that was looked at before."""
    root = make_project(tmp_path_factory.mktemp("fifty") / "project")
    with reviewing(root) as desk:
        desk.settle()
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "project"))


@pytest.fixture
def desk(project: Path, browser: Page) -> Iterator[Desk]:
    with reviewing(project) as found:
        found.settle()
        browser.go(found.start)
        browser.wait(f"{READY} && location.pathname === '/' && !location.search")
        yield found
        browser.go("about:blank")


def press(browser: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    browser.run("window.left = 1")
    browser.press(key)
    browser.wait(f"!window.left && {READY}")


def tag(browser: Page) -> str:
    found = browser.run("document.querySelector('h1 .tag')?.textContent")
    return str(found or "")


def test_fifty_quotations_are_read_from_the_first_to_the_last_and_back(
    desk: Desk, browser: Page
) -> None:
    browser.go(f"{desk.home}/?show=all")
    seen = []
    for _ in range(50):
        press(browser, "j")
        seen.append(browser.run(AT))
        assert browser.run("document.querySelector('.here .passage').textContent.length > 20")
    assert len(set(seen)) == 50
    assert browser.run("document.querySelector('[rel=next]').textContent").startswith("To the list")
    for path in reversed(seen[:-1]):
        press(browser, "k")
        assert browser.run(AT) == path
    press(browser, "l")
    assert browser.run("location.pathname") == "/"


def test_all_that_waits_is_decided_by_keyboard_alone(
    desk: Desk, browser: Page, project: Path
) -> None:
    """Thirty of the fifty wait: each is mended, cited, waived or accepted, one step undone."""
    press(browser, "j")
    press(browser, "a")
    assert "Accepted" in browser.run("document.querySelector('#said').textContent")
    press(browser, "u")
    assert "Undone" in browser.run("document.querySelector('#said').textContent")
    verdicts = []
    while tag(browser):
        verdicts.append(decide(browser))
    assert len(verdicts) == 30
    assert browser.run(HEADING) == "Waiting for a decision"
    assert "Nothing waits" in browser.run("document.querySelector('main').textContent")
    choices = [standing.last.choice for standing in all_decisions(project) if standing.last]
    assert choices.count(Choice.WAIVE) == 5
    assert choices.count(Choice.ACCEPT) == 10
    posts = "".join(path.read_text("utf-8") for path in sorted((project / "posts").iterdir()))
    assert "peculiar" not in posts
    assert len(re.findall(r"never", posts)) == 5
    assert posts.count("[@") == 50


def decide(browser: Page) -> str:
    """Decide about the quotation that is shown, as an editor would; return its verdict."""
    verdict = tag(browser)
    said = str(browser.run("document.querySelector('main').textContent"))
    if verdict == "absent":
        press(browser, "w")
        browser.type("a letter of 3 May")
        press(browser, "Enter")
    elif "Q303" in said or "Q201" in said:
        press(browser, "c")
        browser.press("Enter")  # from the field to the sources: the likeliest is chosen
        press(browser, "Enter")
        assert tag(browser) == "adapted"
        press(browser, "j")
    elif "peculiar" in said:
        press(browser, "f")
        press(browser, "Enter")
        assert tag(browser) == "adapted"
        press(browser, "j")
    else:
        press(browser, "a")
    return verdict


# --- What is changed elsewhere ----------------------------------------------------------------


def test_words_that_are_changed_in_the_file_are_shown_and_said(
    desk: Desk, browser: Page, project: Path
) -> None:
    press(browser, "j")
    post = project / "posts" / "part-1.md"
    post.write_bytes(post.read_bytes().replace(b"peculiar", b"singular"))
    browser.wait("document.querySelector('.here')?.textContent.includes('singular')")
    browser.wait("document.querySelector('.changed')?.textContent.includes('have been changed')")
    browser.wait("document.querySelector('#said').textContent.includes('has changed')")
    post.write_bytes(post.read_bytes().replace(b"singular", b"patient"))
    browser.wait("document.querySelector('h1 .tag')?.textContent === 'adapted'")


def test_what_was_typed_stays_when_the_source_changes(
    desk: Desk, browser: Page, project: Path
) -> None:
    press(browser, "j")
    press(browser, "w")
    browser.type("as spoken on the")
    source = project / "sources" / "elder1895.txt"
    source.write_bytes(source.read_bytes().replace(b"patient captain", b"impatient captain"))
    browser.wait("document.querySelector('.there').textContent.includes('impatient')")
    browser.type(" 3rd")
    field = "document.querySelector('#reason')"
    assert browser.run(f"{field}.value") == "as spoken on the 3rd"
    assert browser.run(f"document.activeElement === {field}")


def test_another_editor_s_decision_is_seen_and_both_are_asked_about(
    desk: Desk, browser: Page, project: Path
) -> None:
    press(browser, "j")
    path = str(browser.run(AT))
    with reviewing(project) as other:
        other.settle()
        page = other.get(path).text
        browser.run("for (const id of ['top', 'main', 'foot']) document.getElementById(id).id = ''")
        # so that this page is not brought up to date before the key is pressed
        assert other.post("/accept", form(page, "accept")).status == 303
        press(browser, "a")
    assert "Two decisions" in browser.run("document.querySelector('#panel').textContent")
    assert browser.run("document.activeElement.closest('#panel') !== null")


def test_what_was_typed_survives_a_desk_that_is_started_again(
    desk: Desk, browser: Page, project: Path
) -> None:
    """Nothing is sent to a desk that is gone, and the new one takes what was typed for the old."""
    press(browser, "j")
    press(browser, "w")
    browser.type("a letter of 3 May")
    desk.process.kill()
    desk.process.wait(timeout=30)
    browser.wait("document.querySelector('#said').textContent.includes('closed')")
    browser.press("Enter")
    browser.wait("document.querySelector('#said').textContent.includes('Nothing was saved')")
    assert browser.run("document.querySelector('#reason').value") == "a letter of 3 May"
    with reviewing(project, port=desk.port) as again:
        again.settle()
        browser.run(f"fetch('{again.start}')")  # as another tab does that opens the new address
        browser.wait("document.querySelector('#said').textContent.trim() === ''")
        browser.wait(f"document.body.innerHTML.includes('{secret_of(again)}')")
        assert browser.run("document.querySelector('#reason').value") == "a letter of 3 May"
        press(browser, "Enter")
        [standing] = all_decisions(project)
        assert standing.last is not None
        assert standing.last.reason == "a letter of 3 May"


def secret_of(desk: Desk) -> str:
    return form(desk.get("/?do=keys").text, "name")["form"]


def test_in_a_long_quotation_what_differs_is_near_and_all_can_be_read(
    desk: Desk, browser: Page, project: Path
) -> None:
    source = (project / "sources" / "cedar1873.txt").read_text("utf-8")
    words = source.split()[:600]
    words[300] = "peculiar"
    text = f"---\ntitle: Long\n---\n\n> {' '.join(words)} [@cedar1873]\n"
    (project / "posts" / "a-long.md").write_text(text, "utf-8")
    browser.size(390, 844)
    browser.go(f"{desk.home}/?show=altered")
    browser.wait("document.querySelector('main').textContent.includes('Long')")
    press(browser, "j")
    ends = "document.querySelector('.here .passage ins').getBoundingClientRect().bottom"
    assert browser.run(ends) < 2 * 844
    shown = "document.querySelector('.here .passage').innerText.split(/\\s+/).length"
    assert browser.run(shown) < 250
    browser.run("for (const one of document.querySelectorAll('details.more')) one.open = true")
    assert browser.run(shown) > 600
    browser.size(1200, 800)


def test_a_desk_that_was_closed_says_so(desk: Desk, browser: Page) -> None:
    desk.process.terminate()
    desk.process.wait(timeout=30)
    browser.wait("document.querySelector('#said').textContent.includes('closed')")


# --- Everybody can use it ----------------------------------------------------------------------


def kinds_of_pages(desk: Desk) -> dict[str, str]:
    """One address of each kind of page, each verdict and each panel."""
    page = desk.get("/post/posts/part-1.md?show=all").text
    paths = list(dict.fromkeys(re.findall(r'href="(/quotation/[^"]+)"', page)))
    kinds = {
        name: paths[number]
        for number, name in enumerate(
            ("adapted", "2", "3", "4", "altered", "left out", "absent", "misattributed", "uncited")
        )
    }
    kinds |= {do: f"{paths[4]}&do={do}" for do in ("waive", "fix", "cite", "keys")}
    kinds |= {
        "list": "/?show=waiting",
        "all": "/?show=all",
        "filtered": "/?show=absent",
        "post": "/post/posts/part-1.md?show=all",
        "broken": "/post/posts/broken.md",
        "rule": "/rule/Q101",
        "pages": paths[5].replace("/quotation/", "/pages/"),
        "missing": "/nowhere",
        "gone": "/quotation/posts/part-1.md/q-0",
    }
    return {name: path for name, path in kinds.items() if not name.isdigit()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible(
    desk: Desk, browser: Page, project: Path, axe: str, scheme: str
) -> None:
    (project / "posts" / "broken.md").write_bytes(b"\xff")
    for path in kinds_of_pages(desk).values():
        desk.get(path)
    browser.media(scheme=scheme)
    browser.go(desk.start)
    browser.wait(f"{READY} && location.pathname === '/' && !location.search")
    for name, path in kinds_of_pages(desk).items():
        browser.size(1440, 900)
        browser.go(f"{desk.home}{path}")
        if name == "left out":
            browser.wait("document.querySelector('#pictures svg')")
        browser.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
        browser.run(axe)
        for width in (1440, 390):
            browser.size(width, 900)
            found = browser.run("axe.run({resultTypes: ['violations']})")["violations"]
            assert not found, (name, width, json.dumps(found, indent=1)[:3000])
            wide = browser.run("document.documentElement.scrollWidth")
            assert wide <= width, (name, width)


def test_tab_reaches_everything_and_shows_where_it_is(desk: Desk, browser: Page) -> None:
    press(browser, "j")
    wanted = browser.run("[...document.querySelectorAll('a[href], button, summary')].length")
    reached = set()
    for _ in range(wanted + 3):
        browser.press("Tab")
        outlined = browser.run(
            "(e => e === document.body || getComputedStyle(e).outlineStyle !== 'none')"
            "(document.activeElement)"
        )
        assert outlined
        reached.add(browser.run("document.activeElement.outerHTML"))
    assert len(reached) >= wanted


def test_single_keys_can_be_turned_off(desk: Desk, browser: Page) -> None:
    press(browser, "?")
    browser.run("document.querySelector('#singles').click()")
    at = browser.run(AT)
    browser.press("j")
    browser.press("a")
    assert browser.run(AT) == at
    browser.run("document.querySelector('#singles').click()")
    press(browser, "Escape")
    press(browser, "j")
    assert tag(browser) == "altered"


# --- Nobody else can ---------------------------------------------------------------------------


class Elsewhere(SimpleHTTPRequestHandler):
    """Another site of this machine, which the browser has open too."""

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output to itself."""


def test_a_page_of_another_port_can_neither_read_nor_write(
    desk: Desk, browser: Page, project: Path, tmp_path: Path
) -> None:
    page = desk.get(desk.get("/").text.split('data-key="j Enter" href="')[1].split('"')[0]).text
    secret = re.findall(r'name="form" value="([^"]+)"', page)[0]
    hidden = "".join(
        f'<input name="{name}" value="{value}">'
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    )
    evil = tmp_path / "evil"
    evil.mkdir()
    (evil / "index.html").write_text(
        f'<form id="f" method="post" action="{desk.home}/accept">{hidden}</form>'
        f'<iframe id="i" src="{desk.home}/"></iframe><p>evil {secret}</p>',
        encoding="utf-8",
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Elsewhere, directory=str(evil))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser.go(f"http://127.0.0.1:{server.server_port}/index.html")
        asked = f"fetch('{desk.home}/', {{credentials: 'include'}}).then(() => 'read', () => 'no')"
        assert browser.run(asked) == "no"
        assert not browser.run("document.querySelector('#i').contentDocument?.body?.textContent")
        browser.submit("document.querySelector('#f').submit()")
        assert "no other site" in browser.run("document.body.textContent")
        server.shutdown()
    assert not all_decisions(project)
