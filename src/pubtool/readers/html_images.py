"""The images that an author wrote as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from pubtool.model import Document, HtmlImage, Span
from pubtool.text.positions import Positions

_RAW = frozenset({"RawBlock", "RawInline"})
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"""\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""", re.DOTALL
)
_IMAGE = re.compile(
    r"""<img((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*+)\s*/?>""",
    re.IGNORECASE,
)
"""By CommonMark's grammar of a tag."""


def find_html_images(text: str, document: Document) -> tuple[HtmlImage, ...]:
    """Return the images in a post's own HTML, in order; those in comments are none."""
    if "<img" not in text.lower():
        return ()
    positions = Positions(text)
    return tuple(
        HtmlImage(*_said(found[1]), _place(found[0], text, positions.span(data_pos)))
        for raw, data_pos in _raw_html(document)
        for found in _IMAGE.finditer(_COMMENT.sub("", raw))
    )


def _said(attributes: str) -> tuple[str, str | None]:
    """Return an image's address and its alternative text, None where the tag has no ``alt``."""
    given: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(attributes):
        given.setdefault(name.lower(), unescape("".join(values)))
    return given.get("src", ""), given.get("alt")


def _place(tag: str, text: str, around: Span | None) -> Span:
    start, end = (around.start, around.end) if around else (0, len(text))
    at = text.find(tag, start, end)
    return Span(at, at + len(tag)) if at >= 0 else Span(start, end)


def _raw_html(document: Document) -> Iterator[tuple[str, str]]:
    """Yield each piece of HTML with the position of what holds it."""
    stack: list[tuple[Any, str]] = [(document.ast["blocks"], "")]
    while stack:
        value, place = stack.pop()
        if isinstance(value, dict):
            content: Any = value.get("c")
            if value.get("t") in _RAW and content[0].startswith("html"):
                yield content[1], place
            if value.get("t") in ("Div", "Span"):
                place = dict(content[0][2]).get("data-pos", place)
            value = content
        if isinstance(value, list):
            inner = [(item, place) for item in value if isinstance(item, list | dict)]
            stack.extend(reversed(inner))
