"""What is wrong with a bibliography's entries beyond their syntax.

Each check looks at what the entry says, and at what pandoc makes of it, which is what readers will
see. What is checked is what makes a citation wrong or useless: fields that the entry's type must
have (BibLaTeX's manual, 2.1.1), identifiers that cannot be right, dates and pages that mean
nothing, a work that is there twice, and an entry that pandoc reads otherwise than it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pubtool.model import Code, Finding, Severity, Span
from pubtool.readers.bibtex import Entry
from pubtool.readers.bibtex_values import Field

Item = Mapping[str, Any]
"""An entry as pandoc's CSL JSON has it."""


class Read(NamedTuple):
    """An entry and what pandoc makes of it."""

    entry: Entry
    item: Item
    by_pandoc: bool
    """Whether it is pandoc that made that of it."""


def lint(read: Sequence[Read], keys: frozenset[str], same: Sequence[Same]) -> Iterator[Finding]:
    """Yield the findings about sound entries; `keys` are those of all entries of the file.

    `same` is what `same_works` gives of the entries.
    """
    for one in read:
        for check in _CHECKS if one.by_pandoc else _CHECKS_OF_FIELDS:
            yield from check(one, keys)
    yield from map(_twice, same)


def _finding(code: str, severity: Severity, entry: Entry, field: Field | None, why: str) -> Finding:
    """Return a finding at a field, or at the entry's key."""
    span = _place(entry, field) if field else entry.key_span
    return Finding(Code(code), severity, f"the entry `{entry.key}` {why}", span)


def _place(entry: Entry, field: Field) -> Span:
    """Return where a field's value stands in the file, its delimiters included."""
    return Span(field.at, field.at + len(field.raw)) if field.at >= 0 else entry.key_span


def _field(entry: Entry, *names: str) -> Field | None:
    return next((f for name in names for f in entry.fields if f.name == name), None)


# --- What a type must have ------------------------------------------------------------------------

_CONTAINED = {
    "article": ("journal", "`journaltitle`"),
    "incollection": ("book", "`booktitle`"),
    "inbook": ("book", "`booktitle`"),
    "inproceedings": ("proceedings", "`booktitle`"),
    "conference": ("proceedings", "`booktitle`"),
}
_PUBLISHED = {
    "thesis": "institution", "phdthesis": "school", "mastersthesis": "school",
    "report": "institution", "techreport": "institution",
}  # fmt: skip
_ADDRESSED = frozenset({"online", "electronic", "www"})


def _incomplete(read: Read, _: frozenset[str]) -> Iterator[Finding]:
    entry, item = read.entry, read.item
    if entry.type in _CONTAINED and not item.get("container-title"):
        what, name = _CONTAINED[entry.type]
        parent = _field(entry, "crossref")
        why = f"does not say in which {what} it stands; give it a {name}"
        if parent:
            why += ", for pandoc takes none from a parent that is a @book: make that a @collection"
        yield _finding("Q404", Severity.WARNING, entry, None, why)
    if entry.type in _PUBLISHED and not item.get("publisher"):
        name = _PUBLISHED[entry.type]
        yield _finding("Q404", Severity.WARNING, entry, None, f"has no `{name}`; add it")
    linked = item.get("URL") or item.get("DOI") or _field(entry, "eprint", "howpublished")
    if entry.type in _ADDRESSED and not linked:
        yield _finding("Q404", Severity.WARNING, entry, None, "is online and has no `url`; add it")


# --- Identifiers ----------------------------------------------------------------------------------

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_PREFIX = re.compile(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_URL = re.compile(r"[a-z][a-z0-9+.-]*:(?://)?[^\s{}<>\"]+\.?[^\s{}<>\"]*", re.IGNORECASE)
_COMMAND = re.compile(r"\\(?:url|href|nolinkurl)\s*\{|\\([_&#%$~{}])")


def _identifiers(read: Read, _: frozenset[str]) -> Iterator[Finding]:
    entry = read.entry
    for field in entry.fields:
        check = _IDENTIFIERS.get(field.name)
        value = entry.value(field.name) if check else ""
        why = check(value) if check and value else ""
        if why:
            yield _finding("Q407", Severity.WARNING, entry, field, why)


def normal_doi(value: str) -> str:
    """Return a DOI without its address, in lower case, as DOIs are compared (DOI Handbook, 2.4)."""
    plain = _COMMAND.sub(r"\1", value) if "\\" in value else value
    return _DOI_PREFIX.sub("", plain).strip().casefold()


def _doi(value: str) -> str:
    if _DOI.fullmatch(normal_doi(value)):
        return ""
    return f"has `{value}` as its DOI; one begins with 10., a number and a slash, correct it"


def _isbn(value: str) -> str:
    digits = [re.sub(r"[^0-9Xx]", "", part).upper() for part in re.split(r"[\s,;/]+", value)]
    several = [one for one in digits if one]
    if several and (all(map(_is_isbn, several)) or _is_isbn("".join(several))):
        return ""
    return f"has `{value}` as its ISBN, which is none: its check digit or length is wrong"


def _is_isbn(digits: str) -> bool:
    """Whether a number's check digit is right (ISO 2108); of one run together with another too."""
    if len(digits) == 10:
        worth = [10 if digit == "X" else int(digit) for digit in digits]
        return sum((10 - n) * one for n, one in enumerate(worth)) % 11 == 0
    if len(digits) == 13 and digits.isdigit():
        return sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits)) % 10 == 0
    return False


