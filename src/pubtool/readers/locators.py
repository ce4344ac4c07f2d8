"""Locators: the place inside a source that a citation's suffix names.

The rules are those of pandoc's citeproc (Text.Pandoc.Citeproc.Locator): an optional comma, a term
of the post's language or of English (see `locator_terms`) or nothing (then a page), and a value
that goes on as long as it looks like one; or both in braces, where the value is whatever stands
there. To the value belongs that following pages are meant (``98 ff.``, ``98 et seq.``), and the
finer place within: of ``p. 77, note 3`` the value is ``77 n. 3``.
"""

from __future__ import annotations

import re
from functools import cache

from pubtool.model import FINER, Locator
from pubtool.readers.locator_terms import spellings

_ROMAN = r"(?i:(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
_GROUPS = r"(?:\([^()\s]{1,12}\)|\[[^\[\]\s]{1,12}\])"
_DIGITS = rf"[*]{{0,2}}[A-Za-z]{{0,4}}\d[0-9A-Za-z]*{_GROUPS}*"
_DASH = r"\s?(?:--?|[‐-―−])\s?"
_JOIN = rf"(?:[.:/]|{_DASH})"
_UNIT = rf"{_DIGITS}(?:{_JOIN}(?:{_DIGITS}|{_GROUPS}+))*"
_ROMANS = rf"{_ROMAN}{_GROUPS}*(?:{_JOIN}{_ROMAN}{_GROUPS}*)*"
_END = r"(?![0-9A-Za-z])"
_AND = r"(?:and|und|et|y|e|en|og|och|i|и)\b"
_SEPARATOR = rf"\s?(?:[,;&]|{_AND})\s?(?:{_AND}\s?)?"
_ON = r"(?:\s(?:(?:et|e|y|u\.)\s)?(?:ff?|sqq?|ss?|seqq?|suiv)\b(?!\.?\s?\d))?"
"""That what follows is meant too, as `checker.locator_values` reads it; ``s. 3`` is a section."""
_BARE = re.compile(rf"{_UNIT}{_END}{_ON}(?:{_SEPARATOR}{_UNIT}{_END}{_ON})*")
_ONE = rf"(?:(?:{_UNIT}|{_ROMANS}){_END}{_ON}|{_GROUPS}+)"
_LABELLED = re.compile(rf"{_ONE}(?:{_SEPARATOR}{_ONE})*")
_LETTER = re.compile(rf"[A-Za-z]{_GROUPS}*{_END}")
_ENTRY = re.compile(r"[^,;]+")
_BRACES = re.compile(r"\{([^{}]*)\}")
_LEAD = re.compile(r"\s*,?\s*")


def parse_locator(suffix: str, lang: str = "") -> Locator | None:
    """Return the locator at the head of a citation's suffix, or None where there is none.

    ``, p. 253, emphasis added`` gives page 253; what follows the value is no part of it. `lang` is
    the language of the post, a BCP 47 tag.
    """
    start = _match_end(_LEAD, suffix, 0)
    braced = _BRACES.match(suffix, start)
    if braced:
        return _in_braces(braced.group(1).strip(), lang)
    label, at = _label(suffix, start, lang)
    value = _value(label, suffix, at)
    if not value:
        return None
    found = Locator(label or "page", value)
    return _with_finer(found, suffix, suffix.index(value, at) + len(value), lang)[0]


def _with_finer(outer: Locator, text: str, end: int, lang: str) -> tuple[Locator, int]:
    """Return a locator with the finer place that is named behind it, and where that ends."""
    glued = _NOTE_GLUED.fullmatch(outer.value) if outer.label == "page" else None
    if glued:
        return Locator("page", f"{glued[1]} n. {glued[2]}"), end
    at = _match_end(_LEAD, text, end)
    label, at = _label(text, at, lang)
    short = FINER.get((outer.label, label or ""))
    value = _value(label, text, at) if short else ""
    if not value:
        return outer, end
    return Locator(outer.label, f"{outer.value} {short} {value}"), text.index(value, at) + len(
        value
    )


_NOTE_GLUED = re.compile(r"(\d+)nn?(\d+)")


def locator_behind(text: str, start: int, lang: str = "") -> tuple[Locator, int] | None:
    """Return the locator in the prose behind a bare key, and where it ends; None where none is.

    A writer puts it there as if the brackets of ``@key [p. 3]`` did not matter: ``@key, p. 3``,
    ``@key (S. 3)``, ``@key § 4``. It wants its term. ``@key notes 3`` has a verb: without a comma
    or a parenthesis only an abbreviation is one, or a word for a page and the like.
    """
    lead = _BEHIND.match(text, start)
    if lead is None:
        return None
    label, at = _label(text, lead.end(), lang)
    if label is None:
        return None
    word = text[lead.end() : at].strip()
    is_word = word.isalpha()
    if word.lower() in _NO_TERM or (is_word and not lead["set_off"] and label not in _NOUNS):
        return None
    value = _value(label, text, at)
    if not value or not any(char.isdigit() or char in "IVXLCivxl" for char in value):
        return None
    end = text.index(value, at) + len(value)
    locator, end = _with_finer(Locator(label, value), text, end, lang)
    closing = _CLOSING.match(text, end) if "(" in lead.group() else None
    return locator, closing.end() if closing else end


_CLOSING = re.compile(r"\.?\s*\)")
_BEHIND = re.compile(r"(?:(?P<set_off>\s*,|\s*\()\s*|\s+)(?:(?:at|on|auf|à)\s+)?")
_NO_TERM = frozenset({"at", "p", "pp", "opus", "opera"})
_NOUNS = frozenset({"page", "article-locator", "chapter", "section", "paragraph"})


def _in_braces(inside: str, lang: str) -> Locator | None:
    label, at = _label(inside, 0, lang)
    value = inside[at:].strip()
    return Locator(label or "page", value) if value else None


def _label(text: str, start: int, lang: str) -> tuple[str | None, int]:
    """Return the CSL term that begins at `start` and where its value does."""
    found = _labels(lang).match(text, start)
    return (spellings(lang)[found.group(1).lower()], found.end()) if found else (None, start)


def _value(label: str | None, text: str, at: int) -> str:
    if label is None:
        patterns = [_BARE]
    elif label == "sub-verbo":
        patterns = [_ENTRY]
    else:
        patterns = [_LABELLED] if label == "page" else [_LABELLED, _LETTER]
    for pattern in patterns:
        found = pattern.match(text, at)
        if found:
            return found.group().strip(" \u00a0\"'“”‘’")
    return ""


@cache
def _labels(lang: str) -> re.Pattern[str]:
    longest_first = sorted(spellings(lang), key=len, reverse=True)
    words = "|".join(re.escape(word) for word in longest_first)
    # a word wants white space behind it; a stop or a sign (p.3, §3, n°3) does not
    return re.compile(rf"({words})(?:\s+|(?<=[.§¶°º])(?=\S))", re.IGNORECASE)


def _match_end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start
