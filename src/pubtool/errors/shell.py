"""Names as they are typed in a shell, within the commands that messages give."""

from __future__ import annotations

import re
import shlex

_BARE = re.compile(r"[\w@%+=:,./~-]+")
_MEANS_MORE = re.compile(r'["$`!]|\\(?=\\|$)')
"""What means something between double quotation marks."""


def typed(*words: str) -> str:
    """Return a command of these words, quoted where one needs it.

    Straight double quotation marks are what every shell takes, on Windows too.
    """
    return " ".join(map(_typed, words))


def _typed(word: str) -> str:
    if _BARE.fullmatch(word):
        return word
    return shlex.quote(word) if _MEANS_MORE.search(word) else f'"{word}"'
