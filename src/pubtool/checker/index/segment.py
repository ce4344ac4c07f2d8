"""Segments: the index's file format. A segment holds some sources' texts and the seeds of all.

A file is, little-endian throughout:

    head      64 bytes, `_HEAD`: magic with the version, CRC-32 of the rest of the head, CRC-32 of
              all that follows the head, then how much of each there is
    entries   `_ENTRY`[entries]: a source's digest, extent, and where its text and its details are
    table     uint32[2**bits + 1]: where each bucket of pairs begins
    places    uint32[seeds]: where the pair begins, counted over the segment's texts
    six table, six places
              the same for each six words in a row; a place is the number of the first word, counted
              over the segment's words
    prints    uint16[seeds]: 8 more bits of the pair, 8 bits of the word behind it
    six prints
              uint16[sixes]: 16 more bits of the six's number
    details   for each source what else is known of it, `SourceText` without its text, as JSON
    texts     UTF-8, one behind another

Seeds are sorted by pair, then the third word, then place, so that a pair's places are one run of
the arrays and a triple's a run within it. Nothing is read at opening but the head, so that it costs
the same for any size. A text is believed only if its own CRC-32 is the entry's; a seed proves
nothing: whatever it leads to is compared with such a text. Whether the seeds are all there is told
by the CRC of all, which whoever opens a file must ask for where the file may have been touched.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from pubtool.checker.index.seeds import Array, Seeds, read_seeds
from pubtool.checker.index.sixes import sixes_of
from pubtool.model import Extent, SourceText
from pubtool.text.words import read_folds

MAGIC = b"pubidx4\n"
PLACE_BITS = 27
_PRINT_BITS = 16
_THIRD_BITS = 8
_MOST_BITS = 21
_SEEDS_A_BUCKET = 4
LONGEST = 1 << PLACE_BITS
"""Characters that a segment's texts may have together."""

_HEAD = np.dtype(
    {
        "names": [
            *("magic", "own", "rest", "entries", "bits"),
            *("seeds", "details", "texts", "sixes", "six_bits"),
        ],
        "formats": ["S8", "<u4", "<u4", "<u4", "<u4", "<u8", "<u8", "<u8", "<u8", "<u4"],
        "itemsize": 64,
    }
)
_CHECKED = 12
"""Bytes of the head before those that its own CRC is of."""

_ENTRY = np.dtype(
    [
        ("digest", "S64"),  # of all that the text was made from
        ("at", "<u4"),  # where the text begins, in code points over the segment's texts
        ("length", "<u4"),  # code points
        ("begin", "<u4"),  # where the text begins, in bytes over the texts
        ("size", "<u4"),  # bytes
        ("check", "<u4"),  # CRC-32 of those bytes
        ("detail", "<u4"),  # where the details begin, in bytes over the details
        ("detail_size", "<u4"),
        ("word", "<u4"),  # the number of its first word, counted over the segment's words
        ("extent", "<u4"),  # which of `_EXTENTS`
    ]
)
_EXTENTS = tuple(Extent)


class BadSegment(Exception):
    """The bytes are no segment of this version, or a part of one."""


@dataclass(frozen=True, eq=False)
class Table:
    """Places, sorted by a number of 32 bits and one of 8, and within them ascending."""

    bits: int
    """Of the number, that a bucket is told by."""
    table: Array
    """Where each bucket begins."""
    places: Array
    prints: Array
    """8 more bits of the number, and the other number."""

    @classmethod
    def at(cls, data: memoryview, bits: int, count: int, at: int, prints: int) -> Table:
        """Return the table in a buffer that begins at one place, and its prints at another."""
        buckets = (1 << bits) + 1
        return cls(
            bits,
            np.frombuffer(data, np.uint32, buckets, at),
            np.frombuffer(data, np.uint32, count, at + 4 * buckets),
            np.frombuffer(data, np.uint16, count, prints),
        )

    def runs(self, seeds: Seeds) -> tuple[Array, Array]:
        """Return, for each seed, the run of those that have the same first number.

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
        """Return the parts of some seeds' runs in which the other number is theirs too."""
        value = self._residue(seeds) | seeds.thirds
        first = _bisect(self.prints, low, high, value)
        return first, _bisect(self.prints, first, high, value + np.uint32(1))

    def _residue(self, seeds: Seeds) -> Array:
        """Return, for each seed, the print that it would have without the other number."""
        pairs = seeds.pairs >> np.uint32(32 - self.bits - 8)
        return (pairs & np.uint32(0xFF)) << np.uint32(_THIRD_BITS)


