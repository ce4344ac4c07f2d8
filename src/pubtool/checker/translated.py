"""Translated quotations: words in another language than the source cannot be compared with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.elements import Elements
from pubtool.checker.evidence import Library
from pubtool.model import Cited, Key, Quotation
from pubtool.text.languages import other_language

_TRANSLATED = re.compile(r"\b(?:translations?|translated|trans)\b", re.IGNORECASE)


def is_foreign(quotation: Quotation, elements: Elements, library: Library) -> bool:
    """Whether a quotation that was located nowhere is in another language than what it cites.

    Either the post says that it is translated, or it clearly is in another language than each
    source that it is firmly given to; a source without a text leaves that open.
    """
    firm = [cited for cited in quotation.cited if cited.firm]
    if not firm or any(cited.key not in library.index.live for cited in firm):
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
        if cited.key in library.index.live:
            tongue = library.index.parts.tongue(cited.key)
            yield cited.key, other_language(quotation.text, words, tongue)


def _says_so(quotation: Quotation, elements: Elements) -> bool:
    inside = [quotation.text[span.start : span.end] for span in elements.remarks]
    return any(_TRANSLATED.search(said) for said in (quotation.remark, *inside))
