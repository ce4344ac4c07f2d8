"""Picturing: the pages of a source that a passage stands on, as they look, with its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pubtool.model import Key, NoPicture, PagePicture, Rectangle, Sheet, SourceText, Span
from pubtool.pipeline.store import digest_of
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.sources.find import RECOGNISED
from pubtool.system.files import read_bytes, sha256

if TYPE_CHECKING:
    from pubtool.readers.sources.pdf.picture import Chunk, Places, Rendered


def picture(
    workspace: Workspace, key: Key, spans: Sequence[Span], *, width: int
) -> tuple[PagePicture, ...] | NoPicture:
    """Return the pages on which a passage stands, in their order, each so many pixels wide.

    `spans` are the passage's parts, in code points of the source's extracted text; heads, feet and
    notes that a part runs over are not marked. Only files that have pages have pictures.
    """
    text = _text(workspace, key)
    if text is None:
        return NoPicture("the source has no text")
    files = _files(workspace, text)
    if isinstance(files, NoPicture):
        return files
    from pubtool.readers.sources.pdf.picture import NotShown

    pages = _pages(text, spans)
    if not pages:
        return NoPicture("nobody knows on which of its pages the passage stands")
    try:
        return tuple(_picture(workspace, files[page.file], page, width) for page in pages)
    except (NotShown, _ChangedError) as error:
        return NoPicture(str(error))


def has_pages(paths: Sequence[Path]) -> bool:
    """Whether a source in these files has pages that can be shown."""
    return any(path.suffix.lower() == ".pdf" for path in paths)


@dataclass
class _Page:
    """A page with a part of the passage."""

    file: int
    """Counted from 0."""
    sheet: int
    label: str
    chunks: list[Chunk] = field(default_factory=list)


@dataclass(frozen=True)
class _Read:
    """A file and the digest of its bytes."""

    path: Path
    sha256: str

    @cached_property
    def data(self) -> bytes:
        """The bytes, if they are the same still; raises `_ChangedError` and `CannotRead`."""
        data = read_bytes(self.path)
        if sha256(data) != self.sha256:
            raise _ChangedError
        return data


@dataclass(frozen=True)
class _File:
    """A PDF, and what a character recogniser read of it."""

    name: str
    """Empty where it is the only one."""
    pdf: _Read
    hocr: _Read | None = None

    @property
    def digest(self) -> str:
        """What tells its pages' words from any other's."""
        return self.pdf.sha256 + (self.hocr.sha256 if self.hocr else "")


class _ChangedError(Exception):
    def __init__(self) -> None:
        super().__init__("the source's file has changed since it was read")


def _text(workspace: Workspace, key: Key) -> SourceText | None:
    index = workspace.library.index
    return index.source(key) if key in index.live else None


def _files(workspace: Workspace, text: SourceText) -> tuple[_File, ...] | NoPicture:
    """Return the files that a text was read from, in their order, or why they have no pages."""
    paths = workspace.source_paths.get(text.key, ())
    pdfs = [path for path in paths if has_pages([path])]
    if not pdfs:
        ending = Path(text.path).suffix or "a folder"
        return NoPicture(f"the source's file has no pages ({ending})")
    digests = [digest for _, digest in workspace.files_of(text.key)]
    files = {path: _Read(path, digest) for path, digest in zip(paths, digests, strict=True)}
    listing = "".join(f"{file.sha256}  {path.name}\n" for path, file in files.items())
    if text.sha256 not in (digests[0], sha256(listing.encode())):
        return NoPicture(str(_ChangedError()))
    return tuple(
        _File(pdf.name if len(pdfs) > 1 else "", files[pdf], files.get(pdf.with_suffix(RECOGNISED)))
        for pdf in pdfs
    )


def _pages(text: SourceText, spans: Sequence[Span]) -> list[_Page]:
    """Return the pages that hold a part of the passage, in the order of its parts."""
    from pubtool.readers.sources.pdf.picture import Chunk

    labels = {m.at: m.locator.value for m in text.landmarks if m.locator.label == "page"}
    pages = dict[tuple[int, int], _Page]()
    ends = Sheet(len(text.text), 0)
    parts = [part for span in spans for part in _without_furniture(text, span)]
    for sheet, following in pairwise((*text.sheets, ends)):
        here = Span(sheet.at, following.at)
        words = text.text[here.start : here.end]
        passages = tuple(
            Span(max(part.start, here.start) - here.start, min(part.end, here.end) - here.start)
            for part in parts
            if part.overlaps(here)
        )
        if any(words[p.start : p.end].strip() for p in passages):
            known = _Page(sheet.file, sheet.number, labels.get(sheet.at, ""))
            page = pages.setdefault((sheet.file, sheet.number), known)
            page.chunks.append(Chunk(words, passages))
    return list(pages.values())


def _without_furniture(text: SourceText, span: Span) -> Iterator[Span]:
    """Yield what of a span is no head, foot or note mark; all of it where nothing else is there."""
    at, parts = span.start, list[Span]()
    for piece in text.furniture:
        if piece.overlaps(span):
            parts.append(Span(at, max(piece.start, at)))
            at = min(piece.end, span.end)
    parts.append(Span(at, span.end))
    kept = [part for part in parts if text.text[part.start : part.end].strip()]
    yield from kept or (span,)


def _picture(workspace: Workspace, file: _File, page: _Page, width: int) -> PagePicture:
    from pubtool.readers.sources.pdf import picture as pdf

    number = page.sheet - 1
    rendered: Rendered = workspace.store.keep(
        "page-picture",
        (file.pdf.sha256, str(number), str(width)),
        pdf.Rendered,
        lambda: pdf.render_page(file.pdf.data, number, width),
    )
    asked = msgspec.json.encode(page.chunks).decode()
    places: Places = workspace.store.keep(
        "page-places",
        (digest_of(file.digest, str(number), asked),),
        pdf.Places,
        lambda: pdf.find_on_page(
            file.pdf.data, number, page.chunks, file.hocr.data if file.hocr else b""
        ),
    )
    across, down = rendered.width, rendered.height
    return PagePicture(
        sheet=page.sheet,
        file=file.name,
        label=page.label,
        image=rendered.image,
        media_type=rendered.media_type,
        width=across,
        height=down,
        rectangles=tuple(
            Rectangle(
                round(share.left * across),
                round(share.top * down),
                round(share.right * across),
                round(share.bottom * down),
            )
            for share in places.shares
        ),
        is_whole=places.is_whole,
    )
