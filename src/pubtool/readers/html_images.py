"""The images that an author wrote as HTML."""

from __future__ import annotations

import re
from html import unescape

from pubtool.model import Document, HtmlImage
from pubtool.readers.raw_html import place_of, raw_html
from pubtool.text.patterns import late
from pubtool.text.positions import Positions

_ATTRIBUTE = late(
    r"""\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""", re.DOTALL
)
_IMAGE = late(
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
        HtmlImage(*_said(found[1]), place_of(found[0], text, positions.span(data_pos)))
        for raw, data_pos in raw_html(document)
        for found in _IMAGE.finditer(raw)
    )


def _said(attributes: str) -> tuple[str, str | None]:
    """Return an image's address and its alternative text, None where the tag has no ``alt``."""
    given: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(attributes):
        given.setdefault(name.lower(), unescape("".join(values)))
    return given.get("src", ""), given.get("alt")
