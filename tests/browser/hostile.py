"""A browser that is led over hostile pages, does all that a reader could do, and tells what ran."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.devtools import Page

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

WATCH = """
window.pwned = 0;
window.violations = [];
document.addEventListener("securitypolicyviolation", e => violations.push(
  `${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = () => { pwned = 1; };
"""
"""Run before a page's own scripts would be."""

EVENTS = (
    "click dblclick mousedown mouseup mouseover mouseenter mouseout mousemove contextmenu "
    "wheel pointerdown pointerup pointerover pointerenter pointermove touchstart touchend "
    "keydown keypress keyup input beforeinput change invalid select submit reset focus "
    "focusin blur copy cut paste drag dragstart dragend drop toggle beforetoggle close cancel "
    "animationstart animationend transitionend transitionrun scroll scrollend load error "
    "begin start finish message popstate hashchange pageshow resize "
    "contentvisibilityautostatechange "
).split()

USE = """
(async () => {
  const stay = e => {
    const link = e.target.closest && e.target.closest("a[href], area[href]");
    if (link && /^(https?|mailto|tel):/.test(link.href)) e.preventDefault();
  };
  addEventListener("click", stay, true);
  for (const element of document.querySelectorAll("*")) {
    if (element.focus) element.focus();
    if (element.showPopover) try { element.showPopover(); } catch {}
    for (const name of EVENTS) {
      const kind = name === "click" ? MouseEvent : name.startsWith("key") ? KeyboardEvent : Event;
      element.dispatchEvent(new kind(name, {bubbles: false, cancelable: true, key: "Enter"}));
    }
    if (element.matches("a, area, button, input, summary, label, option") && element.click)
      element.click();
  }
  for (const name of EVENTS)
    for (const all of [window, document]) all.dispatchEvent(new Event(name));
  await new Promise(done => setTimeout(done, PATIENCE));
  return {
    ran: Boolean(window.pwned),
    violations: window.violations,
    text: document.body.innerText,
    base: document.baseURI === location.href.split("#")[0],
    shown: getComputedStyle(document.querySelector("main")).display !== "none",
  };
})()
""".replace("EVENTS", json.dumps(EVENTS))
"""All that a reader could do, in one go; links that only lead elsewhere are not followed."""


@dataclass(frozen=True)
class Seen:
    """What came of one page."""

    ran: bool
    """Whether a script of the author's was run."""
    asked: tuple[str, ...]
    """The addresses elsewhere that were asked."""
    violations: tuple[str, ...]
    """What the page's policy had to stop."""
    text: str
    """The words that a reader sees."""
    base: bool
    """Whether relative addresses lead where they should."""
    shown: bool


class Visitor:
    """Leads a browser from page to page of one site."""

    def __init__(self, browser: Page, address: str) -> None:
        self._browser = browser
        self._address = address
        browser.command("Page.addScriptToEvaluateOnNewDocument", source=WATCH)

    def visit(self, path: str, patience: int = 20) -> Seen:
        """Open a page, use all of it, and return what was seen; `patience` in milliseconds."""
        self._browser.told.clear()
        try:
            self._browser.go(f"{self._address}/{path}")
            found: dict[str, Any] = self._browser.run(USE.replace("PATIENCE", str(patience)))
        except AssertionError:  # the page led the browser away
            found = {"ran": True, "violations": [], "text": "", "base": False, "shown": False}
        asked = [
            said["params"]["request"]["url"]
            for said in self._browser.told
            if said["method"] == "Network.requestWillBeSent"
        ]
        return Seen(
            found["ran"],
            tuple(url for url in asked if not url.startswith((self._address, "data:", "about:"))),
            tuple(found["violations"]),
            found["text"],
            found["base"],
            found["shown"],
        )


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder; below ``/bare/`` without the pages' policy."""

    def do_GET(self) -> None:
        bare = self.path.startswith("/bare/")
        self.path = self.path.removeprefix("/bare")
        file = Path(self.translate_path(self.path))
        if not (bare and file.suffix == ".html" and file.is_file()):
            super().do_GET()
            return
        page = POLICY.sub("", file.read_text(encoding="utf-8")).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Yield the address of a folder on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        time.sleep(0)
