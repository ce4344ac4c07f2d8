"""What is asked of a server, what it answers, and how long that may take."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from pubtool.errors import NotFetched, TooLarge
from pubtool.system.secret import Secret

LOOK = "check the address, and try again later"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one `Web.fetch` or other errand, redirects and second tries included."""

    connect: float = 10.0
    """Seconds for a connection to be made."""
    silence: float = 30.0
    """Seconds in which a server may send nothing, or for its answer's head."""
    rate: float = 200.0
    """Bytes a second that must come on the whole, once that time is over."""
    whole: float = 300.0
    """Seconds for all of it."""
    size: int = 200_000_000
    """Bytes of an answer, packed or unpacked."""
    waits: tuple[float, ...] = (1.0, 2.0, 4.0)
    """Seconds before each further try."""
    longest_wait: float = 30.0
    """Seconds that a server may ask to wait; where it asks for more, there is no further try."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer."""

    url: str
    request: bytes
    """The request's head, as it was sent, but without passwords."""
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    """The answer's, in their order."""
    payload: bytes
    """The answer's body without the transfer's chunks, but still packed if it was."""
    address: str
    """The IP address that it came from; empty where a proxy was between."""

    def header(self, name: str) -> str:
        """Return a header's first value, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def redirect(self) -> str:
        """Where it says that what was asked for is now; empty where it is no redirect."""
        location = self.header("Location") if self.status in _REDIRECTS else ""
        # headers are read as Latin-1; an address in one is ASCII or, often enough, bare UTF-8
        return location.encode("latin-1", "replace").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Message:
    """What is asked of a server."""

    method: str
    """``GET``, ``POST``, …"""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Beside those that every request has."""
    body: bytes = b""
    authorization: Secret | None = None
    """The whole value of that header."""


def retry_after(answer: Exchange) -> float:
    """Return the seconds that a server asks to wait, 0 where it says none."""
    said = answer.header("Retry-After").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        then, now = (parsedate_to_datetime(text) for text in (said, answer.header("Date")))
        return max((then - now).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0


def wait_for_next(
    limits: Limits, waits: Iterator[float], answer: Exchange | None, left: float
) -> float | None:
    """Return the seconds before a further try, None where there is to be none.

    `waits` are what is left of `limits.waits`; `answer` is the last one, if one came, and may ask
    for more; `left` are the seconds that there are at all.
    """
    wait = next(waits, None)
    if wait is not None and answer is not None:
        wait = max(wait, retry_after(answer))
    return None if wait is None or wait > min(limits.longest_wait, left) else wait


def unpack(answer: Exchange, size: int) -> bytes:
    """Return the body without its content coding, bounded whatever it swells to."""
    body = answer.payload
    codings = [c.strip().lower() for c in answer.header("Content-Encoding").split(",")]
    for coding in reversed([c for c in codings if c not in ("", "identity")]):
        if coding not in ("gzip", "x-gzip", "deflate"):
            raise NotFetched(answer.url, f"it is packed as {coding!r}, which was not asked for")
        try:
            body = _inflate(body, 47 if coding != "deflate" else _deflate_bits(body), size)
        except (zlib.error, EOFError):
            raise NotFetched(answer.url, f"it is said to be {coding}, and is not", LOOK) from None
        if len(body) > size:
            raise TooLarge(answer.url, size)
    return body


def _deflate_bits(body: bytes) -> int:
    """Return zlib's window for "deflate", which some servers send without zlib's own head."""
    return 15 if body[:1] and (body[0] & 0x0F) == 8 and int.from_bytes(body[:2]) % 31 == 0 else -15


def _inflate(data: bytes, bits: int, size: int) -> bytes:
    """Return what is packed in `data`, or its first `size` + 1 bytes."""
    parts, left = list[bytes](), size + 1
    while data and left > 0:
        unpacker = zlib.decompressobj(bits)
        parts.append(unpacker.decompress(data, left))
        left -= len(parts[-1])
        if not unpacker.eof and left > 0:
            raise EOFError
        data = unpacker.unused_data if unpacker.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(parts)
