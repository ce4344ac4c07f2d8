"""Translated quotations: words in another language than the source cannot be compared with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.elements import Elements
from pubtool.checker.evidence import Library
from pubtool.checker.index import IndexPart
from pubtool.model import Cited, Key, Quotation
from pubtool.text.languages import other_language

_TRANSLATED = re.compile(r"\b(?:translations?|translated|trans)\b", re.IGNORECASE)


def is_foreign(quotation: Quotation, elements: Elements, library: Library) -> bool:
    """Whether a quotation that was located nowhere is in another language than what it cites.

    Either the post says that it is translated, or it clearly is in another language than each
    source that it is firmly given to; a source without a text leaves that open.
    """
    firm = [cited for cited in quotation.cited if cited.firm]
    parts = [library.index.parts.get(cited.key) for cited in firm]
    if not parts or any(part is None for part in parts):
        return False
    return _says_so(quotation, elements) or all(
        languages is not None for _, languages in _languages(firm, quotation, elements, library)
    )


def why_foreign(quotation: Quotation, elements: Elements, library: Library) -> str:
    """Return why a quotation that `is_foreign` cannot be compared, in words."""
    firm = [cited for cited in quotation.cited if cited.firm]
    for key, languages in _languages(firm, quotation, elements, library):
        if languages is not None:
            return f"the quotation is in {languages[0]}, the text of {key} in {languages[1]}"
    return f"the post says that the quotation is translated, and the text of {firm[0].key} is not"


def _languages(
    firm: list[Cited], quotation: Quotation, elements: Elements, library: Library
) -> Iterator[tuple[Key, tuple[str, str] | None]]:
    """Yield, for each source with a text, the two languages; None where they do not differ."""
    words = [word.folded for word in elements.words]
    for cited in firm:
        part = library.index.parts.get(cited.key)
        if part is not None:
            yield cited.key, _compare(quotation.text, words, part)


def _compare(text: str, words: list[str], part: IndexPart) -> tuple[str, str] | None:
    return other_language(
        text, words, part.source.text, lambda word: len(part.postings.get(word, ()))
    )


def _says_so(quotation: Quotation, elements: Elements) -> bool:
    inside = [quotation.text[span.start : span.end] for span in elements.remarks]
    return any(_TRANSLATED.search(said) for said in (quotation.remark, *inside))
