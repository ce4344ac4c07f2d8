"""Entries read without pandoc: what prose may name a source by, in a library of many thousands.

pandoc is the authority on what an entry means, and takes a millisecond for each. Of entries that no
post cites and whose text is not at hand, only names, title and year matter, to recognise them where
prose names them; those are read here, as nearly as pandoc reads them as a few lines can: commands
that are neither an accent nor a sign are left out, and nothing is inherited from a parent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from pubtool.readers.bibtex import Entry
from pubtool.readers.bibtex_values import inside

_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "booklet": "pamphlet",
    "collection": "book", "conference": "paper-conference", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "manual": "book",
    "mastersthesis": "thesis", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "patent": "patent", "phdthesis": "thesis", "proceedings": "book", "report": "report",
    "techreport": "report", "thesis": "thesis", "unpublished": "manuscript",
    "webpage": "webpage",
}  # fmt: skip
"""CSL's types, by BibLaTeX's."""
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "ldots": "…", "dots": "…",
}  # fmt: skip
_ACCENT = re.compile(
    r"""\\([`'^~=."]|[uvHcdkr](?![A-Za-z]))\s*(?:\{\s*(\\[ij]|[A-Za-z])\s*\}|(\\[ij](?![a-z])|[A-Za-z]))"""
)
_LETTER = re.compile(r"\\([A-Za-z]+)(?:\s+|\{\})?")
_SIGN = re.compile(r"\\([&%$#_{}])")
_INITIALS = re.compile(r"\.(?=[^\W\d_])")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_CREATORS = frozenset({"author", "editor", "translator"})
_TEXTS = {
    "title": "title", "shorttitle": "title-short", "journaltitle": "container-title",
    "journal": "container-title", "booktitle": "container-title", "publisher": "publisher",
    "institution": "publisher", "school": "publisher", "organization": "publisher",
    "url": "URL", "doi": "DOI", "note": "note", "volume": "volume", "pages": "page",
}  # fmt: skip
"""CSL's names of fields, by BibLaTeX's and BibTeX's."""


def read_item(entry: Entry) -> Mapping[str, Any]:
    """Return an entry as CSL JSON, as far as prose may name it."""
    item: dict[str, Any] = {"id": entry.key, "type": _TYPES.get(entry.type, "")}
    subtitle = ""
    for name, raw, *_ in entry.fields:
        if name in _CREATORS:
            item[name] = list(_names(inside(raw)))
        elif name in _TEXTS:
            item.setdefault(_TEXTS[name], _text(inside(raw)))
        elif name == "subtitle":
            subtitle = _text(inside(raw))
    if subtitle:
        item["title"] = f"{item.get('title', '')}: {subtitle}".removeprefix(": ")
    year = _YEAR.match(entry.value("date") or entry.value("year"))
    if year:
        item["issued"] = {"date-parts": [[int(part) for part in year.groups() if part]]}
    if "title-short" not in item and ": " in item.get("title", ""):
        item["title-short"] = item["title"].partition(": ")[0]
    return item


def _text(value: str) -> str:
    return " ".join(_without_braces(_decoded(value)).split()) if value else ""


def _decoded(value: str) -> str:
    """Return a value with its accents and signs as characters, other commands left out."""
    if "\\" in value:
        value = _LETTER.sub(_lettered, _ACCENT.sub(_accented, value))
        value = _SIGN.sub(r"\1", value)
    if "~" in value or "--" in value:
        value = value.replace("~", "\u00a0").replace("---", "—").replace("--", "–")
    return value


def _accented(found: re.Match[str]) -> str:
    letter = (found[2] or found[3]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[found[1]])


def _lettered(found: re.Match[str]) -> str:
    return _LETTERS.get(found[1], "")


def _without_braces(value: str) -> str:
    return value.replace("{", "").replace("}", "") if "{" in value or "}" in value else value


def _names(value: str) -> Iterator[Mapping[str, str]]:
    """Yield names as CSL has them."""
    if not value:
        return
    written = _INITIALS.sub(". ", _decoded(value)).replace("'", "’")
    for name in _AND.split(" ".join(written.split())):
        if name.startswith("{") and name.endswith("}"):
            yield {"literal": _without_braces(name)}
            continue
        parts = [_without_braces(part).strip() for part in name.split(",")]
        words = parts[0].split()
        if len(parts) == 1 and words[1:]:
            first = next((n for n, w in enumerate(words) if w[:1].islower()), len(words) - 1)
            yield {"family": " ".join(words[first:]), "given": " ".join(words[:first])}
        elif parts[0] and parts[0].casefold() != "others":
            yield {"family": parts[0], "given": parts[-1] if len(parts) > 1 else ""}
