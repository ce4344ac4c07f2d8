"""What a source is called where readers are told of it: its authors, its title, its place."""

from __future__ import annotations

from collections.abc import Sequence

from pubtool.model import Name, Source
from pubtool.writers.words import Words

_MOST = 3
"""Authors that are all named; of more the first."""


def name_source(source: Source, words: Words) -> str:
    """Return a source's name in short: ``Mill, On Liberty``; its key where it has neither."""
    people = _joined([name.family for name in source.authors], words)
    return _commas(people, source.short_title or source.title) or str(source.key)


def name_author(source: Source, words: Words) -> str:
    """Return who is named where a sentence cites a source: ``Mill``; its title where nobody is."""
    people = _joined([name.family for name in source.authors], words)
    return people or source.short_title or source.title or str(source.key)


def cite_source(source: Source, words: Words) -> str:
    """Return author, title, and where it came out: ``Jane Doe, Echoes, Journal of Echoes, 2001``.

    The key where it has none of them.
    """
    people = _joined([_whole(name) for name in source.authors], words)
    container = source.container if source.container != source.title else ""
    return _commas(people, source.title, container, source.year) or str(source.key)


def _whole(name: Name) -> str:
    """Return a name as it is spoken; one that a body goes by has no first name."""
    return name.family if name.given in ("", name.family) else f"{name.given} {name.family}"


def _joined(people: Sequence[str], words: Words) -> str:
    if len(people) > _MOST:
        return words("proof.others", name=people[0])
    if len(people) < 2:
        return "".join(people)
    return words("proof.and", names=", ".join(people[:-1]), last=people[-1])


def _commas(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
