"""Segments: the index's file format. A segment holds some sources' texts and the seeds of all.

A file is, little-endian throughout:

    8 bytes   magic, the version in it
    8 bytes   length of the directory
    4 bytes   CRC-32 of the directory
    4 bytes   zero
    directory `Directory`, JSON; padded with spaces to a multiple of 64
    table     uint32[2**bits + 1]: where each bucket of pairs begins
    prints    uint16[seeds]: 8 more bits of the pair, 8 bits of the word behind it
    places    uint32[seeds]: where the pair begins, counted over the segment's texts
    texts     UTF-8, one behind another

Seeds are sorted by pair, then the third word, then place, so that a pair's places are one run of
the arrays and a triple's a run within it. A text is believed only if its CRC-32 is the directory's;
a seed proves nothing: whatever it leads to is compared with such a text.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
import numpy as np

from pubtool.checker.seeds import Array, Seeds, read_seeds
from pubtool.model import Key, SourceText

MAGIC = b"pubidx1\n"
_HEAD = len(MAGIC) + 16
PLACE_BITS = 27
_PRINT_BITS = 16
_THIRD_BITS = 8
_MOST_BITS = 21
_SEEDS_A_BUCKET = 4
LONGEST = 1 << PLACE_BITS
"""Characters that a segment's texts may have together."""


class Entry(msgspec.Struct, frozen=True):
    """One source in a segment."""

    key: Key
    digest: str
    """Of all that its text was made from."""
    at: int
    """Where its text begins, counted in code points over the segment's texts."""
    length: int
    """Code points."""
    begin: int
    """Where its text begins, in bytes behind the first text's beginning."""
    size: int
    """Bytes."""
    check: int
    """CRC-32 of those bytes."""
    source: SourceText
    """All else that is known of it; its text left empty."""


class Directory(msgspec.Struct, frozen=True):
    """What a segment holds."""

    bits: int
    """The table has two to the power of this many buckets."""
    seeds: int
    entries: tuple[Entry, ...]


class BadSegment(Exception):
    """The bytes are no segment of this version, or a part of one."""


class Segment:
    """A segment in a buffer: a file's memory map, or bytes."""

    def __init__(self, data: memoryview) -> None:
        """Read the directory; raises BadSegment for anything but a whole segment."""
        if bytes(data[: len(MAGIC)]) != MAGIC:
            raise BadSegment
        length = int.from_bytes(data[8:16], "little")
        head = data[_HEAD : _HEAD + length]
        if len(head) != length or zlib.crc32(head) != int.from_bytes(data[16:20], "little"):
            raise BadSegment
        try:
            directory = msgspec.json.decode(head, type=Directory)
        except msgspec.MsgspecError:
            raise BadSegment from None
        self.entries = directory.entries
        self.bits = directory.bits
        at = _HEAD + length
        buckets = (1 << directory.bits) + 1
        self._texts = at + 4 * buckets + 6 * directory.seeds
        texts = max((entry.begin + entry.size for entry in self.entries), default=0)
        if len(data) != self._texts + texts:
            raise BadSegment
        self._data = data
        self.table: Array = np.frombuffer(data, np.uint32, buckets, at)
        at += 4 * buckets
        self.prints: Array = np.frombuffer(data, np.uint16, directory.seeds, at)
        self.places: Array = np.frombuffer(
            data, np.uint32, directory.seeds, at + 2 * directory.seeds
        )
        self.begins: Array = np.array([entry.at for entry in self.entries], np.int64)
        self.ends: Array = np.array([entry.at + entry.length for entry in self.entries], np.int64)

    def source(self, number: int) -> SourceText:
        """Return a source with its text; raises BadSegment where that is not what was written."""
        entry = self.entries[number]
        begin = self._texts + entry.begin
        data = self._data[begin : begin + entry.size]
        if zlib.crc32(data) != entry.check:
            raise BadSegment
        return replace(entry.source, text=str(data, "utf-8", "surrogatepass"))

    def runs(self, seeds: Seeds) -> tuple[Array, Array]:
        """Return, for each seed, the run of this segment's seeds that are the same pair.

        A run is its first number and one past its last.
        """
        buckets = seeds.pairs >> np.uint32(32 - self.bits)
        low = self.table[buckets].astype(np.int64)
        high = self.table[buckets + np.uint32(1)].astype(np.int64)
        residue = self._residue(seeds)
        first = _bisect(self.prints, low, high, residue)
        last = _bisect(self.prints, first, high, residue + np.uint32(256))
        return first, last

    def narrowed(self, seeds: Seeds, low: Array, high: Array) -> tuple[Array, Array]:
        """Return the parts of some seeds' runs in which the third word is theirs too."""
        value = self._residue(seeds) | seeds.thirds
        first = _bisect(self.prints, low, high, value)
        return first, _bisect(self.prints, first, high, value + np.uint32(1))

    def _residue(self, seeds: Seeds) -> Array:
        """Return, for each seed, the print that its pair would have without a third word."""
        pairs = seeds.pairs >> np.uint32(32 - self.bits - 8)
        return (pairs & np.uint32(0xFF)) << np.uint32(_THIRD_BITS)


