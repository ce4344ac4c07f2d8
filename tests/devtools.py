"""A headless Chromium, told what to do over two pipes by the DevTools protocol.

Nothing but the browser is needed, and it ends when the pipes close, however this process ends.
"""

from __future__ import annotations

import base64
import fcntl
import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--remote-debugging-pipe",
)
LAUNCHER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""The browser reads its commands from 3 and answers on 4; both are free only in a new process."""
PATIENCE = 60
"""Seconds for one command or one page."""


KEYS = {"Enter": 13, "Tab": 9, "Escape": 27, " ": 32, "ArrowRight": 39}
"""Keys and the numbers that Windows has for them, by which the browser knows them."""

Event = dict[str, Any]


class NoBrowser(Exception):
    """There is no browser on this machine."""


class Navigated(AssertionError):
    """The page went elsewhere while it was asked something."""


class Page:
    """The one page of a browser."""

    def __init__(self, receive: int, send: int) -> None:
        self._receive = receive
        self._send = send
        self._numbers = itertools.count(1)
        self._buffer = b""
        self.told: list[Event] = []
        """What the browser told of itself; whoever reads it clears it before."""
        self._session = ""
        opened = self.command("Target.createTarget", url="about:blank")["targetId"]
        attached = self.command("Target.attachToTarget", targetId=opened, flatten=True)
        self._session = attached["sessionId"]
        self.command("Page.enable")
        self.command("Network.enable")
        self.size(1280, 900)

    def command(self, method: str, **parameters: Any) -> Any:
        """Return the result of a command of the protocol; fails the test where it is refused."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._send, data) :]
        while True:
            said = self._next()
            if said.get("id") == number:
                if "navigated" in str(said.get("error")):
                    raise Navigated(method)
                assert "error" not in said, f"{method}: {said['error']}"
                return said["result"]

    def _next(self) -> dict[str, Any]:
        """Return the next message, noting it where it is an event."""
        deadline = time.monotonic() + PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._receive], [], [], deadline - time.monotonic())
            assert ready, "the browser does not answer"
            read = os.read(self._receive, 1 << 20)
            assert read, "the browser has gone"
            self._buffer += read
        line, self._buffer = self._buffer.split(b"\0", 1)
        said: dict[str, Any] = json.loads(line)
        if "method" in said:
            self.told.append(said)
        return said

    def size(self, width: int, height: int, scale: float = 1) -> None:
        """Set the window's size in CSS pixels, and how many of a picture's go to one."""
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height,
                     deviceScaleFactor=scale, mobile=False)  # fmt: skip

    def media(self, *, scheme: str = "light", kind: str = "", colours: str = "none") -> None:
        """Set what style sheets are told: the scheme, the medium, colours that the user forces.

        Nothing moves, so that what is seen is what stays.
        """
        told = {
            "prefers-color-scheme": scheme,
            "prefers-reduced-motion": "reduce",
            "forced-colors": colours,
        }
        features = [{"name": name, "value": value} for name, value in told.items()]
        self.command("Emulation.setEmulatedMedia", media=kind, features=features)

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key as a person does."""
        number = KEYS.get(key) or ord(key.upper())
        pressed = {"key": key, "code": key, "windowsVirtualKeyCode": number,
                   "modifiers": 8 if shift else 0}  # fmt: skip
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        down = {**pressed, "text": text} if text else pressed
        self.command("Input.dispatchKeyEvent", type="keyDown", **down)
        self.command("Input.dispatchKeyEvent", type="keyUp", **pressed)

    def type(self, text: str) -> None:
        """Press the keys of a text, one after the other."""
        for character in text:
            self.press(character)

    def tap(self, selector: str) -> None:
        """Touch the middle of an element, once it is in view."""
        x, y = self._middle(selector)
        points = [{"x": x, "y": y}]
        self.command("Input.dispatchTouchEvent", type="touchStart", touchPoints=points)
        self.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def click(self, selector: str) -> None:
        """Press the mouse's button on the middle of an element, once it is in view."""
        x, y = self._middle(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.command("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left",
                         clickCount=1)  # fmt: skip

    def _middle(self, selector: str) -> tuple[float, float]:
        box = self.run(
            f"(e => (e.scrollIntoView({{block: 'center'}}), e.getBoundingClientRect().toJSON()))"
            f"(document.querySelector({json.dumps(selector)}))"
        )
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def go(self, address: str) -> None:
        """Open an address and wait until it is loaded."""
        self.told.clear()
        went = self.command("Page.navigate", url=address)
        assert "errorText" not in went, f"{address}: {went['errorText']}"
        self._loaded()

    def _loaded(self) -> None:
        while not self.events("Page.loadEventFired"):
            self._next()

    def events(self, method: str) -> list[Any]:
        """Return the parameters of the events of a kind since the page was asked for."""
        return [said["params"] for said in self.told if said["method"] == method]

    def submit(self, script: str) -> None:
        """Run a script that leads to another page, and wait until that is loaded."""
        self.told.clear()
        self.run(script)
        self._loaded()

    def run(self, script: str) -> Any:
        """Return what an expression gives in the page, as JSON; a promise is waited for."""
        done = self.command(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression is true in the page, or in one that follows it."""
        deadline = time.monotonic() + PATIENCE
        while not self._holds(condition):
            assert time.monotonic() < deadline, f"never true: {condition}"
            time.sleep(0.05)

    def _holds(self, condition: str) -> bool:
        try:
            return bool(self.run(f"Boolean({condition})"))
        except Navigated:
            return False

    def fresh(self) -> None:
        """Be as at the beginning: nothing open, a desktop's window, no cookies."""
        self.go("about:blank")
        self.command("Network.clearBrowserCookies")
        self.command("Emulation.setEmulatedMedia", media="", features=[])
        self.size(1280, 900)

    def picture(self, path: Path) -> None:
        """Write what the window shows, as PNG."""
        taken = self.command("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(taken["data"]))


@contextmanager
def browsing(profile: Path) -> Iterator[Page]:
    """Yield a page of a new browser that keeps its files in a folder.

    Raises NoBrowser where there is none.
    """
    found = os.environ.get("PUBTOOL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NoBrowser
    commands, send = os.pipe()
    receive, answers = os.pipe()
    places = [str(fcntl.fcntl(end, fcntl.F_DUPFD, 10)) for end in (commands, answers)]
    os.close(commands)
    os.close(answers)
    commands, answers = map(int, places)
    with (profile / "browser.log").open("w") as log:
        browser = subprocess.Popen(
            [
                sys.executable,
                "-c",
                LAUNCHER,
                *places,
                found,
                *OPTIONS,
                f"--user-data-dir={profile}",
            ],
            pass_fds=(commands, answers),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    os.close(commands)
    os.close(answers)
    try:
        yield Page(receive, send)
    finally:
        os.close(send)
        os.close(receive)
        try:
            browser.wait(timeout=10)
        except subprocess.TimeoutExpired:
            browser.kill()
            browser.wait()
