"""The HTML that an author wrote into a post, piece by piece as pandoc leaves it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pubtool.model import Document, Span

_RAW = frozenset({"RawBlock", "RawInline"})
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def raw_html(document: Document) -> Iterator[tuple[str, str]]:
    """Yield each piece of HTML, its comments left out, with the position of what holds it."""
    stack: list[tuple[Any, str]] = [(document.ast["blocks"], "")]
    while stack:
        value, place = stack.pop()
        if isinstance(value, dict):
            content: Any = value.get("c")
            if value.get("t") in _RAW and content[0].startswith("html"):
                yield _COMMENT.sub("", content[1]), place
            if value.get("t") in ("Div", "Span"):
                place = dict(content[0][2]).get("data-pos", place)
            value = content
        if isinstance(value, list):
            inner = [(item, place) for item in value if isinstance(item, list | dict)]
            stack.extend(reversed(inner))


def place_of(words: str, text: str, around: Span | None) -> Span:
    """Return where some words of a piece of HTML stand in the file, or else the whole piece."""
    start, end = (around.start, around.end) if around else (0, len(text))
    at = text.find(words, start, end)
    return Span(at, at + len(words)) if at >= 0 else Span(start, end)
