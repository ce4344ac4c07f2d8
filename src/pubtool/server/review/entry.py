"""Who may sit at the desk: the browser that was given the address with the key, and no other page.

The key of the start address becomes a cookie that no script can read and that a browser sends with
requests of our own pages alone (``SameSite=Strict``). Cookies do not tell ports apart, so the
cookie's name does; and a page of another port of this machine, which is the same site to a browser,
is refused by what the browser says of it (Sec-Fetch-Site, Origin). What writes must besides have
the form's own secret, which is in our pages and nowhere else.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Scope

from pubtool.server.guard import from_here

_LARGEST = 65_536
"""Bytes of what a form sends."""
_READING = ("GET", "HEAD")

LOCKED_OUT = (
    "This desk opens from the address that `pubtool review` printed when it was started: it ends "
    "in a key. Copy it whole into this browser. After a restart it is another one.\n"
)


class Entry:
    """The secrets of one run, and what they open."""

    def __init__(self, port: int) -> None:
        self.key = secrets.token_urlsafe(24)
        """What the start address ends in."""
        self.once = secrets.token_urlsafe(24)
        """A key that opens once: a program that is told to open a browser may show it to others."""
        self.form = secrets.token_urlsafe(24)
        """What every form of ours holds."""
        self._cookie = secrets.token_urlsafe(24)
        self._name = f"pubtool-review-{port}"

    def refusal(self, scope: Scope) -> ASGIApp | None:
        """Return how a request is refused; None where it is a page of ours that asks."""
        headers, method = Headers(scope=scope), scope["method"]
        if method not in (*_READING, "POST"):
            return PlainTextResponse("no such thing can be asked", 405, {"Allow": "GET, POST"})
        if method in _READING and self._is_start(scope):
            return None
        if not from_here(headers):
            return PlainTextResponse("no other site's page may ask this", 403)
        if not self._has_cookie(scope):
            return PlainTextResponse(LOCKED_OUT, 403)
        if method == "POST" and headers.get("origin") != f"http://{headers.get('host')}":
            return PlainTextResponse("no other site's page may write here", 403)
        return None

    def opens(self, request: Request) -> bool:
        """Whether a request has a start address's key, so that it is given the cookie."""
        return self._is_start(request.scope)

    def let_in(self, request: Request, answer: Response) -> Response:
        """Return an answer with the cookie by which the browser is known from then on."""
        if _same(_given(request.scope), self.once):
            self.once = secrets.token_urlsafe(24)
        answer.set_cookie(self._name, self._cookie, httponly=True, samesite="strict", path="/")
        return answer

    async def fields(self, request: Request) -> Mapping[str, list[str]] | None:
        """Return what a form of ours has sent; None for what is none of ours."""
        data = b""
        async for piece in request.stream():
            data += piece
            if len(data) > _LARGEST:
                return None
        try:
            sent = parse_qs(data.decode("ascii"), keep_blank_values=True, max_num_fields=200)
        except ValueError:
            return None
        return sent if _same(sent.get("form", [""])[0], self.form) else None

    def _is_start(self, scope: Scope) -> bool:
        given = _given(scope)
        return scope["path"] == "/" and (_same(given, self.key) or _same(given, self.once))

    def _has_cookie(self, scope: Scope) -> bool:
        return _same(Request(scope).cookies.get(self._name, ""), self._cookie)


def _given(scope: Scope) -> str:
    """Return the key that an address ends in; empty where it has none."""
    return Request(scope).query_params.get("key", "")


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
