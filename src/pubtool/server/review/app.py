"""What the desk answers at which address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from pubtool.errors import PubtoolError
from pubtool.model import Choice, NoPicture, PagePicture
from pubtool.pipeline.reviewing import FILTERS, WAITING, Acted, Acting, NotDone, Review, Seen
from pubtool.server.desk import Desk
from pubtool.server.guard import Guard
from pubtool.server.rendering import static
from pubtool.server.review.entry import LOCKED_OUT, Entry
from pubtool.server.review.pages import PANELS, POLICY, Pages, Wish, address, seen_of, start_page

_OWN = {"review.js": "text/javascript", "review.css": "text/css"}

Fields = Mapping[str, list[str]]
"""What a form has sent."""

Act = Callable[[Acting, Seen, Fields], Acted]
"""Does what a form asks for."""


def make_app(
    root: Path, port: int, entry: Entry, today: Callable[[], str], ending: Callable[[], bool]
) -> Starlette:
    """Return the application that is a project's desk on that port until it is `ending`."""
    desk = Desk(Review(root), ending)
    answering = _Answering(desk, entry, today)

    return Starlette(
        routes=[
            Route("/", answering.posts),
            Route("/events", answering.events),
            Route("/own/{name}", answering.own),
            Route("/rule/{code}", answering.rule),
            Route("/post/{post:path}", answering.post),
            Route("/pages/{post:path}/{quotation}/{number:int}", answering.picture),
            Route("/pages/{post:path}/{quotation}", answering.pictures),
            Route("/quotation/{post:path}/{quotation}", answering.quotation),
            Route("/accept", answering.accept, methods=["POST"]),
            Route("/waive", answering.waive, methods=["POST"]),
            Route("/withdraw", answering.withdraw, methods=["POST"]),
            Route("/fix", answering.fix, methods=["POST"]),
            Route("/cite", answering.cite, methods=["POST"]),
            Route("/undo", answering.undo, methods=["POST"]),
            Route("/name", answering.name, methods=["POST"]),
            Route("/{address:path}", answering.missing),
        ],
        middleware=[Middleware(Guard, port=port, refusal=entry.refusal)],
        lifespan=desk.lifespan,
    )


