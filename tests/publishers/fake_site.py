"""A WordPress site in memory behind a real HTTP server on loopback, which fails on demand.

It answers as WordPress 6.8 and 7.1 were seen to answer, as far as a publisher asks: the home page
with its Link header, the index, users/me, posts, categories, tags and media, with their errors,
slugs that are renamed, terms that exist, pages of a hundred, trash, roles and KSES. Nothing sleeps,
and its clock is a counter.

    with fake_site(path="/blog", plain=True) as site:
        site.fault("POST /posts", after(DROP))              # done, but nobody hears of it
        site.fault("GET /posts", before(answer("", 503, Retry_After="1")), times=2)
        site.fault("POST /media", before(wp_error(413, "too_big", "Too big.")), skip=3)
        ... publish to site.url as site.user with site.password ...
        assert [r.route for r in site.writes] == ["POST /posts", ...]
        assert site.posts[2]["content"] == "..."

A fault is named by the method and the route below ``/wp/v2`` (``*`` and ``?`` as in file names);
the home page is ``GET home``, the index ``GET index``. `before` answers without doing what was
asked, `after` does it first; `DROP` cuts the line; `truncated`, `warned`, `delayed` and `altered`
spoil the true answer. Routes of `tests.loopback` (`answer`, `redirect`, `raw`, `drip`) serve as
answers. Faults are used up in the order in which they were set.
"""

from __future__ import annotations

import base64
import fnmatch
import html
import itertools
import json
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.loopback import Handler, Route, Site, answer, running

__all__ = ["DROP", "FakeSite", "after", "altered", "answer", "before", "delayed", "fake_site"]

_START = datetime(2026, 1, 1, tzinfo=UTC)
_WRITER = {"read", "edit_posts", "delete_posts"}
_AUTHOR = _WRITER | {"publish_posts", "edit_published_posts", "upload_files"}
_EDITOR = _AUTHOR | {
    "edit_others_posts", "edit_private_posts", "read_private_posts", "manage_categories",
    "unfiltered_html",
}  # fmt: skip
ROLES = {
    "contributor": _WRITER,
    "author": _AUTHOR,
    "editor": _EDITOR,
    "administrator": _EDITOR | {"manage_options"},
}
_TAXONOMIES = {"categories": "category", "tags": "post_tag"}
_KINDS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True)
class Request:
    """What was asked."""

    route: str
    """``POST /posts/3``, ``GET index``, ``GET home``; or the path where it is none of the API's."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What the site answers."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json; charset=UTF-8"


Fault = Callable[[Handler, Callable[[], Reply]], None]
"""Given the connection, and a function that does what was asked and returns the true answer."""


class Refusal(Exception):
    """An error of WordPress's."""

    def __init__(self, status: int, code: str, message: str, **data: Any) -> None:
        super().__init__(message)
        self.reply = _json(
            status, {"code": code, "message": message, "data": {"status": status, **data}}
        )


@dataclass
class Account:
    """A user of the site."""

    id: int
    password: str
    """The application password, or the bearer token."""
    role: str

    @property
    def can(self) -> set[str]:
        return set(ROLES[self.role])


