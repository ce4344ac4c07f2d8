"""The parts of a Word file put together: what pandoc wrote, and what it leaves to us.

Images come from their bytes (pandoc had a stand-in for each), the properties and comments are
written here, and of pandoc's own reference document nothing is kept: a part that neither we nor the
project's reference document brought goes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pubtool.errors import BadReference
from pubtool.writers.book import NO_DAY, Book
from pubtool.writers.book_images import BookPicture
from pubtool.writers.docx.comments import R, W, comments_part
from pubtool.writers.printable import printable
from pubtool.writers.words import direction

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"

_PANDOC_S = ("word/theme/", "word/fontTable.xml", "word/webSettings.xml")
"""Parts that pandoc adds from its own reference document where the given one has none."""
_UNWANTED = ("docProps/custom.xml",)
_RELATION_TYPE = f"{R}/comments"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_COMMENTS = "word/comments.xml"
_APP = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>pubtool</Application></Properties>"""

Parts = dict[str, bytes]


@dataclass(frozen=True)
class Reference:
    """The document that gives the styles."""

    parts: Mapping[str, bytes]
    """Of the project's own, or ours where it has none."""
    ours: Mapping[str, bytes]

    @property
    def is_ours(self) -> bool:
        """Whether the project has none of its own."""
        return self.parts == self.ours


def read_archive(data: bytes) -> Parts:
    """Return the parts of a reference document. Raises `BadReference`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise BadReference(f"it is no Word file ({error})") from None
    if "word/styles.xml" not in parts:
        raise BadReference("it has no styles")
    return parts


def assemble(
    book: Book,
    written: Mapping[str, str],
    pictures: Mapping[str, BookPicture],
    reference: Reference,
) -> list[tuple[str, bytes]]:
    """Return the parts of the whole file in their order.

    `written` are pandoc's, those that are no XML empty.
    """
    parts = _wanted(written, reference.parts)
    if reference.is_ours:
        parts["word/settings.xml"] = reference.ours["word/settings.xml"]
    _place_pictures(parts, pictures)
    _set_language(parts, book.lang)
    if book.whole:
        _begin_pages(parts)
    _comment(parts, book)
    _adopt_styles(parts, reference.ours)
    parts["docProps/core.xml"] = _properties(book)
    parts["docProps/app.xml"] = _APP
    _relate(parts)
    _declare(parts)
    order = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    return [(name, parts[name]) for name in order]


def _wanted(written: Mapping[str, str], reference: Mapping[str, bytes]) -> Parts:
    parts: Parts = {}
    for name, text in written.items():
        if name in _UNWANTED or (name.startswith(_PANDOC_S) and name not in reference):
            continue
        if text:
            parts[name] = text.encode()
        elif name in reference:  # an image in a head or foot
            parts[name] = reference[name]
    return parts


def _tree(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _bytes(root: Any) -> bytes:
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole


# --- Images ---------------------------------------------------------------------------------------


def _place_pictures(parts: Parts, pictures: Mapping[str, BookPicture]) -> None:
    """Put each image where its stand-in is, which is known by the name in its description."""
    for name in ("word/document.xml", "word/footnotes.xml"):
        if name not in parts or b"<pic:cNvPr" not in parts[name]:
            continue
        relations = f"word/_rels/{name.rpartition('/')[2]}.rels"
        root, links = _tree(parts[name]), _tree(parts[relations])
        held = {link.get("Id"): link for link in links}
        for picture in root.iter(f"{{{_PIC}}}pic"):
            inner = picture.find(f".//{{{_PIC}}}cNvPr")
            image = inner.get("descr", "")
            if image not in pictures:
                continue
            inner.set("descr", "")
            blip = picture.find(f".//{{{_A}}}blip")
            key = blip.get(f"{{{R}}}embed")
            if key not in held:  # pandoc forgets the images of notes
                held[key] = etree.SubElement(links, f"{{{_RELATIONS}}}Relationship", Id=key)
                held[key].set("Type", f"{R}/image")
            held[key].set("Target", f"media/{image}")
            parts[f"word/media/{image}"] = pictures[image].data
        parts[name], parts[relations] = _bytes(root), _bytes(links)


# --- Language and pages ---------------------------------------------------------------------------


def _set_language(parts: Parts, lang: str) -> None:
    """Say the language of what no run says otherwise."""
    root = _tree(parts["word/styles.xml"])
    defaults = root.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
    if defaults is not None:
        said = defaults.find(f"{{{W}}}lang")
        if said is None:
            said = etree.SubElement(defaults, f"{{{W}}}lang")
        said.set(f"{{{W}}}val", lang)
        if direction(lang) == "rtl":
            said.set(f"{{{W}}}bidi", lang)
    parts["word/styles.xml"] = _bytes(root)


def _begin_pages(parts: Parts) -> None:
    """Begin each chapter of a series on a page of its own."""
    root = _tree(parts["word/document.xml"])
    styles = _tree(parts["word/styles.xml"])
    titles = {s.get(f"{{{W}}}styleId") for s in styles.iter(_STYLE) if _style_name(s) == _TITLE}
    for style in root.iter(f"{{{W}}}pStyle"):
        if style.get(f"{{{W}}}val") in titles:
            style.addnext(etree.Element(f"{{{W}}}pageBreakBefore"))
    parts["word/document.xml"] = _bytes(root)


_TITLE = "heading 1"

_USED = ("word/document.xml", _COMMENTS)
_STYLES_OF_OURS = ("TOC1", "CommentText", "CommentReference", "Hyperlink")
"""The styles, by their ids with us, of what is written without pandoc."""


def _adopt_styles(parts: Parts, ours: Mapping[str, bytes]) -> None:
    """Let what we write ourselves have the reference document's styles, or ours where it has none.

    A style is known by its name; its id depends on the language of the Word that made it.
    """
    root = _tree(parts["word/styles.xml"])
    there = {_style_name(style): style.get(f"{{{W}}}styleId") for style in root.iter(_STYLE)}
    wanted = {s.get(f"{{{W}}}styleId"): s for s in _tree(ours["word/styles.xml"]).iter(_STYLE)}
    renamed: dict[str, str] = {}
    for own in _STYLES_OF_OURS:
        name = _style_name(wanted[own])
        if name in there:
            renamed[own] = there[name]
        else:
            root.append(wanted[own])
    parts["word/styles.xml"] = _bytes(root)
    if all(old == new for old, new in renamed.items()):
        return
    for name in _USED:
        tree = _tree(parts[name])
        for used in tree.iter(f"{{{W}}}pStyle", f"{{{W}}}rStyle"):
            value = used.get(f"{{{W}}}val", "")
            used.set(f"{{{W}}}val", renamed.get(value, value))
        parts[name] = _bytes(tree)


_STYLE = f"{{{W}}}style"


def _style_name(style: Any) -> str:
    name = style.find(f"{{{W}}}name")
    return str(name.get(f"{{{W}}}val", "")).lower() if name is not None else ""


# --- Comments -------------------------------------------------------------------------------------


def _comment(parts: Parts, book: Book) -> None:
    proofs = [proof for chapter in book.chapters for proof in chapter.proofs]
    marks = _tree(parts["word/document.xml"]).iter(f"{{{W}}}commentReference")
    placed = {int(mark.get(f"{{{W}}}id")) for mark in marks}
    text, links = comments_part(proofs, placed)
    parts[_COMMENTS] = text
    parts["word/_rels/comments.xml.rels"] = links


# --- The archive ----------------------------------------------------------------------------------


def _properties(book: Book) -> bytes:
    """Return the document's properties: title, author, keywords, language and the day."""
    cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dc = "http://purl.org/dc/elements/1.1/"
    terms = "http://purl.org/dc/terms/"
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    names = {"cp": cp, "dc": dc, "dcterms": terms, "xsi": xsi}
    root = etree.Element(f"{{{cp}}}coreProperties", nsmap=names)
    said = [
        (f"{{{dc}}}title", book.title),
        (f"{{{dc}}}creator", "; ".join(book.authors)),
        (f"{{{cp}}}keywords", ", ".join(book.keywords)),
        (f"{{{dc}}}description", book.description),
        (f"{{{dc}}}language", book.lang),
    ]
    for name, value in said:
        if value:
            etree.SubElement(root, name).text = printable(value)
    for name in ("created", "modified"):
        day = etree.SubElement(root, f"{{{terms}}}{name}", {f"{{{xsi}}}type": "dcterms:W3CDTF"})
        day.text = f"{book.date or NO_DAY}T00:00:00Z"
    return _bytes(root)


