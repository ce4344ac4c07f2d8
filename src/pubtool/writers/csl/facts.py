"""What is known of a post's entries, and what a style's conditions come to for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pubtool.writers.csl.xml import Element, quoted

_GENERATED = frozenset(
    "citation-key citation-label citation-number first-reference-note-number locator page-first "
    "year-suffix".split()
)
"""Fields that citeproc makes itself."""
_ALWAYS_THERE = frozenset({"id", "type"})


@dataclass(frozen=True)
class Facts:
    """What is known of the entries that a post cites."""

    types: frozenset[str]
    fields: frozenset[str]


_NAMES = {"journalAbbreviation": "container-title-short", "shortTitle": "container-title-short"}
"""What citeproc makes of names that are none of CSL's (Citeproc.Types)."""
_IN_NOTE = re.compile(r"\{:((?:[^\W\d_]|-)+):([^}]*)\}|((?:[^\W\d_]|-)+):([^\n]*)(?:\n|\Z)")


def facts_of(entry: Mapping[str, Any]) -> Facts:
    """Return the types that citeproc may take an entry for, and the fields that it may have.

    Fields at the head of its note count as well, as in ``original-date: 1859``
    (Citeproc.Types.parseNote).
    """
    types = {str(entry.get("type", ""))}
    fields = {_NAMES.get(key, key.lower()) for key in entry}
    note, at = str(entry.get("note", "")), 0
    while found := _IN_NOTE.match(note, at):
        braced, said, plain, line = found.groups()
        name = (braced or plain).lower()
        fields.add(name)
        if name == "type":
            types.add((said if braced else line).strip())
        at = found.end()
    return Facts(frozenset(types), frozenset(fields))


def decide(branch: Element, facts: Facts | None) -> bool | None:
    """Return whether a branch is taken for every entry; None where that is not known.

    As citeproc has it (Citeproc.Eval.eChoose): the types of a condition are one test, which one of
    them passes; each field is a test of its own.
    """
    if facts is None:
        return None
    tests = list(_tests(branch, facts))
    match branch.get("match", "all"):
        case "all":
            return False if False in tests else None if None in tests else True
        case "any":
            return True if True in tests else None if None in tests else False
        case "none":
            return False if True in tests else None if None in tests else True
    return None


def _tests(branch: Element, facts: Facts) -> Iterable[bool | None]:
    for key, value in branch.items():
        if key == "type":
            types = frozenset(value.split())
            none = not types & facts.types
            yield False if none else True if facts.types <= types else None
        elif key in ("variable", "is-numeric", "is-uncertain-date"):
            yield from (_has(name.lower(), facts) for name in value.split())
        elif key != "match":
            yield None


def conditions(branch: Element, facts: Facts | None) -> str:
    """Return the conditions of a branch without the types and fields that no entry has.

    Where all of them have to be met such a branch has been left out; else they make no difference.
    """
    told = dict(branch.attrib)
    if facts is not None and branch.get("match", "all") != "all":
        for key in ("type", "variable"):
            names = told.get(key, "").split()
            if key == "type":
                kept = [name for name in names if name in facts.types]
            else:
                kept = [name for name in names if may_have(name.lower(), facts)]
            if kept and len(kept) < len(names):
                told[key] = " ".join(kept)
    return "".join(f" {key}={quoted(value)}" for key, value in told.items())


def may_have(name: str, facts: Facts) -> bool:
    """Whether some entry may have a field of that name, in lower case."""
    return name in facts.fields or name in _GENERATED or name in _ALWAYS_THERE


def _has(name: str, facts: Facts) -> bool | None:
    return None if may_have(name, facts) else False