def _issn(value: str) -> str:
    digits = re.sub(r"[^0-9Xx]", "", value).upper()
    parts = [digits[at : at + 8] for at in range(0, len(digits), 8)]
    if parts and all(map(_is_issn, parts)):
        return ""
    return f"has `{value}` as its ISSN, which is none: its check digit or length is wrong"


def _is_issn(digits: str) -> bool:
    """Whether a number's check digit is right (ISO 3297)."""
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        return False
    worth = [10 if digit == "X" else int(digit) for digit in digits]
    return sum((8 - n) * one for n, one in enumerate(worth)) % 11 == 0


def _url(value: str) -> str:
    address = _COMMAND.sub(r"\1", value).strip("{} ")
    if _URL.fullmatch(address):
        return ""
    return f"has `{value}` as its address; write all of it, with https:// and no blanks"


_IDENTIFIERS: Mapping[str, Callable[[str], str]] = {
    "doi": _doi,
    "isbn": _isbn,
    "issn": _issn,
    "url": _url,
}

# --- Dates and pages ------------------------------------------------------------------------------

_PART = r"[-~]?(?:\d{4}|\d{3}[Xu]|\d{2}[Xu]{2}|[Xu]{4}|y-?\d+)"
_OPEN_END = r"\.\.|open|unknown"
_DAY = rf"{_PART}(?:-(?:\d{{2}}|[Xu]{{2}})(?:-(?:\d{{2}}|[Xu]{{2}}))?)?(?:T[\d:.+Z-]+)?[?~%]*"
_DATE = re.compile(rf"(?:{_DAY}|{_OPEN_END})?(?:/(?:{_DAY}|{_OPEN_END})?)?")
_MONTH = re.compile(r"\d{4}-(\d{2})(?:-(\d{2}))?")
_DATES = frozenset({"date", "eventdate", "origdate", "urldate"})


def _dates(read: Read, _: frozenset[str]) -> Iterator[Finding]:
    entry = read.entry
    for field in entry.fields:
        if field.name not in _DATES:
            continue
        value = entry.value(field.name).strip()
        parts = [(int(m[1]), int(m[2] or 1)) for m in _MONTH.finditer(value)]
        # 21 to 24 are seasons (EDTF 4.8), up to 41 other divisions of the year
        possible = all(1 <= month <= 41 and 1 <= day <= 31 for month, day in parts)
        if value and not (_DATE.fullmatch(value) and possible):
            why = f"has `{value}` as its `{field.name}`; write it as 2010, 2010-05 or 2010-05-03"
            yield _finding("Q408", Severity.WARNING, entry, field, why)


_RANGE = re.compile(r"([A-Za-z]*)(\d+)\s*(?:-{1,3}|[‐-―])\s*([A-Za-z]*)(\d+)")
_ARTICLE_NUMBER = 5
"""Digits of an article's number that some journals print before its pages (106108-3)."""
_LABELLED = re.compile(r"\A\s*(?:pp?\.?|S\.|pages?)\s*\d", re.IGNORECASE)


def _pages(read: Read, _: frozenset[str]) -> Iterator[Finding]:
    entry = read.entry
    field = _field(entry, "pages")
    if field is None:
        return
    value = entry.value("pages")
    if _LABELLED.match(value):
        why = f"has `{value}` as its pages; leave the label off, the style prints its own"
        yield _finding("Q409", Severity.WARNING, entry, field, why)
    for before, low, after, high in _RANGE.findall(value):
        full = low[: len(low) - len(high)] + high if len(high) < len(low) else high
        article = len(high) == 1 and len(low) >= _ARTICLE_NUMBER
        if before == after and int(full) < int(low) and not article:
            why = f"has `{value}` as its pages, which run backwards; correct them"
            yield _finding("Q409", Severity.WARNING, entry, field, why)


# --- What pandoc reads otherwise ------------------------------------------------------------------

_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_OPEN = frozenset({"others"})


