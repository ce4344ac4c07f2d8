"""Words that a source's lines divide, as a reader of running text reads them.

A PDF has ``admin-`` at one line's end and ``istrative`` at the next one's beginning. Whether the
hyphen is the word's own nobody knows who does not know the word: a quotation that has the word
tells; else the hyphen stays and the halves are one word all the same, ``self-incrimination``.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pubtool.text.folding import fold

_DIVIDED = re.compile(
    r"(?<![^\W_])(?P<head>[^\W_]+)(?P<hyphen>[-\u2010\u00ad])[^\S\n]*\n\s*"
    r"(?!(?:and|or|to|und|oder|bis|et|ou|y|o|e|en|of|och|og)\b)(?P<tail>[^\W_]+)"
)
"""A hyphen before *and* stands for what the other word ends in: ``pre- and postwar``."""


def undivided(text: str, said: Collection[str] = frozenset()) -> str:
    """Return a text with the words whole that its lines divide; `said` are folded words known."""

    def whole(found: re.Match[str]) -> str:
        head, tail = found["head"], found["tail"]
        own = found["hyphen"] != "\u00ad" and fold(head + tail) not in said
        return f"{head}{'-' if own else ''}{tail}"

    return _DIVIDED.sub(whole, text) if "\n" in text else text
