"""Which styles there are: for whoever looks for one. Reads the folder, or the head of every file.

Nothing that builds a post needs this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from pubtool.writers.csl.repository import OWN, find_style, repository

_NEAR = 3
"""Names offered for one that is not there."""
_LIKE = 60
"""The least likeness of a name that is offered, of 100: in its letters, or in its words."""


@dataclass(frozen=True)
class StyleLine:
    """One style, as a list shows it."""

    name: str
    title: str
    short: str
    """The title's short form, empty where it has none: ``MLA``."""
    kind: str
    """CSL's citation-format: note, author-date, author, numeric, label; empty where unsaid."""
    language: str
    """Its default locale; empty where it follows the post."""
    parent: str
    """The style that it takes its rules from; empty where they are its own."""
    fields: tuple[str, ...]
    """The disciplines that it says it is for."""


def style_names() -> Iterator[str]:
    """Yield the names of all styles, in no order."""
    folder = repository()
    for path in (*folder.iterdir(), *(folder / "dependent").iterdir()):
        if path.suffix == ".csl":
            yield path.stem


def near_names(name: str) -> tuple[str, ...]:
    """Return the names most like one that is not there, likest first; none where none is like."""
    from rapidfuzz.fuzz import WRatio, ratio
    from rapidfuzz.process import extract

    plain = re.sub(r"[^a-z0-9]+", "-", name.lower().removesuffix(".csl")).strip("-")
    if not plain:
        return ()
    if find_style(plain):
        return (plain,)
    asked = plain.replace("-", " ")
    named = {style.replace("-", " "): style for style in style_names()}
    likely = {
        one[0]
        for scorer in (ratio, WRatio)
        for one in extract(asked, sorted(named), scorer=scorer, limit=50, score_cutoff=_LIKE)
    }
    ranked = sorted(likely, key=lambda one: (-_likeness(asked, one), one))
    return tuple(named[one] for one in ranked[:_NEAR])


def _likeness(asked: str, name: str) -> float:
    """Return how like two names are: word for word, and as a whole."""
    from rapidfuzz.fuzz import ratio, token_set_ratio

    return float(token_set_ratio(asked, name) + ratio(asked, name))


def list_styles(words: tuple[str, ...] = ()) -> tuple[StyleLine, ...]:
    """Return the styles in whose name, title, kind or fields every word stands, in any case.

    Those that stand by themselves come before those that depend on one, and of each those in whose
    name the words stand; then by name.
    """
    wanted = [word.casefold() for word in words]
    found = [
        line for line in map(_line, _files()) if all(word in _searched(line) for word in wanted)
    ]

    def rank(line: StyleLine) -> tuple[bool, bool, str]:
        return bool(line.parent), not all(word in line.name for word in wanted), line.name

    return tuple(sorted(found, key=rank))


def _files() -> Iterator[Path]:
    folder = repository()
    for path in (*folder.iterdir(), *(folder / "dependent").iterdir()):
        if path.suffix == ".csl":
            own = find_style(path.stem) if path.stem in OWN else None
            yield own or path


_HEAD = 6000
"""Bytes that hold the <info> of nearly every style; the rest is read where they do not."""


def _line(path: Path) -> StyleLine:
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if b"</info>" not in head:
            head += file.read()
    text = head.decode("utf-8", "replace").partition("</info>")[0]
    parent = _first(_LINK, text)
    return StyleLine(
        name=path.stem,
        title=_first(_TITLE, text),
        short=_first(_SHORT, text),
        kind=_first(_KIND, text),
        language=_first(_LOCALE, text.partition("<info")[0]),
        parent=parent.rpartition("/")[2],
        fields=tuple(_FIELD.findall(text)),
    )


_TITLE = re.compile(r"<title[^>]*>([^<]*)<")
_SHORT = re.compile(r"<title-short[^>]*>([^<]*)<")
_KIND = re.compile(r"citation-format=\"([^\"]*)\"")
_LOCALE = re.compile(r"default-locale=\"([^\"]*)\"")
_LINK = re.compile(r"<link(?=[^>]*rel=\"independent-parent\")[^>]*href=\"([^\"]*)\"")
_FIELD = re.compile(r"<category field=\"([^\"]*)\"")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return " ".join(unescape(found[1]).split()) if found else ""


def _searched(line: StyleLine) -> str:
    kind = f"{line.kind} {line.kind.replace('-', ' ')}"
    parts = (line.name, line.name.replace("-", " "), line.title, line.short, kind, *line.fields)
    return " ".join(parts).casefold()
