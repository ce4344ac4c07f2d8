"""The binder as a PDF: tagged (UA-1, A-3a), with bookmarks, each page of a source stored once.

As in `writers.pdf` all words reach Typst as JSON, which is data and never code. A character that no
font at hand has is shown as U+FFFD and named at the end: a stranger's text must not keep the
binder from being made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pubtool.model import PagePicture
from pubtool.system.files import sha256
from pubtool.writers.binder.content import Assembled, Entry, Origin, Remark
from pubtool.writers.binder.listing import (
    alternative,
    by_source,
    caption,
    described,
    groups,
    shortened,
)
from pubtool.writers.pdf.compiling import STANDARDS, image_folder, missing_in, shipped
from pubtool.writers.pdf.fonts import faces
from pubtool.writers.pdf.inlines import clean
from pubtool.writers.pdf.languages import lang_or_english

_UNKNOWN = "\ufffd"
_SAYS = (
    "how page of unread files by-post by-source none no-source file source text from post verdict "
    "cited place differences word word-how in-source findings decisions passage no-page no-passage "
    "terms others lost sources"
).split()
"""The lines that the template sets itself."""


@dataclass(frozen=True)
class Press:
    """What the binder is set with."""

    paper: str
    """One of the settings' `PAPERS`."""
    lang: str
    """Of what has no language of its own."""
    fonts: tuple[tuple[Path, str], ...] = ()
    """The files of the project's own typefaces, each with a digest."""


def typeset_binder(binder: Assembled, press: Press) -> bytes:
    """Return the PDF; the same input gives the same bytes."""
    import typst

    fonts, added = faces(press.fonts)
    images = dict[str, bytes]()
    data = {**_told(binder, press, images), "paper": press.paper, "fonts": added}
    lost = ""
    with image_folder(images) as root:
        while True:
            sources = {
                "main.typ": files(__package__).joinpath("typst", "binder.typ").read_bytes(),
                "template.typ": shipped("template.typ"),
                "binder.json": _encoded(data, lost, binder.says),
            }
            try:
                made = typst.compile(  # type: ignore[call-overload]  # the stub knows no dictionary
                    sources,
                    root=root,
                    font_paths=fonts,
                    pdf_standards=list(STANDARDS),
                    ignore_system_fonts=True,
                    timestamp=0,
                )
                return bytes(made)
            except typst.TypstError as error:
                missing = missing_in(str(getattr(error, "diagnostic", "")))
                new = "".join(one for one in missing if one not in lost)
                if not new:
                    raise  # the template is ours, and so is the fault
                lost += new


def _encoded(data: Mapping[str, Any], lost: str, says: Callable[..., str]) -> bytes:
    """Return the data as JSON, in which unknown characters are U+FFFD and named."""
    names = ", ".join(f"U+{ord(one):04X}" for one in sorted(lost))
    told = json.dumps(
        {**data, "lost": says("lost-how", names=names) if names else ""}, ensure_ascii=False
    )
    return told.translate(dict.fromkeys(map(ord, lost), _UNKNOWN)).encode("utf-8", "replace")


def _told(binder: Assembled, press: Press, images: dict[str, bytes]) -> dict[str, Any]:
    lang = lang_or_english(press.lang)
    return {
        "title": clean(binder.title),
        "own": binder.words.lang,
        "says": {key: clean(binder.says(key)) for key in _SAYS},
        "count": clean(binder.count),
        "facts": [list(map(clean, fact)) for fact in described(binder)],
        "errors": list(map(clean, binder.errors)),
        "files": [_placed(one) for one in binder.files],
        "groups": [
            {
                "title": title,
                "none": none,
                "entries": [_listed(entry) for entry in entries],
            }
            for title, none, entries in groups(binder)
        ],
        "sections": [
            {
                "path": clean(section.path),
                "title": clean(section.title),
                "sha256": section.sha256,
                "lang": lang_or_english(section.lang or press.lang),
                "empty": section.is_empty,
                "terms": list(map(clean, section.terms)),
                "remarks": [_placed(one) for one in section.remarks],
                "entries": [_entry(binder, entry, images, press.lang) for entry in section.entries],
            }
            for section in binder.sections
        ],
        "sources": [
            {**_origin(origin, press.lang), "entries": [_listed(entry) for entry in entries]}
            for origin, entries in by_source(binder)
        ],
        "lang": lang,
    }


def _listed(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "symbol": entry.proof.symbol,
        "verdict": clean(entry.proof.verdict),
        "quoted": clean(shortened(entry.proof.quoted)),
        "where": clean(f"{entry.post}, {entry.lines}"),
        "lang": lang_or_english(entry.lang),
    }


def _placed(one: tuple[str, Remark]) -> dict[str, Any]:
    return {"at": clean(one[0]), **_remark(one[1])}


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "code": remark.code,
        "severity": remark.severity,
        "title": clean(remark.title),
        "message": clean(remark.message),
        "suppressed": clean(remark.suppressed),
    }


def _origin(origin: Origin, lang: str) -> dict[str, Any]:
    return {
        "key": clean(origin.key),
        "citation": clean(origin.citation),
        "lang": lang_or_english(origin.lang or lang),
        "files": [[clean(name), digest] for name, digest in origin.files],
        "origin": clean(origin.origin),
        "pinned": origin.pinned,
        "extent": origin.extent,
    }


def _entry(binder: Assembled, entry: Entry, images: dict[str, bytes], lang: str) -> dict[str, Any]:
    source = _origin(entry.source, lang) if entry.source else None
    return {
        **_listed(entry),
        "id": entry.id,
        "heading": clean(
            binder.says("quotation", number=entry.number, verdict=entry.proof.verdict)
        ),
        "lang": lang_or_english(entry.lang or lang),
        "lines": entry.lines,
        "before": clean(entry.quoted.before),
        "words": clean(entry.quoted.words),
        "after": clean(entry.quoted.after),
        "group": entry.group.value,
        "comparison": [[p.side.value, clean(p.text), p.faulty] for p in entry.comparison],
        "changes": list(map(clean, entry.proof.changes)),
        "remarks": list(map(_remark, entry.remarks)),
        "decisions": list(map(clean, entry.decisions)),
        "cited": clean(entry.cited),
        "place": clean(entry.proof.place),
        "source": source,
        "pages": [_page(binder, page, entry, images) for page in entry.pages],
        "why": clean(entry.why_no_page),
        "passage": None
        if entry.passage is None
        else {
            "before": clean(entry.passage.before),
            "words": clean(entry.passage.words),
            "after": clean(entry.passage.after),
            "at": entry.passage_at,
        },
    }


def _page(
    binder: Assembled, page: PagePicture, entry: Entry, images: dict[str, bytes]
) -> dict[str, Any]:
    """Return a page's data; its picture is put among the images under its digest, once."""
    name = f"{sha256(page.image)}.{page.media_type.partition('/')[2]}"
    images[name] = page.image
    return {
        "image": name,
        "caption": clean(caption(binder, page)),
        "alt": clean(alternative(binder, page, entry)),
        "ratio": page.height / page.width,
        "marks": [_shares(page, rectangle) for rectangle in page.rectangles],
    }


def _shares(page: PagePicture, rectangle: Sequence[int]) -> list[float]:
    """Return left, top, width and height of a rectangle as shares of its page."""
    left, top, right, bottom = rectangle
    across, down = page.width, page.height
    sides = (left / across, top / down, (right - left) / across, (bottom - top) / down)
    return [round(side, 5) for side in sides]
