"""AVIF without what it tells beside the picture (ISO/IEC 14496-12 and 23008-12).

An item's data stands anywhere in the file, found by its offset, so nothing may move: what is not to
be told is overwritten in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pubtool.writers.imagery.kinds import Unusable

_NO_EXIF = b"\0\0\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"
"""A TIFF header with an empty directory: what a reader of Exif expects at the least."""
_HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"iprp", b"ipco"})
_IDLE = frozenset({b"free", b"skip", b"udta", b"uuid"})
"""Boxes that no picture needs."""
_TELLING = frozenset({b"Exif", b"mime", b"uri "})
"""Types of items that are no picture: Exif, XMP and their like."""


class _Box(NamedTuple):
    name: bytes
    start: int
    """Where its content begins."""
    end: int


def strip_avif(data: bytes) -> bytes:
    """Return the picture with its metadata overwritten. Raises `Unusable` where it is damaged."""
    out = bytearray(data)
    _blank(data, out, 0, len(data))
    return bytes(out)


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    while start + 8 <= end:
        size, head = int.from_bytes(data[start : start + 4]), 8
        if size == 1:
            size, head = int.from_bytes(data[start + 8 : start + 16]), 16
        if size == 0:
            size = end - start
        if size < head or start + size > end:
            raise Unusable("it is damaged: it ends too early")
        yield _Box(data[start + 4 : start + 8], start + head, start + size)
        start += size


def _blank(data: bytes, out: bytearray, start: int, end: int) -> None:
    for box in _boxes(data, start, end):
        if box.name in _IDLE:
            _zero(out, box.start, box.end)
        elif box.name in _HOLDERS:
            _blank(data, out, box.start, box.end)
        elif box.name == b"hdlr":  # its name is for people
            _zero(out, box.start + 24, box.end)
        elif box.name == b"meta":
            _blank_meta(data, out, box)


def _blank_meta(data: bytes, out: bytearray, meta: _Box) -> None:
    _blank(data, out, meta.start + 4, meta.end)
    inner = {box.name: box for box in _boxes(data, meta.start + 4, meta.end)}
    if b"iinf" not in inner or b"iloc" not in inner:
        return
    told: dict[int, bytes] = {}
    for number, kind, name, end in _items(data, inner[b"iinf"]):
        stop = data.find(b"\0", name, end)  # a name is for people
        _zero(out, name, stop if stop >= 0 else end)
        if kind in _TELLING:
            told[number] = kind
    idat = inner[b"idat"].start if b"idat" in inner else 0
    for number, inside, start, size in _extents(data, inner[b"iloc"]):
        if number in told:
            at = start + idat if inside else start
            _zero(out, at, at + size)
            if told[number] == b"Exif" and size >= len(_NO_EXIF):
                out[at : at + len(_NO_EXIF)] = _NO_EXIF


def _items(data: bytes, box: _Box) -> Iterator[tuple[int, bytes, int, int]]:
    """Yield each item's number, its type, and where its name begins and its entry ends."""
    long = data[box.start] > 0
    for entry in _boxes(data, box.start + (8 if long else 6), box.end):
        wide = 4 if data[entry.start] >= 3 else 2
        at = entry.start + 4
        number = int.from_bytes(data[at : at + wide])
        kind = data[at + wide + 2 : at + wide + 6]
        yield number, kind, at + wide + 6, entry.end


def _extents(data: bytes, box: _Box) -> Iterator[tuple[int, bool, int, int]]:
    """Yield, for each piece of an item: its number, whether in ``idat``, its offset and size."""
    version = data[box.start]
    sizes = data[box.start + 4], data[box.start + 5]
    offset_size, length_size = sizes[0] >> 4, sizes[0] & 15
    base_size, index_size = sizes[1] >> 4, sizes[1] & 15 if version else 0
    at = box.start + 6

    def number(size: int) -> int:
        nonlocal at
        if at + size > box.end:
            raise Unusable("it is damaged")
        at += size
        return int.from_bytes(data[at - size : at])

    wide = 4 if version == 2 else 2
    for _ in range(number(wide)):
        item = number(wide)
        inside = number(2) & 15 == 1 if version else False
        number(2)
        base = number(base_size)
        for _ in range(number(2)):
            number(index_size)
            offset, length = number(offset_size), number(length_size)
            yield item, inside, base + offset, length


def _zero(out: bytearray, start: int, end: int) -> None:
    end = min(end, len(out))
    if start < end:
        out[start:end] = bytes(end - start)
