"""Locators: the place inside a source that a citation's suffix names.

The rules are those of pandoc's citeproc (Text.Pandoc.Citeproc.Locator) for English: an optional
comma, a term or nothing (then a page), and a value that goes on as long as it looks like one; or
both in braces, where the value is whatever stands there. The terms are those of CSL 1.0.2 with the
usual abbreviations of its English locale, and a few that legal writers use: ``at 7`` (a page),
``s. 3`` (a section), ``annex``, ``sch.``.
"""

from __future__ import annotations

import re
from functools import cache

from pubtool.model import Locator

_TERMS: dict[str, str] = {
    # CSL's term: the abbreviations, which want their full stop, and the words, which do not
    "act": "act acts",
    "appendix": "app. apps. appx. appendix appendices annex annexes annexe annexes",
    "article-locator": "art. arts. article articles",
    "book": "bk. bks. book books",
    "canon": "can. canon canons",
    "chapter": "ch. chs. chap. chaps. chapter chapters",
    "column": "col. cols. column columns",
    "elocation": "loc. locs. location locations",
    "equation": "eq. eqs. equation equations",
    "figure": "fig. figs. figure figures",
    "folio": "f. ff. fol. fols. folio folios",
    "issue": "no. nos. number numbers issue issues",
    "line": "l. ll. line lines",
    "note": "n. nn. fn. fns. note notes footnote footnotes",
    "opus": "op. opp. opus opera",
    "page": "p. pp. pg. pgs. p pp at page pages",
    "paragraph": "para. paras. par. pars. ¶ ¶¶ paragraph paragraphs",
    "part": "pt. pts. part parts",
    "rule": "r. rr. rule rules",
    "scene": "sc. scs. scene scenes",
    "schedule": "sch. schs. sched. scheds. schedule schedules",
    "section": "sec. secs. s. ss. sect. sects. § §§ section sections",
    "sub-verbo": "s.v. s.vv. s.v s.vv",
    "supplement": "supp. supps. suppl. suppls. supplement supplements",
    "table": "tbl. tbls. tab. table tables",
    "timestamp": "timestamp timestamps",
    "title-locator": "tit. tits. title titles",
    "verse": "v. vv. verse verses",
    "volume": "vol. vols. volume volumes",
}

_ROMAN = r"(?i:(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
_GROUPS = r"(?:\([^()\s]{1,12}\)|\[[^\[\]\s]{1,12}\])"
_DIGITS = rf"[*]{{0,2}}[A-Za-z]{{0,4}}\d[0-9A-Za-z]*{_GROUPS}*"
_DASH = r"\s?(?:--?|[‐-―−])\s?"
_JOIN = rf"(?:[.:/]|{_DASH})"
_UNIT = rf"{_DIGITS}(?:{_JOIN}(?:{_DIGITS}|{_GROUPS}+))*"
_ROMANS = rf"{_ROMAN}{_GROUPS}*(?:{_JOIN}{_ROMAN}{_GROUPS}*)*"
_END = r"(?![0-9A-Za-z])"
_SEPARATOR = r"\s?(?:[,;&]|and\b)\s?(?:and\b\s?)?"

_BARE = re.compile(rf"{_UNIT}{_END}(?:{_SEPARATOR}{_UNIT}{_END})*")
_ONE = rf"(?:(?:{_UNIT}|{_ROMANS}){_END}|{_GROUPS}+)"
_LABELLED = re.compile(rf"{_ONE}(?:{_SEPARATOR}{_ONE})*")
_LETTER = re.compile(rf"[A-Za-z]{_GROUPS}*{_END}")
_ENTRY = re.compile(r"[^,;]+")
_BRACES = re.compile(r"\{([^{}]*)\}")
_LEAD = re.compile(r"\s*,?\s*")


def parse_locator(suffix: str) -> Locator | None:
    """Return the locator at the head of a citation's suffix, or None where there is none.

    ``, p. 253, emphasis added`` gives page 253; what follows the value is no part of it.
    """
    start = _match_end(_LEAD, suffix, 0)
    braced = _BRACES.match(suffix, start)
    if braced:
        return _in_braces(braced.group(1).strip())
    label, at = _label(suffix, start)
    value = _value(label, suffix, at)
    return Locator(label or "page", value) if value else None


def _in_braces(inside: str) -> Locator | None:
    label, at = _label(inside, 0)
    value = inside[at:].strip()
    return Locator(label or "page", value) if value else None


def _label(text: str, start: int) -> tuple[str | None, int]:
    """Return the CSL term that begins at `start` and where its value does."""
    found = _labels().match(text, start)
    return (_spellings()[found.group(1).lower()], found.end()) if found else (None, start)


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
def _spellings() -> dict[str, str]:
    return {word: term for term, words in _TERMS.items() for word in words.split()}


@cache
def _labels() -> re.Pattern[str]:
    longest_first = sorted(_spellings(), key=len, reverse=True)
    words = "|".join(re.escape(word) for word in longest_first)
    # a word wants white space behind it; a stop or a sign (p.3, §3) does not
    return re.compile(rf"({words})(?:\s+|(?<=[.§¶])(?=\S))", re.IGNORECASE)


def _match_end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start
