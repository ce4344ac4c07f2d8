"""The quotations that an author wrote as HTML, where no check reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.model import Document, Span
from pubtool.readers.html_images import HTML_COMMENT, place_of, raw_html
from pubtool.text.positions import Positions

_QUOTING_TAG = re.compile(r"<(?:blockquote|q)\b[^>]*>", re.IGNORECASE)
_SILENT = re.compile(r"<(script|style|svg|math)\b.*?(?:</\1>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MARKS = re.compile(
    r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|\"[^\"]*\"|&[lb]dquo;.*?&[lr]dquo;|&quot;.*?&quot;",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 3
"""Fewer words between marks are a term."""


def find_html_quotes(text: str, document: Document) -> tuple[Span, ...]:
    """Return where quotations begin in a post's own HTML, in order; those in comments are none."""
    if "<" not in text:
        return ()
    positions = Positions(text)
    return tuple(
        place_of(found, text, positions.span(data_pos))
        for raw, data_pos in raw_html(document)
        for found in _quotes(_SILENT.sub("", HTML_COMMENT.sub("", raw)))
    )


def _quotes(html: str) -> Iterator[str]:
    """Yield the element that a quotation is, or its marks with what stands between them."""
    tags = [found.group() for found in _QUOTING_TAG.finditer(html)]
    yield from tags
    if not tags:
        for found in _MARKS.finditer(_TAG.sub(lambda tag: " " * len(tag.group()), html)):
            if len(_WORD.findall(found.group())) >= _LEAST_WORDS:
                yield html[found.start() : found.end()]