class Segment:
    """A segment in a buffer: a file's memory map, or bytes."""

    def __init__(self, data: memoryview) -> None:
        """Read the head; raises BadSegment for anything but a segment of its whole length."""
        if len(data) < _HEAD.itemsize:
            raise BadSegment
        head = np.frombuffer(data, _HEAD, 1)[0]
        own = zlib.crc32(data[_CHECKED : _HEAD.itemsize])
        if bytes(data[: len(MAGIC)]) != MAGIC or own != head["own"]:
            raise BadSegment
        self._data = data
        self._check = int(head["rest"])
        self.bits = int(head["bits"])
        count, seeds, buckets = int(head["entries"]), int(head["seeds"]), (1 << self.bits) + 1
        at = _HEAD.itemsize + count * _ENTRY.itemsize
        sixes, six_bits = int(head["sixes"]), int(head["six_bits"])
        six_table = at + 4 * (buckets + seeds)
        prints = six_table + 4 * ((1 << six_bits) + 1 + sixes)
        self._details = prints + 2 * (seeds + sixes)
        self._texts = self._details + int(head["details"])
        if len(data) != self._texts + int(head["texts"]):
            raise BadSegment
        self.entries: Array = np.frombuffer(data, _ENTRY, count, _HEAD.itemsize)
        self.pairs = Table.at(data, self.bits, seeds, at, prints)
        self.sixes = Table.at(data, six_bits, sixes, six_table, prints + 2 * seeds)
        self.begins: Array = self.entries["at"].astype(np.int64)
        self.ends: Array = self.begins + self.entries["length"]
        self.words: Array = self.entries["word"].astype(np.int64)

    def is_whole(self) -> bool:
        """Whether every byte is what was written; reads them all."""
        return zlib.crc32(self._data[_HEAD.itemsize :]) == self._check

    def digest(self, number: int) -> str:
        """Return of what a source's text was made."""
        return bytes(self.entries[number]["digest"]).decode("ascii")

    def extent(self, number: int) -> Extent:
        """Return how much of a source its text holds."""
        return _EXTENTS[int(self.entries[number]["extent"])]

    def source(self, number: int) -> SourceText:
        """Return a source with its text; raises BadSegment where that is not what was written."""
        entry = self.entries[number]
        data = self._slice(self._texts + int(entry["begin"]), int(entry["size"]))
        if zlib.crc32(data) != entry["check"]:
            raise BadSegment
        return replace(self.about(number), text=str(data, "utf-8", "surrogatepass"))

    def about(self, number: int) -> SourceText:
        """Return what is known of a source but its text, which is empty; raises BadSegment."""
        entry = self.entries[number]
        details = self._slice(self._details + int(entry["detail"]), int(entry["detail_size"]))
        try:
            return msgspec.json.decode(details, type=SourceText)
        except msgspec.MsgspecError:
            raise BadSegment from None

    def _slice(self, at: int, size: int) -> memoryview:
        return self._data[at : at + size]


def _bisect(values: Array, low: Array, high: Array, wanted: Array) -> Array:
    """Return, for each range of ascending values, where the first is that is not below `wanted`."""
    for _ in range(int((high - low).max(initial=0)).bit_length()):
        middle = (low + high) >> 1
        below = (low < high) & (values.take(middle, mode="clip") < wanted)
        low = np.where(below, middle + 1, low)
        high = np.where(below, high, middle)
    return low


def write_segment(sources: Sequence[tuple[SourceText, str]]) -> bytes:
    """Return a segment of some sources, each with its digest: up to 64 ASCII characters.

    The texts must not have more than `LONGEST` characters together.
    """
    texts, details = list[bytes](), list[bytes]()
    every, sixes = list[Seeds](), list[Seeds]()
    entries = np.zeros(len(sources), _ENTRY)
    at = begin = detail = word = 0
    for number, (source, digest) in enumerate(sources):
        texts.append(source.text.encode("utf-8", "surrogatepass"))
        details.append(msgspec.json.encode(replace(source, text="")))
        seeds = read_seeds(source.text)
        every.append(Seeds(seeds.starts + np.uint32(at), seeds.pairs, seeds.thirds))
        folded = read_folds(source.text)
        sixes.append(_six_seeds(folded, word))
        size, about = len(texts[-1]), len(details[-1])
        check, extent = zlib.crc32(texts[-1]), _EXTENTS.index(source.extent)
        length = len(source.text)
        entries[number] = (
            digest,
            at,
            length,
            begin,
            size,
            check,
            detail,
            about,
            word,
            extent,
        )
        at, begin, detail, word = at + length, begin + size, detail + about, word + len(folded)
    count, six_count = sum(map(len, every)), sum(map(len, sixes))
    bits, six_bits = _bits(count), _bits(six_count)
    table, places, prints = _arrays(every, bits)
    six_table, six_places, six_prints = _arrays(sixes, six_bits)
    arrays = (table, places, six_table, six_places, prints, six_prints)
    rest = b"".join((entries.tobytes(), *arrays, *details, *texts))
    head = np.zeros(1, _HEAD)
    sizes = (len(sources), bits, count, detail, begin, six_count, six_bits)
    head[0] = (MAGIC, 0, zlib.crc32(rest), *sizes)
    head["own"] = zlib.crc32(head.tobytes()[_CHECKED:])
    return head.tobytes() + rest


def _bits(count: int) -> int:
    return min(max((count // _SEEDS_A_BUCKET).bit_length(), 1), _MOST_BITS)


def _six_seeds(folded: Sequence[str], first: int) -> Seeds:
    """Return the sixes of a source whose first word has some number."""
    values = sixes_of(folded)
    starts = np.arange(first, first + len(values), dtype=np.uint32)
    return as_seeds(values, starts)


def as_seeds(values: Array, starts: Array) -> Seeds:
    """Return sixes as seeds: 32 bits of each number, and 8 more."""
    pairs = (values >> np.uint64(32)).astype(np.uint32)
    thirds = (values >> np.uint64(24) & np.uint64(0xFF)).astype(np.uint8)
    return Seeds(starts, pairs, thirds)


def _arrays(every: Sequence[Seeds], bits: int) -> Iterator[bytes]:
    """Yield the table, the places and the prints of all seeds, sorted."""
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
    yield (keys & np.uint64(LONGEST - 1)).astype(np.uint32).tobytes()
    yield (keys >> np.uint64(PLACE_BITS)).astype(np.uint16).tobytes()
