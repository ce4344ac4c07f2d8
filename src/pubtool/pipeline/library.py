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
from pubtool.checker.index.segment import BadSegment, Segment, write_segment
from pubtool.errors import CannotRead, CannotWrite
from pubtool.model import Key, MissingText, SourceText
from pubtool.pipeline.store import digest_of
from pubtool.system.files import map_file, read_bytes, remove, write_atomic
from pubtool.system.stamps import stamp

FOLDER = Path(".pubtool") / "index"
"""Of the index, in the project's folder."""

_MANIFEST = "manifest.json"
_SUFFIX = ".segment"
_MOST_TEXT = 64_000_000
"""Characters of a segment's texts: some 400 MB while it is written."""

_MOST_SMALL = 8
"""So many segments may be less than half full before they are joined."""


class Shelved(msgspec.Struct, frozen=True):
    """A segment file."""

    name: str
    stamp: tuple[int, int]
    """Its size and time of change: where they are others, its bytes are looked at."""
    keys: tuple[Key | None, ...]
    """Of its entries; None for a text that is not in force."""


class _Manifest(msgspec.Struct, frozen=True):
    segments: tuple[Shelved, ...] = ()
    missing: dict[Key, tuple[str, MissingText]] = {}
    """The sources without a text, each with the digest of what was looked at."""
    fingerprint: str = ""
    """Of all files that the sources were read from; empty where they may change unseen."""


@dataclass(frozen=True)
class Wanted:
    """A source that the library must have as it is now."""

    key: Key
    digest: str
    """Of its files, its pin and the program that reads them."""


@dataclass(frozen=True)
class Opened:
    """The library, opened."""

    index: Index
    missing: dict[Key, MissingText]
    """The sources that have no text."""
    shelved: tuple[Shelved, ...]
    """The files that the index is in; fewer than it has where they cannot be written."""


def open_library(
    root: Path,
    fingerprint: str,
    wanted: Callable[[], Sequence[Wanted]],
    read: Callable[[Key], SourceText | MissingText],
) -> Opened:
    """Return the index of all wanted sources, and those that have no text.

    Where the fingerprint is that of the last run, nothing is asked of any one source. `read` gives
    the text of a source that the index has not got as it is now. What cannot be written (a full
    disk, a folder that is read only) is kept in memory.
    """
    shelf = _Shelf(root / FOLDER)
    if not (fingerprint and fingerprint == shelf.fingerprint):
        _bring_up_to_date(shelf, wanted(), read)
        shelf.write(fingerprint)

    def read_anew(key: Key) -> SourceText:
        shelf.give_up(key)
        text = read(key)
        return text if isinstance(text, SourceText) else SourceText(key, "")

    index = Index(shelf.segments, shelf.keys, read_anew)
    missing = {key: text for key, (_, text) in shelf.missing.items()}
    return Opened(index, missing, shelf.shelved())


def _bring_up_to_date(
    shelf: _Shelf, wanted: Sequence[Wanted], read: Callable[[Key], SourceText | MissingText]
) -> None:
    missing = dict[Key, tuple[str, MissingText]]()
    new: list[tuple[Key, str]] = []
    held = shelf.digests()
    for want in wanted:
        if held.get(want.key) == want.digest:
            continue
        gone = shelf.missing.get(want.key)
        if gone is not None and gone[0] == want.digest:
            missing[want.key] = gone
        else:
            new.append((want.key, want.digest))
    shelf.keep({want.key for want in wanted} - {key for key, _ in new} - missing.keys())

    def texts() -> Iterator[tuple[SourceText, str]]:
        for key, digest in new:
            text = read(key)
            if isinstance(text, MissingText):
                missing[key] = (digest, text)
            else:
                yield text, digest
        yield from shelf.take_small()

    shelf.add(texts())
    shelf.missing = missing


