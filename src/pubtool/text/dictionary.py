"""Dictionaries: whether a word is one that a language has.

The lists are those of the `pyspellchecker` package (MIT), made of film subtitles and cleaned. They
have neither all names nor all old forms, so a word that they lack may be one; a word that they
have is one. A list is loaded when a word is first looked up in it: English takes 0.15 s and 25 MB,
all eight take 1.5 s and 250 MB. So a caller that knows the language of a text names it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING

from pubtool.text.spelling import standard_spelling

if TYPE_CHECKING:
    from spellchecker import SpellChecker

_CODES: Mapping[str, str] = {
    "English": "en",
    "French": "fr",
    "Spanish": "es",
    "Italian": "it",
    "German": "de",
    "Dutch": "nl",
    "Portuguese": "pt",
    "Russian": "ru",
}
LANGUAGES = tuple(_CODES)
"""The languages that have a list, by the names of `pubtool.text.languages`."""

_OWNED = ("'s", "'")


def is_known(folded: str, languages: Collection[str] = LANGUAGES) -> bool:
    """Whether a folded word is in the list of one of the languages; those without a list have none.

    Either spelling of an English word is known, and the genitive of a known word.
    """
    return any(_has(language, folded) for language in languages if language in _CODES)


def _has(language: str, folded: str) -> bool:
    words = _words(language)
    forms = [folded, *(folded.removesuffix(end) for end in _OWNED if folded.endswith(end))]
    if language == "English":
        forms += [standard_spelling(form) for form in forms]
    elif language == "German":
        forms += [form.replace("ss", "ß") for form in forms]  # folding made ss of it
    return any(form in words for form in forms)


@cache
def _words(language: str) -> SpellChecker:
    from spellchecker import SpellChecker

    return SpellChecker(language=_CODES[language])
