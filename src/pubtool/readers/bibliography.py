"""The bibliography: pandoc says what an entry means, bibtexparser says where it stands.

Rendering uses pandoc's CSL JSON, so names and titles are taken from there as well; but pandoc
stops at the first error and takes the last of two entries with one key, silently. So the file is
split into its blocks first, what is wrong with them is reported at their lines, and pandoc is
given only the entries that are beyond doubt. Of entries that share a key neither is believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any

from pubtool.errors import PandocFailed
from pubtool.model import Bibliography, Code, Finding, Key, Name, Severity, Source
from pubtool.readers.bibliography_lint import Read, lint, same_works
from pubtool.readers.bibtex import Entry, Record, read_records
from pubtool.readers.bibtex_reading import read_item
from pubtool.readers.entry_links import archive_of
from pubtool.readers.file_field import choose_file
from pubtool.readers.title_case import in_own_case

CslJson = Callable[[str], list[dict[str, Any]]]
"""Reads BibTeX or BibLaTeX text as CSL JSON, as `pubtool.system.pandoc.Pandoc.csl_json` does."""

_TAG = re.compile(r"</?(?:span|i|b|em|strong|sup|sub|sc|nocase)\b[^>]*>", re.IGNORECASE)
_CREATORS = ("author", "editor", "collection-editor", "container-author", "director", "translator")
_NEEDS_AUTHOR = frozenset(
    {"article", "article-journal", "book", "chapter", "paper-conference", "thesis", "report"}
)
_NEEDS_DATE = _NEEDS_AUTHOR | {
    "article-magazine",
    "article-newspaper",
    "bill",
    "legal_case",
    "legislation",
    "treaty",
}
_FEW = 1000
"""Entries that pandoc reads in about a second."""
_PARENTS = ("crossref", "xdata", "xref", "related")
_NO_SOURCE = frozenset({"xdata", "set", "bibnote"})
"""BibLaTeX entry types that lend their fields to others and cannot be cited."""


def read_bibliography(
    path: str, text: str, csl_json: CslJson, wanted: Callable[[], Container[str]] = frozenset
) -> Bibliography:
    """Return the sources of a BibTeX or BibLaTeX file and what is wrong with it.

    Of a large file only the entries that are `wanted` (those that posts cite, or whose text is at
    hand), with their parents, are read by pandoc; the others as `bibtex_reading` reads them.

    `path` is the file's name for the report. Findings are Q402 (two entries with one key), Q403 (an
    entry that did not parse) and Q404 (a missing field); their spans count code points of `text`.
    One bad entry never costs another. Raises `PandocFailed` only where pandoc itself is at fault.
    """
    record = read_records(text)
    findings = [_broken(entry, entry.fault) for entry in record.entries if entry.fault]
    firsts, ambiguous = _first_of_each(record.entries)
    findings.extend(_duplicate(entry, firsts) for entry in _seconds(record.entries, firsts))
    sound = [e for e in record.entries if e.key and not e.fault and e.key not in ambiguous]
    asked = sound if len(sound) <= _FEW else _with_parents(sound, wanted())
    items, refused = _convert(record, asked, csl_json)
    keys_asked = {entry.key for entry in asked}
    items |= {e.key: dict(read_item(e)) for e in sound if e.key not in keys_asked}
    findings.extend(_broken(entry, why) for entry, why in refused)
    sources = {}
    keys = frozenset(entry.key for entry in record.entries)
    read = [
        Read(entry, items[entry.key], entry.key in keys_asked)
        for entry in sound
        if entry.key in items and entry.type not in _NO_SOURCE
    ]
    same = tuple(same_works(read))
    findings.extend(lint(read, keys, same))
    findings.extend(_dropped(e) for e in _unread(sound, items, refused))
    for entry in sound:
        item = items.get(entry.key)
        if item is not None and entry.type not in _NO_SOURCE:
            source = _source(entry, item, by_pandoc=entry.key in keys_asked)
            sources[source.key] = source
            if entry.key in keys_asked:
                findings.extend(_missing(source, entry, record))
    broken = {e.key for e in record.entries if e.fault and e.key} | {e.key for e, _ in refused}
    return Bibliography(
        path=path,
        sources=sources,
        findings=tuple(sorted(findings, key=lambda f: (f.span.start, f.code, f.message))),
        text=text,
        ambiguous=tuple(Key(key) for key in sorted(ambiguous)),
        broken=tuple(Key(key) for key in sorted(broken - ambiguous)),
        same=tuple((Key(one.first.key), Key(one.entry.key)) for one in same),
    )


def _unread(
    sound: list[Entry], items: Mapping[str, Any], refused: list[tuple[Entry, str]]
) -> Iterator[Entry]:
    """Yield the entries that pandoc passes over without a word."""
    told = {entry.key for entry, _ in refused}
    for entry in sound:
        if entry.key not in items and entry.key not in told and entry.type not in _NO_SOURCE:
            yield entry


def _dropped(entry: Entry) -> Finding:
    why = f"the entry `{entry.key}` is passed over by pandoc without a word; check its type and key"
    return Finding(Code("Q410"), Severity.ERROR, why, entry.key_span)


def _with_parents(sound: list[Entry], wanted: Container[str]) -> list[Entry]:
    """Return the entries that are wanted, and those from which they take fields, in their order."""
    by_key = {entry.key: entry for entry in sound}
    chosen = {entry.key for entry in sound if entry.key in wanted}
    new = set(chosen)
    while new:
        named = {
            key.strip()
            for child in new
            for field in _PARENTS
            for key in by_key[child].value(field).split(",")
        }
        new = {key for key in named if key in by_key} - chosen
        chosen |= new
    return [entry for entry in sound if entry.key in chosen]


# --- What is wrong --------------------------------------------------------------------------------


def _first_of_each(entries: tuple[Entry, ...]) -> tuple[dict[str, Entry], set[str]]:
    """Return the first entry of each key, and the keys that have several."""
    firsts: dict[str, Entry] = {}
    ambiguous = set()
    for entry in entries:
        if entry.key and firsts.setdefault(entry.key, entry) is not entry:
            ambiguous.add(entry.key)
    return firsts, ambiguous


def _seconds(entries: tuple[Entry, ...], firsts: Mapping[str, Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.key and firsts[entry.key] is not entry)


def _duplicate(entry: Entry, firsts: Mapping[str, Entry]) -> Finding:
    line = firsts[entry.key].line
    message = (
        f"the key `{entry.key}` is already taken by the entry on line {line}, so neither entry is "
        "used; give one of them another key"
    )
    return Finding(Code("Q402"), Severity.ERROR, message, entry.key_span)


def _broken(entry: Entry, why: str) -> Finding:
    name = f"the entry `{entry.key}`" if entry.key else f"this @{entry.type} entry"
    at = entry.fault_span or entry.key_span
    return Finding(Code("Q403"), Severity.ERROR, f"{name} was not read: {why}", at)


def _missing(source: Source, entry: Entry, record: Record) -> Iterator[Finding]:
    lacks = []
    if not source.title:
        lacks.append("has no title")
    if source.type in _NEEDS_AUTHOR and not source.authors and not source.csl.get("publisher"):
        lacks.append("names no author, editor or organization")
    if source.type in _NEEDS_DATE and not source.year and not _dated(entry):
        lacks.append("has no date or year")
    lacks.extend(
        f"takes `{field.name}` from `{name}`, which no @string defines"
        for field in entry.fields
        for name in field.names
        if name not in record.strings
    )
    for lack in lacks:
        message = f"the entry `{source.key}` {lack}"
        yield Finding(Code("Q404"), Severity.WARNING, message, entry.key_span)


# --- What pandoc says -----------------------------------------------------------------------------


def _convert(
    record: Record, sound: list[Entry], csl_json: CslJson
) -> tuple[dict[str, dict[str, Any]], list[tuple[Entry, str]]]:
    """Return the CSL items by key, and the entries that pandoc would not have, with the reason."""
    if not sound:
        return {}, []
    definitions = record.definitions
    try:
        return _by_key(csl_json(_joined(definitions, sound))), []
    except PandocFailed:
        csl_json("")  # pandoc itself is at fault: that is no matter of the entries
    definitions = tuple(d for d in definitions if _refusal(d, csl_json) is None)
    refused = list(_find_refused(definitions, sound, csl_json))
    bad = {entry.key for entry, _ in refused}
    accepted = [entry for entry in sound if entry.key not in bad]
    return _by_key(csl_json(_joined(definitions, accepted))), refused


def _find_refused(
    definitions: tuple[str, ...], entries: list[Entry], csl_json: CslJson
) -> Iterator[tuple[Entry, str]]:
    """Halve the entries until those that pandoc refuses stand alone."""
    why = _refusal(_joined(definitions, entries), csl_json)
    if why is None:
        return
    if len(entries) == 1:
        yield entries[0], why
        return
    middle = len(entries) // 2
    yield from _find_refused(definitions, entries[:middle], csl_json)
    yield from _find_refused(definitions, entries[middle:], csl_json)


def _refusal(text: str, csl_json: CslJson) -> str | None:
    try:
        csl_json(text)
    except PandocFailed as error:
        told = re.search(r"unexpected ([^@^]{1,40}?)\s*(?:[@^]|$|\))", str(error))
        found = f" (unexpected {told[1]})" if told else ""
        return (
            f"pandoc cannot make sense of it{found}; check its braces, quotation marks and commas"
        )
    return None


def _joined(definitions: tuple[str, ...], entries: list[Entry]) -> str:
    return "\n\n".join((*definitions, *(entry.bibtex for entry in entries)))


def _by_key(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(item.get("id", "")): item for item in items}


def _source(entry: Entry, item: dict[str, Any], *, by_pandoc: bool) -> Source:
    item = {**item, "type": _csl_type(entry, item), **_firm(entry, item)}
    title, short, container = (item.get(name, "") for name in _NAMED)
    if by_pandoc:
        title = _own_case(_plain(title), entry, "title", "subtitle", "titleaddon")
        own = "shorttitle" if entry.value("shorttitle") else "title"
        short = _own_case(_plain(short or item.get("shortTitle")), entry, own)
        container = _own_case(_plain(container), entry, *_CONTAINERS)
    return Source(
        key=Key(entry.key),
        type=item["type"],
        title=title,
        authors=_authors(entry, item),
        short_title=short,
        container=container,
        year=_year(item),
        file=choose_file(entry.value("file")),
        url=str(item.get("URL", "")),
        archive=archive_of(entry),
        line=entry.line,
        csl=item,
    )


_PLAIN_NAME = {"family", "given"}
_CONTAINERS = ("journaltitle", "journal", "journalsubtitle", "maintitle", "booktitle",
               "booksubtitle", "booktitleaddon")  # fmt: skip
_NAMED = ("title", "title-short", "container-title")


def _csl_type(entry: Entry, item: Mapping[str, Any]) -> str:
    """Return CSL's type; pandoc gives none for @misc and for types that BibLaTeX does not know."""
    given = str(item.get("type") or "")
    return given or (entry.type if entry.type in _OF_CSL else "document")


