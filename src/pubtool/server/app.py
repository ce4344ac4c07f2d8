"""What is answered at which address."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from pubtool.pipeline import Answer, Line, Preview
from pubtool.server.desk import Desk
from pubtool.server.guard import Guard, only_read
from pubtool.server.pages import (
    GONE,
    OWN_POLICY,
    dress,
    fault_page,
    list_page,
    missing_page,
)
from pubtool.server.rendering import fingerprint, static

_OWN = {"preview.js": "text/javascript", "preview.css": "text/css"}


def make_app(root: Path, port: int, ending: Callable[[], bool]) -> Starlette:
    """Return the application that serves a project's preview on that port until it is `ending`."""
    desk = Desk(Preview(root), ending)
    answering = _Answering(desk)

    return Starlette(
        routes=[
            Route("/-/", answering.posts),
            Route("/-/events", answering.events),
            Route("/-/state", answering.state),
            Route("/-/{name}", answering.own),
            Route("/{address:path}", answering.page),
        ],
        middleware=[Middleware(Guard, port=port, refusal=only_read)],
        lifespan=desk.lifespan,
    )


class _Answering:
    """The handlers of requests."""

    def __init__(self, desk: Desk[Preview]) -> None:
        self._desk = desk

    async def page(self, request: Request) -> Response:
        """Answer with a page of the site, or one of its files."""
        address = request.path_params["address"]
        answer = await self._desk.ask(lambda preview: preview.answer(address))
        if answer is None:
            if await self._desk.ask(lambda preview: preview.answer(f"{address}/")):
                return RedirectResponse(f"/{address}/", 307)
            return _html(missing_page(address), 404)
        shown = _fingerprint_of(answer)
        if answer.fault:
            return _html(fault_page(answer.fault, answer.post, shown), 500)
        kind = mimetypes.guess_type(address)[0] or "application/octet-stream"
        if address.endswith("/") or not address or kind == "text/html":
            page, policy = dress(answer, shown)
            return _html(page, 200, policy)
        return Response(answer.data, media_type=kind)

    async def posts(self, request: Request) -> Response:
        """Answer with the list of all posts and what was found in each."""
        lines, fault = await self._desk.ask(lambda preview: (preview.lines(), preview.fault))
        shown = _fingerprint_of_list(lines, fault)
        return _html(fault_page(fault, "", shown) if fault else list_page(lines, shown))

    async def state(self, request: Request) -> Response:
        """Answer with how far the checking is, and a fingerprint of the page that is asked about.

        The page is the value of ``at``, an address below the root.
        """
        at = request.query_params.get("at", "").removeprefix("/")

        def ask(preview: Preview) -> tuple[dict[str, int], str]:
            return _counts(preview), _fingerprint(preview, at)

        counts, print_ = await self._desk.ask(ask)
        return Response(json.dumps({**counts, "page": print_}), media_type="application/json")

    async def events(self, request: Request) -> Response:
        """Answer with an event whenever something changes."""
        return StreamingResponse(self._desk.tidings(), media_type="text/event-stream")

    async def own(self, request: Request) -> Response:
        """Answer with the preview's own script or style."""
        name = request.path_params["name"]
        if name not in _OWN:
            return _html(missing_page(f"-/{name}"), 404)
        return Response(static(__package__, name), media_type=_OWN[name])


def _counts(preview: Preview) -> dict[str, int]:
    lines = preview.lines()
    told = [line.remarks for line in lines if line.remarks]
    quotations = [count for remarks in told for count in remarks.counts]
    failing = ("misattributed", "absent", "altered", "mislocated")
    waiting = sum(1 for line in lines if line.remarks is None and not line.fault)
    return {
        "posts": len(lines),
        "waiting": waiting,
        "broken": sum(1 for line in lines if line.fault),
        "quotations": sum(number for _, number in quotations),
        "failing": sum(number for kind, number in quotations if kind in failing),
        "unchecked": sum(number for kind, number in quotations if kind == "unchecked"),
    }


def _fingerprint(preview: Preview, at: str) -> str:
    if at == "-/":
        return _fingerprint_of_list(preview.lines(), preview.fault)
    answer: Answer | None = preview.answer(at)
    return GONE if answer is None else _fingerprint_of(answer)


def _fingerprint_of(answer: Answer) -> str:
    return fingerprint(answer.data, answer.fault, repr(answer.remarks))


def _fingerprint_of_list(lines: Sequence[Line], fault: str) -> str:
    return fingerprint(json.dumps([asdict(line) for line in lines]).encode(), fault)


def _html(page: bytes, status: int = 200, policy: str = OWN_POLICY) -> Response:
    headers = {"Content-Security-Policy": policy}
    return Response(page, status, headers, media_type="text/html; charset=utf-8")