def _misread(read: Read, keys: frozenset[str]) -> Iterator[Finding]:
    entry, item = read.entry, read.item
    for name in ("crossref", "xref"):
        parent = entry.value(name)
        if parent and parent not in keys:
            why = f"takes fields from `{parent}`, which is not in the file; add it or leave it out"
            yield _finding("Q410", Severity.ERROR, entry, _field(entry, name), why)
    title = _field(entry, "title")
    if title and entry.value("title") and not item.get("title"):
        why = "has a title that pandoc does not read, so that none is printed; simplify its markup"
        yield _finding("Q410", Severity.ERROR, entry, title, why)
    yield from _misread_date(entry, item)
    yield from _misread_names(entry, item)


def _misread_date(entry: Entry, item: Item) -> Iterator[Finding]:
    field = _field(entry, "date", "year")
    if field is None or len(entry.value(field.name)) > _LONGEST_DATE:
        return
    if entry.value(field.name).startswith("-"):  # before our era: pandoc counts no year nought
        return
    written = _YEAR.search(entry.value(field.name))
    parts = (item.get("issued") or {}).get("date-parts") or []
    read = {str(part[0]) for part in parts if part}
    if written and read and written[1] not in {year.lstrip("-").zfill(4) for year in read}:
        why = f"is of {written[1]}, but pandoc reads {' to '.join(sorted(read))}; write it plainly"
        yield _finding("Q410", Severity.ERROR, entry, field, why)


_LONGEST_DATE = 40


def _misread_names(entry: Entry, item: Item) -> Iterator[Finding]:
    for name in ("author", "editor"):
        field = _field(entry, name)
        if field is None or field.names:
            continue
        written = _count_names(entry.value(name))
        read = len([n for n in item.get(name) or () if n.get("literal") not in _OPEN])
        if written and not read:
            why = f"has an {name} that pandoc does not read, so that none is printed"
            yield _finding("Q410", Severity.ERROR, entry, field, why)


def _count_names(value: str) -> int:
    """Return how many names a field has, those in braces being one."""
    depth, plain = 0, []
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        plain.append(character if depth <= 0 else "x")
    names = re.split(r"\s+and\s+", "".join(plain).strip(), flags=re.IGNORECASE)
    return len([name for name in names if name and name.casefold() not in _OPEN])


_CHECKS_OF_FIELDS: tuple[Callable[[Read, frozenset[str]], Iterator[Finding]], ...] = (
    _identifiers,
    _dates,
    _pages,
)
_CHECKS = (_incomplete, *_CHECKS_OF_FIELDS, _misread)

# --- Works that are there twice -------------------------------------------------------------------


class Same(NamedTuple):
    """An entry whose work an earlier one has under another key."""

    entry: Entry
    first: Entry
    what: str
    """What says so: ``DOI``, ``ISBN``, ``title, author and year``."""


def same_works(read: Sequence[Read]) -> Iterator[Same]:
    """Yield the entries whose work an earlier one has, in the order of the file."""
    seen: dict[tuple[str, ...], Entry] = {}
    for entry, item, _ in read:
        for what, *mark in _marks(entry, item):
            first = seen.setdefault((what, *mark), entry)
            if first is not entry:
                yield Same(entry, first, what)
                break


def _twice(same: Same) -> Finding:
    entry, first, what = same
    why = (
        f"is the same work as `{first.key}` on line {first.line}, by its {what}; cite "
        "one of them, and take the other out"
    )
    return _finding("Q406", Severity.WARNING, entry, None, why)


def _marks(entry: Entry, item: Item) -> Iterator[tuple[str, ...]]:
    """Yield what tells a work: its DOI, a book's ISBN, its title with its author and year."""
    doi = normal_doi(entry.value("doi"))
    if doi:
        yield "DOI", doi, str(item.get("volume", "")), str(item.get("page", ""))
    isbn = entry.value("isbn")
    isbn = re.sub(r"[^0-9X]", "", isbn.upper()) if isbn else ""
    title = " ".join(re.findall(r"\w+", str(item.get("title", "")).casefold()))
    if isbn and entry.type in ("book", "collection", "proceedings", "mvbook"):
        yield "ISBN", isbn, title, str(item.get("volume", ""))
    names = [*(item.get("author") or ()), *(item.get("editor") or ())]
    family = str(names[0].get("family") or names[0].get("literal") or "") if names else ""
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    if title.count(" ") >= _FEWEST_WORDS - 1 and family and parts[0]:
        more = [str(item.get(name, "")) for name in ("type", "volume", "page", "container-title")]
        yield "title, author and year", title, family.casefold(), str(parts[0][0]), *more


_FEWEST_WORDS = 3
"""Words of a title that tell a work: *Introduction* tells none."""