def _bisect(values: Array, low: Array, high: Array, wanted: Array) -> Array:
    """Return, for each range of ascending values, where the first is that is not below `wanted`."""
    low, high = low.copy(), high.copy()
    for _ in range(int((high - low).max(initial=0)).bit_length()):
        middle = (low + high) >> 1
        open_ = low < high
        below = np.zeros(len(low), bool)
        below[open_] = values[middle[open_]] < wanted[open_]
        low = np.where(below, middle + 1, low)
        high = np.where(open_ & ~below, middle, high)
    return low


def write_segment(sources: Sequence[tuple[SourceText, str]]) -> Iterator[bytes]:
    """Yield the bytes of a segment of some sources, each with its digest.

    The texts must not have more than `LONGEST` characters together.
    """
    entries, texts, every = list[Entry](), list[bytes](), list[Seeds]()
    at = begin = 0
    for source, digest in sources:
        text = source.text.encode("utf-8", "surrogatepass")
        entries.append(_entry(source, digest, text, at, begin))
        texts.append(text)
        seeds = read_seeds(source.text)
        every.append(Seeds(seeds.starts + np.uint32(at), seeds.pairs, seeds.thirds))
        at, begin = at + len(source.text), begin + len(text)
    count = sum(map(len, every))
    bits = min(max((count // _SEEDS_A_BUCKET).bit_length(), 1), _MOST_BITS)
    head = msgspec.json.encode(Directory(bits, count, tuple(entries)))
    head += b" " * (-(_HEAD + len(head)) % 64)
    yield MAGIC + len(head).to_bytes(8, "little") + zlib.crc32(head).to_bytes(8, "little")
    yield head
    yield from _arrays(every, bits)
    yield from texts


def _entry(source: SourceText, digest: str, text: bytes, at: int, begin: int) -> Entry:
    check, length = zlib.crc32(text), len(source.text)
    return Entry(source.key, digest, at, length, begin, len(text), check, replace(source, text=""))


def _arrays(every: Sequence[Seeds], bits: int) -> Iterator[bytes]:
    """Yield the table, the prints and the places of all seeds, sorted."""
    count = sum(map(len, every))
    keys = np.empty(count, np.uint64)
    at = 0
    for seeds in every:
        part = keys[at : at + len(seeds)]
        part[:] = seeds.pairs >> np.uint32(32 - bits - 8)
        part <<= np.uint64(_THIRD_BITS)
        part |= seeds.thirds
        part <<= np.uint64(PLACE_BITS)
        part |= seeds.starts
        at += len(seeds)
    keys.sort()
    shift = np.uint64(PLACE_BITS + _PRINT_BITS)
    buckets = np.arange((1 << bits) + 1, dtype=np.uint64) << shift
    yield np.searchsorted(keys, buckets).astype(np.uint32).tobytes()
    yield (keys >> np.uint64(PLACE_BITS)).astype(np.uint16).tobytes()
    yield (keys & np.uint64(LONGEST - 1)).astype(np.uint32).tobytes()
