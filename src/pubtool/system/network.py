"""The network: the only module that connects to other machines.

One request over HTTP/1.1, by http.client of the standard library, every step of it ours: the name
is resolved once, each of its addresses is looked at, and the connection goes to an address that was
looked at, so that a name which resolves differently the next moment gains nothing. A clock cuts the
line, whatever it is busy with. Retries, redirects and robots.txt are `system/web.py`'s.

A proxy is used only where the environment names one. It resolves the name itself, so that a name
which cannot be resolved here is left to it; one that can is looked at here all the same.

No cookie is kept or sent. A password goes over TLS, or to this machine itself; never by plain HTTP.
"""

from __future__ import annotations

import base64
import functools
import http.client
import ipaddress
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from pubtool import __version__
from pubtool.errors import NotEncrypted, NotFetched, NotPublic, TooLarge
from pubtool.system.addresses import why_not_public
from pubtool.system.messages import Exchange, Limits, Message
from pubtool.system.web_address import WebAddress, is_named

USER_AGENT = f"pubtool/{__version__}"
_CHUNK = 65_536
_PROXY = "see HTTP_PROXY, HTTPS_PROXY and NO_PROXY in the environment"
_CERTIFICATES = "check the address, this machine's clock and its certificates (SSL_CERT_FILE)"


class Broken(Exception):
    """A connection or an answer broke off; another try may help. ``str()`` says how."""


class Lost(Broken):
    """The request, or part of it, was sent, and no whole answer came: it may have been done."""


class _Unknown(Exception):
    """No machine has the name."""


@dataclass(frozen=True, slots=True)
class _Proxy:
    host: str
    port: int
    login: Mapping[str, str]
    """The header that logs in to it, if one is needed."""


def exchange(
    address: WebAddress, accept: str, limits: Limits, deadline: float, allowed: Sequence[str]
) -> Exchange:
    """Return the answer to one GET.

    `accept` is the Accept header; `deadline` is on `time.monotonic`'s clock; `allowed` are the
    hosts that may be private. Raises `NotPublic`, `NotFetched` where another try would not help,
    and `Broken` where the connection or the answer breaks off.
    """
    return _exchange(address, Message("GET", {"Accept": accept}), _Line(limits, deadline), allowed)


def send(
    address: WebAddress, message: Message, limits: Limits, deadline: float, allowed: Sequence[str]
) -> Exchange:
    """Return the answer to any request, whatever its status.

    Raises `Lost` where the request may have reached the server, whatever it was that went wrong
    then; where it certainly has not, `NotEncrypted`, `NotPublic`, `NotFetched` or `Broken`, as
    `exchange` does.
    """
    line = _Line(limits, deadline)
    try:
        return _exchange(address, message, line, allowed)
    except NotFetched as error:
        if not line.used:
            raise
        why = error.why
    except Broken as error:
        if not line.used:
            raise
        why = str(error)
    raise Lost(why)


