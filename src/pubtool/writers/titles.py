"""Titles as they are printed: with the marks that the text has, where an author typed plain ones.

A title is no Markdown, so pandoc does not see it. The rules are those of its extension ``smart``.
"""

from __future__ import annotations

import re

_TYPED = re.compile("""[-.'"]""")
_RULES = (
    (re.compile("---"), "—"),
    (re.compile("--"), "–"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"'(?=\d)"), "’"),
    (re.compile(r"(?<![^\s(\[{“‘—–/-])'(?=\S)(?=[^']*\S'(?!\w))"), "‘"),
    (re.compile("'"), "’"),
    (re.compile(r'(?<![^\s(\[{‘“—–/-])"(?=\S)'), "“"),
    (re.compile('"'), "”"),
)


def in_print(title: str) -> str:
    """Return a title with curly quotation marks and apostrophes, dashes, and an ellipsis."""
    if not _TYPED.search(title):
        return title
    for pattern, sign in _RULES:
        title = pattern.sub(sign, title)
    return title
