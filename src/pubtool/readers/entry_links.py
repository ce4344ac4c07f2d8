"""Where an entry says that its text stands on the web, and where an archive keeps it."""

from __future__ import annotations

import re

from pubtool.readers.bibtex import Entry, read_records

_ARCHIVES = (
    r"(?:web\.archive\.org/(?:web/)?\S+|archive\.(?:today|ph|is|md|li|fo|vn)/\S+|perma\.cc/\S+"
    r"|webcitation\.org/\S+|arquivo\.pt/\S+|ghostarchive\.org/\S+)"
)
_ARCHIVED = re.compile(rf"https?://(?:www\.)?{_ARCHIVES}", re.IGNORECASE)
_FIELDS = ("archiveurl", "archive-url", "archive_url")
"""The names that writers give to the field; no style prescribes one."""
_PROSE = ("note", "addendum", "howpublished", "annotation", "annote", "url")
_ADDRESS = re.compile(r"https?://[^\s{}]+", re.IGNORECASE)
_OPENING = re.compile(r"^[ \t]*@\w+[ \t]*[{(]", re.MULTILINE)
_ESCAPED = re.compile(r"\\([_%#&~$])")


def bibtex_entry(text: str, key: str) -> Entry | None:
    """Return the entry of a bibliography with a key, None where it has none that is sound.

    Only its own lines are parsed: a library may have tens of thousands.
    """
    head = re.search(rf"^[ \t]*@\s*\w+\s*[{{(]\s*{re.escape(key)}\s*,", text, re.MULTILINE)
    if not head:
        return None
    after = _OPENING.search(text, head.end())
    own = text[head.start() : after.start() if after else len(text)]
    return next((e for e in read_records(own).entries if e.key == key and not e.fault), None)


def archive_of(entry: Entry) -> str:
    """Return the address of the archived copy that an entry names, or an empty string."""
    for name in _FIELDS:
        found = _ADDRESS.search(_plain(entry.value(name)))
        if found:
            return found[0]
    for name in _PROSE:
        found = _ARCHIVED.search(_plain(entry.value(name)))
        if found:
            return found[0].rstrip(".,;)")
    return ""


def eprint_of(entry: Entry) -> str:
    """Return the address of an entry's preprint at arXiv, or an empty string."""
    kind = entry.value("eprinttype") or entry.value("archiveprefix")
    number = entry.value("eprint").removeprefix("arXiv:").strip()
    return f"https://arxiv.org/abs/{number}" if number and kind.lower() == "arxiv" else ""


def _plain(value: str) -> str:
    """Return a value without the marks that keep TeX from reading an address."""
    return _ESCAPED.sub(r"\1", value.replace("{", " ").replace("}", " "))
