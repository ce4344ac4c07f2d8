"""Talk: whether a source is a story, whose author wrote what its characters say.

In a novel, and in a tale that somebody tells in it, quotation marks do not mean that the author
quotes: of the paragraphs of ten novels a quarter to four fifths open with one (Woolf's *Orlando*
24 %, Conrad's *Heart of Darkness* 85 %), of twenty essays, histories, diaries and treatises nine in
a hundred at most. The threshold stands between them, and a short text proves nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LEAST_SHARE = 0.17
_LEAST_SPOKEN = 40
_KEPT = 16
"""Texts of which the answer is kept; one post seldom quotes more novels."""

_PARTED = 20
"""A text with a blank line in so many, or more often, sets its paragraphs apart by them."""

_BY_BLANKS = re.compile(r"\n[ \t]*\n\s*(\S)")
_BY_LINES = re.compile(r"\n\s*(\S)")
_OPENING = frozenset('“"«„»‘')


@lru_cache(_KEPT)
def is_told_in_talk(text: str) -> bool:
    """Whether so many of a text's paragraphs begin with speech that it must be its characters'."""
    blanks = text.count("\n\n") * _PARTED >= text.count("\n")
    firsts = (_BY_BLANKS if blanks else _BY_LINES).findall(text)
    spoken = sum(first in _OPENING for first in firsts)
    return spoken >= _LEAST_SPOKEN and spoken >= _LEAST_SHARE * len(firsts)
