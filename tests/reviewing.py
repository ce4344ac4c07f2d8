"""A running `pubtool review`, and a client that has its key."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

FORM = re.compile(r'<form method="post" action="/(\w+)".*?</form>', re.DOTALL)
FIELD = re.compile(r'<input[^>]*? name="([^"]*)"(?:[^>]*? value="([^"]*)")?[^>]*>')


class Got(NamedTuple):
    """An answer."""

    status: int
    headers: dict[str, str]
    text: str


class Desk:
    """A running `pubtool review`."""

    def __init__(self, process: subprocess.Popen[str], start: str) -> None:
        self.process = process
        self.start = start
        self.port = int(re.findall(r":(\d+)/", start)[0])
        self.home = f"http://127.0.0.1:{self.port}"
        self.cookie = ""

    def enter(self) -> None:
        """Open the start address, and keep the cookie."""
        got = self.ask("GET", self.start.removeprefix(self.home))
        assert got.status == 200
        self.cookie = got.headers["set-cookie"].split(";")[0]

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Got:
        """Ask just what is given."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body or None, given)
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.headers.items()}
            return Got(answer.status, names, answer.read().decode())

    def get(self, path: str, **headers: str) -> Got:
        """Ask for a page as the editor's browser does."""
        return self.ask("GET", path, **{"Cookie": self.cookie, **headers})

    def post(self, path: str, fields: Mapping[str, object], **headers: str) -> Got:
        """Send a form as the editor's browser does."""
        given = {
            "Cookie": self.cookie,
            "Origin": self.home,
            "Sec_Fetch_Site": "same-origin",
            "Content_Type": "application/x-www-form-urlencoded",
        }
        return self.ask("POST", path, urlencode(fields, doseq=True), **{**given, **headers})

    def items(self, show: str = "all") -> list[str]:
        """Return the addresses of all quotations of a filter, in order, following the pages."""
        self.settle()
        found = re.search(r'href="(/quotation/[^"]+)"[^>]*>Begin', self.get(f"/?show={show}").text)
        path, paths = unescape(found[1]) if found else "", list[str]()
        while path:
            paths.append(path)
            behind = re.search(r'rel="next"[^>]*href="(/quotation/[^"]+)"', self.get(path).text)
            path = unescape(behind[1]) if behind else ""
        return paths

    def settle(self) -> None:
        """Wait until every post is checked."""
        while "still being checked" in self.get("/?show=all").text:
            pass


def form(page: str, action: str, number: int = 0) -> dict[str, str]:
    """Return the fields of a page's form, as a browser would send them but for what is chosen."""
    forms = [found[0] for found in FORM.finditer(page) if found[1] == action]
    fields = [found.groups() for found in FIELD.finditer(forms[number])]
    return {unescape(name): unescape(value or "") for name, value in fields}


@contextmanager
def reviewing(project: Path, *options: str, port: int = 0) -> Iterator[Desk]:
    """Start `pubtool review`, on any port unless one is named, enter it, and end it."""
    command = (sys.executable, "-m", "pubtool", "--project", str(project), "review", *options)
    process = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/\?key=\S+", said)
        assert found, said + process.stderr.read()
        desk = Desk(process, found[0])
        desk.enter()
        yield desk
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
