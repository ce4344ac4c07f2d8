"""Which characters may stand in XML at all."""

from __future__ import annotations

import re

_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no room for (its production 2, Char)."""


def printable(text: str) -> str:
    """Return a text without the characters that XML has no room for."""
    return _NO_CHARACTER.sub("", text)