@dataclass
class FakeSite(Site):
    """The site's whole state, to be looked at and changed by a test at any time."""

    host: str = "127.0.0.1"
    """What it calls itself; ``localhost`` for a certificate."""
    path: str = ""
    """Of the home page: ``/blog``; empty at the root."""
    plain: bool = False
    """Whether permalinks are plain (``?rest_route=``)."""
    user: str = "admin"
    password: str = "abcd EFGH 1234 ijkl MNOP 5678"
    accounts: dict[str, Account] = field(default_factory=dict)
    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    """By id, raw: title, content, excerpt, slug, status, footnotes, date_gmt, categories, …"""
    media: dict[int, dict[str, Any]] = field(default_factory=dict)
    terms: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    """By ``categories`` or ``tags`` and id: name (as stored, with entities) and slug."""
    requests: list[Request] = field(default_factory=list)
    unread: str = ""
    """A route, such as ``POST /media``, at which a body is left unread."""
    application_passwords: bool = True
    strips_authorization: bool = False
    """As hosts with CGI do."""
    footnotes: bool = True
    """Whether posts have the field."""
    link_header: bool = True
    api_root: str = ""
    """What the Link header names instead of the site's own API."""
    now: datetime = _START
    faults: list[tuple[str, list[int], Fault]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(2))

    def __post_init__(self) -> None:
        self.accounts |= {
            self.user: Account(1, self.password, "administrator"),
            "editor": Account(2, "editor password", "editor"),
            "author": Account(3, "author password", "author"),
            "contributor": Account(4, "contributor password", "contributor"),
        }
        self.terms = {"categories": {}, "tags": {}}
        self.terms["categories"][1] = {"name": "Uncategorized", "slug": "uncategorized"}

    @property
    def home(self) -> str:
        """The address of the home page, without a slash at the end."""
        return self.url(self.path, self.host)

    @property
    def writes(self) -> list[Request]:
        """The requests that would change something."""
        return [one for one in self.requests if one.route.split()[0] not in ("GET", "OPTIONS")]

    def fault(self, pattern: str, fault: Fault, *, skip: int = 0, times: int = 1) -> None:
        """Let the next requests of a kind go wrong, after some that do not."""
        self.faults.append((pattern, [skip, times], fault))

    def hold(self, number: int, **given: Any) -> None:
        """Have a published post from before."""
        item = _blank(1, self.clock()) | {"status": "publish", "floating": False}
        self.posts[number] = item | {"id": number} | given

    # What follows answers requests; a test has no use for it.

    def fault_for(self, route: str) -> Fault | None:
        """Return the fault that a request meets, and count it."""
        for pattern, counts, fault in self.faults:
            if counts[1] and fnmatch.fnmatchcase(route, pattern):
                if counts[0]:
                    counts[0] -= 1
                    continue
                counts[1] -= 1
                return fault
        return None

    def request(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Request:
        """Return what is asked, by its route."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        path = parts.path.removeprefix(self.path) if parts.path.startswith(self.path) else "?"
        route = target
        if self.plain and "rest_route" in query:
            route = query.pop("rest_route")
        elif not self.plain and (path + "/").startswith("/wp-json/"):
            route = path.removeprefix("/wp-json") or "/"
        elif path.startswith("/wp/v2/sites/"):
            route = "/wp/v2/" + path.removeprefix("/wp/v2/sites/").partition("/")[2]
        elif path in ("", "/") and not query:
            return Request(f"{method} home", query, headers, body)
        if route == "/":
            route = "index"
        return Request(f"{method} {route.removeprefix('/wp/v2')}", query, headers, body)

    def reply(self, request: Request) -> Reply:
        """Do what is asked and return the answer."""
        with self.lock:
            self.now += timedelta(seconds=1)
            try:
                return self._reply(request)
            except Refusal as refusal:
                return refusal.reply

    def _reply(self, request: Request) -> Reply:
        method, _, route = request.route.partition(" ")
        if route == "home":
            return self._home()
        if route == "index":
            return _json(200, self._index())
        account = self._account(request)
        parts = route.strip("/").split("/")
        if route == "/users/me":
            return _json(200, self._me(account))
        if parts[0] in ("posts", "media") and len(parts) <= 2:
            return _Items(self, parts[0], account, request).reply(method, parts[1:])
        if parts[0] in _TAXONOMIES and len(parts) <= 2:
            return _Terms(self, parts[0], account, request).reply(method, parts[1:])
        message = "No route was found matching the URL and request method."
        raise Refusal(404, "rest_no_route", message)

    def _root(self) -> str:
        return self.home + ("/index.php?rest_route=/" if self.plain else "/wp-json/")

    def _home(self) -> Reply:
        page = "<!DOCTYPE html><html><head><meta name='generator' content='WordPress 6.8.12' />"
        link = f'<{self.api_root or self._root()}>; rel="https://api.w.org/"'
        headers = {"Link": link} if self.link_header else {}
        return Reply(200, f"{page}</head><body>A blog</body>".encode(), headers, "text/html")

    def _index(self) -> dict[str, Any]:
        authorization = {"authorization": f"{self.home}/wp-admin/authorize-application.php"}
        passwords = {"application-passwords": {"endpoints": authorization}}
        return {
            "name": "Bob&#039;s blog &amp; more",
            "url": self.home,
            "home": self.home,
            "namespaces": ["oembed/1.0", "wp/v2"],
            "authentication": passwords if self.application_passwords else [],
        }

    def _account(self, request: Request) -> Account | None:
        said = request.headers.get("authorization", "")
        if self.strips_authorization or not self.application_passwords or not said:
            return None
        scheme, _, word = said.partition(" ")
        if scheme == "Bearer":
            for account in self.accounts.values():
                if account.password == word:
                    return account
            raise Refusal(401, "invalid_token", "The OAuth2 token is invalid.")
        name, _, password = base64.b64decode(word).decode().partition(":")
        account = self.accounts.get(name, Account(0, "", "contributor"))
        if account.id == 0:
            raise Refusal(401, "invalid_username", "Unknown username.")
        if account.password.replace(" ", "") != password.replace(" ", ""):
            message = "The provided password is an invalid application password."
            raise Refusal(401, "incorrect_password", message)
        return account

    def _me(self, account: Account | None) -> dict[str, Any]:
        if account is None:
            raise Refusal(401, "rest_not_logged_in", "You are not currently logged in.")
        name = next(name for name, one in self.accounts.items() if one is account)
        can = dict.fromkeys(sorted(account.can), True) | {account.role: True}
        return {"id": account.id, "username": name, "name": name, "capabilities": can}

    def next_id(self) -> int:
        return next(self._ids)

    def clock(self) -> str:
        return self.now.strftime("%Y-%m-%dT%H:%M:%S")


@dataclass
class _Items:
    """Posts and media."""

    site: FakeSite
    kind: str
    account: Account | None
    request: Request

    @property
    def all(self) -> dict[int, dict[str, Any]]:
        return self.site.posts if self.kind == "posts" else self.site.media

    def reply(self, method: str, rest: list[str]) -> Reply:
        if method == "OPTIONS":
            meta = {"footnotes": {"type": "string"}} if self.site.footnotes else {}
            return _json(200, {"schema": {"properties": {"meta": {"properties": meta}}}})
        if not rest:
            return self._list() if method == "GET" else self._create()
        item = self.all.get(int(rest[0]))
        if item is None:
            raise Refusal(404, "rest_post_invalid_id", "Invalid post ID.")
        if method == "GET":
            self._may_edit(item)
            return _json(200, self._shown(item))
        self._may_edit(item, "rest_cannot_edit")
        if method == "DELETE":
            return self._delete(item)
        self._fill(item, self._given(), new=False)
        return _json(200, self._shown(item))

    def _can(self, capability: str) -> bool:
        return self.account is not None and capability in self.account.can

    def _owns(self, item: dict[str, Any]) -> bool:
        mine = self.account is not None and item["author"] == self.account.id
        return self._can("edit_others_posts") or mine

    def _may_edit(self, item: dict[str, Any], code: str = "rest_forbidden_context") -> None:
        viewed = self.request.query.get("context") != "edit" and code == "rest_forbidden_context"
        if viewed and item.get("status") in ("publish", "inherit"):
            return
        if not self._owns(item):
            status = 403 if self.account else 401
            raise Refusal(status, code, "Sorry, you are not allowed to edit this post.")

    def _given(self) -> dict[str, Any]:
        if self.request.headers.get("content-type", "").startswith("application/json"):
            return dict(json.loads(self.request.body))
        return dict(self.request.query)

    def _list(self) -> Reply:
        query = self.request.query
        wanted = query.get("status", "inherit" if self.kind == "media" else "publish").split(",")
        if wanted == ["any"] and not self._can("edit_posts"):
            message = "Invalid parameter(s): status"
            raise Refusal(400 if self.account else 401, "rest_invalid_param", message)
        found = [
            item
            for item in self.all.values()
            if item["status"] in wanted or (wanted == ["any"] and item["status"] != "trash")
            if "slug" not in query or item["slug"] in query["slug"].split(",")
            if self._has(item, query.get("search", ""))
        ]
        found.sort(key=lambda item: item["id"], reverse=query.get("order", "desc") == "desc")
        edit = query.get("context") == "edit"
        return _page(
            found, query, lambda item: self._shown(item) if self._owns(item) or not edit else None
        )

    @staticmethod
    def _has(item: dict[str, Any], words: str) -> bool:
        text = "".join(str(item.get(key, "")) for key in ("title", "excerpt", "content")).lower()
        return all(word in text for word in words.lower().split())

    def _create(self) -> Reply:
        needed = "edit_posts" if self.kind == "posts" else "upload_files"
        if not self._can(needed):
            message = "Sorry, you are not allowed to create posts as this user."
            raise Refusal(403 if self.account else 401, "rest_cannot_create", message)
        assert self.account is not None
        given, item = self._given(), _blank(self.account.id, self.site.clock())
        if self.kind == "media":
            item |= self._file()
        number = self.site.next_id()
        item["id"] = number
        self._fill(item, given, new=True)
        self.all[number] = item
        return _json(201, self._shown(item))

    def _file(self) -> dict[str, Any]:
        said = self.request.headers.get("content-disposition", "")
        name = re.search(r'filename="([^"]+)"', said)
        if name is None:
            raise Refusal(400, "rest_upload_invalid_disposition", "Invalid Content-Disposition.")
        kind = _KINDS.get(self.request.headers.get("content-type", ""))
        if kind is None or not name[1].lower().endswith((kind, "jpeg")):
            message = "Sorry, you are not allowed to upload this file type."
            raise Refusal(500, "rest_upload_sideload_error", message)
        place = f"{self.site.home}/wp-content/uploads/2026/01/{name[1].replace(' ', '-')}"
        slug = name[1].rpartition(".")[0].lower()
        data = {"data": self.request.body, "source_url": place, "status": "inherit"}
        return data | {"slug": self._unique(slug, 0), "title": slug, "alt_text": "", "caption": ""}

    def _fill(self, item: dict[str, Any], given: dict[str, Any], *, new: bool) -> None:
        status = given.get("status", item["status"])
        if status in ("publish", "future", "private") and not self._can("publish_posts"):
            message = "Sorry, you are not allowed to publish posts in this post type."
            raise Refusal(403, "rest_cannot_publish", message)
        for key in ("title", "content", "excerpt", "caption", "alt_text", "featured_media"):
            if key in given:
                raw = given[key]["raw"] if isinstance(given[key], dict) else given[key]
                item[key] = self._filtered(raw)
        for taxonomy in _TAXONOMIES:
            if taxonomy in given and self.kind == "posts":
                item[taxonomy] = [n for n in given[taxonomy] if n in self.site.terms[taxonomy]]
        if self.site.footnotes and "footnotes" in given.get("meta", {}):
            item["footnotes"] = given["meta"]["footnotes"]
        item["modified_gmt"] = self.site.clock()
        self._date(item, str(given.get("date_gmt") or given.get("date") or "")[:19], status)
        slug = given.get("slug") or item["slug"]
        if not slug and item["status"] not in ("draft", "pending"):
            slug = _slug(item["title"])
        if slug and (new or slug != item["slug"]):
            slug = self._unique(_slug(slug), item["id"])
        item["slug"] = slug

    def _date(self, item: dict[str, Any], dated: str, status: str) -> None:
        """Set date and status: what is dated later is scheduled, a draft's date floats."""
        if dated:
            item |= {"date_gmt": dated, "floating": False}
        if item["floating"]:
            item["date_gmt"] = item["modified_gmt"]
        if status in ("publish", "future"):
            status = "future" if item["date_gmt"] > self.site.clock() else "publish"
            item["floating"] = False
        item["status"] = status

    def _filtered(self, value: Any) -> Any:
        """KSES, as far as a test needs it."""
        if not isinstance(value, str) or self._can("unfiltered_html"):
            return value
        value = re.sub(r"</?(script|style|iframe|input|form|svg)\b[^>]*>", "", value)
        return re.sub(r'\son\w+="[^"]*"', "", value)

    def _unique(self, slug: str, number: int) -> str:
        taken = {item["slug"] for item in self.all.values() if item["id"] != number}
        if self.kind == "media":
            taken |= {post["slug"] for post in self.site.posts.values()}
        names = itertools.chain([slug], (f"{slug}-{n}" for n in itertools.count(2)))
        return next(name for name in names if name not in taken)

    def _delete(self, item: dict[str, Any]) -> Reply:
        if self.request.query.get("force") == "true":
            del self.all[item["id"]]
            return _json(200, {"deleted": True, "previous": self._shown(item)})
        item |= {"status": "trash", "slug": item["slug"] + "__trashed"}
        return _json(200, self._shown(item))

    def _shown(self, item: dict[str, Any]) -> dict[str, Any]:
        edit = self.request.query.get("context") == "edit" or self.request.body != b""

        def text(key: str) -> dict[str, Any]:
            shown = {"rendered": f"<p>{item[key]}</p>\n"}
            return shown | ({"raw": item[key]} if edit else {})

        number, home = item["id"], self.site.home
        pretty = item["status"] == "publish" and not self.site.plain
        shown = {
            key: item[key] for key in ("id", "slug", "status", "modified_gmt", "date_gmt", "author")
        }
        shown |= {"date": item["date_gmt"], "modified": item["modified_gmt"]}
        shown |= {"title": text("title"), "type": "post" if self.kind == "posts" else "attachment"}
        shown["link"] = f"{home}/{item['slug']}/" if pretty else f"{home}/?p={number}"
        if self.kind == "media":
            details = {"width": 4, "height": 3, "sizes": {}}
            shown |= {"source_url": item["source_url"], "alt_text": item["alt_text"]}
            return shown | {"caption": text("caption"), "media_details": details}
        shown |= {key: item[key] for key in ("categories", "tags", "featured_media")}
        shown |= {"content": text("content"), "excerpt": text("excerpt")}
        if edit:
            shown["generated_slug"] = item["slug"] or _slug(item["title"])
        meta = {"footnotes": item["footnotes"]} if self.site.footnotes else []
        return shown | {"meta": meta}


@dataclass
class _Terms:
    """Categories and tags."""

    site: FakeSite
    kind: str
    account: Account | None
    request: Request

    @property
    def all(self) -> dict[int, dict[str, Any]]:
        return self.site.terms[self.kind]

    def reply(self, method: str, rest: list[str]) -> Reply:
        if method == "GET" and not rest:
            return _page(sorted(self.all), self.request.query, self._shown)
        if method == "GET":
            if int(rest[0]) not in self.all:
                raise Refusal(404, "rest_term_invalid", "Term does not exist.")
            return _json(200, self._shown(int(rest[0])))
        needed = "manage_categories" if self.kind == "categories" else "edit_posts"
        if self.account is None or needed not in self.account.can:
            message = "Sorry, you are not allowed to create terms in this taxonomy."
            raise Refusal(403 if self.account else 401, "rest_cannot_create", message)
        given = json.loads(self.request.body)
        bare = re.sub(r"<[^>]*>", "", given["name"]).strip()
        name = html.escape(html.unescape(bare), quote=False)
        for number, term in self.all.items():
            if term["name"] == name:
                message = "A term with the name provided already exists with this parent."
                raise Refusal(400, "term_exists", message, term_id=number)
        slug = _slug(given.get("slug") or given["name"])
        taken = {term["slug"] for term in self.all.values()}
        names = itertools.chain([slug], (f"{slug}-{n}" for n in itertools.count(2)))
        number = max(self.all, default=1) + 1
        self.all[number] = {"name": name, "slug": next(s for s in names if s not in taken)}
        return _json(201, self._shown(number))

    def _shown(self, number: int) -> dict[str, Any]:
        return {"id": number, "taxonomy": _TAXONOMIES[self.kind], **self.all[number]}


class _FakeHandler(Handler):
    site: FakeSite

    def serve(self) -> None:
        site = self.site
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = site.request(self.command, self.path, headers, b"")
        if request.route != site.unread:
            length = int(self.headers.get("Content-Length", "0"))
            request = replace(request, body=self.rfile.read(length))
        with site.lock:
            site.asked.append((self.path, headers))
            site.requests.append(request)
            fault = site.fault_for(request.route)
        with suppress(OSError):
            if fault is None:
                send(self, site.reply(request))
            else:
                fault(self, lambda: site.reply(request))
        self.close_connection = True


for _verb in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
    setattr(_FakeHandler, f"do_{_verb}", _FakeHandler.serve)


def send(handler: Handler, reply: Reply) -> None:
    """Answer in full."""
    answer(reply.body, reply.status, reply.kind, **reply.headers)(handler)


def before(route: Route) -> Fault:
    """Answer so, and do nothing."""
    return lambda handler, do: route(handler)


def after(route: Route) -> Fault:
    """Do it, and answer so all the same."""

    def fault(handler: Handler, do: Callable[[], Reply]) -> None:
        do()
        route(handler)

    return fault


def altered(change: Callable[[Reply], Reply]) -> Fault:
    """Do it, and answer with what a function makes of the true answer."""
    return lambda handler, do: send(handler, change(do()))


def truncated(handler: Handler, do: Callable[[], Reply]) -> None:
    """Do it, and cut the line in the middle of the answer."""
    reply = do()
    head = f"HTTP/1.1 {reply.status} x\r\nContent-Type: {reply.kind}\r\n"
    length = f"Content-Length: {len(reply.body)}\r\n\r\n"
    handler.raw((head + length).encode() + reply.body[: len(reply.body) // 2])


def cut_short(handler: Handler, do: Callable[[], Reply]) -> None:
    """Do it, and send half of the answer as if it were all of it."""
    reply = do()
    send(handler, Reply(reply.status, reply.body[: len(reply.body) // 2], reply.headers))


_WARNING = b"<br />\n<b>Warning</b>:  Undefined variable $x in <b>/srv/p.php</b><br />\n"


def warned(handler: Handler, do: Callable[[], Reply]) -> None:
    """Do it, with a warning of PHP's sent before the answer's status and headers could be."""
    send(handler, Reply(200, _WARNING + do().body, {}, "text/html; charset=UTF-8"))


def noisy(handler: Handler, do: Callable[[], Reply]) -> None:
    """Do it, with warnings of PHP's before the answer, which PHP keeps back as long as it can."""
    reply = do()
    send(handler, replace(reply, body=_WARNING * 2 + reply.body))


def delayed(seconds: float) -> Fault:
    """Do it at once, and answer late."""

    def fault(handler: Handler, do: Callable[[], Reply]) -> None:
        reply = do()
        if not handler.site.stopping.wait(seconds):
            send(handler, reply)

    return fault


def DROP(handler: Handler) -> None:  # noqa: N802 - a route that takes nothing reads as a constant
    """Cut the line without a word."""
    handler.connection.shutdown(socket.SHUT_RDWR)


def wp_error(status: int, code: str, message: str, **headers: str) -> Route:
    """An error as WordPress words one."""
    return answer(Refusal(status, code, message).reply.body, status, "application/json", **headers)


LOGIN_PAGE = answer(
    "<!DOCTYPE html><html><head><title>Log In &lsaquo; Bob's blog</title></head><body class="
    "'login'><form id='loginform' action='/wp-login.php'></form></body></html>"
)
MAINTENANCE = answer(
    "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Briefly unavailable for "
    "scheduled maintenance. Check back in a minute.</h1></body></html>",
    503,
    Retry_After="600",
)
FIREWALL = answer(
    "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry, "
    "you have been blocked</body></html>",
    403,
)


@contextmanager
def fake_site(
    path: str = "", *, plain: bool = False, tls: ssl.SSLContext | None = None
) -> Iterator[FakeSite]:
    """Run a site."""
    site = FakeSite(path=path, plain=plain)
    with running(site, _FakeHandler, tls):
        yield site


def _blank(author: int, now: str) -> dict[str, Any]:
    item: dict[str, Any] = {"author": author, "status": "draft", "floating": True}
    item |= {"date_gmt": now, "modified_gmt": now, "slug": "", "title": "", "content": ""}
    return item | {
        "excerpt": "",
        "footnotes": "",
        "featured_media": 0,
        "tags": [],
        "categories": [1],
    }


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", html.unescape(text).lower()).strip("-")


def _json(status: int, value: Any, **headers: str) -> Reply:
    return Reply(status, json.dumps(value).encode(), headers)


def _page(
    found: list[Any], query: Mapping[str, str], show: Callable[[Any], dict[str, Any] | None]
) -> Reply:
    """Return a page of a list; what may not be seen is left out of it, but counted."""
    size, number = int(query.get("per_page", "10")), int(query.get("page", "1"))
    if not 1 <= size <= 100:
        raise Refusal(400, "rest_invalid_param", "Invalid parameter(s): per_page")
    pages = -(-len(found) // size)
    if number > max(pages, 1):
        message = "The page number requested is larger than the number of pages available."
        raise Refusal(400, "rest_post_invalid_page_number", message)
    part = [show(item) for item in found[(number - 1) * size : number * size]]
    counts = {"X_WP_Total": str(len(found)), "X_WP_TotalPages": str(pages)}
    return _json(200, [item for item in part if item is not None], **counts)
