"""The library on disk: every source's text and seeds, kept between runs below ``.pubtool/index``.

A manifest says which segment file holds which source, and of what each text was made: a source
whose file, pin or reader has changed is read anew into a segment of its own, and no other is
touched. A segment that is torn, foreign or gone counts as absent, and its sources are read anew.
Small segments are joined when there are many, and dead texts dropped when most of a segment is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pubtool.checker.index import Index
from pubtool.checker.segment import BadSegment, Segment, write_segment
from pubtool.errors import CannotRead, CannotWrite
from pubtool.model import Key, MissingText, SourceText
from pubtool.pipeline.store import digest_of
from pubtool.system.files import map_file, read_bytes, remove, write_atomic

_FOLDER = Path(".pubtool") / "index"
_MANIFEST = "manifest.json"
_SUFFIX = ".segment"
_MOST_TEXT = 64_000_000
"""Characters of a segment's texts: some 400 MB while it is written."""

_MOST_SMALL = 8
"""So many segments may be less than half full before they are joined."""


class _Manifest(msgspec.Struct, frozen=True):
    segments: tuple[str, ...] = ()
    """The files' names."""
    live: dict[Key, tuple[int, int]] = {}
    """Each source's segment and its number there."""
    missing: dict[Key, tuple[str, MissingText]] = {}
    """The sources without a text, each with the digest of what was looked at."""


@dataclass(frozen=True)
class Wanted:
    """A source that the library must have as it is now."""

    key: Key
    digest: str
    """Of its files, its pin and the program that reads them."""


def open_library(
    root: Path, wanted: Sequence[Wanted], read: Callable[[Key], SourceText | MissingText]
) -> tuple[Index, dict[Key, MissingText]]:
    """Return the index of all wanted sources, and those that have no text.

    `read` gives the text of a source that the index has not got as it is now. What cannot be
    written (a full disk, a folder that is read only) is kept in memory.
    """
    shelf = _Shelf(root / _FOLDER)
    missing = dict[Key, tuple[str, MissingText]]()
    new: list[tuple[Key, str]] = []
    for want in wanted:
        if shelf.digest(want.key) == want.digest:
            continue
        gone = shelf.missing.get(want.key)
        if gone is not None and gone[0] == want.digest:
            missing[want.key] = gone
        else:
            new.append((want.key, want.digest))
    kept = {want.key for want in wanted} - {key for key, _ in new} - missing.keys()
    changed = bool(new) or kept != shelf.live.keys() or missing.keys() != shelf.missing.keys()
    shelf.keep(kept)

    def texts() -> Iterator[tuple[SourceText, str]]:
        for key, digest in new:
            text = read(key)
            if isinstance(text, MissingText):
                missing[key] = (digest, text)
            else:
                yield text, digest
        yield from shelf.take_small()

    if changed:
        shelf.add(texts())
        shelf.missing = missing
        shelf.write()
    return Index(shelf.segments, shelf.live), {key: text for key, (_, text) in missing.items()}


class _Shelf:
    """The segments of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        manifest = self._read()
        self.missing = manifest.missing
        self.names: list[str] = []
        self.segments: list[Segment] = []
        self.live: dict[Key, tuple[int, int]] = {}
        renumbered = {}
        for number, name in enumerate(manifest.segments):
            segment = self._open(name)
            if segment is not None:
                renumbered[number] = self._append(name, segment)
        for key, (number, entry) in manifest.live.items():
            segment_number = renumbered.get(number)
            if segment_number is not None and self._is(segment_number, entry, key):
                self.live[key] = (segment_number, entry)

    def digest(self, key: Key) -> str | None:
        """Return of what a source's text was made, None where it is not here."""
        if key not in self.live:
            return None
        number, entry = self.live[key]
        return self.segments[number].entries[entry].digest

    def keep(self, keys: set[Key]) -> None:
        """Let go of all sources but some."""
        self.live = {key: place for key, place in self.live.items() if key in keys}

    def take_small(self) -> Iterator[tuple[SourceText, str]]:
        """Yield the texts of segments that are to be written anew: many small ones, or mostly dead.

        A text that is not what was written is left out: it is read anew at the next run.
        """
        size = [0] * len(self.segments)
        for number, entry in self.live.values():
            size[number] += self.segments[number].entries[entry].length
        whole = [sum(entry.length for entry in segment.entries) for segment in self.segments]
        small = [n for n in range(len(size)) if 2 * size[n] < _MOST_TEXT]
        chosen = set(small if len(small) > _MOST_SMALL else ())
        chosen |= {n for n in range(len(size)) if 2 * size[n] < whole[n]}
        moved = [(key, place) for key, place in self.live.items() if place[0] in chosen]
        for key, (number, entry) in moved:
            del self.live[key]
            with suppress(BadSegment):
                segment = self.segments[number]
                yield segment.source(entry), segment.entries[entry].digest

    def add(self, texts: Iterable[tuple[SourceText, str]]) -> None:
        """Put texts into new segments."""
        group, size = list[tuple[SourceText, str]](), 0
        for text, digest in texts:
            if group and size + len(text.text) > _MOST_TEXT:
                self._add_segment(group)
                group, size = [], 0
            group.append((text, digest))
            size += len(text.text)
        if group:
            self._add_segment(group)

    def write(self) -> None:
        """Write the manifest, and remove the segments that it has no use for."""
        used = sorted({number for number, _ in self.live.values()})
        order = {number: new for new, number in enumerate(used)}
        self.live = {key: (order[number], entry) for key, (number, entry) in self.live.items()}
        self.segments = [self.segments[number] for number in used]
        self.names = [self.names[number] for number in used]
        manifest = _Manifest(tuple(self.names), self.live, self.missing)
        with suppress(CannotWrite):
            write_atomic(self._folder / _MANIFEST, msgspec.json.encode(manifest))
            for path in self._folder.glob(f"*{_SUFFIX}"):
                if path.name not in self.names:
                    remove(path)

    def _add_segment(self, group: Sequence[tuple[SourceText, str]]) -> None:
        name = digest_of(*(digest for _, digest in group)) + _SUFFIX
        data = b"".join(write_segment(group))
        segment = None
        with suppress(CannotWrite):
            write_atomic(self._folder / name, data)
            segment = self._open(name)
        number = self._append(name, segment or Segment(memoryview(data)))
        for entry, (text, _) in enumerate(group):
            self.live[text.key] = (number, entry)

    def _append(self, name: str, segment: Segment) -> int:
        self.names.append(name)
        self.segments.append(segment)
        return len(self.segments) - 1

    def _is(self, number: int, entry: int, key: Key) -> bool:
        entries = self.segments[number].entries
        return entry < len(entries) and entries[entry].key == key

    def _open(self, name: str) -> Segment | None:
        try:
            return Segment(map_file(self._folder / name))
        except (BadSegment, CannotRead):
            return None

    def _read(self) -> _Manifest:
        try:
            return msgspec.json.decode(read_bytes(self._folder / _MANIFEST), type=_Manifest)
        except (msgspec.MsgspecError, CannotRead):
            return _Manifest()
