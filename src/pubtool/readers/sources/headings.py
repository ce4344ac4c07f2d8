"""Headings that number a text's parts: ``Article 3``, ``CHAPTER II``, ``Chapter the Third``.

A heading is a line by itself: ``Article 3``, ``Article 3 – Use of terms``, ``Art. 3. Use of
terms``, ``Section 2``, ``§ 12``, ``BOOK IV. CHAPTER II.``, ``Livre premier``, ``Viertes Buch``,
``2. Kapitel``. A line of prose that only begins so ("Article 5 of this Protocol, …") is none.
Numbers in words become figures; Roman ones stay, unless another heading of the sort is in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pubtool.model import Landmark, Locator
from pubtool.readers.sources.page_lines import number_of
from pubtool.text.ordinals import number_in_words

_ARTICLES = "article artikel artículo articolo artigo art. art"
_WORDS = {
    # CSL's term: the words of headings, in lower case
    "article-locator": _ARTICLES,
    "section": "section sec. § abschnitt sección sezione secção",
    "chapter": "chapter chapitre kapitel capítulo capitolo hauptstück hoofdstuk capitulum rozdział "
    "глава",
    "part": "part partie parte teil deel часть",
    "title-locator": "title titre titel título titolo",
    "book": "book livre buch libro liber boek livro bok księga книга",
    "act": "act acte akt aufzug acto atto",
    "scene": "scene scène szene auftritt escena scena",
    "volume": "volume band tome tomo",
}
_LABELS = {word: label for label, words in _WORDS.items() for word in words.split()}
_MOST_FURTHER = 3
_LONGEST_TITLE = 160
_PLAIN = frozenset({"article-locator", "section", "chapter", "part", "title-locator"})
"""Sorts that a line in the middle of a paragraph may number, too, as laws are printed."""

_ANY = "|".join(re.escape(word) for word in sorted(_LABELS, key=len, reverse=True))
_NOUN = "|".join(word for word in sorted(_LABELS, key=len, reverse=True) if word.isalpha())
_INITIALS = "".join(sorted({word[0] + word[0].upper() for word in _LABELS}))
_FIGURES = r"\d{1,4}(?:\.\d{1,3})*(?:[^\S\n]?(?:bis|ter|quater)|[a-zA-Z])?|[IVXLC]{1,7}"
_LETTERS = r"[^\W\d_]+"
_VALUE = rf"(?:{_FIGURES})(?![\w(])|(?:the[ \t]+)?(?P<words>{_LETTERS}(?:[ \t-]{_LETTERS}){{0,2}})"
_HEADING = re.compile(
    rf"^[ \t]*(?-i:(?=[{_INITIALS}]))(?P<word>{_ANY})[ \t]*(?P<value>{_VALUE})[ \t]*(?P<rest>.*)",
    re.IGNORECASE | re.MULTILINE,
)
_PART = re.compile(
    rf"[.,:;–—-]*[ \t]*(?P<word>{_ANY})[ \t]*(?P<value>{_VALUE})[ \t]*(?P<rest>.*)", re.IGNORECASE
)
"""Another part numbered in the same line: ``Act II, Scene 3``."""
_NUMBER_FIRST = re.compile(
    rf"(?:\A|(?<=\n\n)|(?<=\n\r\n))[ \t]*"
    rf"(?P<value>(?P<figures>\d{{1,3}}|[IVXLC]{{1,7}})(?:\.|st|nd|rd|th|e|er|re|ère|ème|ᵉ|º|ª|°)?"
    rf"|(?:(?:the|das|der|die|le|la|il|el|the)[ \t]+)?"
    rf"(?P<words>{_LETTERS}(?:[ \t-]{_LETTERS}){{0,3}}?))"
    rf"[ \t]+(?P<word>{_NOUN})(?!\w)[ \t]*(?P<rest>.*)",
    re.IGNORECASE,
)


def find_headings(text: str) -> tuple[Landmark, ...]:
    """Return where the headings stand, by place, with the parts of the text that they number."""
    every = dict.fromkeys([*_by_word(text), *_by_number(text)])
    found = sorted(every, key=lambda one: one[0].at)
    worded = {mark.locator.label for mark, in_words in found if in_words}
    return tuple(_in_figures(mark) if mark.locator.label in worded else mark for mark, _ in found)


_Found = tuple[Landmark, bool]
"""A heading, and whether its number is in words."""


def _by_word(text: str) -> Iterator[_Found]:
    end = -1
    for found in _HEADING.finditer(text):
        at = found.start("word")
        number = _number(found)
        if number is None:
            continue
        value, behind, in_words = number
        further, rest = _further(behind) if len(behind) <= _LONGEST_TITLE else ([], behind)
        parts = [(found["word"], value, in_words), *further]
        before = _line_before(text, found.start())
        fresh = not before.strip() or end == found.start() - 1
        label = _LABELS[found["word"].lower()]
        ours = label in _PLAIN and not in_words
        alone = fresh and found["word"][0].isupper() and not _goes_on(text, found.end())
        if not _is_heading(rest, fresh=fresh) or not (ours or alone):
            continue
        end = found.end()
        for word, numbered, worded in parts:
            yield Landmark(at, Locator(_LABELS[word.lower()], numbered)), worded


def _by_number(text: str) -> Iterator[_Found]:
    for found in _NUMBER_FIRST.finditer(text):
        value = found["figures"] or str(number_in_words(found["words"]) or "")
        rest = found["rest"].rstrip()
        initial = text[found.start("value")]
        apart = (not rest or re.match(r"[.:–—-]", rest)) and not _goes_on(text, found.end())
        if value and not initial.islower() and apart:
            label = _LABELS[found["word"].lower()]
            yield Landmark(found.start("value"), Locator(label, value)), bool(found["words"])


def _number(found: re.Match[str]) -> tuple[str, str, bool] | None:
    """Return a heading's number, what stands behind it, and whether it is in words."""
    rest = found["rest"].rstrip()
    words = found["words"]
    if words is None:
        value = found["value"]
        return (value, rest, False) if value[0].isdigit() or number_of(value) else None
    while words:
        number = number_in_words(words)
        if number is not None:
            behind = found["words"][len(words) :]
            return str(number), f"{behind} {rest}".strip() if behind else rest, True
        words = re.sub(rf"(?:\A|[ \t-]){_LETTERS}\Z", "", words)
    return None


