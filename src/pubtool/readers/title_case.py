"""Titles in their own capitals.

pandoc sets the titles of English entries in sentence case, as CSL wants them, with a capital
behind a colon, and nothing tells afterwards what the file has. Whoever reads a title beside a
quotation, or quotes it, looks for the one that is printed on the work. What pandoc makes of LaTeX
differs from the file in everything but the letters: so letters are laid on letters, and give their
capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_COMMAND = re.compile(r"\\([A-Za-z]+|.)\s*", re.DOTALL)
_LETTERS = frozenset("aa AA ae AE oe OE o O l L i j ss SS dh DH dj DJ th TH ng NG".split())
"""Commands that are letters; of all others (``\\emph``, ``\\'``) nothing is left."""
_PLAIN = {
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i",
    "ȷ": "j", "ß": "ss", "ẞ": "SS", "ð": "dh", "Ð": "DH", "đ": "dj", "Đ": "DJ", "þ": "th",
    "Þ": "TH", "ŋ": "ng", "Ŋ": "NG", "å": "aa", "Å": "AA",
}  # fmt: skip
"""Letters as their commands."""
_ACCENTED_A = re.compile(r"\\r\s*(?:\{([Aa])\}|([Aa]))")


def in_own_case(text: str, written: str) -> str:
    """Return a title of pandoc's with the capitals that it has in the file.

    `written` is the field's value in LaTeX, or several, a space between. Where the two have not the
    same letters, or `text` not the first of them, nobody knows better than pandoc, and `text` is
    returned.
    """
    doubled = _ACCENTED_A.sub(lambda found: 2 * (found[1] or found[2]), written)
    own = [
        letter
        for char in _COMMAND.sub(lambda f: f[1] if f[1] in _LETTERS else "", doubled)
        for letter in _letters(char)
    ]
    here = [(at, letter) for at, char in enumerate(text) for letter in _letters(char)]
    if [letter.casefold() for _, letter in here] != [o.casefold() for o in own[: len(here)]]:
        return text
    chars = list(text)
    for (at, letter), theirs in zip(here, own, strict=False):
        if theirs.isupper() and letter.islower() and len(chars[at].upper()) == 1:
            chars[at] = chars[at].upper()
        elif theirs.islower() and letter.isupper() and len(chars[at].lower()) == 1:
            chars[at] = chars[at].lower()
    return "".join(chars)


def _letters(char: str) -> Iterator[str]:
    """Yield the letters and digits that a character stands for, without accents."""
    for part in unicodedata.normalize("NFKD", _PLAIN.get(char, char)):
        yield from (letter for letter in _PLAIN.get(part, part) if letter.isalnum())
