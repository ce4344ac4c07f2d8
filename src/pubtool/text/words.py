"""Words with their places, the units that are compared.

A word is a run of letters, marks and digits; an apostrophe between letters, and a point or comma
between digits, belong to it, and so do the sign of a sum or a share (``$5``, ``5 %``), a minus and
an index (``H₂O``). A raised figure does not. Any other hyphen ends a word: what stands between two
words decides later whether they are the same as one (see `pubtool.checker.place.align`). In scripts
that are written without spaces every character is a word, as Unicode's default segmentation (UAX
29) has it for ideographs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pubtool.model import Span
from pubtool.text.combining import MARK
from pubtool.text.folding import fold
from pubtool.text.patterns import late

_SPACELESS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Japanese syllables
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # ideographs
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_SPACELESS_CHARACTERS = "".join(f"{chr(low)}-{chr(high)}" for low, high in _SPACELESS)
_HAS_SPACELESS = late(f"[{_SPACELESS_CHARACTERS}]")
_APART = late(f"[{_SPACELESS_CHARACTERS}]{MARK}*|[^{_SPACELESS_CHARACTERS}]+")
"""Each character of a script without spaces with its marks, and what stands between them."""

_JOINERS = "\u00ad\u200b-\u200d\u2060\ufffe"
_FRACTIONS = "¼½¾⅐-⅞"
"""Each is a word of its own: *1½* is *1 1/2*."""
_LETTER = rf"[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹{_FRACTIONS}ʼ]"
"""Unicode has ʼ for a letter; it joins two as every apostrophe does, and ends no word."""
_LETTERS = rf"{_LETTER}+(?:(?:{MARK}|[{_JOINERS}](?={_LETTER})){_LETTER}*)*"

_SIGN = "[$¢£¤¥€₤₩₪₫₹₺₽₿±−]"
_MINUS = r"[-–](?=\d)(?<![\w)\]%°'’.–-].)(?<!\d\s.)"
"""A hyphen or a dash that is typed for a minus: before a figure, and behind neither a word nor a
figure and a space, so that no range has one."""

WORD = late(
    rf"(?:{_SIGN}\s?(?=\d)|{_MINUS})?"
    rf"(?:{_LETTERS}(?:(?:['’‘ʼ′＇´`]|(?<=\d)[.,:/⁄](?=\d)){_LETTERS})*|[{_FRACTIONS}])"
    rf"(?:(?<=\d)\s?(?:[%‰¢€£]|°[CF]?(?!\w)))?"
)
"""A word, or a run of words in a script without spaces (see `split_run`)."""

_ASCII_WORD = re.compile(
    r"((?:\$\s?(?=[0-9])|-(?=[0-9])(?<![A-Za-z0-9_)\]%'.-].)(?<![0-9]\s.))?"
    r"[A-Za-z0-9]+(?:['`][A-Za-z0-9]+|(?<=[0-9])[.,:/](?=[0-9])[A-Za-z0-9]+)*"
    r"(?:(?<=[0-9])\s?%)?)"
)
"""What `WORD` is where all characters are ASCII; found in a third of the time. Its one group lets
`split` give the words together with what stands between them."""

_PLAIN_WORD = re.compile(r"([A-Za-z]+(?:['`][A-Za-z]+)*)")
"""What `WORD` is where there is no figure either; found in half of that."""

_FIGURE = re.compile("[0-9]")

_AS_ASCII = (
    *((mark, '"') for mark in "“”„«»‹›…—█\ufffc"),  # they part words, and are no sign or joint
    ("’", "'"),
    ("‘", "`"),  # an apostrophe too, but unlike the other before a minus
    ("\u00a0", " "),
)
"""What typography puts beside words, and the ASCII character that is as much to `WORD`."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands."""

    text: str
    """As written."""
    folded: str
    """For comparing; see `pubtool.text.folding.fold`."""
    span: Span
    """Code points in the text that it was read from."""


def find_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order; linear in its length."""
    for found in WORD.finditer(text):
        run = found.group()
        if run.isascii():
            folded = fold(run if run.isalnum() else "".join(run.split()))
            yield Word(run, folded, Span(found.start(), found.end()))
        else:
            yield from split_run(run, found.start())


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words of a text, column by column."""

    folded: tuple[str, ...]
    """Each word for comparing; see `pubtool.text.folding.fold`."""
    starts: tuple[int, ...]
    """Where each begins, in code points."""
    ends: tuple[int, ...]


def read_words(text: str, base: int = 0) -> WordTable:
    """Return what `find_words` finds, as a table, several times as fast.

    `base` is added to every place.
    """
    plain = _as_ascii(text)
    if plain.isascii():
        pieces = _pattern_for(plain).split(plain.lower())  # a gap, a word, a gap …
        edges = list(accumulate(map(len, pieces), initial=base))
        folded = _folded(pieces[1::2], plain)
        return WordTable(tuple(folded), tuple(edges[1:-1:2]), tuple(edges[2::2]))
    spans = [found.span() for found in WORD.finditer(text)]
    written = [text[start:end] for start, end in spans]
    folds = {word: fold("".join(word.split())) for word in set(written)}
    if not all(folds.values()) or any(map(_HAS_SPACELESS.search, folds)):
        words = [
            word
            for run, (start, _) in zip(written, spans, strict=True)
            for word in split_run(run, start)
        ]
        spans = [(word.span.start, word.span.end) for word in words]
        return _table([word.folded for word in words], spans, base)
    return _table([folds[word] for word in written], spans, base)


def read_folds(text: str) -> Sequence[str]:
    """Return the folds of the words that `read_words` finds, in half its time."""
    plain = _as_ascii(text)
    if not plain.isascii():
        return read_words(text).folded
    return _folded(_pattern_for(plain).findall(plain.lower()), plain)


def _folded(words: list[str], text: str) -> list[str]:
    """Return the folds of the words of a text in ASCII, which are in small letters already."""
    if "`" in text:
        words = [word.replace("`", "'") for word in words]
    return ["".join(word.split()) for word in words] if "$" in text or "%" in text else words


def _pattern_for(text: str) -> re.Pattern[str]:
    """Return the quickest pattern that finds the words of a text in ASCII."""
    return _ASCII_WORD if _FIGURE.search(text) else _PLAIN_WORD


def _as_ascii(text: str) -> str:
    """Return a text of the same words, folds and places, in ASCII where only typography is not."""
    if not text.isascii():
        for character, plain in _AS_ASCII:
            text = text.replace(character, plain)
    return text


def _table(folded: list[str], spans: list[tuple[int, int]], base: int) -> WordTable:
    starts = tuple([start + base for start, _ in spans])
    return WordTable(tuple(folded), starts, tuple([end + base for _, end in spans]))


def split_run(run: str, at: int) -> Iterator[Word]:
    """Yield the words of what `WORD` matched at some place: one, unless a script has no spaces.

    What shows nothing, as a break that a line may have between two ideographs, is no word.
    """
    whole = run.isascii() or not _HAS_SPACELESS.search(run)
    pieces = [run] if whole else _APART.findall(run)
    for piece in pieces:
        folded = fold("".join(piece.split()))
        if folded:
            yield Word(piece, folded, Span(at, at + len(piece)))
        at += len(piece)


def is_spaceless(character: str) -> bool:
    """Whether a character is of a script without spaces, so that each is a word."""
    code = ord(character)
    return any(low <= code <= high for low, high in _SPACELESS)