def _further(rest: str) -> tuple[list[tuple[str, str, bool]], str]:
    """Return what else the line numbers, of ``Book IV, Chapter 2`` the chapter, and the rest."""
    parts = list[tuple[str, str, bool]]()
    while len(parts) < _MOST_FURTHER and (found := _PART.match(rest)):
        number = _number(found)
        if number is None:
            break
        value, rest, in_words = number
        parts.append((found["word"], value, in_words))
    return parts, rest


def _line_before(text: str, start: int) -> str:
    end = max(start - 1, 0)
    return text[text.rfind("\n", 0, end) + 1 : end]


def _goes_on(text: str, end: int) -> bool:
    """Whether the next line goes on with a sentence."""
    return text[end : end + 1] == "\n" and text[end + 1 : end + 40].lstrip(" \t")[:1].islower()


def _is_heading(rest: str, *, fresh: bool) -> bool:
    """Whether what follows the number is a title, and not a sentence that goes on.

    `fresh` says that no paragraph goes on before the line.
    """
    if not rest or not rest.strip(".:–—-* \t"):
        return True
    if len(rest) > _LONGEST_TITLE:
        return False
    if re.match(r"[.:–—-]\s*\S", rest):
        return not (rest[0] == "." and rest.endswith((".", ";", ",")) and len(rest) > 80)
    return fresh and rest[0].isupper() and not rest.endswith((".", ",", ";", ":"))


def _in_figures(mark: Landmark) -> Landmark:
    """Return a landmark with a Roman number in figures, as headings in words have become."""
    number = None if mark.locator.value.isdigit() else number_of(mark.locator.value)
    if number is None:
        return mark
    return replace(mark, locator=Locator(mark.locator.label, str(number)))
