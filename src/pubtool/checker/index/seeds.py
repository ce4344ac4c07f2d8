"""Seeds: pairs of neighbouring words as numbers, by which a text's places are found again.

A seed only recalls. It forgets more than `pubtool.text.folding.fold` does (diacritics, digits,
apostrophes, hyphens within words and at line ends), so that what a text layer loses does not hide a
place; what really stands there is compared word by word later on. Seeding by shingles is that of
text-reuse detection (Broder 1997), the pair being the shortest shingle that a quotation of four
words keeps when one of its inner words is changed.

All arrays are numpy's, one element a seed, in the order of the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from pubtool.text.folding import fold
from pubtool.text.words import is_spaceless

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]

_CHUNK = 1 << 18
"""Characters that are worked on at a time: their arrays stay in the processor's cache."""

_APART, _THROUGH, _HYPHEN = 0, 1, 2
"""What a character that is no letter does: it parts words, the word goes through it, or either."""

_SOFT = "\u00ad"

_HYPHENS = "-‐‑¬"
_THROUGHS = frozenset("'’‘ʼ′＇´`\u00ad\u0640\u200b\u200c\u200d\u2060\ufeff\ufffe")
_BROKEN = re.compile(rf"(?<=[^\W\d_])[{_HYPHENS}\u00ad]\s+(?=[^\W\d_])")
"""A word divided at a line's end, or pasted from there with a space."""

_SEVERAL = "ßﬀﬁﬂﬃﬄﬅﬆĳœŒæÆ"
"""Characters that fold to more than one letter."""

_ALONE = 1 << 31
"""Set on a character of a script without spaces: each is a word."""

_LONGEST = 64
"""Letters of a word that count."""

_PRIME = 0x9E3779B97F4A7C15
_OTHER_PRIME = 0xC2B2AE3D27D4EB4F
_CODES = np.zeros(0x110000, np.uint32)
_PAGES = np.zeros(0x1100, bool)


@dataclass(frozen=True)
class Seeds:
    """The seeds of one text."""

    starts: Array
    """Where each pair begins, in code points; uint32."""
    pairs: Array
    """Each pair of words as a number; uint32."""
    thirds: Array
    """The word behind the pair as a small number, 0 where the text ends; uint8."""

    def __len__(self) -> int:
        return len(self.starts)


def read_seeds(text: str) -> Seeds:
    """Return a text's seeds; linear in its length, some 30 bytes a character at a time."""
    starts, words = list[Array](), list[Array]()
    at = 0
    while at < len(text):
        end = _cut(text, at)
        found, hashes = _read_words(text[at:end])
        starts.append(found + np.uint32(at))
        words.append(hashes)
        at = end
    if not starts:
        return Seeds(np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.uint8))
    return _pair(np.concatenate(starts), np.concatenate(words))


def _pair(starts: Array, words: Array) -> Seeds:
    mixed = words[:-1] * np.uint64(_OTHER_PRIME) + (words[1:] ^ (words[1:] >> np.uint64(31)))
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(_PRIME)
    thirds = np.zeros(len(mixed), np.uint8)
    thirds[: max(len(words) - 2, 0)] = (words[2:] >> np.uint64(56)).astype(np.uint8)
    return Seeds(starts[:-1], (mixed >> np.uint64(32)).astype(np.uint32), thirds)


def _cut(text: str, at: int) -> int:
    """Return where a chunk ends that begins at `at`: behind a space, if there is one."""
    end = at + _CHUNK
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", at + _CHUNK // 2, end)
    return space + 1 if space > 0 else end


def _read_words(text: str) -> tuple[Array, Array]:
    """Return where the words of a chunk begin, and a number for each; uint32 and uint64."""
    origin: Array | None = None
    if not text.isascii() and any(character in text for character in _SEVERAL):
        text, origin = _expand(text)
    codes = _codes(text)
    letters = np.flatnonzero(codes > _THROUGH)
    if not len(letters):
        return np.zeros(0, np.uint32), np.zeros(0, np.uint64)
    apart = np.cumsum(codes == _APART, dtype=np.uint32)[letters]
    values = codes[letters]
    first = np.ones(len(letters), bool)
    first[1:] = apart[1:] != apart[:-1]
    alone = values >= _ALONE
    if alone.any():
        first |= alone
        first[1:] |= alone[:-1]
    begins = np.flatnonzero(first)
    within = np.arange(len(letters)) - np.repeat(begins, np.diff(begins, append=len(letters)))
    powers = _POWERS[np.minimum(within, _LONGEST - 1)]
    hashes = np.add.reduceat(values.astype(np.uint64) * powers, begins)
    hashes = (hashes ^ (hashes >> np.uint64(32))) * np.uint64(_PRIME)
    starts = letters[begins]
    if origin is not None:
        starts = origin[starts]
    return starts.astype(np.uint32), hashes


def _make_powers() -> Array:
    powers, value = [], 1
    for _ in range(_LONGEST):
        powers.append(value)
        value = value * _PRIME % (1 << 64)
    return np.array(powers, np.uint64)


_POWERS = _make_powers()


def _expand(text: str) -> tuple[str, Array]:
    """Return a text with ligatures taken apart, and for each character its place in the text."""
    sizes = np.ones(len(text), np.int64)
    units = _units(text)
    for character in _SEVERAL:
        sizes[units == ord(character)] = len(fold(character))
    table = {ord(character): fold(character) for character in _SEVERAL}
    return text.translate(table), np.repeat(np.arange(len(text)), sizes)


def _units(text: str) -> Array:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _codes(text: str) -> Array:
    """Return for each character its folded letter, or whether it parts a word."""
    if text.isascii():
        units = np.frombuffer(text.encode("ascii"), np.uint8)
        _fill(0)
    else:
        units = _units(text)
        for page in np.flatnonzero(np.bincount(units >> 8)):
            _fill(int(page))
    codes: Array = _CODES[units]
    _join_at_hyphens(text, codes)
    return codes


def _join_at_hyphens(text: str, codes: Array) -> None:
    """Let words go through the hyphens within them and at line ends; others part them."""
    hyphens = np.flatnonzero(codes == _HYPHEN)
    codes[hyphens] = _APART
    inner = hyphens[(hyphens > 0) & (hyphens < len(codes) - 1)]
    behind_letter = inner[codes[inner - 1] > _HYPHEN]
    ahead = codes[behind_letter + 1]
    codes[behind_letter[ahead > _HYPHEN]] = _THROUGH
    ends = behind_letter[ahead == _APART].tolist()
    if _SOFT in text:
        ends += [found.start() for found in re.finditer(_SOFT, text)]
    for end in ends:
        found = _BROKEN.match(text, end)
        if found:
            codes[end : found.end()] = _THROUGH


def _fill(page: int) -> None:
    """Work out the codes of 256 characters, once."""
    if _PAGES[page]:
        return
    for unit in range(page << 8, (page + 1) << 8):
        _CODES[unit] = _code(chr(unit))
    _PAGES[page] = True


def _code(character: str) -> int:
    if character in _THROUGHS or unicodedata.combining(character):
        return _THROUGH
    if character in _HYPHENS:
        return _HYPHEN
    if not character.isalpha():
        return _APART
    letters = [c for c in unicodedata.normalize("NFKD", fold(character)) if c.isalpha()]
    code = ord(letters[0]) if letters else ord(character)
    return code | _ALONE if is_spaceless(character) else code
