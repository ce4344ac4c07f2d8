"""A real HTTP server on loopback that answers as badly as it is told to."""

from __future__ import annotations

import gzip
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Route = Callable[["Handler"], None]


@dataclass
class Site:
    """What a server answers, by path, and what it was asked."""

    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Paths with their headers, in order; headers by lower-case name."""
    port: int = 0
    scheme: str = "http"
    stopping: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.site.asked.append((self.path, headers))
        path = self.path.partition("?")[0]
        route = self.site.routes.get(self.path) or self.site.routes.get(path) or answer(b"", 404)
        with suppress(OSError):  # who asked may hang up
            route(self)
        self.close_connection = True

    def do_CONNECT(self) -> None:
        self.site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        self.site.routes.get("CONNECT", answer(b"", 403))(self)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no news."""


@contextmanager
def serve(
    routes: dict[str, Route] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    site = Site(dict(routes or {}))
    with running(site, Handler, tls):
        yield site


@contextmanager
def running(
    site: Site, handler: type[Handler], tls: ssl.SSLContext | None = None
) -> Iterator[None]:
    """Serve a site on a free port, by a handler of its kind."""
    server = _Server(("127.0.0.1", 0), type("Bound", (handler,), {"site": site}))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        site.scheme = "https"
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        site.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def answer(
    body: bytes | str, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str
) -> Route:
    """A plain answer; headers are given with underscores, as in ``Retry_After="3"``."""
    data = body.encode() if isinstance(body, str) else body

    def route(handler: Handler) -> None:
        handler.send_response(status)
        sent = {"Content-Type": kind, "Content-Length": str(len(data)), **headers}
        for name, value in sent.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return route


def redirect(location: str, status: int = 302) -> Route:
    return answer(b"", status, Location=location)


def in_turn(*routes: Route) -> Route:
    """One route after the other, the last one for ever."""
    left = list(routes)

    def route(handler: Handler) -> None:
        now = left.pop(0) if len(left) > 1 else left[0]
        now(handler)

    return route


def data(value: object, kind: str) -> Route:
    return answer(json.dumps(value), kind=kind)


def raw(*parts: bytes, pause: float = 0.0, hang: bool = False) -> Route:
    """Bytes as they are, with a pause before each; then the line is cut, or left hanging."""

    def route(handler: Handler) -> None:
        for part in parts:
            if handler.site.stopping.wait(pause):
                return
            handler.raw(part)
        if hang:
            handler.site.stopping.wait(20)

    return route


def drip(head: bytes, seconds: float = 20.0) -> Route:
    """A byte now and then, for longer than anybody should wait."""

    def route(handler: Handler) -> None:
        handler.raw(head)
        for _ in range(int(seconds / 0.05)):
            if handler.site.stopping.wait(0.05):
                return
            handler.raw(b"x")

    return route


def endless(head: bytes, limit: int = 50_000_000) -> Route:
    def route(handler: Handler) -> None:
        handler.raw(head)
        for _ in range(limit // 65_536):
            handler.raw(b"x" * 65_536)

    return route


def bomb(megabytes: int) -> bytes:
    return gzip.compress(b"\0" * 1_000_000 * megabytes, mtime=0)
