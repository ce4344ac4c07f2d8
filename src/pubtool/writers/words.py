"""What we say ourselves on pages and in books, in the reader's language.

Each language is a file of `languages/`: tables of keys and lines, so that a translator needs no
Python. A language that has no file gets English, and `Words.lang` says so, since a screen reader
must not read English aloud as if it were Khmer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DEFAULT = "en"
"""What a language without words of its own gets."""

_RTL_LANGUAGES = frozenset(
    "ar arc arz ckb dv fa he iw ks lrc mzn nqo pnb prs ps sd syr ug ur yi".split()
)
_RTL_SCRIPTS = frozenset("adlm arab aran hebr mand nkoo rohg samr syrc thaa yezi".split())
"""Languages written from right to left, and the scripts (ISO 15924) that make any other so."""


@dataclass(frozen=True)
class Words:
    """Our own lines in one language."""

    lang: str
    """The language that they are in, a BCP 47 tag: not always the one that was asked for."""
    lines: Mapping[str, str | Mapping[str, str]]
    """``table.key`` to a line with ``{names}`` in it, or to its forms ``one`` and ``other``."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the line `key` (``series.part``) with its values put in.

        Of a line in two forms, `count` chooses. Raises KeyError for a key or a value that is not
        there: both are ours to get right.
        """
        line = self.lines[key]
        if not isinstance(line, str):
            line = line["one" if values["count"] == 1 else "other"]
        return line.format_map(values)

    def speak(self, lang: str) -> bool:
        """Whether the lines are in the language `lang`, whatever its region or script."""
        return not lang or is_same_language(lang, self.lang)

    def day(self, date: str) -> str:
        """Return an ISO 8601 date as a reader's: ``3 May 2026``; as it is where it is not one."""
        year, _, rest = date[:10].partition("-")
        month, _, number = rest.partition("-")
        if not (month.isdigit() and number.isdigit() and 1 <= int(month) <= 12):
            return date
        months = self("date.months").split()
        return self("date.day", day=int(number), month=months[int(month) - 1], year=year)


def words_in(lang: str) -> Words:
    """Return our lines in a language (a BCP 47 tag), in the nearest that we have."""
    tag = "-".join(_parts(lang))
    while tag:
        if tag in languages():
            return _read(tag)
        tag = tag.rpartition("-")[0]
    return _read(DEFAULT)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have words of their own, sorted."""
    names = (entry.name for entry in files(__package__).joinpath("languages").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def is_same_language(one: str, other: str) -> bool:
    """Whether two tags name one language, whatever its region or script."""
    return _parts(one)[0] == _parts(other)[0]


def direction(lang: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, else ``ltr``.

    A script in the tag decides (``az-Arab``, ``ur-Latn``), else the language.
    """
    parts = _parts(lang)
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    rtl = scripts[0] in _RTL_SCRIPTS if scripts else parts[0] in _RTL_LANGUAGES
    return "rtl" if rtl else "ltr"


def _parts(tag: str) -> list[str]:
    return tag.lower().replace("_", "-").split("-")


@cache
def _read(tag: str) -> Words:
    file = files(__package__).joinpath("languages", f"{tag}.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    lines = {f"{table}.{key}": line for table, of in tables.items() for key, line in of.items()}
    return Words(tag, lines)
