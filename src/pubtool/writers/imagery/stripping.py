"""Pictures without what they tell beside the picture, every pixel as it was.

Cameras and programs write into a file where, when and by whom it was made: Exif with GPS and a
thumbnail, IPTC, XMP, comments, whole second pictures behind the end. The formats keep such things
apart from the picture, so they can be left out without touching it. Each walker keeps what it knows
to be needed and nothing else: what a later program invents is not told either.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

from pubtool.writers.imagery.boxes import strip_avif
from pubtool.writers.imagery.kinds import Unusable


def strip(kind: str, data: bytes) -> bytes:
    """Return a picture of one of `kinds.RASTERS` without metadata; colour profiles stay.

    Raises `Unusable` where it is damaged.
    """
    try:
        return _WALKERS[kind](data)
    except (IndexError, struct.error, zlib.error):
        raise Unusable("it is damaged") from None


_ENDS_EARLY = "it is damaged: it ends too early"

# --- JPEG (ITU-T T.81, annex B) -------------------------------------------------------------------

_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a segment."""
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9


def _jpeg(data: bytes) -> bytes:
    out, at = [data[:2]], 2
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 2 > len(data):
            raise Unusable(_ENDS_EARLY)
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker == _END_OF_IMAGE:
            return b"".join([*out, b"\xff\xd9"])
        elif marker in _ALONE:
            at += 2
        else:
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
            if end > len(data) or end < at + 4:
                raise Unusable(_ENDS_EARLY)
            out.append(_jpeg_segment(marker, data[at + 4 : end]))
            if marker == _START_OF_SCAN:
                found = _END_OF_SCAN.search(data, end)
                if found is None:
                    raise Unusable(_ENDS_EARLY)
                out.append(data[end : found.start()])
                end = found.start()
            at = end


def _jpeg_segment(marker: int, body: bytes) -> bytes:
    """Return what stays of a segment: tables, frames and scans; resolution, profile, colours."""
    if marker == 0xE0:
        if not body.startswith(b"JFIF\0"):
            return b""
        body = body[:12].ljust(12, b"\0") + b"\0\0"  # without its thumbnail
    elif marker == 0xE2:
        if not body.startswith(b"ICC_PROFILE\0"):
            return b""
    elif marker == 0xEE:
        if not body.startswith(b"Adobe"):
            return b""
        body = body[:12]
    elif 0xE0 <= marker <= 0xEF or marker == 0xFE:
        return b""
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


# --- PNG (https://www.w3.org/TR/png-3/) -----------------------------------------------------------

_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP mDCV cLLI"
    .split()
)  # fmt: skip
_PROFILE_NAME = re.compile(rb"\A[^\0]+")
"""A colour profile's name is anybody's to choose."""


def _png(data: bytes) -> bytes:
    out = [data[:8]]
    for name, body in _png_chunks(data):
        if name in _PNG_KEPT:
            kept = _PROFILE_NAME.sub(b"icc", body, count=1) if name == b"iCCP" else body
            check = zlib.crc32(name + kept)
            out.append(struct.pack(">I", len(kept)) + name + kept + struct.pack(">I", check))
    return b"".join(out)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = 8, b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", data, at + 8 + size)
        if zlib.crc32(name + body) != check:
            raise Unusable("it is damaged: a checksum is wrong")
        yield name, body
        at += 12 + size


# --- GIF (GIF89a) ---------------------------------------------------------------------------------

_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Applications whose blocks say how often a film is played."""


def _gif(data: bytes) -> bytes:
    at = 13 + _colour_table(data[10])
    out = [data[:at]]
    while True:
        sign, begin = data[at], at
        if sign == 0x3B:
            return b"".join([*out, b";"])
        if sign == 0x2C:
            at = _after_blocks(data, at + 10 + _colour_table(data[at + 9]) + 1)
            out.append(data[begin:at])
        elif sign == 0x21:
            at = _after_blocks(data, at + 2)
            label, block = data[begin + 1], data[begin:at]
            if label == 0xF9 or (label == 0xFF and block[3:14] in _LOOPS and len(block) <= 19):
                out.append(block)
        else:
            raise Unusable("it is damaged")


def _colour_table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while size := data[at]:
        at += size + 1
    return at + 1


# --- WebP (RFC 9649) ------------------------------------------------------------------------------

_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_AND_XMP = 0x08 | 0x04
"""The flags that say that there is such a chunk."""


def _webp(data: bytes) -> bytes:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data) + 1:
        raise Unusable(_ENDS_EARLY)
    body = b"".join(_webp_chunks(data[12:end]))
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        if len(body) < size:
            raise Unusable(_ENDS_EARLY)
        if name == b"VP8X":
            body = bytes((body[0] & ~_EXIF_AND_XMP,)) + body[1:]
        if name == b"ANMF":
            body = body[:16] + b"".join(_webp_chunks(body[16:]))
        if name in _WEBP_KEPT:
            yield name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        at += 8 + size + size % 2


_WALKERS: Mapping[str, Callable[[bytes], bytes]] = {
    "avif": strip_avif,
    "gif": _gif,
    "jpg": _jpeg,
    "png": _png,
    "webp": _webp,
}
