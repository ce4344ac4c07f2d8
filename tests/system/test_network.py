"""Requests that write, against a real server on loopback; those that read are in `test_web.py`."""

from __future__ import annotations

import os
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import trustme
from tests.loopback import Handler, Route, Site, answer, raw, running

from pubtool.errors import NotEncrypted, NotFetched, NotPublic, PubtoolError
from pubtool.system.messages import Exchange, Limits, Message
from pubtool.system.network import Broken, Lost, send
from pubtool.system.secret import Secret
from pubtool.system.web_address import WebAddress

CALM = Limits(size=100_000)
QUICK = Limits(silence=1.5, whole=20.0, size=100_000)
LOGIN = Secret("Basic c2VjcmV0")


_PIECE = 250_000


class Taken(Site):
    """A server with what it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies = list[tuple[str, bytes | None]]()
        self.slowness = 0.0
        """Seconds before each piece of a body is read."""


class Taking(Handler):
    """Reads what it is sent, and remembers it."""

    site: Taken

    def setup(self) -> None:
        # What waits unread in the server's buffer is silence to the client: keep it small.
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        super().setup()

    def take(self) -> None:
        self.close_connection = True
        if "before" in self.site.routes:
            return self.site.routes["before"](self)
        length = int(self.headers.get("Content-Length", "-1"))
        parts = list[bytes]()
        for start in range(0, length, _PIECE):
            self.site.stopping.wait(self.site.slowness)
            parts.append(self.rfile.read(min(_PIECE, length - start)))
        self.site.bodies.append((self.command, b"".join(parts) if length >= 0 else None))
        self.site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        return self.site.routes.get("answer", answer("done"))(self)


for _verb in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
    setattr(Taking, f"do_{_verb}", Taking.take)


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def site() -> Iterator[Taken]:
    site = Taken()
    with running(site, Taking):
        yield site


def sent(site: Site, message: Message, limits: Limits = CALM, host: str = "127.0.0.1") -> Exchange:
    address = WebAddress.parse(site.url("/a?b=1", host))
    return send(address, message, limits, time.monotonic() + limits.whole, (host,))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("size", [0, 1, 65_536, 200_001])
def test_a_body_arrives_whole(site: Taken, method: str, size: int) -> None:
    body = os.urandom(size)
    found = sent(site, Message(method, {"Content-Type": "image/png", "X-A": "b"}, body))
    assert (found.status, found.payload, site.bodies) == (200, b"done", [(method, body)])
    (_, headers), *_ = site.asked
    assert (headers["content-type"], headers["x-a"]) == ("image/png", "b")
    assert "transfer-encoding" not in headers


def test_what_only_asks_has_no_body(site: Taken) -> None:
    sent(site, Message("GET"))
    sent(site, Message("OPTIONS"))
    assert site.bodies == [("GET", None), ("OPTIONS", None)]


def test_the_password_is_sent_and_not_kept(site: Taken) -> None:
    found = sent(site, Message("POST", {}, b"x", LOGIN))
    assert site.asked[0][1]["authorization"] == LOGIN.reveal()
    assert b"uthorization" not in found.request
    assert b"POST /a?b=1 HTTP/1.1\r\n" in found.request
    assert "c2VjcmV0" not in repr(found) + repr(Message("POST", {}, b"x", LOGIN))


LOST: dict[str, Route] = {
    "cut": raw(),
    "silent": raw(hang=True),
    "half an answer": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
    "half a line": raw(b"HTTP/1.1 2"),
    "no HTTP": raw(b"220 ready\r\n"),
    "too much": raw(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200_000),
}


@pytest.mark.parametrize("when", ["before", "answer"])
@pytest.mark.parametrize("name", LOST)
def test_once_a_request_was_sent_it_may_have_been_done(site: Taken, name: str, when: str) -> None:
    site.routes[when] = LOST[name]
    with pytest.raises(Lost):
        sent(site, Message("POST", {}, b"x" * 1000), QUICK if name == "silent" else CALM)


def test_a_connection_that_was_never_made_is_not_lost(site: Taken) -> None:
    with ExitStack() as stack:
        gone = Taken()
        stack.enter_context(running(gone, Taking))
    with pytest.raises(Broken) as caught:
        sent(gone, Message("POST", {}, b"x"))
    assert type(caught.value) is Broken
    assert str(caught.value) == "the server refused the connection"


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "127.0.0.1"])
def test_a_private_address_is_refused_unless_it_is_named(address: str) -> None:
    to = WebAddress.parse(f"http://{address}/")
    with pytest.raises(NotPublic):
        send(to, Message("POST", {}, b"x"), QUICK, time.monotonic() + 1, ())


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1"])
def test_a_password_is_not_sent_without_encryption(address: str) -> None:
    to = WebAddress.parse(f"http://{address}/wp-json/")
    with pytest.raises(NotEncrypted, match=rf"http://{address}: no password .*https://") as caught:
        send(to, Message("GET", {}, b"", LOGIN), QUICK, time.monotonic() + 1, (address,))
    assert isinstance(caught.value, PubtoolError)


def test_a_password_is_not_told_to_a_proxy(site: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.url(""))
    with pytest.raises(NotEncrypted):
        sent(site, Message("GET", {}, b"", LOGIN))
    assert site.asked == []
    sent(site, Message("GET"))
    assert [path for path, _ in site.asked] == [site.url("/a?b=1")]


def test_a_name_is_looked_up_before_a_password_is_sent(
    site: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That a host is named does not make the way to it private."""
    found = [("192.0.2.7",), ("127.0.0.1", "192.0.2.7")]
    for addresses in found:
        monkeypatch.setattr(
            "pubtool.system.network._addresses_of", lambda host, port, one=addresses: one
        )
        with pytest.raises(NotEncrypted):
            sent(site, Message("POST", {}, b"x", LOGIN), host="blog.lan")
    assert site.asked == []


def test_a_certificate_that_does_not_hold_is_told_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority = trustme.CA()
    authority.issue_cert("localhost").configure_cert(context)
    site = Taken()
    with running(site, Taking, context):
        with pytest.raises(NotFetched, match="its certificate is not valid"):
            sent(site, Message("POST", {}, b"x", LOGIN), host="localhost")
        assert site.asked == []
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        sent(site, Message("POST", {}, b"x", LOGIN), host="localhost")
        assert site.bodies == [("POST", b"x")]


def test_an_answer_that_comes_before_the_body_is_read(site: Taken) -> None:
    """A server that finds a file too large says so at once, and takes no more of it."""
    site.routes["before"] = raw(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", hang=True)
    assert sent(site, Message("POST", {}, b"x" * 100_000)).status == 413


def test_a_file_may_take_longer_than_a_silence_as_long_as_some_of_it_goes(site: Taken) -> None:
    site.slowness = 0.08
    limits = Limits(connect=0.2, silence=3.5, whole=60.0)
    begun = time.monotonic()
    assert sent(site, Message("POST", {}, b"x" * 16_000_000), limits).status == 200
    assert time.monotonic() - begun > limits.connect + limits.silence
    assert len(site.bodies[0][1] or b"") == 16_000_000


def test_a_secret_is_shown_to_nobody() -> None:
    import copy
    import pickle

    secret = Secret("hunter2")
    shown = [repr(secret), str(secret), f"{secret}", f"{secret:>20}", f"{secret!r}", repr([secret])]
    assert not any("hunter2" in text for text in shown)
    assert secret.reveal() == "hunter2"
    for write_down in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            write_down(secret)
