"""DOIs, and what their registries say of a work: from their JSON or BibTeX to an entry of ours.

Registries answer in CSL JSON of their own kind: Crossref names its own types, wraps values in
lists, and leaves publishers' markup and character entities in titles. What is kept here is what a
bibliography needs, clean, as CSL has it; pandoc writes it as BibLaTeX, which escapes it rightly.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

from pubtool.errors import PandocFailed
from pubtool.model import Source
from pubtool.readers.bibtex import Entry, read_records

CSL = "application/vnd.citationstyles.csl+json"
BIBTEX = "application/x-bibtex"
METADATA = f"{CSL}, {BIBTEX};q=0.5"
"""What a resolver is asked for: CSL JSON, which says more, else BibTeX."""

_DOI = re.compile(
    r"(?:doi:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE
)
_TYPES = {
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "book-track": "chapter",
    "component": "document",
    "dissertation": "thesis",
    "edited-book": "book",
    "journal-article": "article-journal",
    "monograph": "book",
    "other": "document",
    "peer-review": "review",
    "posted-content": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "reference-book": "book",
    "reference-entry": "entry-encyclopedia",
}
"""Crossref's types that CSL names otherwise."""
_TEXTS = (
    "title container-title collection-title volume issue page number number-of-volumes edition "
    "publisher publisher-place ISBN ISSN DOI URL event-title genre version"
).split()
_KINDS = ("application/pdf", "unspecified", "")
"""Of links to the text: the first is best, and what the others are is seen when it has come."""
_NAMES = ("author", "editor", "translator")
_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
_KEPT_TAG = re.compile(r"</?(?:i|b|sup|sub|sc)>")
_RENAMED_TAGS = {"italic": "i", "em": "i", "bold": "b", "strong": "b", "scp": "sc"}
_TAG = re.compile(r"<(/?)(?:\w+:)?(\w+)\b[^>]*>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What is no text: it would steer the terminal, or break the file."""
_BARE = re.compile(r"(?<!\\)([&%#])")
_VERBATIM = frozenset({"doi", "url", "file"})
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "þ": "th"})


def parse_doi(text: str) -> str:
    """Return the DOI that a text is (``10.1/x``, ``doi:…``, an address at doi.org), or nothing."""
    found = _DOI.fullmatch(text.strip())
    if not found:
        return ""
    doi = found[1] if "doi.org" not in text.lower() else unquote(found[1]).partition("?")[0]
    return doi.rstrip(".,;")


def doi_of(source: Source) -> str:
    """Return an entry's DOI, in its field or its address, or an empty string."""
    return parse_doi(str(source.csl.get("DOI", ""))) or parse_doi(source.url)


def resolver_address(resolver: str, doi: str) -> str:
    """Return where a resolver answers for a DOI."""
    return f"{resolver.rstrip('/')}/{quote(doi, safe='/:;()._-')}"


