"""Documents of word processors: what pandoc passes over is put where it reads.

pandoc leaves out the words of text boxes (in DOCX with some of them those of the paragraph that
they are anchored in), of some fields, of runs that set the direction of writing, of passages that
were moved, of custom XML and below ruby. A quotation from there would be absent. So these wrappers
are taken off before pandoc sees the document, and the paragraphs of a text box, which floats, are
put behind all others. It is done in a confined process, and only where a document has any.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pubtool.model import Unavailable
from pubtool.readers.sources.extracted import Unusable
from pubtool.system.confined import Stopped, confined

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = re.compile(r"(?:word/(?:document|footnotes|endnotes)\d*|content)\.xml\Z")
_WRAPPERS = frozenset({"fldSimple", "bdo", "dir", "customXml", "moveTo"})
"""Of DOCX."""
_INLINE = frozenset(
    "meta meta-field user-field-get user-defined variable-set variable-get expression text-input "
    "placeholder ruby ruby-base".split()
)
"""Of ODT."""
_PASSED_OVER = re.compile(
    rb"<(?:\w+:)?(?:txbxContent|text-box|numbered-paragraph|"
    + "|".join(sorted(_WRAPPERS | _INLINE)).encode()
    + rb")[\s>]"
)
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BOXES = ("{*}txbxContent", "{*}text-box")
_HOLDERS = frozenset({"body", "footnote", "endnote", "note-body", "text"})
_CHUNK = 1 << 20
_OVERLAP = 64


def with_all_words(data: bytes, name: str) -> bytes:
    """Return a DOCX or ODT, named `name` in errors, in a form of which pandoc reads all words.

    Raises `Unusable`. The archive must have been found safe.
    """
    if not _has_more(data):
        return data
    try:
        return confined().run(f"{__name__}:unwrap", data)
    except Stopped as error:
        detail = f"{name}: reading it {error}; save it anew, or as text"
        raise Unusable(Unavailable.UNREADABLE, detail) from None


def _has_more(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [name for name in archive.namelist() if _PART.match(name)]
            return any(_PASSED_OVER.search(piece) for n in parts for piece in _read(archive, n))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, zlib.error):
        return False  # pandoc will say what is wrong with it


def _read(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a member piece by piece, each with the end of the one before."""
    before = b""
    with archive.open(name=name) as part:
        while piece := part.read(_CHUNK):
            yield before + piece
            before = piece[-_OVERLAP:]


# --- In the confined process ----------------------------------------------------------------------


def unwrap(data: bytes) -> bytes:
    """Return a document without the wrappers whose content pandoc leaves out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as mended:
        for member in archive.infolist():
            content = archive.read(member)
            if _PART.match(member.filename) and _PASSED_OVER.search(content):
                content = _unwrapped(content)
            mended.writestr(member, content)
    return out.getvalue()


def _unwrapped(content: bytes) -> bytes:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return content  # pandoc will say so
    odt = _name(root) == "document-content"
    (_unwrap_odt if odt else _unwrap_docx)(root)
    _lay_out_boxes(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _unwrap_docx(root: Any) -> None:
    for element in [e for e in root.iter("{*}*") if _name(e) in _WRAPPERS]:
        _put_in_place(element, [child for child in element if not _name(child).endswith("Pr")])
    for element in list(root.iter("{*}ruby")):
        runs = [run for base in element.iterchildren("{*}rubyBase") for run in base]
        _put_in_place(element.getparent(), runs)


def _unwrap_odt(root: Any) -> None:
    for element in list(root.iter(f"{_TEXT}ruby-text")):
        element.clear(keep_tail=True)
    for element in list(root.iter(f"{_TEXT}*")):
        if _name(element) in _INLINE:
            element.tag = f"{_TEXT}span"
        elif _name(element) == "numbered-paragraph":
            element.tag = f"{_TEXT}section"


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _put_in_place(element: Any, children: list[Any]) -> None:
    """Put elements where another one stands, which goes."""
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = children


def _lay_out_boxes(root: Any) -> None:
    """Put the paragraphs of text boxes behind the other paragraphs of the text or the note."""
    for fallback in list(root.iter("{*}Fallback")):  # the same box for an older Word
        choices = fallback.getparent().iterchildren("{*}Choice")
        if any(next(choice.iter("{*}txbxContent"), None) is not None for choice in choices):
            fallback.getparent().remove(fallback)
    boxes = list(root.iter(*_BOXES))
    for box in boxes:
        holder = next((e for e in box.iterancestors() if _name(e) in _HOLDERS), None)
        if holder is not None:
            last = len(holder) and _name(holder[-1]) == "sectPr"
            at = len(holder) - 1 if last else len(holder)
            holder[at:at] = list(box)
    if _name(root) == "document-content":
        return
    for box in boxes:
        chain = [box, *box.iterancestors()]
        for drawing, run in pairwise(chain):
            if _name(run) == "r":
                run.remove(drawing)
                break
