"""The snapshot of an exchange, as another program reads it."""

from __future__ import annotations

import gzip
import io

from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from pubtool.system.messages import Exchange
from pubtool.writers.warc import render_warc

NOW = "2026-05-03T10:20:30Z"


def exchange(payload: bytes, *headers: tuple[str, str]) -> Exchange:
    return Exchange(
        "https://example.org/a?b=ü".replace("ü", "%C3%BC"),
        b"GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n",
        200, "OK", headers, payload, "192.0.2.1",
    )  # fmt: skip


def test_an_archive_holds_what_was_asked_and_answered() -> None:
    packed = gzip.compress(b"a page", mtime=0)
    kept = exchange(packed, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    found = list[tuple[str, str | None, bytes]]()
    for record in ArchiveIterator(io.BytesIO(render_warc([kept], NOW)), check_digests="raise"):
        assert record.rec_headers.get_header("WARC-Date") == NOW
        found.append((record.rec_type, record.content_type, record.content_stream().read()))
        if record.rec_type == "response":
            assert record.http_headers.get_statuscode() == "200"
            assert record.http_headers.get_header("Transfer-Encoding") is None
            assert record.rec_headers.get_header("WARC-IP-Address") == "192.0.2.1"
    assert [kind for kind, _, _ in found] == ["warcinfo", "response", "request"]
    assert found[1][2] == b"a page"
    assert b"software: pubtool/" in found[0][2]


@given(st.lists(st.binary(max_size=300), max_size=3))
def test_the_same_gives_the_same_bytes_and_records_are_put_behind_each_other(
    payloads: list[bytes],
) -> None:
    exchanges = [exchange(payload, ("X", "é")) for payload in payloads]
    data = render_warc(exchanges, NOW)
    assert data == render_warc(exchanges, NOW)
    both = io.BytesIO(data + render_warc(exchanges, "2027-01-01T00:00:00Z"))
    read = [
        (record.rec_headers.get_header("WARC-Record-ID"), record.raw_stream.read())
        for record in ArchiveIterator(both, no_record_parse=True)
    ]
    assert len(read) == 2 * (1 + 2 * len(payloads))
    names = {name for name, _ in read}
    assert len(names) == 2 * (1 + 2 * len({*payloads}))
    answers = [content for _, content in read if content.startswith(b"HTTP/1.1 200 OK\r\nX: \xe9")]
    assert [a.partition(b"\r\n\r\n")[2] for a in answers] == payloads * 2
