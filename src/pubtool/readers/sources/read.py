"""From a source's file to its text, or to the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pubtool.errors import CannotRead, typed
from pubtool.model import (
    Extent,
    Key,
    Landmark,
    MissingText,
    Sheet,
    Source,
    SourceText,
    Span,
    Unavailable,
)
from pubtool.readers.lock import Lock, Pin
from pubtool.readers.sources.disguises import refuse_disguised
from pubtool.readers.sources.document import read_document_file
from pubtool.readers.sources.extracted import Extracted, Unusable
from pubtool.readers.sources.find import (
    FOLDER,
    RECOGNISED,
    files_of,
    find_file,
)
from pubtool.readers.sources.formats import DOCUMENTS, how_to_mend
from pubtool.readers.sources.markdown import read_markdown
from pubtool.readers.sources.numbering import find_numbering
from pubtool.readers.sources.pages import (
    find_furniture,
    find_pages,
    merge_spans,
)
from pubtool.readers.sources.pdf import read_pdf
from pubtool.readers.sources.plain import read_plain
from pubtool.readers.sources.structure import find_structure
from pubtool.readers.sources.web import read_web, read_web_archive
from pubtool.system.files import sha256

MAX_BYTES = 200_000_000
"""A larger file is refused: no text of a single source comes near it."""

_JOINT = "\n\n"


_Read = Callable[[bytes, str], Extracted]
_READERS: dict[str, _Read] = {
    ".txt": read_plain,
    **dict.fromkeys((".md", ".markdown"), read_markdown),
    **dict.fromkeys(DOCUMENTS, read_document_file),
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_web),
    **dict.fromkeys((".mhtml", ".mht"), read_web_archive),
    ".pdf": read_pdf,
}
"""By the ending of a file's name; `extractors` has the version of each."""


def read_source(source: Source, root: Path, lock: Lock) -> SourceText | MissingText:
    """Return the source's text, or why it has none.

    `root` is the project's folder. What the lock says of extent and origin wins over what the file
    says of itself. Raises nothing that a source's file could cause.
    """
    path = find_file(source, root)
    if path is None:
        pinned = source.key in lock.pins
        detail = _gone(source.key) if pinned else _where_to_put(source)
        return MissingText(source.key, Unavailable.MISSING, detail)
    name = path.relative_to(root).as_posix()
    try:
        files = files_of(path, root)
        parts, digest = _read_files(files, root, name)
    except Unusable as error:
        return MissingText(source.key, error.why, error.detail)
    except CannotRead as error:
        return MissingText(source.key, Unavailable.UNREADABLE, str(error))
    return _assemble(source, parts, name, digest, lock.pins.get(source.key))


def read_data(source: Source, data: bytes, name: str, pin: Pin) -> SourceText | MissingText:
    """Return the text that a source would have if its file, `name`, held these bytes."""
    read = _READERS[Path(name).suffix.lower()]
    try:
        part = read(data, name)
    except Unusable as error:
        return MissingText(source.key, error.why, error.detail)
    return _assemble(source, (part,), name, sha256(data), pin)


def _gone(key: Key) -> str:
    return (
        f"the text of {key} that sources.lock has pinned is gone from {FOLDER}/; bring it back, or "
        f"give it up with `pubtool sources remove {key}`"
    )


def _where_to_put(source: Source) -> str:
    add = typed("pubtool", "sources", "add", "FILE", "--key", source.key)
    if source.file:
        return (
            f"no text of {source.key}: its file {source.file} is not in the project; put it there, "
            f"or bring another with `{add}`"
        )
    return f"no text of {source.key}; bring it with `{add}`"


def _read_files(
    files: tuple[Path, ...], root: Path, name: str
) -> tuple[tuple[Extracted, ...], str]:
    """Return what each file gives, and the digest of the bytes: a folder's is that of its list."""
    if not files:
        detail = f"{name}/ holds no file that can be read; put the text there as .txt or .md"
        raise Unusable(Unavailable.MISSING, detail)
    parts, digests = [], []
    for file in files:
        label, ending = file.relative_to(root).as_posix(), file.suffix.lower()
        if ending not in (*_READERS, RECOGNISED):
            detail = f"{label}: no reader for {file.suffix} files; {how_to_mend(ending)}"
            raise Unusable(Unavailable.UNSUPPORTED, detail)
        data = _load(file, label)
        digests.append((sha256(data), file.name))
        if ending == RECOGNISED:
            continue
        refuse_disguised(data, ending, label)
        beside = file.with_suffix(RECOGNISED)
        if ending == ".pdf" and beside in files:
            parts.append(read_pdf(data, label, _load(beside, f"{label}{RECOGNISED}")))
        else:
            parts.append(_READERS[ending](data, label))
    if len(files) == 1 and files[0].relative_to(root).as_posix() == name:
        return tuple(parts), digests[0][0]
    listing = "".join(f"{digest}  {label}\n" for digest, label in digests)
    return tuple(parts), sha256(listing.encode())


