"""What a server sent, looked at before it is believed: its format, its encoding, its worth.

A server may call a login page a PDF, and a page that only a browser can build has no text. What is
kept is a file that the readers take: a page's encoding, which the server may have told in a header
alone, is written into it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html import unescape

from pubtool.readers.sources.formats import EXTENSIONS

_SNIFFED = 2048
"""Bytes at a file's beginning in which its mark is looked for."""
_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"{\\rtf", ".rtf", "an RTF document"),
    (30, b"mimetypeapplication/epub+zip", ".epub", "an EPUB book"),
    (30, b"mimetypeapplication/vnd.oasis.opendocument.text", ".odt", "an ODT document"),
    (0, b"AT&TFORM", ".djvu", "a DjVu scan"),
    (0, b"%!PS", ".ps", "a PostScript file"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc", "an old Office document"),
    (60, b"BOOKMOBI", ".mobi", "a Kindle book"),
    (0, b"\x1f\x8b", ".gz", "a packed file"),
    (0, b"7z\xbc\xaf", ".7z", "a packed file"),
    (0, b"Rar!", ".rar", "a packed file"),
    (0, b"\xff\xd8\xff", ".jpg", "a picture"),
    (0, b"\x89PNG", ".png", "a picture"),
    (0, b"GIF8", ".gif", "a picture"),
    (0, b"II*\x00", ".tif", "a picture"),
    (0, b"MM\x00*", ".tif", "a picture"),
)
"""Offset, mark, ending, and what it is in words."""
_PDF, _PAGE, _TEXT = "a PDF", "a web page", "plain text"
_TOLD = {"text/markdown": (".md", "Markdown"), "text/x-wiki": (".wiki", "a wiki's text")}
"""What no bytes can tell: the server is believed where it says so."""
_HTML = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_META = re.compile(rb"""(<meta[^>]+charset\s*=\s*["']?\s*)([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""(<\?xml[^>]+encoding\s*=\s*["'])([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_DECLARED_BYTES = 4096
"""As far as the reader of pages looks for a declared encoding."""
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_SAME = (
    "utf-8 utf-16 utf-16-le utf-16-be cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 "
    "iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u "
    "mac-roman mac-cyrillic cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 "
    "gb18030 big5hkscs euc_jp iso2022_jp cp932 cp949"
).split()
_ENCODINGS = {
    **{name: name for name in _SAME},
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""The encodings that browsers know, by Python's name, and what they read each as (WHATWG)."""
_FEW_ODD_BYTES = 0.02
"""The share of bytes beyond ASCII up to which an untold encoding is taken for the Western one."""
_BROKEN, _FEW_BROKEN = "\ufffd", 0.001
"""What stands for bytes that cannot be decoded, and the share of it that a text may have."""
_FEWEST_WORDS = 20
"""A page with fewer, and a script, shows what its script makes of it in a browser."""
_FEW_WORDS = 120
"""A page with fewer may be a login or a puzzle; one with more has a text besides its login form."""
_CONSENT_WORDS = 300
"""Questions of consent are longer; a page with so many words has a text behind the question."""
_SCRIPT = re.compile(r"<(?:no)?script\b", re.IGNORECASE)
_PASSWORD = re.compile(r"<input\b[^>]*\btype\s*=\s*[\"']?password", re.IGNORECASE)
_LOGIN = re.compile(
    r"\b(?:log[ -]?(?:in|on)|sign[ -]?in|anmeld\w*|einloggen|connexion|inici\w+ sesi\w+|accedi"
    r"|entrar|logga in|inloggen|zaloguj|войти|вход)\b|登录|登入|ログイン|로그인",
    re.IGNORECASE,
)
"""In a page's title: many pages have a login form besides their text."""
_PUZZLE = re.compile(
    r"cf-challenge|challenge-platform|cf-turnstile|captcha-delivery|are you a (?:human|robot)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser",
    re.IGNORECASE,
)
_WIDGET = re.compile(r"g-recaptcha|h-?captcha", re.IGNORECASE)
"""A puzzle that many pages have in a form for comments."""
_CONSENT = re.compile(
    r"we value your privacy|before you continue|accept all|reject all|our partners|your consent"
    r"|privacy settings|cookie settings|manage (?:your )?(?:choices|preferences)",
    re.IGNORECASE,
)


class Unwanted(Exception):
    """What came is no text of a source; ``str()`` says why, behind the address."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a server sent, as a file that the readers take."""

    extension: str
    data: bytes


def receive(data: bytes, media_type: str, paths: tuple[str, ...]) -> Arrival:
    """Return what came as a file; raise `Unwanted`.

    `media_type` is the server's Content-Type, and `paths` those of the addresses that were asked:
    they only tell what was expected, and an encoding.
    """
    extension, what = _recognise(data, media_type, paths[-1])
    kind = media_type.partition(";")[0].strip().lower()
    expected = kind == "application/pdf" or any(p.lower().endswith(".pdf") for p in paths)
    if expected and extension != ".pdf":
        raise Unwanted(f"a PDF was expected, and {what} came{_described(data, extension)}")
    if extension not in EXTENSIONS:
        raise Unwanted(f"it is {what}, which cannot be read here")
    if extension in (".html", ".txt", ".md", ".tex", ".wiki"):
        data = _in_utf8(data, media_type, what)
    return Arrival(extension, data)


def find_stand_in(data: bytes, words: int) -> str:
    """Return why a page in UTF-8 with so many words is not the text, an empty string if it may be.

    Login pages, puzzles for robots, questions of consent, and pages that only a browser can build.
    """
    if words >= _CONSENT_WORDS:
        return ""
    markup = data.decode("utf-8", "replace")
    title = _title(markup)
    login = words < _FEWEST_WORDS or (words < _FEW_WORDS and _LOGIN.search(title))
    if login and _PASSWORD.search(markup):
        return f"what came is a login page{title}"
    widget = words < _FEWEST_WORDS and _WIDGET.search(markup)
    if widget or (words < _FEW_WORDS and _PUZZLE.search(markup)):
        return f"what came is a test whether you are human{title}"
    if len({found.lower() for found in _CONSENT.findall(markup)}) >= 3:
        return f"what came is a question for your consent{title}"
    if words < _FEWEST_WORDS and _SCRIPT.search(markup):
        few = f"{words} word{'' if words == 1 else 's'}"
        return f"the page has almost no text ({few}): it may be built by a browser alone{title}"
    return ""


def _recognise(data: bytes, media_type: str, path: str) -> tuple[str, str]:
    """Return the ending of the format that the bytes are in, and the format in words."""
    if not data.strip():
        raise Unwanted("it is empty")
    if b"%PDF-" in data[:1024]:
        return ".pdf", _PDF
    for at, mark, extension, what in _MAGIC:
        if data.startswith(mark, at):
            return extension, what
    if data.startswith(b"PK\x03\x04"):
        docx = b"word/document.xml" in data
        return (".docx", "a Word document") if docx else (".zip", "a packed file")
    kind = media_type.partition(";")[0].strip().lower()
    head = data[:_SNIFFED].removeprefix(codecs.BOM_UTF8)
    if _HTML.match(head) or (kind in ("text/html", "application/xhtml+xml") and b"<" in head):
        return ".html", _PAGE
    return _recognise_text(data, kind, path)


def _recognise_text(data: bytes, kind: str, path: str) -> tuple[str, str]:
    """Return the kind of a text that is no web page."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in data[:_SNIFFED] and not wide:
        return "", "a file of an unknown format"
    head = data[:_SNIFFED].lstrip(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"<?xml") or kind.endswith(("/xml", "+xml")):
        return (".jats", "a JATS article") if b"<article" in head else ("", "an XML file")
    if kind.endswith(("/json", "+json")):
        return ".json", "data for programs (JSON)"
    if head.startswith(b"\\documentclass") or b"\n\\documentclass" in head:
        return ".tex", "a LaTeX document"
    markdown = path.lower().endswith((".md", ".markdown"))
    return _TOLD.get("text/markdown" if markdown else kind, (".txt", _TEXT))


def _described(data: bytes, extension: str) -> str:
    return _title(data.decode("utf-8", "replace")) if extension == ".html" else ""


def _title(markup: str) -> str:
    found = _TITLE.search(markup)
    words = unescape(found[1]) if found else ""
    said = "".join(sign if sign.isprintable() else " " for sign in words)
    said = " ".join(said.split())[:60]
    return f", “{said}”" if said else ""


# --- Encodings ------------------------------------------------------------------------------------


def _in_utf8(data: bytes, media_type: str, what: str) -> bytes:
    """Return a page or a text in UTF-8, one that says so if it says anything."""
    declared = _META.search(data[:_DECLARED_BYTES]) or _XML.search(data[:_DECLARED_BYTES])
    if what != _PAGE:
        declared = None
    text = _decode(data, media_type, declared[2].decode("ascii") if declared else "")
    if what != _PAGE:
        return text.encode()
    for pattern in (_META, _XML):
        told = pattern.search(data[:_DECLARED_BYTES])
        if told and _name(told[2].decode("ascii")) not in ("utf-8", ""):
            text = re.sub(pattern.pattern.decode(), r"\1utf-8", text, count=1, flags=re.IGNORECASE)
    return text.encode()


def _decode(data: bytes, media_type: str, declared: str) -> str:
    """Decode as a browser does: by the byte order mark, the header, the page, else by a guess."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _decoded(data.removeprefix(mark), encoding)
    told = _HEADER_CHARSET.search(media_type)
    # a page whose own ASCII says UTF-16 cannot be in that (WHATWG: taken for UTF-8)
    declared = "utf-8" if _name(declared).startswith("utf-16") else declared
    names = [_name(told[1]) if told else "", _name(declared)]
    name = next(filter(None, names), "")
    if name and name != "utf-8":
        return _decoded(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if name:  # it says UTF-8, and is not: what else it says may be right
            other = next((n for n in names if n not in ("", "utf-8")), "")
            return _decoded(data, other or "utf-8")
    odd = sum(byte > 127 for byte in data) / len(data)
    if odd > _FEW_ODD_BYTES:
        raise Unwanted("it does not say its encoding, and is not in UTF-8")
    return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    """Decode; a few bytes that do not fit are shown as such, as in browsers."""
    try:
        if encoding == "cp1252":
            return _western(data)
        return data.decode(encoding)
    except UnicodeError:
        text = data.decode(encoding, "replace")
    if text.count(_BROKEN) > _FEW_BROKEN * len(text):
        raise Unwanted(f"it is not in {encoding}, as it says it is")
    return text


def _western(data: bytes) -> str:
    """Decode Windows-1252; the five bytes that it leaves open are Latin-1's, as in browsers."""
    return "".join(
        piece.decode("cp1252", "strict") if piece not in _OPEN else piece.decode("latin-1")
        for piece in re.split(rb"([\x81\x8d\x8f\x90\x9d])", data)
    )


_OPEN = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")


def _name(encoding: str) -> str:
    """Return what browsers read an encoding as, an empty string for one that they do not know."""
    try:
        return _ENCODINGS.get(codecs.lookup(encoding).name, "")
    except (LookupError, ValueError):
        return ""