class _Shelf:
    """The segments of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written = self._read()
        self.missing = self._written.missing
        self.names: list[str] = []
        self.segments: list[Segment] = []
        self.keys: list[list[Key | None]] = []
        opened = [self._open(held) for held in self._written.segments]
        for held, segment in zip(self._written.segments, opened, strict=True):
            if segment is not None:
                self._append(held.name, segment, held.keys)
        self.fingerprint = self._written.fingerprint if all(opened) else ""

    def digests(self) -> dict[Key, str]:
        """Return of what each source's text was made."""
        return {
            key: segment.digest(entry)
            for segment, keys in zip(self.segments, self.keys, strict=True)
            for entry, key in enumerate(keys)
            if key is not None
        }

    def keep(self, keys: set[Key]) -> None:
        """Let go of all sources but some."""
        for row in self.keys:
            row[:] = [key if key in keys else None for key in row]

    def take_small(self) -> Iterator[tuple[SourceText, str]]:
        """Yield the texts of segments that are to be written anew: many small ones, or mostly dead.

        A text that is not what was written is left out: it is read anew at the next run.
        """
        rows = list(zip(self.segments, self.keys, strict=True))
        live = [_length(segment, keys) for segment, keys in rows]
        whole = [int((segment.ends - segment.begins).sum()) for segment in self.segments]
        small = [n for n in range(len(rows)) if 2 * live[n] < _MOST_TEXT]
        chosen = set(small if len(small) > _MOST_SMALL else ())
        chosen |= {n for n in range(len(rows)) if 2 * live[n] < whole[n]}
        for number in sorted(chosen):
            segment, keys = rows[number]
            for entry, key in enumerate(keys):
                keys[entry] = None
                if key is not None:
                    with suppress(BadSegment):
                        yield segment.source(entry), segment.digest(entry)

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

    def write(self, fingerprint: str) -> None:
        """Write the manifest if it says anything new, and remove segments that have no use."""
        rows = zip(self.names, self.segments, self.keys, strict=True)
        used = [row for row in rows if any(key is not None for key in row[2])]
        self.names = [name for name, _, _ in used]
        self.segments = [segment for _, segment, _ in used]
        self.keys = [keys for _, _, keys in used]
        manifest = _Manifest(self.shelved(), self.missing, fingerprint)
        if manifest == self._written:
            return
        with suppress(CannotWrite):
            write_atomic(self._folder / _MANIFEST, msgspec.json.encode(manifest))
            for path in self._folder.glob(f"*{_SUFFIX}"):
                if path.name not in self.names:
                    remove(path)

    def shelved(self) -> tuple[Shelved, ...]:
        """Return the segment files as they are now, and the keys of each."""
        rows = zip(self.names, self.keys, strict=True)
        return tuple(Shelved(name, stamp(self._folder / name), tuple(keys)) for name, keys in rows)

    def give_up(self, key: Key) -> None:
        """Remove the file of a segment that is damaged where a source's text stands.

        What is open stays so; the next run reads the segment's sources anew.
        """
        for name, keys in zip(self.names, self.keys, strict=True):
            if key in keys:
                with suppress(CannotWrite, OSError):
                    remove(self._folder / name)

    def _add_segment(self, group: Sequence[tuple[SourceText, str]]) -> None:
        name = digest_of(*(digest for _, digest in group)) + _SUFFIX
        data = write_segment(group)
        segment = None
        with suppress(CannotWrite, CannotRead):
            write_atomic(self._folder / name, data)
            segment = Segment(map_file(self._folder / name))
        self._append(name, segment or Segment(memoryview(data)), [text.key for text, _ in group])

    def _append(self, name: str, segment: Segment, keys: Sequence[Key | None]) -> None:
        self.names.append(name)
        self.segments.append(segment)
        self.keys.append(list(keys))

    def _open(self, held: Shelved) -> Segment | None:
        """Return a segment, None where its file is not what was written."""
        path = self._folder / held.name
        try:
            segment = Segment(map_file(path))
        except (BadSegment, CannotRead):
            return None
        known = stamp(path) == held.stamp and len(held.keys) == len(segment.entries)
        return segment if known or segment.is_whole() else None

    def _read(self) -> _Manifest:
        try:
            return msgspec.json.decode(read_bytes(self._folder / _MANIFEST), type=_Manifest)
        except (msgspec.MsgspecError, CannotRead):
            return _Manifest()


def _length(segment: Segment, keys: Sequence[Key | None]) -> int:
    """Return how many characters the texts have that are in force."""
    live = [number for number, key in enumerate(keys) if key is not None]
    return int((segment.ends - segment.begins)[live].sum())
