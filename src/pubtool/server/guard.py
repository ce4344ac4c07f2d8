"""Who is answered: this machine's own browser, on a page of ours.

A page elsewhere can send a browser to 127.0.0.1 by its own host name (DNS rebinding), or show what
it finds there inside itself. So the host that was asked for must be this machine's name with our
port; requests that another site's page makes are refused; and answers say that none may hold them.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


Refusal = Callable[[Scope], ASGIApp | None]
"""Says how a request to our own address is refused; None where it is not."""


def only_read(scope: Scope) -> ASGIApp | None:
    """Refuse whatever is no reading, and what another site's page asks for."""
    if scope["method"] not in ("GET", "HEAD"):
        return PlainTextResponse("a preview is only read", 405, {"Allow": "GET, HEAD"})
    headers = Headers(scope=scope)
    if not from_here(headers) and headers.get("sec-fetch-mode") != "navigate":
        return PlainTextResponse("no other site's page may read this", 403)
    return None


def from_here(headers: Headers) -> bool:
    """Whether a browser says that a page of ours asks, or its user; old ones say nothing."""
    return headers.get("sec-fetch-site", "none") in ("none", "same-origin")


class Guard:
    """Lets through what the author's own browser asks for, and dresses every answer."""

    def __init__(self, app: ASGIApp, port: int, refusal: Refusal) -> None:
        self._app = app
        self._refusal_here = refusal
        self._hosts = {f"{name}:{port}" for name in NAMES} | ({*NAMES} if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, dressed)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        if Headers(scope=scope).get("host", "") not in self._hosts:
            return PlainTextResponse("this answers to its own address only", 421)
        return self._refusal_here(scope)
