"""Files that are something else than their names say: told by their first bytes."""

from __future__ import annotations

from pubtool.model import Unavailable
from pubtool.readers.sources.extracted import Unusable

_ZIPPED = (".docx", ".odt", ".epub")
_KINDS: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "a PDF", (".pdf",)),
    (b"PK\x03\x04", "a zip archive such as a DOCX, ODT or EPUB", _ZIPPED),
    (b"{\\rtf", "RTF", (".rtf",)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Word 97 document", ()),
    (b"\x89PNG\r\n\x1a\n", "a picture", ()),
    (b"\xff\xd8\xff", "a picture", ()),
    (b"GIF8", "a picture", ()),
    (b"II*\x00", "a picture", ()),
    (b"MM\x00*", "a picture", ()),
    (b"AT&TFORM", "a DjVu file", ()),
    (b"From: <Saved by ", "a web page saved as MHTML", (".mhtml", ".mht")),
    (b"%!PS", "PostScript", ()),
)
"""How a kind of file begins, what it is called, and the endings that it may have."""
_WEB_ENDINGS = (".html", ".htm", ".xhtml", ".xml", ".jats", ".nxml", ".txt", ".md", ".markdown")
_WEB = (b"<!doctype html", b"<html")


def refuse_disguised(data: bytes, ending: str, name: str) -> None:
    """Raise `Unusable` where a file named `name` is plainly of another kind than its ending."""
    for begins, what, endings in _KINDS:
        if data.startswith(begins) and ending not in endings:
            mend = f"rename it to end with {endings[0]}" if endings else "save it as PDF or text"
            detail = f"{name} is {what}, whatever its name says; {mend}"
            raise Unusable(Unavailable.UNREADABLE, detail)
    if data[:64].lstrip().lower().startswith(_WEB) and ending not in _WEB_ENDINGS:
        detail = (
            f"{name} is a web page, whatever its name says, perhaps one that asks to log in; "
            "fetch the document again, or rename it to end with .html"
        )
        raise Unusable(Unavailable.UNREADABLE, detail)
