"""What is known of a post's entries, and what a style's conditions come to for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
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
    """What is known of some of the entries that a post cites."""

    types: frozenset[str]
    """The types that they may be of."""
    fields: frozenset[str]
    """The fields that one of them may have."""
    certain: frozenset[str]
    """The fields that each of them has, with something in them."""
    dates: frozenset[str]
    """The fields with dates that hold one certain day, month or year, wherever they are there."""

    @property
    def told(self) -> str:
        """All of it in words, the same for the same."""
        every = (self.types, self.fields, self.certain, self.dates)
        return str([sorted(names) for names in every])

    def joined(self, other: Facts) -> Facts:
        """Return what is known of these entries and others together."""
        return Facts(
            self.types | other.types,
            self.fields | other.fields,
            self.certain & other.certain,
            frozenset(
                name
                for name in self.dates | other.dates
                if all(name in one.dates or name not in one.fields for one in (self, other))
            ),
        )


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
    noted = {"note"}
    note, at = str(entry.get("note", "")), 0
    while found := _IN_NOTE.match(note, at):
        braced, said, plain, line = found.groups()
        name = (braced or plain).lower()
        noted.add(name)
        if name == "type":
            types.add((said if braced else line).strip())
        at = found.end()
    certain = {
        key.lower() for key, value in entry.items() if key not in _NAMES and _is_there(key, value)
    }
    dates = {key for key, value in entry.items() if key in _DATES and _is_day(value)}
    return Facts(
        frozenset(types),
        frozenset(fields | (noted if "note" in entry else set())),
        frozenset(certain - noted - _GENERATED),
        frozenset(dates - noted),
    )


def groups_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Facts, ...]:
    """Return what is known of entries by the types that tell them apart.

    An entry that citeproc may take for one of two types is in one group with the entries of both.
    All are one group where a type cannot be asked for. The last group may be of no type.
    """
    groups: list[Facts] = []
    for facts in map(facts_of, entries):
        same = [group for group in groups if group.types & facts.types]
        groups = [group for group in groups if group not in same]
        groups.append(reduce(Facts.joined, same, facts))
    if any(name.split() not in ([name], []) for group in groups for name in group.types):
        return (reduce(Facts.joined, groups),)
    return tuple(sorted(groups, key=lambda group: ("" in group.types, sorted(group.types))))


_DATES = frozenset("accessed container event-date issued original-date submitted".split())
_PEOPLE = frozenset(
    "author collection-editor composer container-author director editor editorial-director "
    "illustrator interviewer original-author recipient reviewed-author translator".split()
)
"""The fields that pandoc hands to citeproc as dates and as names (Text.Pandoc.Citeproc.MetaValue);
of any other field it hands over text alone."""
_SEEN = re.compile(r"(?:<[^>]*>|[^\w<])*\w")
"""Text that begins, behind its tags and marks, with a letter or a figure."""


def is_plain(entry: Mapping[str, Any]) -> bool:
    """Whether citeproc reads an entry the same as CSL JSON and as a document's metadata.

    There its numbers are text, its dates are written out, of other lists than those of people
    nothing is left, and particles of names are looked for twice.
    """
    return all(
        isinstance(value, list) and all(map(_is_plain_name, value))
        if key in _PEOPLE
        else key != "note" and _is_there(key, value)
        for key, value in entry.items()
    )


def _is_plain_name(name: Any) -> bool:
    return isinstance(name, dict) and all(
        key in ("family", "given") and isinstance(value, str) and _PLAIN_NAME.fullmatch(value)
        for key, value in name.items()
    )


_PLAIN_NAME = re.compile(r"[A-Z][\w.-]*(?: [A-Z][\w.-]*)*")


def _is_there(key: str, value: Any) -> bool:
    """Whether citeproc surely finds something in a field."""
    if key in _DATES:
        return _is_day(value)
    if key in _PEOPLE:
        return isinstance(value, list) and any(
            isinstance(name, dict) and isinstance(name.get("family"), str) and name["family"]
            for name in value
        )
    return isinstance(value, str) and bool(_SEEN.match(value))


def _is_day(value: Any) -> bool:
    """Whether a date is one day, month or year, and is said to be nothing else."""
    if not isinstance(value, dict) or value.keys() != {"date-parts"}:
        return False
    match value["date-parts"]:
        case [[*parts]]:
            return 1 <= len(parts) <= len(_LIMITS) and all(
                isinstance(part, int) and 1 <= part <= most
                for part, most in zip(parts, _LIMITS, strict=False)
            )
    return False


_LIMITS = (9999, 12, 28)
"""The highest year, month and day that are surely ones to citeproc."""


def decide(branch: Element, facts: Facts | None) -> bool | None:
    """Return whether a branch is taken for every entry; None where that is not known.

    As citeproc has it (Citeproc.Eval.eChoose): the types of a condition are one test, which one of
    them passes; each field is a test of its own. A field that was printed in the place of names
    counts as one that is there.
    """
    if facts is None:
        return None
    tests = list(_tests(branch, facts))
    match branch.get("match"):
        case "any":
            return True if True in tests else None if None in tests else False
        case "none":
            return False if True in tests else None if None in tests else True
    return False if False in tests else None if None in tests else True


def _tests(branch: Element, facts: Facts) -> Iterable[bool | None]:
    for key, value in branch.items():
        if key == "type":
            types = frozenset(value.split())
            none = not types & facts.types
            yield False if none else True if facts.types <= types else None
        elif key == "variable":
            yield from (has(name.lower(), facts) for name in value.split())
        elif key == "is-uncertain-date":
            for name in value.lower().split():
                yield False if name in facts.dates or not may_have(name, facts) else None
        elif key == "is-numeric":
            for name in value.lower().split():
                yield None if may_have(name, facts) else False
        elif key != "match":
            yield None


def conditions(branch: Element, facts: Facts | None) -> str:
    """Return the conditions of a branch without the types and fields that are settled.

    A branch that they settle by themselves has been taken or left out; else they make no
    difference.
    """
    told = dict(branch.attrib)
    if facts is not None:
        every = branch.get("match") not in ("any", "none")
        for key in ("type", "variable"):
            names = told.get(key, "").split()
            if key == "variable":
                kept = [name for name in names if has(name.lower(), facts) is not every]
            elif every and facts.types <= frozenset(names):
                kept = []
            else:
                kept = [name for name in names if name in facts.types]
            if kept:
                told[key] = " ".join(kept)
            elif names:
                del told[key]
    return "".join(f" {key}={quoted(value)}" for key, value in told.items())


def may_have(name: str, facts: Facts) -> bool:
    """Whether some entry may have a field of that name, in lower case.

    Its short form counts: where that is printed in the place of names, citeproc notes the long one.
    """
    fields = facts.fields
    return (
        name in fields or f"{name}-short" in fields or name in _GENERATED or name in _ALWAYS_THERE
    )


def has(name: str, facts: Facts) -> bool | None:
    """Return whether entries have a field of that name; None if not all do, or it is not known."""
    if name in facts.certain:
        return True
    return None if may_have(name, facts) else False
