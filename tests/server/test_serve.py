"""serve: a browser of this machine sees what is saved, and nobody else sees anything."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.devtools import Page
from tests.server.conftest import POST

AXE = Path(__file__).parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"


def until(browser: Page, condition: str) -> None:
    """Wait until an expression is true in the page, which may be loading anew meanwhile."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(AssertionError):
            if browser.run(f"Boolean(document.body && ({condition}))"):
                return
        time.sleep(0.05)
    pytest.fail(f"never true: {condition}")


SETTLED = """document.querySelector('#Preview-counts')?.textContent.includes('post')
&& !document.querySelector('#Preview-counts').textContent.includes('still')"""


class Got(NamedTuple):
    """An answer."""

    status: int
    headers: dict[str, str]
    data: bytes


class Served:
    """A running `pubtool serve`."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> Got:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=given)
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.headers.items()}
            return Got(answer.status, names, answer.read())

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=30)
        return said


@contextmanager
def serving(project: Path, *options: str) -> Iterator[Served]:
    command = (sys.executable, "-m", "pubtool", "--project", str(project), "serve", *options)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/-/", said)
        assert found, said + process.stderr.read()
        yield Served(process, int(found[1]))
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


@pytest.fixture
def served(project: Path) -> Iterator[Served]:
    with serving(project, "--port", "0") as found:
        yield found


def test_the_host_must_be_this_machine(served: Served) -> None:
    assert served.get("/").status == 200
    assert served.get("/", Host=f"localhost:{served.port}").status == 200
    for name in ("evil.example", f"evil.example:{served.port}", f"127.0.0.1:{served.port + 1}", ""):
        answer = served.get("/", Host=name)
        assert answer.status == 421, name
        assert b"On care" not in answer.data


def test_another_site_s_page_gets_nothing(served: Served) -> None:
    for mode in ("no-cors", "cors"):
        answer = served.get("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode=mode)
        assert answer.status == 403
    answer = served.get("/on-care/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")
    assert answer.status == 200
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_it_is_only_read(served: Served) -> None:
    assert served.get("/", method="POST").status == 405
    assert served.get("/", method="HEAD").status == 200


@pytest.mark.parametrize(
    "path", ["/../pubtool.toml", "/%2e%2e/pubtool.toml", "/on-care/..%2f..%2fpubtool.toml",
             "/-/..%2fapp.py", "/-/app.py", "/posts/on-care.md", "/%00"],
)  # fmt: skip
def test_no_address_leads_to_a_file(served: Served, path: str) -> None:
    answer = served.get(path)
    assert answer.status == 404
    assert b"[site]" not in answer.data


def test_it_waits_on_this_machine_s_own_address_alone(served: Served) -> None:
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)}
    for address in others - {"127.0.0.1", "::1"}:
        with (
            pytest.raises((ConnectionError, TimeoutError)),
            socket.create_connection((str(address), served.port), 2),
        ):
            pytest.fail(f"{address} is reached")


def test_a_port_that_is_taken_is_said_in_a_sentence(served: Served, project: Path) -> None:
    command = (sys.executable, "-m", "pubtool", "--project", str(project), "serve")
    done = subprocess.run(
        [*command, "--port", str(served.port)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert f"port {served.port}" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_previews_of_one_project_get_along(served: Served, project: Path) -> None:
    with serving(project, "--port", "0") as other:
        assert served.get("/on-care/").data == other.get("/on-care/").data


def test_an_interrupt_ends_it_at_once_though_a_browser_listens(served: Served) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)) as connection:
        connection.request("GET", "/-/events")
        answer = connection.getresponse()
        assert answer.readline().startswith(b"data:")
        begin = time.monotonic()
        said = served.stop()
        answer.close()
    assert said == ""
    assert served.process.returncode == 0
    assert time.monotonic() - begin < 10


def test_the_state_tells_how_far_it_is(served: Served) -> None:
    served.get("/on-care/")
    state = json.loads(served.get("/-/state?at=/on-care/").data)
    assert (state["posts"], state["waiting"], state["quotations"]) == (1, 0, 1)
    assert state["page"] == json.loads(served.get("/-/state?at=on-care/").data)["page"]


@pytest.mark.parametrize("at", ["on-care/", "-/", "nowhere/"])
def test_a_page_knows_its_own_fingerprint(at: str, served: Served, project: Path) -> None:
    """A file that is saved before a page has first asked must not be missed."""
    for text in (POST.encode(), b"\xff"):
        (project / "posts" / "on-care.md").write_bytes(text)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            page = re.findall('data-page="([^"]+)"', served.get(f"/{at}").data.decode())
            state = json.loads(served.get(f"/-/state?at=/{at}").data)["page"]
            if page == [state]:
                break
        assert page == [state]


def test_the_browser_shows_what_is_saved(served: Served, project: Path, browser: Page) -> None:
    post = project / "posts" / "on-care.md"
    browser.go(f"{served.url}/on-care/")
    until(browser, "document.querySelector('.preview-remarks li.passes')")
    until(browser, "document.querySelector('#Preview-counts').textContent.includes('1 quotation')")
    post.write_text(POST.replace("our own good", "our own delight"), encoding="utf-8")
    until(browser, "document.querySelector('.preview-remarks li.fails')")
    said = browser.run("document.querySelector('.preview-remarks').textContent")
    assert "“delight”" in said
    assert "“good”" in said
    post.write_bytes(b"\xff")
    until(browser, "document.querySelector('.preview-fault')?.textContent.includes('UTF-8')")
    post.write_text(POST, encoding="utf-8")
    until(browser, "document.querySelector('.preview-remarks li.passes')")


def test_the_place_on_the_page_is_kept(served: Served, project: Path, browser: Page) -> None:
    post = project / "posts" / "on-care.md"
    long = POST + "\n".join(f"\nParagraph {number}.\n" for number in range(200))
    post.write_text(long, encoding="utf-8")
    browser.go(f"{served.url}/on-care/")
    until(browser, "document.body.textContent.includes('Paragraph 199')")
    browser.run("scrollTo(0, 2345)")
    post.write_text(long.replace("Paragraph 150.", "Something else."), encoding="utf-8")
    until(browser, "document.body.textContent.includes('Something else')")
    until(browser, "Math.abs(scrollY - 2345) < 2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_preview_is_accessible(
    served: Served, project: Path, browser: Page, scheme: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed")
    wrong = POST.replace("our own good", "our own delight")
    (project / "posts" / "wrong.md").write_text(wrong, encoding="utf-8")
    (project / "posts" / "broken.md").write_bytes(b"\xff")
    browser.media(scheme=scheme)
    for width in (390, 1600):
        browser.size(width, 900)
        for path in ("/-/", "/wrong/", "/broken/", "/nowhere/"):
            browser.go(f"{served.url}{path}")
            until(browser, SETTLED)
            browser.run(AXE.read_text(encoding="utf-8"))
            found = browser.run("axe.run({resultTypes: ['violations']})")["violations"]
            assert not found, (path, width, json.dumps(found, indent=1)[:3000])
            wide = browser.run("document.documentElement.scrollWidth")
            assert wide <= width, (path, width)


def test_remarks_stand_beside_their_paragraph_where_there_is_room(
    served: Served, browser: Page
) -> None:
    beside = "document.querySelector('.preview-remarks').matches('.beside')"
    browser.size(1600, 900)
    browser.go(f"{served.url}/on-care/")
    until(browser, beside)
    tops = browser.run(
        "[...document.querySelectorAll('.text p, .preview-remarks')].slice(0, 2)"
        ".map(e => e.getBoundingClientRect().top)"
    )
    assert abs(tops[0] - tops[1]) < 2
    browser.size(390, 844)
    until(browser, f"!{beside}")


def test_a_post_s_own_script_runs_no_more_than_on_its_page(
    served: Served, project: Path, browser: Page
) -> None:
    hostile = POST + "\n<script>window.ran = 1</script>\n<img src=x onerror='window.ran = 1'>\n"
    (project / "posts" / "hostile.md").write_text(hostile, encoding="utf-8")
    browser.go(f"{served.url}/-/")
    until(browser, "document.body.textContent.includes('hostile')")
    browser.go(f"{served.url}/hostile/")
    until(browser, SETTLED)
    assert browser.run("window.ran ?? 'not'") == "not"


def test_at_rest_it_does_next_to_nothing(served: Served) -> None:
    served.get("/on-care/")
    time.sleep(1)
    before = spent(served.process.pid)
    time.sleep(3)
    assert spent(served.process.pid) - before < 0.3


def spent(pid: int) -> float:
    """The CPU seconds of a process."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        pytest.skip("no /proc on this system")
    fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