_OF_CSL = frozenset({"treaty", "interview"})
"""Types that BibLaTeX does not know and CSL does."""


def _firm(entry: Entry, item: Mapping[str, Any]) -> dict[str, str]:
    """Return the publisher as it was written: *Ticknor and Fields* is one, or reads well as two.

    BibLaTeX's lists are joined by *and*, and pandoc sets a semicolon between their members.
    """
    said = str(item.get("publisher", ""))
    asked = " ".join(entry.value(name) for name in _FIRMS)
    return {"publisher": said.replace("; ", " and ")} if "; " in said and ";" not in asked else {}


_FIRMS = ("publisher", "institution", "school", "organization")


def _plain(value: Any) -> str:
    """Return a CSL text without pandoc's markup and with single spaces."""
    text = str(value or "")
    return " ".join((_TAG.sub("", text) if "<" in text else text).split())


def _own_case(text: str, entry: Entry, *fields: str) -> str:
    """Return a title of pandoc's in the entry's own capitals; `fields` are those that it is of."""
    return in_own_case(text, " ".join(map(entry.value, fields)))


def _authors(entry: Entry, item: Mapping[str, Any]) -> tuple[Name, ...]:
    """Return who answers for the work: its authors, else its editors, else the body behind it."""
    for role in _CREATORS:
        names = tuple(name for name in map(_name, item.get(role) or ()) if name.family)
        if names:
            return names
    body = entry.value("organization") or entry.value("institution")
    return (Name(_plain(item["publisher"])),) if body and item.get("publisher") else ()


def _name(value: Mapping[str, str]) -> Name:
    if value.keys() == _PLAIN_NAME and "<" not in value["family"]:
        return Name(value["family"], value["given"])
    literal = _plain(value.get("literal"))
    if literal:
        return Name("" if literal == "others" else literal)
    particles = (value.get("dropping-particle"), value.get("non-dropping-particle"))
    family = " ".join(filter(None, (*particles, value.get("family"))))
    return Name(_plain(family) or _plain(value.get("given")), _plain(value.get("given")))


def _year(item: Mapping[str, Any]) -> str:
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    year = parts[0][0] if parts[0] else ""
    return "" if year in (0, "0") else str(year)


def _dated(entry: Entry) -> bool:
    """Whether it says anything at all of its date, such as "in press" or "n.d."."""
    return any(entry.value(name) for name in ("date", "year", "pubstate", "howpublished"))
