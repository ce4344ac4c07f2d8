"""Accents: which ones a quotation may have where the source's text has none.

An accent is a letter's own in most languages, and with another one the word is another: *wurde* and
*würde*, *hablo* and *habló*, か and が. It may stand where the source's text lost it, not where its
author did not write it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from pubtool.checker.differences.compared import Compared
from pubtool.checker.place.steps import Step
from pubtool.text.dictionary import is_known
from pubtool.text.folding import diacritics_of

_ACCENTLESS_CAPITALS = frozenset({"French", "Italian", "Portuguese", "Spanish"})
"""Languages whose typesetters leave accents out on words in capitals."""


def is_accent_restored(compared: Compared, step: Step) -> bool:
    """Whether a word's accents are ones that the source's text lost, or that its house never sets.

    The step replaces a word that is the source's but for its accents (`without_diacritics`).
    Whoever types a text in ASCII loses all of them; typesetters leave them out on capitals, French
    ones on initials too, and Russian ones write ё as е.
    """
    word = compared.elements.words[step.quoted.start]
    other = compared.alignment.part.folded[step.source.start]
    if word.folded.replace("ё", "е") == other or _has_lost_all(compared, step):
        return True
    written = compared.alignment.part.written(step.source.start)
    return _are_on_capitals(word.text, written, compared.scan.near.languages)


def _has_lost_all(compared: Compared, step: Step) -> bool:
    """Whether the source's text has no accent anywhere near, though its language sets many.

    English sets few, so where all is English it must be a name, or no word without them (*Raphael*
    for *Raphaël*, and not *resume* for *résumé*).
    """
    english = set(compared.scan.near.languages) == {"English"}
    written = compared.alignment.part.written(step.source.start)
    if english and written.islower() and is_known(written, ("English",)):
        return False
    there = compared.alignment.part.span(step.source.start, step.source.stop)
    text = compared.alignment.part.source.text
    near = text[max(there.start - _AROUND, 0) : there.end + _AROUND]
    return len(near) >= _ENOUGH and not diacritics_of(near)


_AROUND = 4000
"""Characters on either side of a word, in which accents are looked for."""
_ENOUGH = 1000
"""Characters; in so many of a language with accents there are some (German: fifteen)."""


def _are_on_capitals(quoted: str, written: str, languages: Collection[str]) -> bool:
    """Whether the accents stand only where the source has capitals, which are set without any."""
    quoted = unicodedata.normalize("NFC", quoted)
    if len(quoted) != len(written):
        return False
    in_capitals = len(written) > 1 and written.isupper()
    if in_capitals and _is_greek(written):
        return True
    if "German" in languages:
        return False
    pairs = zip(quoted, written, strict=True)
    changed = [other for one, other in pairs if one.casefold() != other.casefold()]
    return all(map(str.isupper, changed)) and (
        "French" in languages or (in_capitals and not _ACCENTLESS_CAPITALS.isdisjoint(languages))
    )


def _is_greek(word: str) -> bool:
    return all("\u0370" <= letter <= "\u03ff" for letter in word)