def _load(file: Path, name: str) -> bytes:
    try:
        size = file.stat().st_size
        if size <= MAX_BYTES:
            return file.read_bytes()
    except OSError as error:
        raise CannotRead(name, error) from None
    millions = f"{size / 1e6:.0f} MB, more than {MAX_BYTES // 1_000_000} MB"
    detail = f"{name} has {millions}; split it into a folder of files"
    raise Unusable(Unavailable.UNREADABLE, detail)


def _assemble(
    source: Source, parts: tuple[Extracted, ...], name: str, digest: str, pin: Pin | None
) -> SourceText | MissingText:
    text = _JOINT.join(part.text for part in parts)
    if not any(character.isalnum() for character in text):
        detail = f"{name} has no words in it; put the source's text there"
        return MissingText(source.key, Unavailable.EMPTY, detail)
    extent = _extent(parts, pin)
    given = _given_landmarks(parts)
    pages = () if any(m.locator.label == "page" for m in given) else find_pages(text)
    structure = find_structure(text, lone_items=extent is not Extent.FULL)
    labels = {mark.locator.label for mark in (*given, *structure)}
    numbering = [m for m in find_numbering(text, labels) if m.locator.label not in labels]
    said = next((part.origin for part in parts if part.origin), "")
    return SourceText(
        key=source.key,
        text=text,
        extent=extent,
        landmarks=tuple(sorted((*given, *pages, *structure, *numbering), key=lambda mark: mark.at)),
        furniture=_furniture(parts, text),
        path=name,
        sha256=digest,
        origin=(pin.origin if pin else "") or said,
        emphasis=_joined(parts, lambda part: part.emphasis),
        quoted=_joined(parts, lambda part: part.quoted),
        doubtful=_joined(parts, lambda part: part.doubtful),
        unread=tuple(page for part in parts for page in part.unread),
        pages=(pin.pages if pin else "") or ", ".join(p.pages for p in parts if p.pages),
        sheets=_sheets(parts),
    )


def _given_landmarks(parts: tuple[Extracted, ...]) -> tuple[Landmark, ...]:
    found: list[Landmark] = []
    at = 0
    for part in parts:
        found.extend(Landmark(at + mark.at, mark.locator) for mark in part.landmarks)
        at += len(part.text) + len(_JOINT)
    return tuple(found)


def _sheets(parts: tuple[Extracted, ...]) -> tuple[Sheet, ...]:
    found: list[Sheet] = []
    at = 0
    for file, part in enumerate(parts):
        found.extend(Sheet(at + sheet.at, sheet.number, file) for sheet in part.sheets)
        at += len(part.text) + len(_JOINT)
    return tuple(found)


def _joined(
    parts: tuple[Extracted, ...], spans: Callable[[Extracted], tuple[Span, ...]]
) -> tuple[Span, ...]:
    """Return some spans of all parts, in code points of the whole text."""
    found: list[Span] = []
    at = 0
    for part in parts:
        found.extend(Span(at + span.start, at + span.end) for span in spans(part))
        at += len(part.text) + len(_JOINT)
    return tuple(found)


def _furniture(parts: tuple[Extracted, ...], text: str) -> tuple[Span, ...]:
    """Return what the formats know to be furniture, and what looks like it."""
    return merge_spans((*_joined(parts, lambda part: part.furniture), *find_furniture(text)))


def _extent(parts: tuple[Extracted, ...], pin: Pin | None) -> Extent:
    """Return the lock's word, else the least that a part says of itself, else all."""
    if pin is not None and pin.extent is not None:
        return pin.extent
    said = {Extent(part.extent) for part in parts if part.extent}
    for extent in (Extent.SECOND_HAND, Extent.EXCERPT):
        if extent in said:
            return extent
    return Extent.FULL
