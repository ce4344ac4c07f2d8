"""The values of BibTeX's fields: braces, quotation marks, bare words, and what ``#`` joins."""

from __future__ import annotations

import re
from typing import NamedTuple

_BARE = re.compile(r"[^\s\"#{},=()]+")
_MARK = re.compile(r'(?<!\\)[{}"]')
_BRACE = re.compile(r"(?<!\\)[{}]")


class Field(NamedTuple):
    """One field of an entry."""

    name: str
    """In lower case."""
    raw: str
    """The value with its braces or quotation marks."""
    names: tuple[str, ...]
    """The @string names that it uses, in lower case."""
    at: int = -1
    """Where its value begins in the file; -1 where it is not found again."""


def make_field(name: str, value: str, at: int) -> Field:
    """Return a field by its name, its value with its delimiters, and where that begins."""
    if value[:1] == "{" and "#" not in value:  # most fields, with no names in them
        return Field(name.lower(), value, (), at)
    parts = parts_of(value) or ()
    names = (part.lower() for part in parts if part[0] not in '{"' and not part.isdigit())
    return Field(name.lower(), value, tuple(n for n in names if not n[0].isdigit()), at)


def parts_of(value: str) -> tuple[str, ...] | None:
    """Return the parts of a value that ``#`` joins, or None where it is not one value."""
    parts, at, end = [], 0, len(value)
    while True:
        while at < end and value[at].isspace():
            at += 1
        stop = end_of_part(value, at)
        if stop is None:
            return None
        parts.append(value[at:stop])
        rest = value[stop:].lstrip()
        if not rest:
            return tuple(parts)
        if not rest.startswith("#"):
            return None
        at = end - len(rest) + 1


def end_of_part(value: str, at: int) -> int | None:
    """Return where the part of a value ends that begins at a place; None where it never does."""
    if value.startswith("{", at):
        return _end_of_braces(value, at)
    if value.startswith('"', at):
        return _end_of_quotes(value, at)
    bare = _BARE.match(value, at)
    return bare.end() if bare else None


def _end_of_braces(value: str, at: int) -> int | None:
    depth = 0
    for brace in _BRACE.finditer(value, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return None


def _end_of_quotes(value: str, at: int) -> int | None:
    depth = 0
    for mark in _MARK.finditer(value, at + 1):
        if mark[0] == '"' and not depth:
            return mark.end()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    return None


def inside(value: str) -> str:
    """Return a value without its delimiters, its parts joined; names of @strings stay."""
    if value[:1] == "{" and "#" not in value:  # one part: most values, in a tenth of the time
        return value[1:-1].strip()
    parts = parts_of(value) or (value,)
    return "".join(part[1:-1] if part[:1] in ("{", '"') else part for part in parts).strip()
