"""Fetching, against a real server on loopback; nothing here leaves this machine."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.loopback import (
    Handler,
    Route,
    Site,
    answer,
    bomb,
    drip,
    endless,
    in_turn,
    raw,
    redirect,
    serve,
)

from pubtool.errors import Gone, NotFetched, NotPublic
from pubtool.system.messages import Limits
from pubtool.system.network import USER_AGENT
from pubtool.system.web import Web

CALM = Limits(size=1_000_000)
SILENT = Limits(connect=1.5, silence=1.5, size=1_000_000)
"""For a server that stops: a busy machine may be as slow as a fifth of it without being told."""
SHORT = Limits(whole=2.0, size=1_000_000)
"""For one that goes on without end."""
PAGE = answer("a page")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """No proxies of the machine's, and no connection that leaves it."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    connect, reached = socket.create_connection, list[str]()

    def guarded(address: tuple[str, int], *rest: Any, **more: Any) -> socket.socket:
        reached.append(address[0])
        assert address[0].startswith("127.")
        return connect(address, *rest, **more)

    monkeypatch.setattr(socket, "create_connection", guarded)
    yield reached
    assert all(address.startswith("127.") for address in reached)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


class Waits(list[float]):
    """The pauses that were asked for, and not made."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def web(limits: Limits = CALM, waits: Waits | None = None, *allowed: str) -> Web:
    return Web(allowed or ("127.0.0.1",), limits, waits if waits is not None else Waits())


def refused(site: Site, path: str = "/a", limits: Limits = CALM) -> str:
    with pytest.raises(NotFetched) as caught:
        web(limits).fetch(site.url(path))
    said = str(caught.value)
    assert said.count("\n") == 0
    assert "; " in said, "no mend"
    return said


# --- What is asked --------------------------------------------------------------------------------


def test_a_page_is_fetched_and_the_exchange_kept(site: Site) -> None:
    site.routes["/a"] = PAGE
    found = web().fetch(site.url("/a?q=1#part"))
    assert (found.body, found.url) == (b"a page", site.url("/a?q=1"))
    (exchange,) = found.exchanges
    assert exchange.request.startswith(b"GET /a?q=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert (exchange.status, exchange.address) == (200, "127.0.0.1")


def test_it_says_who_it_is_and_keeps_no_cookies(site: Site) -> None:
    site.routes["/a"] = answer("", 302, Location="/b", Set_Cookie="session=1")
    site.routes["/b"] = PAGE
    web().fetch(site.url("/a"))
    headers = dict(site.asked)["/b"]
    assert headers["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("pubtool/")
    assert "cookie" not in headers


def test_signs_that_no_request_can_hold_are_written_otherwise(site: Site) -> None:
    site.routes["/caf%C3%A9%20x"] = PAGE
    assert web().fetch(site.url("/café x")).body == b"a page"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://127.0.0.1/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://127.0.0.1/", "only http and https"),
        ("https://", "only http and https"),
        ("http://[::1", "it is no web address"),
        ("http://127.0.0.1:99999/", "it is no web address"),
        ("http://a b/", "it is no web address"),
        ("http://a\x1b[31m.example/", "it is no web address"),
        ("http://user:secret@127.0.0.1/a", "a name and a password"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str, why: str) -> None:
    with pytest.raises(NotFetched, match=why) as caught:
        web().fetch(url)
    assert "secret" not in str(caught.value)


# --- Answers that lie, break off, or never end ---------------------------------------------------

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BAD: dict[str, tuple[Route, str]] = {
    "no answer": (raw(hang=True), "the server is silent or too slow for 2 seconds"),
    "cut at once": (raw(), "the server cut the connection"),
    "head dripping": (drip(b"HTTP/1.1 200 OK\r\nX: "), "it took longer than 2 seconds in all"),
    "body dripping": (drip(HEAD + b"\r\n"), "silent or too slow for 2 seconds"),
    "body dripping, length told": (
        drip(HEAD + b"Content-Length: 9000\r\n\r\n"),
        "silent or too slow for 2 seconds",
    ),
    "body stops": (
        raw(HEAD + b"Content-Length: 90\r\n\r\nhalf", hang=True),
        "the server is silent or too slow for 2 seconds",
    ),
    "shorter than told": (
        raw(HEAD + b"Content-Length: 90\r\n\r\nhalf"),
        "its answer broke off before the end",
    ),
    "chunk cut": (
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n90\r\nhalf"),
        "its answer broke off before the end",
    ),
    "chunk nonsense": (
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        "its answer broke off before the end",
    ),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "its answer is no HTTP"),
    "a thousand headers": (
        raw(HEAD + b"X: y\r\n" * 1000 + b"\r\n"),
        "its answer is no HTTP",
    ),
    "an endless header": (endless(b"HTTP/1.1 200 OK\r\nX: "), "its answer is no HTTP"),
    "an endless stream": (endless(HEAD + b"\r\n"), "it is larger than 1 MB"),
    "an endless stream of small length": (
        endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n"),
        "it is larger than 1 MB",
    ),
    "a bomb": (answer(bomb(50), Content_Encoding="gzip"), "it is larger than 1 MB"),
    "a bomb in a bomb": (
        answer(gzip.compress(bomb(50)), Content_Encoding="gzip, gzip"),
        "it is larger than 1 MB",
    ),
    "packed, it says": (answer("not packed", Content_Encoding="gzip"), "said to be gzip, and is"),
    "packed and cut": (
        answer(gzip.compress(os.urandom(900))[:-100], Content_Encoding="gzip"),
        "said to be gzip, and is not",
    ),
    "packed oddly": (answer("x", Content_Encoding="br"), "packed as 'br', which was not asked"),
    "204": (answer("", 204), "the server answers 204"),
    "300": (answer("", 300), "the server answers 300"),
    "401": (answer("", 401), "the server answers 401 (Unauthorized)"),
    "403": (answer("", 403), "open it in a browser, save the page or the PDF, and add that file"),
    "999": (answer("", 999), "the server answers 999"),
}


ENDLESS = {
    "no answer": SILENT,
    "head dripping": SHORT,
    "body dripping": SILENT,
    "body dripping, length told": SILENT,
    "body stops": SILENT,
}
"""How long is waited for those of them that never end."""


@pytest.mark.parametrize("case", BAD)
def test_a_bad_answer_is_one_sentence(site: Site, case: str) -> None:
    site.routes["/a"], why = BAD[case]
    assert why in refused(site, limits=ENDLESS.get(case, CALM))


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX: ", HEAD + b"\r\n"])
def test_who_drips_is_left_long_before_the_time_for_all(site: Site, head: bytes) -> None:
    site.routes["/a"] = drip(head)
    assert "silent or too slow for 2 seconds" in refused(site, limits=SILENT)
    assert site.paths == ["/a"], "not tried again"


def test_a_slow_answer_that_goes_on_is_waited_for(site: Site) -> None:
    parts = [b"x" * 1000] * 8
    site.routes["/a"] = raw(HEAD + b"Content-Length: 8000\r\n\r\n", *parts, pause=0.25)
    assert web(SILENT).fetch(site.url("/a")).body == b"x" * 8000


def test_an_answer_that_never_ends_is_cut_at_the_time_for_all(site: Site) -> None:
    site.routes["/a"] = drip(HEAD + b"\r\n")
    patient = Limits(silence=1.5, rate=1.0, whole=2.5)
    assert "it took longer than 2 seconds in all" in refused(site, limits=patient)


def test_a_refused_connection_is_one_sentence(site: Site) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/a"
        with pytest.raises(NotFetched, match=r"robots\.txt.*the server refused the connection"):
            web().fetch(url)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"a page")),
        ("x-gzip", gzip.compress(b"a ") + gzip.compress(b"page")),
        ("deflate", zlib.compress(b"a page")),
        ("deflate", zlib.compress(b"a page")[2:-4]),
        ("gzip, identity", gzip.compress(b"a page")),
        ("deflate, gzip", gzip.compress(zlib.compress(b"a page"))),
    ],
)
def test_a_packed_answer_is_unpacked_and_kept_as_it_came(
    site: Site, coding: str, body: bytes
) -> None:
    site.routes["/a"] = answer(body, Content_Encoding=coding)
    found = web().fetch(site.url("/a"))
    assert (found.body, found.exchanges[-1].payload) == (b"a page", body)


def test_chunks_are_joined(site: Site) -> None:
    site.routes["/a"] = raw(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\na \r\n4\r\npage\r\n0\r\n\r\n"
    )
    assert web().fetch(site.url("/a")).body == b"a page"


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_said_to_be(site: Site, status: int) -> None:
    site.routes["/a"] = answer("", status)
    with pytest.raises(Gone, match=f"nothing stands there: the server answers {status}"):
        web().fetch(site.url("/a"))


# --- Second tries ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_fails_for_the_moment_is_tried_again_later_each_time(site: Site, status: int) -> None:
    site.routes["/a"] = in_turn(answer("", status), answer("", status), PAGE)
    waits = Waits()
    patient = Limits(whole=20.0)
    assert web(patient, waits).fetch(site.url("/a")).body == b"a page"
    assert waits == [1.0, 2.0]


def test_a_cut_connection_is_tried_again(site: Site) -> None:
    site.routes["/a"] = in_turn(raw(), raw(HEAD + b"Content-Length: 90\r\n\r\nhalf"), PAGE)
    assert web(Limits()).fetch(site.url("/a")).body == b"a page"


def test_there_is_an_end_to_it(site: Site) -> None:
    site.routes["/a"] = answer("", 503)
    waits = Waits()
    with pytest.raises(NotFetched, match="503"):
        web(Limits(), waits).fetch(site.url("/a"))
    assert site.paths == ["/a"] * 4
    assert waits == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501])
def test_what_will_not_change_is_not_tried_again(site: Site, status: int) -> None:
    site.routes["/a"] = answer("", status)
    refused(site)
    assert site.paths == ["/a"]


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry_After": "7"}, [7.0]),
        ({"Retry_After": "0"}, [1.0]),
        ({"Retry_After": "soon"}, [1.0]),
        ({"Retry_After": "-5"}, [1.0]),
        ({"Retry_After": "²"}, [1.0]),
        (
            {
                "Retry_After": "Wed, 25 Nov 2026 10:00:09 GMT",
                "Date": "Wed, 25 Nov 2026 10:00:00 GMT",
            },
            [9.0],
        ),
    ],
)
def test_a_server_that_asks_to_wait_is_waited_for(
    site: Site, headers: dict[str, str], waited: list[float]
) -> None:
    fields = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())
    busy = f"HTTP/1.1 429 Busy\r\n{fields}Content-Length: 0\r\n\r\n".encode("latin-1")
    site.routes["/a"] = in_turn(raw(busy), PAGE)
    waits = Waits()
    web(Limits(), waits).fetch(site.url("/a"))
    assert waits == waited


def test_a_server_that_asks_for_too_long_a_wait_is_left(site: Site) -> None:
    site.routes["/a"] = answer("", 429, Retry_After="3600")
    assert "try again in 3600 seconds" in refused(site, limits=Limits())
    assert site.paths == ["/a"]


def test_no_wait_goes_beyond_the_time_for_all(site: Site) -> None:
    site.routes["/a"] = answer("", 503)
    waits = Waits()
    with pytest.raises(NotFetched):
        web(Limits(whole=1.5), waits).fetch(site.url("/a"))
    assert 4.0 not in waits


# --- Redirects ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location", ["/b/c", "b/c", "../b/c", "//HOST/b/c", "?to=c", "caf\xc3\xa9"]
)
def test_redirects_are_followed(site: Site, status: int, location: str) -> None:
    host = f"127.0.0.1:{site.port}"
    site.routes["/x"] = redirect(location.replace("HOST", host), status)
    for path in ("/b/c", "/x?to=c", "/caf%C3%A9"):
        site.routes[path] = PAGE
    found = web().fetch(site.url("/x"))
    assert found.body == b"a page"
    assert [exchange.status for exchange in found.exchanges] == [status, 200]
    assert found.url != site.url("/x")


def test_ten_redirects_are_followed_and_no_more(site: Site) -> None:
    for number in range(12):
        site.routes[f"/{number}"] = redirect(f"/{number + 1}")
    site.routes["/12"] = PAGE
    assert web().fetch(site.url("/2")).url == site.url("/12")
    assert "redirects more than 10 times" in refused(site, "/1")


def test_a_circle_of_redirects_is_seen(site: Site) -> None:
    site.routes["/a"], site.routes["/b"] = redirect("/b"), redirect("/a")
    assert f"redirects in a circle, back to {site.url('/a')}" in refused(site)
    assert site.paths == ["/a", "/b"]


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "http://u:secret@127.0.0.1/",
     "http://[::1", "http://127.0.0.1:port/"],
)  # fmt: skip
def test_a_redirect_out_of_the_web_is_refused(site: Site, location: str) -> None:
    site.routes["/a"] = redirect(location)
    said = refused(site)
    assert "no web address" in said
    assert "secret" not in said


def test_a_redirect_without_a_place_is_the_answer_itself(site: Site) -> None:
    site.routes["/a"] = answer("", 302)
    assert "the server answers 302" in refused(site)


# --- Addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "017700000001", "127.1", "[::1]",
     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]", "169.254.169.254", "10.0.0.1",
     "[fe80::1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "LOCALHOST.", "１２７.0.0.1"],
)  # fmt: skip
def test_a_private_address_is_refused_however_it_is_written(host: str, alone: list[str]) -> None:
    with pytest.raises(NotPublic, match=r"no public address.*--allow-host"):
        web(CALM, None, "other.example").fetch(f"http://{host}/latest/meta-data")
    assert alone == []


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    site.routes["/a"] = redirect("http://127.0.0.2/admin")
    with pytest.raises(NotPublic, match=r"http://127\.0\.0\.2/admin: not fetched"):
        web().fetch(site.url("/a"))


def test_a_host_is_allowed_by_its_name_or_its_port(site: Site) -> None:
    site.routes["/a"] = PAGE
    assert web(CALM, None, f"127.0.0.1:{site.port}").fetch(site.url("/a")).body == b"a page"
    with pytest.raises(NotPublic):
        web(CALM, None, f"127.0.0.1:{site.port + 1}").fetch(site.url("/a"))


@contextmanager
def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> Iterator[list[str]]:
    """Let names resolve to one list of addresses after the other."""
    left, asked = list(answers), list[str]()

    def resolve(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        if host[0].isdigit():  # a number is looked up nowhere
            found = [host]
        else:
            asked.append(host)
            found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    yield asked


def test_one_private_address_among_several_is_enough(
    monkeypatch: pytest.MonkeyPatch, alone: list[str]
) -> None:
    refusal = pytest.raises(NotPublic, match=r"two\.example \(10\.0\.0\.1\) is no public")
    with names(monkeypatch, ["93.184.215.14", "10.0.0.1"]), refusal:
        web().fetch("http://two.example/")
    assert alone == []


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch, alone: list[str]
) -> None:
    site.routes["/a"] = PAGE
    monkeypatch.setattr("pubtool.system.network.why_not_public", {"127.0.0.1": ""}.__getitem__)
    with names(monkeypatch, ["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]) as asked:
        found = web(CALM, None, "other.example").fetch(site.url("/a", "changing.example"))
    assert found.body == b"a page"
    assert asked == ["changing.example"] * 2, "once for robots.txt, once for the page"
    assert set(alone) == {"127.0.0.1"}
    assert dict(site.asked)["/a"]["host"] == f"changing.example:{site.port}"


def test_an_address_that_does_not_answer_gives_way_to_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes["/a"] = PAGE
    with names(monkeypatch, ["127.0.0.9", "127.0.0.1"]):
        found = web(CALM, None, "two.example").fetch(site.url("/a", "two.example"))
    assert found.exchanges[-1].address == "127.0.0.1"


# --- TLS ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


@contextmanager
def secure(authority: trustme.CA, name: str, routes: dict[str, Route]) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    with serve(routes, context) as site:
        yield site


@pytest.mark.usefixtures("trusted")
def test_a_valid_certificate_is_accepted(authority: trustme.CA) -> None:
    with secure(authority, "localhost", {"/a": PAGE}) as site:
        assert web(CALM, None, "localhost").fetch(site.url("/a", "localhost")).body == b"a page"


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(authority: trustme.CA) -> None:
    refusal = pytest.raises(NotFetched, match="certificate is not valid")
    with secure(authority, "elsewhere.example", {"/a": PAGE}) as site, refusal:
        web(CALM, None, "localhost").fetch(site.url("/a", "localhost"))
    assert site.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(authority: trustme.CA) -> None:
    refusal = pytest.raises(NotFetched, match="certificate is not valid")
    with secure(authority, "localhost", {"/a": PAGE}) as site, refusal:
        web(CALM, None, "localhost").fetch(site.url("/a", "localhost"))
    assert site.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_redirect_to_what_is_not_encrypted_is_refused_unless_allowed(
    authority: trustme.CA, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes["/b"] = PAGE
    with secure(authority, "localhost", {"/a": redirect(site.url("/b"))}) as safe:
        url = safe.url("/a", "localhost")
        with pytest.raises(NotFetched, match=r"from https to http://127\.0\.0\.1.*not encrypted"):
            web(CALM, None, "localhost").fetch(url)
        assert site.asked == []
        assert web(CALM, None, "localhost", "127.0.0.1").fetch(url).body == b"a page"


def test_http_on_a_port_for_https_is_one_sentence(site: Site) -> None:
    with pytest.raises(NotFetched, match=r"robots\.txt.*(?:no encrypted connection|cut)"):
        web().fetch(site.url("/a").replace("http:", "https:"))


# --- robots.txt -----------------------------------------------------------------------------------

ROBOTS = [
    (answer("User-agent: *\nDisallow: /\n"), "robots.txt forbids it"),
    (answer("User-agent: pubtool\nDisallow: /a\n"), "robots.txt forbids it"),
    (answer("User-agent: *\nDisallow: /*.pdf$\nDisallow: /a$\n"), "robots.txt forbids it"),
    (answer("User-agent: *\nDisallow: /\n\nUser-agent: pubtool\nAllow: /\n"), ""),
    (answer("User-agent: other\nDisallow: /\n"), ""),
    (answer("User-agent: *\nDisallow: /private\n"), ""),
    (answer("<html>no such page</html>"), ""),
    (answer(b"\xff\xfe\x00broken"), ""),
    (answer("", 404), ""),
    (answer("", 403), ""),
    (answer("", 500), "robots.txt, which says what programs may fetch, cannot be had"),
    (answer("", 429), "cannot be had (the server answers 429)"),
    (raw(), "cannot be had (the server cut the connection)"),
    (endless(HEAD + b"\r\n"), "cannot be had (it is larger than 1 MB)"),
    (redirect("/elsewhere"), "robots.txt forbids it"),
    (redirect("/robots.txt"), "cannot be had (it redirects in a circle"),
]


@pytest.mark.parametrize("number", range(len(ROBOTS)))
def test_robots_txt_is_respected(site: Site, number: int) -> None:
    site.routes["/robots.txt"], why = ROBOTS[number]
    site.routes["/elsewhere"] = answer("User-agent: *\nDisallow: /\n", kind="text/plain")
    site.routes["/a"] = PAGE
    if why:
        assert why in refused(site)
        assert "/a" not in site.paths
    else:
        assert web().fetch(site.url("/a")).body == b"a page"


def test_robots_txt_is_asked_once_a_site_and_for_every_redirect(site: Site) -> None:
    with serve({"/robots.txt": answer("User-agent: *\nDisallow: /\n"), "/b": PAGE}) as other:
        site.routes["/a"] = redirect(other.url("/b"))
        site.routes["/c"] = PAGE
        one = web()
        one.fetch(site.url("/c"))
        with pytest.raises(NotFetched, match="forbids"):
            one.fetch(site.url("/a"))
        assert [path for path, _ in site.asked] == ["/robots.txt", "/c", "/a"]
        assert other.paths == []


def test_a_service_for_programs_is_not_asked_for_its_robots_txt(site: Site) -> None:
    site.routes["/a"] = PAGE
    assert web().ask(site.url("/a"), "application/json").body == b"a page"
    assert [path for path, _ in site.asked] == ["/a"]
    assert site.asked[0][1]["accept"] == "application/json"


def test_nor_is_one_that_is_named_as_such_and_where_it_leads_is(site: Site) -> None:
    with serve({"/robots.txt": answer("User-agent: *\nDisallow: /\n"), "/b": PAGE}) as other:
        site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /\n")
        site.routes["/a"] = redirect(other.url("/b"))
        one = Web(("127.0.0.1",), CALM, Waits(), services=(site.url("/x"),))
        with pytest.raises(NotFetched, match=f"{other.port}/b: not fetched: .* forbids"):
            one.fetch(site.url("/a"))
        assert [path for path, _ in site.asked] == ["/a"]


# --- Proxies --------------------------------------------------------------------------------------


def relay(handler: Handler) -> None:
    """Answer as a proxy that knows one page."""
    answer(f"by proxy: {handler.path}")(handler)


def test_a_proxy_is_used_where_the_environment_names_one(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://me:pa%73s@127.0.0.1:{site.port}")
    site.routes["http://inside.invalid/a"] = relay
    found = web(CALM, None, "nothing.example").fetch("http://inside.invalid/a")
    assert found.body == b"by proxy: http://inside.invalid/a"
    assert dict(site.asked)["http://inside.invalid/a"]["proxy-authorization"].startswith("Basic ")
    assert b"Basic" not in found.exchanges[-1].request, "a password must not be kept"
    assert found.exchanges[-1].address == ""


def test_a_proxy_is_no_way_to_a_private_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{site.port}")
    with pytest.raises(NotPublic):
        web(CALM, None, "nothing.example").fetch("http://169.254.169.254/latest")
    assert site.asked == []


@pytest.mark.usefixtures("trusted")
def test_https_goes_through_a_tunnel(
    authority: trustme.CA, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secure(authority, "localhost", {"/a": PAGE}) as safe:

        def tunnel(handler: Handler) -> None:
            handler.raw(b"HTTP/1.1 200 Connected\r\n\r\n")
            with socket.socket() as far:
                far.connect(("127.0.0.1", safe.port))
                join(handler.connection, far)

        site.routes["CONNECT"] = tunnel
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{site.port}")
        assert web(Limits(), None, "localhost").fetch(safe.url("/a", "localhost")).body == b"a page"
    assert {path for path, _ in site.asked} == {f"localhost:{safe.port}"}


def join(near: socket.socket, far: socket.socket) -> None:
    """Carry bytes both ways until one side ends."""
    import select

    for _ in range(1000):
        ready, _, _ = select.select([near, far], [], [], 5)
        for one in ready:
            got = one.recv(65_536)
            if not got:
                return
            (far if one is near else near).sendall(got)


def test_a_proxy_that_refuses_is_named(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{site.port}")
    with pytest.raises(NotFetched, match=r"the proxy 127\.0\.0\.1 refuses the way there \(403"):
        web(CALM, None, "inside.invalid").fetch("https://inside.invalid/a")


def test_a_proxy_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(NotFetched, match="a proxy that is not one of http"):
        web().fetch("http://127.0.0.1/a")


# --- Whatever comes -------------------------------------------------------------------------------

ANSWERS = st.binary(max_size=200) | st.builds(
    lambda *parts: b"".join(parts),
    st.sampled_from([
        b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 \r\n", b"HTTP/9 -1\r\n", b"HTTP/1.0 200\n",
        b"HTTP/1.1 403 \x1b[31mNo\r\n",
    ]),
    st.sampled_from([
        b"", b"Content-Length: -1\r\n", b"Content-Length: 9e9\r\n", b"Location: \xff\x00//[\r\n",
        b"Content-Encoding: deflate\r\n", b"Transfer-Encoding: chunked\r\n", b"Location: \r\n",
        b"Content-Length: 3\r\nContent-Length: 4\r\n", b": \r\n", b" folded\r\n", b"\x00: \x01\r\n",
    ]),
    st.sampled_from([b"", b"\r\n", b"\r\n-1\r\n", b"\r\nffffffffffffffff\r\n"]),
    st.binary(max_size=50),
)  # fmt: skip


@settings(max_examples=10)
@given(st.lists(ANSWERS, min_size=20, max_size=20))
def test_whatever_a_server_sends_is_an_answer_or_one_sentence(answers: list[bytes]) -> None:
    with serve({"/robots.txt": answer("", 404)}) as site:
        once = Limits(connect=2.0, silence=0.3, whole=1.0, size=1_000_000, waits=())
        for number, data in enumerate(answers):
            site.routes[f"/{number}"] = raw(data)
            try:
                found = web(once).fetch(site.url(f"/{number}"))
                said = found.exchanges[-1].reason
            except NotFetched as error:
                said = str(error)
            assert said.isprintable(), "a server must not steer the terminal"
