"""Who may read the preview: this machine's own browser, on a page of ours.

A page elsewhere can send a browser to 127.0.0.1 by its own host name (DNS rebinding), or show what
it finds there inside itself. So the host that was asked for must be this machine's name with our
port; requests that another site's page makes are refused; and answers say that none may hold them.
"""

from __future__ import annotations

from collections.abc import MutableMapping
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


class Guard:
    """Lets through what the author's own browser asks for, and dresses every answer."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
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
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            return PlainTextResponse("this preview answers to its own address only", 421)
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("a preview is only read", 405, {"Allow": "GET, HEAD"})
        site = headers.get("sec-fetch-site", "none")
        visited = headers.get("sec-fetch-mode") == "navigate"
        if site not in ("none", "same-origin") and not visited:
            return PlainTextResponse("no other site's page may read this", 403)
        return None
