"""Picturing: the pages of a source that a passage stands on, as they look, with its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pubtool.model import Key, NoPicture, PagePicture, Rectangle, Sheet, SourceText, Span
from pubtool.pipeline.store import digest_of
from pubtool.pipeline.workspace import Workspace
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
    file = _file(workspace, text)
    if isinstance(file, NoPicture):
        return file
    from pubtool.readers.sources.pdf.picture import NotShown

    pages = _pages(text, spans)
    if not pages:
        return NoPicture("nobody knows on which of its pages the passage stands")
    try:
        return tuple(_picture(workspace, file, page, width) for page in pages)
    except NotShown as error:
        return NoPicture(str(error))


@dataclass
class _Page:
    """A page with a part of the passage."""

    sheet: int
    label: str
    chunks: list[Chunk] = field(default_factory=list)


@dataclass(frozen=True)
class _File:
    """A PDF, and what a character recogniser read of it."""

    pdf: bytes
    hocr: bytes
    digest: str


def _text(workspace: Workspace, key: Key) -> SourceText | None:
    index = workspace.library.index
    return index.source(key) if key in index.live else None


def _file(workspace: Workspace, text: SourceText) -> _File | NoPicture:
    """Return the file that a text was read from, or why it has no pages."""
    paths = workspace.source_paths.get(text.key, ())
    pdfs = [path for path in paths if path.suffix.lower() == ".pdf"]
    if not pdfs:
        ending = Path(text.path).suffix or "a folder"
        return NoPicture(f"the source's file has no pages ({ending})")
    if len(pdfs) > 1 or not text.sheets:
        return NoPicture("the source is in several files")
    (pdf,) = pdfs
    data = {path: read_bytes(path) for path in paths}
    whole = sha256(data[pdf])
    listing = "".join(f"{sha256(data[path])}  {path.name}\n" for path in paths)
    if text.sha256 not in (whole, sha256(listing.encode())):
        return NoPicture("the source's file has changed since it was read")
    hocr = next((data[path] for path in paths if path != pdf), b"")
    return _File(data[pdf], hocr, text.sha256)


def _pages(text: SourceText, spans: Sequence[Span]) -> list[_Page]:
    """Return the pages that hold a part of the passage, in the order of its parts."""
    from pubtool.readers.sources.pdf.picture import Chunk

    labels = {m.at: m.locator.value for m in text.landmarks if m.locator.label == "page"}
    pages = dict[int, _Page]()
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
            page = pages.setdefault(sheet.number, _Page(sheet.number, labels.get(sheet.at, "")))
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
        (file.digest, str(number), str(width)),
        pdf.Rendered,
        lambda: pdf.render_page(file.pdf, number, width),
    )
    asked = msgspec.json.encode(page.chunks).decode()
    places: Places = workspace.store.keep(
        "page-places",
        (digest_of(file.digest, str(number), asked),),
        pdf.Places,
        lambda: pdf.find_on_page(file.pdf, number, page.chunks),
    )
    across, down = rendered.width, rendered.height
    return PagePicture(
        sheet=page.sheet,
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
