"""The quotations that an author wrote as HTML: by CommonMark's rules nothing in it is read.

They are not checked, so that all there is to say of them is where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.model import Document, Span
from pubtool.readers.raw_html import place_of, raw_html
from pubtool.text.patterns import late
from pubtool.text.positions import Positions
from pubtool.text.typography import IN_MARKS, LEAST_QUOTED

_HINT = late(r"<(?:blockquote|q|p|div|td|li|dd|section|article|center)\b", re.IGNORECASE)
_ELEMENT = late(r"<(?:blockquote|q)(?=[\s>])[^<>]*>", re.IGNORECASE)
_NO_TEXT = late(r"<(script|style|pre|textarea|svg)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = late(r"<[^<>]*>")


def find_html_quotations(text: str, document: Document) -> tuple[Span, ...]:
    """Return where quotations stand in a post's own HTML, in order: a tag's place, or a passage's.

    Of the words in quotation marks only the first of each piece of HTML is told.
    """
    if not _HINT.search(text):
        return ()
    positions = Positions(text)
    return tuple(
        place_of(words, text, positions.span(data_pos))
        for raw, data_pos in raw_html(document)
        for words in _quoting(_NO_TEXT.sub("", raw))
    )


def _quoting(html: str) -> Iterator[str]:
    tags = _ELEMENT.findall(html)
    yield from tags
    if not tags:
        marked = (found.group() for found in IN_MARKS.finditer(_TAG.sub("\0", html)))
        long = (words for words in marked if len(words.split()) >= LEAST_QUOTED)
        yield from (words.partition("\0")[0] for words in list(long)[:1])