class _Answering:
    """The handlers of requests."""

    def __init__(self, desk: Desk[Review], entry: Entry, today: Callable[[], str]) -> None:
        self._desk = desk
        self._entry = entry
        self._today = today

    # --- What is shown ---

    async def posts(self, request: Request) -> Response:
        """Answer with the list of all posts, or let a browser in that has the key."""
        if self._entry.opens(request):
            return self._entry.let_in(request, _html(start_page()))
        wish = _wish(request)
        return _html(await self._desk.ask(lambda review: self._pages(review).posts(wish)))

    async def post(self, request: Request) -> Response:
        """Answer with a post and its quotations."""
        path, wish = request.path_params["post"], _wish(request)
        page = await self._desk.ask(lambda review: self._pages(review).post(path, wish))
        return await self.missing(request) if page is None else _html(page)

    async def quotation(self, request: Request) -> Response:
        """Answer with a quotation, or with what it has become."""
        params, wish = request.path_params, _wish(request)
        return await self._desk.ask(
            lambda review: self._look(review, params["post"], params["quotation"], wish)
        )

    async def pictures(self, request: Request) -> Response:
        """Answer with the pages of a source that a passage stands on."""
        params, wish = request.path_params, _wish(request)

        def asked(review: Review) -> str | None:
            item = review.find(params["post"], params["quotation"])
            return self._pages(review).pictures(item, wish) if item else None

        page = await self._desk.ask(asked)
        return await self.missing(request) if page is None else _html(page)

    async def picture(self, request: Request) -> Response:
        """Answer with the picture of such a page."""
        params = request.path_params

        def asked(review: Review) -> tuple[PagePicture, ...] | NoPicture:
            item = review.find(params["post"], params["quotation"])
            return review.pictures(item) if item else ()

        pages = await self._desk.ask(asked)
        if isinstance(pages, NoPicture) or params["number"] >= len(pages):
            return await self.missing(request)
        page = pages[params["number"]]
        return Response(page.image, media_type=page.media_type)

    async def rule(self, request: Request) -> Response:
        """Answer with what a finding means."""
        code, wish = request.path_params["code"], _wish(request)
        page = await self._desk.ask(lambda review: self._pages(review).rule(code, wish))
        return await self.missing(request) if page is None else _html(page)

    async def missing(self, request: Request) -> Response:
        """Answer that nothing is here."""
        wish = _wish(request)
        page = await self._desk.ask(lambda review: self._pages(review).missing(wish))
        return _html(page, 404)

    async def events(self, request: Request) -> Response:
        """Answer with an event whenever something changes."""
        return StreamingResponse(self._desk.tidings(), media_type="text/event-stream")

    async def own(self, request: Request) -> Response:
        """Answer with the desk's own script or style."""
        name = request.path_params["name"]
        if name not in _OWN:
            return await self.missing(request)
        return Response(static(__package__, name), media_type=_OWN[name])

    def _pages(self, review: Review) -> Pages:
        return Pages(review, self._entry.form)

    def _look(self, review: Review, post: str, quotation: str, wish: Wish) -> Response:
        if review.fault:
            return _html(self._pages(review).posts(wish))
        item = review.find(post, quotation)
        if item is not None:
            return _html(self._pages(review).quotation(item, wish), 409 if wish.problem else 200)
        successor = review.successor(post, quotation)
        if successor is not None and not wish.problem:
            return RedirectResponse(address(successor, wish.show, was=quotation), 303)
        return _html(self._pages(review).gone(post, wish), 404)

    # --- What is written ---

    async def accept(self, request: Request) -> Response:
        """Note that an editor lets a quotation stand."""
        return await self._decide(request, Choice.ACCEPT)

    async def waive(self, request: Request) -> Response:
        """Note why findings about a quotation do not matter."""
        return await self._decide(request, Choice.WAIVE)

    async def _decide(self, request: Request, choice: Choice) -> Response:
        def act(acting: Acting, seen: Seen, fields: Fields) -> Acted:
            codes = fields.get("code", []) if choice is Choice.WAIVE else []
            return acting.decide(seen, choice, codes, _first(fields, "reason"), on=self._today())

        return await self._act(request, act, "waive" if choice is Choice.WAIVE else "", go_on=True)

    async def withdraw(self, request: Request) -> Response:
        """Take a decision back."""
        return await self._act(request, lambda acting, seen, _: acting.withdraw(seen))

    async def fix(self, request: Request) -> Response:
        """Apply the fix of a finding."""

        def act(acting: Acting, seen: Seen, fields: Fields) -> Acted:
            return acting.fix(seen, _number(fields, "finding"))

        return await self._act(request, act, "fix")

    async def cite(self, request: Request) -> Response:
        """Make a quotation cite a source."""

        def act(acting: Acting, seen: Seen, fields: Fields) -> Acted:
            return acting.cite(seen, _first(fields, "key"), _first(fields, "place"))

        return await self._act(request, act, "cite")

    async def undo(self, request: Request) -> Response:
        """Take a step back."""
        return await self._act(
            request, lambda acting, _, fields: acting.undo(_number(fields, "step"))
        )

    async def name(self, request: Request) -> Response:
        """Note who decides."""

        def act(acting: Acting, seen: Seen, fields: Fields) -> Acted:
            return acting.sign(seen, _first(fields, "name"))

        return await self._act(request, act, "name")

    async def _act(
        self, request: Request, act: Act, panel: str = "", *, go_on: bool = False
    ) -> Response:
        """Do what a form of ours asks for and lead on; tell why not on the same page."""
        fields = await self._entry.fields(request)
        if fields is None:
            return PlainTextResponse(LOCKED_OUT, 403)
        show = _known(_first(fields, "show"), FILTERS, WAITING)

        def acted(review: Review) -> Response:
            seen = seen_of(fields)
            try:
                done = act(Acting(review), seen, fields)
            except NotDone as error:
                wish = Wish(
                    show,
                    panel,
                    problem=str(error),
                    theirs=error.theirs,
                    overtaken=error.overtaken,
                    typed=fields,
                )
            except PubtoolError as error:
                wish = Wish(show, panel, problem=f"Nothing was saved: {error}", typed=fields)
            else:
                return RedirectResponse(_onward(review, done, show, go_on=go_on), 303)
            if seen.post:
                return self._look(review, seen.post, seen.quotation, wish)
            return _html(self._pages(review).posts(wish), 409)

        return await self._desk.ask(acted)


def _onward(review: Review, done: Acted, show: str, *, go_on: bool) -> str:
    """Return where an editor goes after something was done."""
    item = review.find(done.post, done.quotation) or review.successor(done.post, done.quotation)
    if item is None:
        return address(None, show, step=done.number)
    if go_on:
        item = review.neighbours(item, show)[1]
        if item is None and show == WAITING:
            item = next(iter(review.items(show)), None)
    return address(item, show, step=done.number)


def _wish(request: Request) -> Wish:
    query = request.query_params
    step = query.get("step", "")
    return Wish(
        _known(query.get("show", ""), FILTERS, WAITING),
        _known(query.get("do", ""), PANELS, ""),
        query.get("find", "")[:200],
        int(step) if step.isascii() and step.isdigit() and len(step) < 9 else 0,
        was=query.get("was", "")[:40],
    )


def _known(given: str, known: tuple[str, ...], otherwise: str) -> str:
    return given if given in known else otherwise


def _first(fields: Fields, name: str) -> str:
    return fields.get(name, [""])[0]


def _number(fields: Fields, name: str) -> int:
    given = _first(fields, name)
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else -1


def _html(page: str, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"}
    data = page.encode("utf-8", "replace")
    return Response(data, status, headers, media_type="text/html; charset=utf-8")
