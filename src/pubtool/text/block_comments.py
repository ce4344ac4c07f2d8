"""What WordPress's posts are written in, known to those who write it and to those who read it back.

How the attributes in a block's comment are spelled, titles, and the marks behind quotations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_ESCAPED = (
    ("--", "\\u002d\\u002d"),
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ('\\"', "\\u0022"),
)


def write_attributes(attributes: Mapping[str, Any]) -> str:
    """Return attributes as WordPress's serializer spells them: nothing that ends a comment."""
    text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
    for plain, escaped in _ESCAPED:
        text = text.replace(plain, escaped)
    return text


def as_html_text(text: str) -> str:
    """Return a plain text as WordPress keeps a title: HTML, in which few characters need escaping.

    An ampersand that begins no entity stays, as the editor itself leaves it.
    """
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    return re.sub(r"<(?=[A-Za-z/!?])", "&lt;", text)


NOTES_HERE = "<!-- wp:footnotes /-->"
"""The block that WordPress fills with a post's notes."""

MARK = "pubtool-mark"
"""The class of what stands behind a checked quotation, and leads to its proof."""

NOTE = re.compile(r'<sup[^>]*\bdata-fn="([^"]+)"[^>]*>.*?</sup>', re.DOTALL)
"""What stands for a note in the text, with the note's id."""

_MARKS = re.compile(rf'<sup\b[^<>]*\bclass="{MARK}"[^<>]*>.*?</sup>', re.DOTALL)


def without_marks(html: str) -> str:
    """Return HTML without such marks: the next check sets them anew."""
    return _MARKS.sub("", html)


def notes_of(footnotes: str) -> Mapping[str, str]:
    """Return the words of a post's notes, HTML, by id, from its ``footnotes`` field.

    There are none where that is no list of notes.
    """
    try:
        notes = json.loads(footnotes or "[]")
        return {str(note["id"]): without_marks(str(note["content"])) for note in notes}
    except (ValueError, TypeError, KeyError):
        return {}