def read_metadata(
    body: bytes, csl_json: Callable[[str], list[dict[str, Any]]]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a registry's answer as a clean CSL item, and the addresses of the text that it names.

    `csl_json` reads BibTeX, for a registry that has nothing better. Raises ValueError where the
    answer is neither, with a sentence.
    """
    text = body.decode("utf-8", "replace").removeprefix("\ufeff").strip()
    raw = _read_json(text) if text.startswith("{") else _read_bibtex(text, csl_json)
    item = _clean(raw)
    if not item.get("title"):
        raise ValueError("its metadata name no title")
    return item, _text_links(raw)


def _read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("its metadata are no JSON") from None


def _read_bibtex(text: str, csl_json: Callable[[str], list[dict[str, Any]]]) -> Any:
    entry = next((e for e in read_records(text).entries if e.fields and not e.fault), None)
    if entry is None:
        raise ValueError("its metadata are neither JSON nor BibTeX")
    try:
        return csl_json(_mended(entry))[0]
    except (PandocFailed, IndexError):
        raise ValueError("its metadata are BibTeX that pandoc cannot read") from None


def choose_key(item: Mapping[str, Any], taken: Collection[str]) -> str:
    """Return a new key: the first author's family name and the year, ``kunze2010``.

    In ASCII; a letter is put behind it where it is taken.
    """
    names = [name for role in _NAMES for name in item.get(role, ())]
    head: dict[str, Any] = next(iter(names), {})
    first = str(head.get("family") or head.get("literal") or "")
    name = _ascii(first) or _ascii(str(item["title"]).partition(" ")[0]) or "source"
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    stem = f"{name}{parts[0] if parts else 'nd'}"
    used = {key.lower() for key in taken}
    endings = ("", *"abcdefghijklmnopqrstuvwxyz", *(f"-{n}" for n in range(27, 1000)))
    return str(next(stem + ending for ending in endings if stem + ending not in used))


def draft_entry(
    item: Mapping[str, Any], key: str, doi: str, today: str, convert: Callable[[str, str, str], str]
) -> str:
    """Return the BibLaTeX entry of a clean CSL item, complete with its DOI, address and urldate.

    `convert` is `pubtool.system.pandoc.Pandoc.convert`; `today` an ISO 8601 date.
    """
    date = [[int(part) for part in today.split("-")]]
    url = str(item.get("URL", ""))
    if not url or parse_doi(url):
        url = resolver_address("https://doi.org", doi)
    whole = {**item, "id": key, "DOI": doi, "URL": url, "accessed": {"date-parts": date}}
    return convert(json.dumps([whole]), "csljson", "biblatex").strip() + "\n"


def _clean(raw: Any) -> dict[str, Any]:
    """Return what a bibliography needs of a registry's item, as CSL has it."""
    if not isinstance(raw, dict):
        raise ValueError("its metadata are no item")
    kind = str(raw.get("type") or "document")
    item: dict[str, Any] = {"type": _TYPES.get(kind, kind)}
    for name in _TEXTS:
        value = _text(raw.get(name))
        if value:
            item[name] = value
    subtitle = _text(raw.get("subtitle"))
    if subtitle and subtitle.lower() not in item.get("title", "").lower():
        item["title"] = f"{item.get('title', '')}: {subtitle}".removeprefix(": ")
    number = _text(raw.get("article-number"))
    if number and "page" not in item:
        item["page"] = number
    for role in _NAMES:
        people = [person for one in _list(raw.get(role)) if (person := _name(one))]
        if people:
            item[role] = people
    dates = (_date(raw.get(field)) for field in ("issued", "published-print", "published"))
    issued = next(filter(None, dates), None)
    if issued:
        item["issued"] = {"date-parts": [issued]}
    return item


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    """Return a value as one clean text, with the markup that CSL knows."""
    value = next(iter(value), "") if isinstance(value, list) else value
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    text = str(value)
    for _ in range(2):  # entities are often escaped twice
        text = unescape(text)
    text = _TAG.sub(_renamed, text)
    return " ".join(_CONTROL.sub(" ", text).split())


def _renamed(found: re.Match[str]) -> str:
    name = found[2].lower()
    tag = f"<{found[1]}{_RENAMED_TAGS.get(name, name)}>"
    return tag if _KEPT_TAG.fullmatch(tag) else ""


def _name(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    name = {part: said for part in _NAME_PARTS if (said := _text(value.get(part)))}
    whole = _text(value.get("name"))
    if whole and not name:
        name = {"literal": whole}
    return name if name.get("family") or name.get("literal") else {}


def _date(value: Any) -> list[int]:
    """Return year, month and day, as far as they are told."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    found = list[int]()
    for part, most in zip(first if isinstance(first, list) else (), (9999, 12, 31), strict=False):
        if not str(part).isdecimal() or not 0 < int(part) <= most:
            break
        found.append(int(part))
    return found


def _text_links(raw: Any) -> tuple[str, ...]:
    """Return the addresses of PDFs that the publisher names for text mining.

    Of other kinds one cannot tell whether it is the text or an abstract.
    """
    links = [link for link in _list(raw.get("link")) if isinstance(link, dict)]
    wanted = [
        (_KINDS.index(kind), str(link["URL"]))
        for link in links
        if link.get("URL") and link.get("intended-application") == "text-mining"
        if (kind := link.get("content-type", "")) in _KINDS
    ]
    return tuple(dict.fromkeys(url for _, url in sorted(wanted, key=lambda pair: pair[0])))


def _mended(entry: Entry) -> str:
    """Return an entry with its character entities resolved and its bare signs escaped."""
    fields = []
    for field in entry.fields:
        raw = unescape(unescape(field.raw))
        raw = raw if field.name in _VERBATIM else _BARE.sub(r"\\\1", raw)
        fields.append(f"{field.name} = {raw}")
    body = ",\n".join(fields)
    return f"@{entry.type}{{{entry.key},\n{body}\n}}"


def _ascii(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]", "", folded)
