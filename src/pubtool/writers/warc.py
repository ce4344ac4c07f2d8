"""WARC: what was asked and answered on the web, as an archive keeps it (ISO 28500, WARC/1.1).

A file is a row of gzip members, a record each, so that later exchanges are simply put behind the
earlier ones. The same exchanges at the same time give the same bytes: a record's identifier is
made from its content.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from collections.abc import Sequence

from pubtool import __version__
from pubtool.system.messages import Exchange

_CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_NOT_KEPT = frozenset({"transfer-encoding"})
"""What held for the line alone: the payload is kept without its chunks."""


def render_warc(exchanges: Sequence[Exchange], now: str) -> bytes:
    """Return the records of some exchanges: a warcinfo, then each answer with its request.

    `now` is their date, UTC, as in ``2026-05-03T10:20:30Z``.
    """
    fields = f"software: pubtool/{__version__}\r\nformat: WARC File Format 1.1\r\n"
    info = f"{fields}conformsTo: {_CONFORMS}\r\n".encode()
    names = "\n".join(one.url for one in exchanges)
    about = _identifier("warcinfo", now, info, *(e.payload for e in exchanges), names.encode())
    records = [
        _record(
            {
                "WARC-Type": "warcinfo",
                "WARC-Record-ID": about,
                "WARC-Date": now,
                "Content-Type": "application/warc-fields",
            },
            info,
        )
    ]
    for exchange in exchanges:
        records += _pair(exchange, about, now)
    return b"".join(records)


def _pair(exchange: Exchange, about: str, now: str) -> list[bytes]:
    """Return the records of one answer and its request."""
    block = _head(exchange) + exchange.payload
    answer = _identifier("response", now, exchange.url.encode(), block)
    shared = {"WARC-Target-URI": exchange.url, "WARC-Date": now, "WARC-Warcinfo-ID": about}
    if exchange.address:
        shared["WARC-IP-Address"] = exchange.address
    response = {
        "WARC-Type": "response",
        "WARC-Record-ID": answer,
        **shared,
        "WARC-Payload-Digest": _digest(exchange.payload),
        "WARC-Block-Digest": _digest(block),
        "Content-Type": "application/http; msgtype=response",
    }
    request = {
        "WARC-Type": "request",
        "WARC-Record-ID": _identifier("request", now, answer.encode(), exchange.request),
        **shared,
        "WARC-Concurrent-To": answer,
        "WARC-Block-Digest": _digest(exchange.request),
        "Content-Type": "application/http; msgtype=request",
    }
    return [_record(response, block), _record(request, exchange.request)]


def _head(exchange: Exchange) -> bytes:
    lines = [f"HTTP/1.1 {exchange.status} {exchange.reason}".rstrip()]
    lines += [f"{k}: {v}" for k, v in exchange.headers if k.lower() not in _NOT_KEPT]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def _record(headers: dict[str, str], block: bytes) -> bytes:
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    head = "\r\n".join([*lines, f"Content-Length: {len(block)}", "", ""]).encode()
    return gzip.compress(head + block + b"\r\n\r\n", mtime=0)


def _identifier(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        whole.update(len(data).to_bytes(8, "big") + data)
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, whole.hexdigest())}>"


def _digest(data: bytes) -> str:
    return f"sha256:{base64.b32encode(hashlib.sha256(data).digest()).decode('ascii')}"