def _relate(parts: Parts) -> None:
    """Leave out the links to parts that are not there."""
    for name in [name for name in parts if name.endswith(".rels")]:
        folder = name.rpartition("_rels/")[0]
        root = _tree(parts[name])
        for link in list(root):
            target = link.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}{target}"
            if link.get("TargetMode") != "External" and posixpath.normpath(path) not in parts:
                root.remove(link)
        parts[name] = _bytes(root)
    root = _tree(parts["word/_rels/document.xml.rels"])
    if all(link.get("Type") != _RELATION_TYPE for link in root):
        given = {"Id": "rIdComments", "Type": _RELATION_TYPE, "Target": "comments.xml"}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", given)
        parts["word/_rels/document.xml.rels"] = _bytes(root)


def _declare(parts: Parts) -> None:
    """Say of each part what it is, and of no other."""
    root = _tree(parts["[Content_Types].xml"])
    for entry in list(root.iter(f"{{{_TYPES}}}Override")):
        if entry.get("PartName", "").lstrip("/") not in parts:
            root.remove(entry)
    known = {entry.get("PartName", "").lstrip("/") for entry in root}
    endings = {entry.get("Extension", "").lower() for entry in root}
    mimes = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}
    for suffix in sorted({name.rpartition(".")[2] for name in parts} & set(mimes) - endings):
        entry = etree.Element(f"{{{_TYPES}}}Default")
        entry.set("Extension", suffix)
        entry.set("ContentType", mimes[suffix])
        root.insert(0, entry)
    if _COMMENTS not in known:
        given = {"PartName": f"/{_COMMENTS}", "ContentType": f"{_WORD}.comments+xml"}
        etree.SubElement(root, f"{{{_TYPES}}}Override", given)
    parts["[Content_Types].xml"] = _bytes(root)
