"""Entries made ready for Bluebook citations, which ask for more than CSL can express.

Only what the bibliography leaves open is filled in, and only for ``bluebook-law-review``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pubtool.model import Node
from pubtool.writers.ast import element, words
from pubtool.writers.csl.abbreviations import abbreviate_case, abbreviate_periodical

_ID = "<id>http://www.zotero.org/styles/bluebook-law-review</id>"

_HIGHEST = re.compile(
    r"(?i)(?:u\.?\s?s\.? |united states )?supreme court(?: of the united states)?"
)
_ITS_REPORTS = frozenset({"U.S.", "S. Ct.", "L. Ed.", "L. Ed. 2d"})
_COMMON = re.compile(
    r"(?i)(?:united states|u\.?s\.?|state|people|commonwealth|regina|rex|r\.?|the queen|the king)"
    r"(?: of .*)?"
)
"""Parties in so many cases that their name alone says nothing (rule 10.9(a)(i))."""
_DOCTORAL = re.compile(r"(?i)ph\.?\s?d\.? (?:thesis|dissertation)|doctoral (?:thesis|dissertation)")


def is_bluebook(style: str) -> bool:
    """Whether a style is the Bluebook's for law reviews, or a project's own made from it."""
    return _ID in style


def prepare(entries: Sequence[Mapping[str, Any]], cited: Counter[str]) -> list[Mapping[str, Any]]:
    """Return entries of CSL JSON with what the style needs; `cited` is how often each is."""
    return [{**entry, **_added(entry, cited[str(entry.get("id"))])} for entry in entries]


def name_authors(tree: Any, entries: Sequence[Mapping[str, Any]]) -> Any:
    """Return a tree in which a citation that begins a sentence names the author, and cites in full.

    ``@mill [p. 5]`` is the name in the text, and a note that names him all the same (rule 4.2(a):
    the short form begins with the name). A citation in a note of the author's stays as it is.
    """
    names = {str(entry.get("id")): _named(entry) for entry in entries}

    def named(value: Any) -> Any:
        if isinstance(value, list):
            return [part for one in value for part in _parted(one)]
        if isinstance(value, dict) and value.get("t") != "Note":
            return {key: named(inner) for key, inner in value.items()}
        return value

    def _parted(one: Any) -> list[Any]:
        if isinstance(one, dict) and one.get("t") == "Cite":
            first, *others = one["c"][0]
            said = names.get(first["citationId"], [])
            if first["citationMode"]["t"] == "AuthorInText" and said:
                full = {**first, "citationMode": {"t": "NormalCitation"}}
                return [*said, element("Cite", [[full, *others], one["c"][1]])]
            return [one]
        return [named(one)]

    return named(tree)


_IN_ITALICS = frozenset({"book", "report", "legal_case", "motion_picture"})
"""Types whose names a text sets in italics (rule 2.2)."""


def _named(entry: Mapping[str, Any]) -> list[Node]:
    """Return what a sentence calls an entry: its authors, or its title."""
    authors = _surnames(entry)
    if authors:
        return words(authors)
    title = str(entry.get("title-short") or entry.get("title", ""))
    title = "" if "<" in title else title
    return [element("Emph", words(title))] if entry.get("type") in _IN_ITALICS else words(title)


def _surnames(entry: Mapping[str, Any]) -> str:
    """Return how a sentence names an entry's authors: ``Roe``, ``Roe and Poe``, ``Roe et al.``."""
    found = [
        f"{name.get('non-dropping-particle', '')} {name.get('family') or name.get('literal', '')}"
        for name in entry.get("author", ())
    ]
    found = [name.strip() for name in found if name.strip()]
    return " and ".join(found) if len(found) < 3 else f"{found[0]} et al."


def _added(entry: Mapping[str, Any], times: int) -> dict[str, Any]:
    kind = str(entry.get("type"))
    if kind in _PREPARED:
        return _PREPARED[kind](entry)
    title, short = str(entry.get("title", "")), entry.get("title-short", "")
    if kind == "treaty" and times > 1 and short and short != title:
        return {"hereinafter": short}
    if kind in ("book", "report") and title[-1:].isdigit():
        return {"title-ends-in-number": "yes"}  # rule 3.2(a): "… 1999, at 5"
    if kind == "thesis" and _DOCTORAL.fullmatch(str(entry.get("genre", ""))):
        return {"genre": "Ph.D. dissertation"}
    return {}


def _of_periodical(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the short name (T13), and the year as the volume where there is none (rule 16.4)."""
    added: dict[str, Any] = {}
    name = str(entry.get("container-title", ""))
    if name and not entry.get("container-title-short") and "<" not in name:
        added["container-title-short"] = abbreviate_periodical(name)
    years = entry.get("issued", {}).get("date-parts") or [[]]
    if entry.get("type") == "article-journal" and "volume" not in entry and years[0]:
        added |= {"volume": str(years[0][0]), "issued": {}}
    return added


def _of_case(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the name for a note (T6), the one for later, and the court, unless its reports say it.

    Rules 10.2.2, 10.9 and 10.4(a).
    """
    title = str(entry.get("title", ""))
    if "<" in title:
        return {}
    court = str(entry.get("authority") or entry.get("publisher") or "")
    if _HIGHEST.fullmatch(court) and entry.get("container-title") in _ITS_REPORTS:
        court = ""
    title = _capitals(title) if _is_english(entry) else title
    added: dict[str, Any] = {"title": abbreviate_case(title), "authority": court}
    if not entry.get("title-short"):
        added["title-short"] = abbreviate_case(_one_party(title))
    return added


def _of_statute(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a public law's number in full, and no year where its name says it (rule 12.4)."""
    years = entry.get("issued", {}).get("date-parts") or [[]]
    named = bool(years[0]) and str(entry.get("title", "")).endswith(str(years[0][0]))
    number = str(entry.get("number", ""))
    public = {"number": f"Pub. L. No. {number}"} if _PUBLIC_LAW.fullmatch(number) else {}
    return public | ({"issued": {}} if named else {})


_PUBLIC_LAW = re.compile(r"\d{1,3}[-–]\d{1,4}")
_SMALL = frozenset(
    "a an and at by de del et ex for in la le of on or parte re rel the to v vs".split()
)


def _capitals(title: str) -> str:
    """Return a case's name in capitals: a bibliography's reader has set it like a sentence.

    citeproc's own title case takes the full stop of an abbreviation for the end of a sentence.
    """
    words = title.split(" ")
    return " ".join(
        word if number and word.strip(".,").lower() in _SMALL else word[:1].upper() + word[1:]
        for number, word in enumerate(words)
    )


def _is_english(entry: Mapping[str, Any]) -> bool:
    return str(entry.get("language") or "en").lower().startswith("en")


def _one_party(title: str) -> str:
    parties = re.split(r" vs?\.? ", title, maxsplit=1)
    named = [party for party in parties if not _COMMON.fullmatch(party)]
    return named[0] if len(parties) > 1 and named else title


_PREPARED: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "article-journal": _of_periodical,
    "article-magazine": _of_periodical,
    "article-newspaper": _of_periodical,
    "legal_case": _of_case,
    "legislation": _of_statute,
}