def _exchange(
    address: WebAddress, message: Message, line: _Line, allowed: Sequence[str]
) -> Exchange:
    headers = {
        "Host": address.netloc,
        "User-Agent": USER_AGENT,
        **message.headers,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    with _troubles(address, line), line.watched():
        proxy = _proxy_for(address)
        found = _resolve(address, allowed, proxy)
        if message.authorization is not None:
            _refuse_to_tell(address, found, proxy)
        target = address.target
        if proxy is None:
            line.connect(found, address.port)
        else:
            line.connect(_addresses_of(proxy.host, proxy.port), proxy.port)
            if address.scheme == "https":
                line.tunnel(address, proxy)
            else:
                target = address.url
                headers |= proxy.login
        if address.scheme == "https":
            line.encrypt(address.host)
        answer = line.ask(address, target, message, headers)
        return replace(answer, address="") if proxy else answer


def _refuse_to_tell(address: WebAddress, found: Sequence[str], proxy: _Proxy | None) -> None:
    """Raise `NotEncrypted` where a password could be read on its way."""
    here = all(ipaddress.ip_address(one.partition("%")[0]).is_loopback for one in found)
    if address.scheme != "https" and (proxy is not None or not here):
        raise NotEncrypted(address.site)


def _resolve(address: WebAddress, allowed: Sequence[str], proxy: _Proxy | None) -> Sequence[str]:
    """Return the addresses of a host, all of them public or allowed by its name."""
    try:
        found = _addresses_of(address.host, address.port)
    except (_Unknown, Broken):
        if proxy is None:
            raise
        return ()  # the proxy may know what we do not
    if is_named(address, allowed):
        return found
    for one in found:
        why = why_not_public(one.partition("%")[0])
        if why:
            shown = address.host if one == address.host else f"{address.host} ({one})"
            raise NotPublic(address.url, shown, why, address.host)
    return found


class _Line:
    """A connection, and the clock that cuts it."""

    def __init__(self, limits: Limits, deadline: float) -> None:
        self.limits = limits
        self.deadline = deadline
        self.late = threading.Event()
        self.used = False
        """Whether any of the request was sent."""
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(0.0, self._cut)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Cut the line at the deadline, whatever it is busy with; close it at the end."""
        self._wind(self.limits.connect + self.limits.silence)
        try:
            yield
        finally:
            self._timer.cancel()
            if self._socket is not None:
                self._socket.close()

    def _wind(self, seconds: float) -> None:
        """Set the clock anew: so many seconds, but never beyond the deadline."""
        self._timer.cancel()
        left = min(seconds, max(self.deadline - time.monotonic(), 0.0))
        self._timer = threading.Timer(left, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def _cut(self) -> None:
        self.late.set()
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:  # it is gone already
                return

    def connect(self, addresses: Sequence[str], port: int) -> None:
        """Connect to the first of some addresses that answers."""
        fault = OSError("it has no address")
        for address in addresses:
            try:
                left = max(self.deadline - time.monotonic(), 0.001)
                patience = min(self.limits.connect, left)
                self._socket = socket.create_connection((address, port), patience)
            except OSError as error:
                fault = error
                continue
            self._socket.settimeout(self.limits.silence)
            if self.late.is_set():
                raise TimeoutError
            return
        raise fault

    def tunnel(self, address: WebAddress, proxy: _Proxy) -> None:
        """Ask the proxy for a line to the host."""
        host = f"{address.host_in_url}:{address.port}"
        lines = [f"CONNECT {host} HTTP/1.1", f"Host: {host}", f"User-Agent: {USER_AGENT}"]
        lines += [f"{name}: {value}" for name, value in proxy.login.items()]
        assert self._socket is not None
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
        answer = http.client.HTTPResponse(self._socket, method="CONNECT")
        answer.begin()
        if answer.status != 200:
            raise NotFetched(
                address.url,
                f"the proxy {proxy.host} refuses the way there ({answer.status} {answer.reason})",
                _PROXY,
            )

    def encrypt(self, host: str) -> None:
        """Begin TLS with the host; its certificate must be valid for its name."""
        assert self._socket is not None
        context = _trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
        wrapped = context.wrap_socket(
            self._socket, server_hostname=host, do_handshake_on_connect=False
        )
        self._socket = wrapped
        wrapped.do_handshake()

    def ask(
        self, address: WebAddress, target: str, message: Message, headers: dict[str, str]
    ) -> Exchange:
        """Send the request and return the answer."""
        connection = http.client.HTTPConnection(address.host, address.port)
        connection.sock = self._socket
        assert self._socket is not None
        peer = str(self._socket.getpeername()[0])
        if message.body or message.method not in ("GET", "OPTIONS"):
            headers = {**headers, "Content-Length": str(len(message.body))}
        secret = message.authorization
        login = {} if secret is None else {"Authorization": secret.reveal()}
        parts = self._parts(message.body) if message.body else None
        self.used = True
        with suppress(ConnectionError):  # it may have answered before it had all: too large
            connection.request(message.method, target, parts, {**headers, **login})
        with connection.getresponse() as answer:
            fields = tuple(answer.getheaders())
            payload = self._read(answer, address)
        kept = {name: value for name, value in headers.items() if name != "Proxy-Authorization"}
        head = [
            f"{message.method} {target} HTTP/1.1",
            *(f"{name}: {value}" for name, value in kept.items()),
        ]
        return Exchange(
            address.url,
            "\r\n".join([*head, "", ""]).encode("ascii"),
            answer.status,
            "".join(sign for sign in answer.reason if sign.isprintable()),
            fields,
            payload,
            peer,
        )

    def _parts(self, body: bytes) -> Iterator[bytes]:
        """Yield the body piece by piece; the clock starts anew with each, and for the answer."""
        for start in range(0, len(body), _CHUNK):
            self._wind(self.limits.silence)
            yield body[start : start + _CHUNK]
        self._wind(self.limits.silence)

    def _read(self, answer: http.client.HTTPResponse, address: WebAddress) -> bytes:
        """Return the body: what came, whatever length the server announced."""
        self._wind(self.limits.whole)
        parts, size, begun = list[bytes](), 0, time.monotonic()
        while part := answer.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > self.limits.size:
                raise TooLarge(address.url, self.limits.size)
            spent = time.monotonic() - begun
            if spent > self.limits.silence and size < self.limits.rate * spent:
                raise TimeoutError
        if self.late.is_set():  # what was cut looks like an end
            raise TimeoutError
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
        return b"".join(parts)


@functools.cache
def _trusted(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Return what is believed of certificates, as the environment names it.

    To read the system's authorities takes some 40 ms, and a post is published in half a dozen
    requests.
    """
    return ssl.create_default_context()


@contextmanager
def _troubles(address: WebAddress, line: _Line) -> Iterator[None]:
    """Say in plain words what goes wrong on a line."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        why = f"its certificate is not valid ({error.verify_message})"
        raise NotFetched(address.url, why, _CERTIFICATES) from None
    except _Unknown as error:
        raise NotFetched(address.url, str(error), "check the address") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        limits, late = line.limits, line.late.is_set()
        if time.monotonic() >= line.deadline:
            why = f"it took longer than {limits.whole:.0f} seconds in all"
        elif late or isinstance(error, TimeoutError):
            why = f"the server is silent or too slow for {limits.silence:.0f} seconds"
        else:
            raise Broken(_said(error)) from None
        raise NotFetched(address.url, why, "try again later") from None


def _said(error: Exception) -> str:
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (http.client.IncompleteRead, "its answer broke off before the end"),
        (ConnectionRefusedError, "the server refused the connection"),
        (ConnectionError, "the server cut the connection"),
        (ssl.SSLError, "no encrypted connection could be made"),
        (OSError, f"no connection could be made ({getattr(error, 'strerror', '') or error})"),
    )
    return next((said for kind, said in kinds if isinstance(error, kind)), "its answer is no HTTP")


def _addresses_of(host: str, port: int) -> Sequence[str]:
    """Return a host's IP addresses, in the system's order; the system bounds the time."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if getattr(error, "errno", None) == socket.EAI_AGAIN:
            raise Broken(f"the name {host} cannot be resolved just now") from None
        raise _Unknown(f"no machine is known by the name {host}") from None
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


def _proxy_for(address: WebAddress) -> _Proxy | None:
    """Return the proxy that the environment names for an address (HTTPS_PROXY, NO_PROXY, …)."""
    proxies = getproxies_environment()
    named = proxies.get(address.scheme) or proxies.get("all")
    if not named or proxy_bypass(address.netloc):
        return None
    try:
        parts = urlsplit(named if "://" in named else f"http://{named}")
        host, port = parts.hostname or "", parts.port or 80
    except ValueError:
        host, port = "", 0
    if not host or parts.scheme != "http":
        why = "the environment names a proxy that is not one of http"
        raise NotFetched(address.url, why, _PROXY)
    if parts.username is None:
        return _Proxy(host, port, {})
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
    basic = base64.b64encode(login).decode("ascii")
    return _Proxy(host, port, {"Proxy-Authorization": f"Basic {basic}"})
