"""BibTeX's blocks with their places, split by bibtexparser, and what is wrong with each.

bibtexparser goes on after an error, which pandoc does not. Its own middlewares are left out: they
resolve and decode what pandoc resolves and decodes better. Blocks are found again in the text,
since findings need code points and the parser gives lines, counted from 0.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from pubtool.model import Span
from pubtool.readers.bibtex_plain import Plain, scan_plain
from pubtool.readers.bibtex_values import Field, inside, make_field, parts_of

_HEAD = re.compile(r"@\s*(\w+)\s*[{(]\s*([^\s,{}()=\"#%]*)(?=\s*[,})]|\s*$)")
_TYPE = re.compile(r"@\s*(\w*)")
_STRING = re.compile(r"@\w+\s*[{(]\s*([^\s={}\"#,]+)\s*=")
_OPENING = re.compile(r"@\w+[ \t]*[{(]")
_BRACE = re.compile(r"(?<!\\)[{}]")
_STRAY = re.compile(
    r"^[ \t]*@(?:article|book|booklet|collection|in\w+|legislation|manual|misc|online|patent"
    r"|(?:mvbook|phd|master)s?\w*|proceedings|report|techreport|thesis|treaty|unpublished"
    r"|www|webpage|jurisdiction)\b[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_UNREAD = frozenset({"abstract", "file"})
_FIELD_LINE = re.compile(r"[ \t]*[A-Za-z][\w+-]*[ \t]*=")
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_BAD_IN_KEY = re.compile(r"[\s\"#%{}~\\^|<>]")
"""What pandoc refuses in a key."""
_UNPRINTED = frozenset({"abstract", "annotation", "annote", "file", "keywords"})
"""Fields that no citation style shows; managers write them twice, and that harms nobody."""


@dataclass(frozen=True)
class Entry:
    """One entry, sound or not."""

    key: str
    """Empty where it has none, or none that can be read."""
    type: str
    """In lower case, without the @."""
    span: Span
    """Its place in the file."""
    line: int
    """The line that it begins on, 1-based."""
    key_span: Span
    """The place of its key, or of its first line where it has none."""
    fields: tuple[Field, ...]
    fault: str = ""
    """Why it cannot be used, ending with the mend; empty for a sound entry."""
    fault_span: Span | None = None
    """Where in the file the fault is, if more is known than the entry."""

    @property
    def bibtex(self) -> str:
        """The entry as pandoc takes it, and no more of it than pandoc needs.

        It is in braces, not parentheses; its type is one of letters (no ``web_page``); an abstract,
        which costs pandoc more than all the rest, is left out.
        """
        kind = re.sub(r"[\W_]", "", self.type)
        kind = "online" if kind == "webpage" else kind
        body = ",\n".join(f"{f.name} = {f.raw}" for f in self.fields if f.name not in _UNREAD)
        return f"@{kind}{{{self.key},\n{body}\n}}"

    def value(self, name: str) -> str:
        """Return the field's value without its delimiters, or an empty string."""
        raw = self._raw.get(name)
        return inside(raw) if raw else ""

    @cached_property
    def _raw(self) -> Mapping[str, str]:
        return {field.name: field.raw for field in reversed(self.fields)}


@dataclass(frozen=True, slots=True)
class Record:
    """A bibliography's blocks."""

    entries: tuple[Entry, ...]
    definitions: tuple[str, ...]
    """The @string and @preamble blocks that parsed."""
    strings: frozenset[str]
    """The names that may stand for a text, in lower case: @string's and the months'."""


def read_records(text: str) -> Record:
    """Return the blocks of a BibTeX or BibLaTeX file, in its order."""
    entries: list[Entry] = []
    definitions, strings = list[str](), set(_MONTHS)
    line = counted = 0
    for block, start in _blocks(text):
        line, counted = line + text.count("\n", counted, start), start
        if isinstance(block, Plain):
            entries.append(_plain_entry(block, line + 1))
            continue
        kind = (_TYPE.match(block.raw) or [""] * 2)[1].lower()
        parsed = not _is(block, "ParsingFailedBlock")
        if _is(block, "ImplicitComment"):
            entries.extend(_strays(text, Span(start, start + len(block.raw)), line + 1))
        elif kind in ("string", "preamble") and parsed:
            definitions.append(block.raw)
            named = _STRING.match(block.raw)
            strings.update({named[1].lower()} if named else ())
        elif kind != "comment":
            entries.append(_entry(block, kind, start, line + 1))
    return Record(tuple(entries), tuple(definitions), frozenset(strings))


def _plain_entry(plain: Plain, line: int) -> Entry:
    return Entry(plain.key, plain.kind, plain.span, line, plain.key_span, plain.fields)


def _blocks(text: str) -> Iterator[tuple[Any, int]]:
    """Yield the parser's blocks with their places in the text; an entry without a fault as Plain.

    The text is cut before each line that opens a block, so that one that is never closed cannot
    swallow the next; the parser would give up an entry there as well.
    """
    cuts = [0, *(start for start in _openings(text) if start), len(text)]
    with _quiet(logging.getLogger("bibtexparser.splitter")):
        for start, end in pairwise(cuts):
            plain = scan_plain(text, start, end)
            if plain is not None:
                yield plain, start
                continue
            from bibtexparser.splitter import Splitter  # few files need it

            at = start
            for block in Splitter(text[start:end]).split().blocks:
                raw = str(block.raw)
                at = max(text.find(raw, at, end), at)
                yield block, at
                at += len(raw)


