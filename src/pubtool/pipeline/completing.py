"""What a shell may offer where a command wants a post, a source, a code, a site or a style.

A person waits for each of these with a finger on a key: nothing is imported but what finds a
project, and of a file no more is read than its names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

from pubtool.errors import PubtoolError
from pubtool.system.config import find_project
from pubtool.system.files import read_text

_ENTRY = re.compile(r"^[ \t]*@(\w+)[ \t]*[{(][ \t]*([^\s,{}()=]+)[ \t]*,", re.M)
_NO_ENTRIES = frozenset({"comment", "preamble", "string"})
_HEADING = re.compile(r"# (Q\d{3}): (.+)")

Offer = tuple[str, str]
"""A word that would fit, and what a shell may say of it; empty where there is nothing to say."""


def offered_posts(start: Path) -> list[Offer]:
    """Return the posts of the project round a folder, by their whole paths."""
    return _found(lambda: _posts(start))


def offered_keys(start: Path) -> list[Offer]:
    """Return the keys of the project's bibliography, each with its kind of entry."""
    return _found(lambda: _keys(start))


def offered_sites(start: Path) -> list[Offer]:
    """Return the names of the project's sites, each with its address."""
    return _found(
        lambda: iter([(site.name, site.url) for site in find_project(start).settings.sites])
    )


def offered_codes() -> list[Offer]:
    """Return every code with its title, ascending: the heads of the rules' pages."""
    folder = files("pubtool").joinpath("checker", "rules")
    pages = (page for page in folder.iterdir() if page.name.endswith(".md"))
    heads = (_HEADING.match(page.read_text(encoding="utf-8")) for page in pages)
    return sorted((head[1], head[2]) for head in heads if head)


def offered_styles() -> list[Offer]:
    """Return the names of all citation styles."""
    from pubtool.writers.csl.catalogue import style_names

    return _found(lambda: iter([(name, "") for name in sorted(style_names())]))


def _posts(start: Path) -> Iterator[Offer]:
    folder = find_project(start).root / "posts"
    for path in sorted(folder.rglob("*.md")):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield str(path), ""


def _keys(start: Path) -> Iterator[Offer]:
    text = read_text(find_project(start).root / "references.bib", "references.bib")
    for kind, key in _ENTRY.findall(text):
        if kind.lower() not in _NO_ENTRIES:
            yield key, kind.lower()


def _found(offers: Callable[[], Iterator[Offer]]) -> list[Offer]:
    """Return the offers; none where there is no project, or one that cannot be read now."""
    try:
        return list(offers())
    except (PubtoolError, OSError):
        return []