def _openings(text: str) -> Iterator[int]:
    """Yield where each line begins that opens a block."""
    at = text.find("@")
    while at >= 0:
        start = at
        while start and text[start - 1] in " \t":
            start -= 1
        if (not start or text[start - 1] == "\n") and _OPENING.match(text, at):
            yield start
        at = text.find("@", at + 1)


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Keep the parser from writing to standard error; what it says is reported at its line."""
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _is(block: Any, *names: str) -> bool:
    return type(block).__name__ in names


# --- One entry ------------------------------------------------------------------------------------


def _entry(block: Any, kind: str, start: int, line: int) -> Entry:
    raw = block.raw
    parsed = getattr(block, "ignore_error_block", None) or block
    fields = tuple(_placed_fields(getattr(parsed, "fields", ()), raw, start))
    key, key_span = _key(raw, start, str(getattr(parsed, "key", "") or ""))
    fault, at = _fault(block, key, raw, fields)
    return Entry(
        key=key,
        type=kind,
        span=Span(start, start + len(raw)),
        line=line,
        key_span=key_span,
        fields=fields,
        fault=fault,
        fault_span=Span(start + at.start, start + at.end) if at else None,
    )


def _key(raw: str, start: int, parsed: str) -> tuple[str, Span]:
    head = _HEAD.match(raw)
    key = parsed or (head[2] if head else "")
    at = raw.find(key, raw.find("{") + 1 or raw.find("(") + 1) if key else -1
    if at >= 0:
        return key, Span(start + at, start + at + len(key))
    return key, Span(start, start + len(raw.split("\n", 1)[0].rstrip()))


def _fault(block: Any, key: str, raw: str, fields: tuple[Field, ...]) -> tuple[str, Span | None]:
    """Return what is wrong in plain words, and where in `raw`; an empty string if nothing is."""
    if _is(block, "ParsingFailedBlock"):
        return _plain_words(str(getattr(block.error, "abort_reason", ""))), _find_unclosed(raw)
    if not key:
        return _NO_KEY, None
    bad = _BAD_IN_KEY.search(key)
    if bad:
        what = "a blank" if bad[0].isspace() else f"`{bad[0]}`"
        return f"its key has {what} in it; leave that out", None
    if not fields:
        return "it has a key and nothing else; add its fields", None
    return _fault_of_fields(raw, fields)


def _fault_of_fields(raw: str, fields: tuple[Field, ...]) -> tuple[str, Span | None]:
    seen: dict[str, str] = {}
    for field in fields:
        at = raw.find(field.raw)
        broken = parts_of(field.raw) is None
        if broken and "=" in field.raw:
            why = f"a comma is missing behind the value of `{field.name}`; add it"
            return why, Span(at, at + len(field.raw.rstrip()))
        if broken:
            why = f"the value of `{field.name}` is not closed rightly; put it in one pair of braces"
            return why, Span(at, at + len(field.raw))
        twice = seen.setdefault(field.name, field.raw) != field.raw
        if twice and field.name not in _UNPRINTED:
            return f"it has the field `{field.name}` twice; leave one", None
    return "", None


def _find_unclosed(raw: str) -> Span | None:
    """Return the first field's line that another field follows before its braces are closed."""
    at = depth = 0
    last: Span | None = None
    for line in raw.split("\n"):
        if _FIELD_LINE.match(line):
            if last and depth > 1:
                return last
            begin = at + len(line) - len(line.lstrip())
            last = Span(begin, at + len(line.rstrip()))
        depth += sum(1 if brace[0] == "{" else -1 for brace in _BRACE.finditer(line))
        at += len(line) + 1
    closed = raw.rstrip().endswith("\n}")  # by a brace that was meant for the entry
    return last if depth > 1 or (depth and closed) else None


_NO_COMMA = (
    "its key is not followed by a comma, or it has no key; put `KEY,` behind the opening brace"
)
_NO_KEY = "it has no key; put one behind the opening brace, with a comma"
_REASONS = (
    ("Expected comma after entry key", _NO_COMMA),
    ("Expected a `=`", "a field has no `=`, or a comma is missing before it; add what is missing"),
    ('closing `"`', "a quotation mark is opened and not closed before the next entry; close it"),
    ("end of file", "a brace or quotation mark is opened and not closed; close it"),
    ("", "it is not well-formed BibTeX; check its braces, quotation marks and commas"),
)
"""What the parser says, and what that means; the first that fits."""


def _plain_words(reason: str) -> str:
    """Return bibtexparser's reason as a sentence for somebody who does not know the parser."""
    missing = re.search(r"after entry key `([^`]+)`", reason)
    if missing:
        return f"`{missing[1]}` has no value; write `{missing[1]} = {{…}}`, or leave it out"
    return next(words for said, words in _REASONS if said in reason)


def _strays(text: str, span: Span, line: int) -> Iterator[Entry]:
    """Yield what looks like an entry between the entries: text is ignored there, so it is lost."""
    for stray in _STRAY.finditer(text, span.start, span.end):
        at = Span(stray.start() + len(stray[0]) - len(stray[0].lstrip()), stray.end())
        kind = (_TYPE.match(text, at.start) or [""] * 2)[1].lower()
        why = "no brace opens behind its type; add one"
        here = line + text.count("\n", span.start, at.start)
        yield Entry("", kind, at, here, at, (), why)


# --- Values ---------------------------------------------------------------------------------------


def _placed_fields(fields: Iterable[Any], raw: str, start: int) -> Iterator[Field]:
    """Yield fields with their places, in the order in which they stand."""
    at = 0
    for field in fields:
        name, value = str(field.key), str(field.value)
        head = re.compile(rf"(?<![\w-]){re.escape(name)}\s*=\s*", re.IGNORECASE).search(raw, at)
        found = raw.find(value, head.end()) if head else -1
        at = max(found, at)
        yield make_field(name, value, start + found if found >= 0 else -1)
