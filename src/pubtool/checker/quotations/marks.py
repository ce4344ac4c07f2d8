"""What each quotation mark of a text can be: an opening, a closing, or no quotation mark at all.

A mark's shape seldom decides. ``“`` opens in English and closes in German, ``”`` opens and closes
in Swedish, ``»`` opens in Danish, and the straight ones and the apostrophe can be anything. So
every mark gets a cost for each of its readings, from the characters on either side of it, and
`pubtool.checker.quotations.pairing` looks for the cheapest reading of the whole text.

The costs are an order, not a measure: fitting readings cost nothing, unusual ones less than a
mark that is left over, and two readings against the grain (a closing mark after a space and an
opening one before a space) more than two marks that are left over, so that one missing mark
never turns the rest of a paragraph inside out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pubtool.checker import speech
from pubtool.text.spelling import ends_elided

PLACEHOLDER = "\ufffc"
"""Stands in a block's text for what is no prose: code, a citation, a note, an image."""

STRAY = 10
"""What a mark costs that belongs to no pair, and is reported."""

AGAINST = 11
APART = 8
"""A mark apart from the words on both sides; two of them cost less than two that are left over."""

UNUSUAL = 5
NEVER = 1000

_PARTNERS: dict[str, dict[str, int]] = {
    '"': {'"': 0, "”": 3, "“": 6, "''": 3},
    "＂": {"＂": 0},
    "“": {"”": 0, '"': 3, "“": 8, "''": 4},
    "”": {"”": 0, "“": 4},
    "„": {"“": 0, "”": 0, '"': 2, "‟": 0, "''": 2},
    ",,": {"''": 0, "“": 1, "”": 1, '"': 1},
    "‟": {"”": 0},
    "«": {"»": 0},
    "»": {"«": 0, "»": 2},
    "「": {"」": 0},
    "『": {"』": 0},
    "〝": {"〞": 0, "〟": 0},
    "❝": {"❞": 0},
    "``": {"''": 0, '"': 1, "”": 2},
    "''": {"''": 0},
    "″": {"″": 0},
    "״": {"״": 0, '"': 3, "”": 3},
    "'": {"'": 0, "’": 3},
    "‘": {"’": 0, "'": 3},
    "’": {"’": 0},
    "‚": {"‘": 0, "’": 0, "'": 2},
    "‛": {"’": 0},
    "‹": {"›": 0},
    "›": {"‹": 0, "›": 2},
    "❛": {"❜": 0},
}
"""The opening marks and what closes them, with what each pairing costs."""

_CLOSERS = {closer for partners in _PARTNERS.values() for closer in partners}
_DIRECTED = frozenset("“„‟«「『〝‘‚‛‹❝❛") | {"``", ",,"}
"""Shapes that are made to open; used so they need no space before them."""
_DIRECTED_CLOSERS = frozenset("”»」』〞〟›❞❜")
_SINGLE = frozenset("'‘’‚‛‹›❛❜")
_APOSTROPHES = frozenset("'’‘‛")
_UNUSUAL_OPENERS = {"”": 2, "»": 1, "’": 4, "›": 1, "''": 2, "″": 2}
"""What it costs to open with a shape that mostly closes."""

_MARK = re.compile(
    r"[`,'\"＂“”„‟«»「」『』〝〞〟″״‘’‚‛‹›❝❞❛❜]"
    r"(?:(?<=`)`|(?<=')'|(?<=(?<!\S),),(?=\w)|(?<![`,]))"
)
_NO_MARKS = re.compile(
    r"[\d'’‘\"“”״](?:"
    r"(?<=\d)\s?['’′]\s?\d+(?:[.,]\d+|\s?\d?[½¼¾⅓⅔⅛])?\s?(?:[\"”″]|'')?"  # 5'10", 12′30″
    r"|(?<=\B['’‘])n['’](?!\w)"  # rock 'n' roll
    r"|(?<=[\u05d0-\u05ea][\"“”])(?=[\u05d0-\u05ea](?![\u05d0-\u05ea]))"  # Hebrew's gershayim
    r"|(?<=[\u05d0-\u05ea]״)(?=[\u05d0-\u05ea])"
    r"|(?<=[A-Za-z]=[\"'])(?:(?<=\")[^\"“”\n]*\"|(?<=')[^'‘’\n]*'(?!\w)))"  # caption="a word"
)
"""Stretches whose primes, apostrophes and marks round values are never quotation marks.

Both begin with one set of characters, which is looked for in a fraction of the time.
"""
_BEFORE_OPENING = frozenset("([{<¡¿/=") | frozenset("“„‟«「『〝‘‚‛‹❝❛\"'")
_AFTER_CLOSING = frozenset(".,;:!?…)]}>/。，、；：！？،؛؟*†‡") | frozenset("”»」』〞〟’›“‘❞❜\"'«")
_OPENS_BEHIND_ELISION = frozenset('«“"')
"""What follows the apostrophe in *l'« esprit »*."""
_LONGEST_ELIDED = 9
"""Code points before it that hold the word that lost its vowel."""
_DASHES = frozenset("-‐‑‒–—―")


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark, or what looks like one, with the cost of each reading."""

    shape: str
    start: int
    """Offset in the block's text."""
    end: int
    opening: int
    """The cost of opening with it."""
    closing: int
    """The cost of closing with it, whatever it closes."""
    nothing: int
    """The cost of its being no quotation mark: an apostrophe, inches, a ditto mark."""

    @property
    def single(self) -> bool:
        """Whether it is of the single kind, which quotes inside the double one."""
        return self.shape in _SINGLE


def pairing_cost(opening: str, closing: str) -> int:
    """Return what it costs that the second shape closes the first one; `NEVER` if it cannot."""
    return _PARTNERS.get(opening, {}).get(closing, NEVER)


@lru_cache(8192)
def find_marks(text: str, *, table_cell: bool) -> tuple[Mark, ...]:
    """Return the quotation marks of a block's text in order; linear in its length.

    Marks that can only be an apostrophe or a prime are left out. A mark that stands alone in a
    table's cell is a ditto mark.
    """
    if not _MARK.search(text) or (table_cell and _MARK.fullmatch(text.strip())):
        return ()
    others = {at for found in _NO_MARKS.finditer(text) for at in range(*found.span())}
    marks = (
        _read(text, found.group(), *found.span())
        for found in _MARK.finditer(text)
        if found.start() not in others
    )
    return tuple(mark for mark in marks if mark.opening < NEVER or mark.closing < NEVER)


def _read(text: str, shape: str, start: int, end: int) -> Mark:
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    opening = _opening(shape, before, after)
    closing = _closing(shape, before, after)
    if shape in _APOSTROPHES:
        return _single(text, Mark(shape, start, end, opening, closing, UNUSUAL))
    inches = (shape in '"”″' and before.isdigit()) or (shape == "''" and before.isdigit())
    nothing = NEVER
    if inches:
        nothing = 0 if shape == "″" else 3
    return Mark(shape, start, end, opening, closing, nothing)


def _opening(shape: str, before: str, after: str) -> int:
    if shape not in _PARTNERS:
        return NEVER
    if shape in _DIRECTED:
        return 0
    extra = _UNUSUAL_OPENERS.get(shape, 0)
    if not after or after.isspace():
        return (APART if _is_apart(shape, before, after) else AGAINST) + extra
    if not before or before.isspace() or before in _BEFORE_OPENING or before in _DASHES:
        return extra
    if shape in "»›" and before in "»›" and after.isalnum():  # »›so‹ gesetzt«
        return extra
    against = not (after.isalnum() or after in _BEFORE_OPENING) or shape in _DIRECTED_CLOSERS
    return extra + (AGAINST if against else UNUSUAL)


def _is_apart(shape: str, before: str, after: str) -> bool:
    """Whether a straight mark has spaces on both sides, as French typists set it."""
    return shape == '"' and before.isspace() and after.isspace()


def _closing(shape: str, before: str, after: str) -> int:
    if shape not in _CLOSERS:
        return NEVER
    if shape in _DIRECTED_CLOSERS:
        return 0
    if not before or before.isspace():
        if _is_apart(shape, before, after):
            return APART
        return AGAINST if shape != "«" else NEVER
    if not after or after.isspace() or after in _AFTER_CLOSING or after in _DASHES:
        return 0
    return 0 if after == PLACEHOLDER else UNUSUAL


def _single(text: str, mark: Mark) -> Mark:
    """Return the reading of a mark that may be an apostrophe."""
    before = text[mark.start - 1] if mark.start else ""
    after = text[mark.end] if mark.end < len(text) else ""
    within = before.isalnum() and after.isalnum() and not _spaceless(before + after)
    if within or (
        after in _OPENS_BEHIND_ELISION
        and ends_elided(text[max(mark.start - _LONGEST_ELIDED, 0) : mark.start])
    ):
        return _only_apostrophe(mark)
    rest = text[mark.end : mark.end + speech.LONGEST_ELISION + 1]
    if speech.DECADE.match(rest):
        return _only_apostrophe(mark)
    if speech.ELISION.match(rest) and not before.isalnum():
        return _with(mark, opening=mark.opening + 3, nothing=0)
    if before.isdigit():
        return _with(mark, nothing=1)
    if before.isalpha() and not after.isalnum():
        head = text[max(mark.start - 3, 0) : mark.start]
        return _with(mark, nothing=1 if speech.POSSESSIVE.search(head) else 4)
    return mark


def _only_apostrophe(mark: Mark) -> Mark:
    return _with(mark, opening=NEVER, closing=NEVER, nothing=0)


def _with(
    mark: Mark, opening: int | None = None, closing: int | None = None, nothing: int = 0
) -> Mark:
    return Mark(
        mark.shape,
        mark.start,
        mark.end,
        mark.opening if opening is None else opening,
        mark.closing if closing is None else closing,
        nothing,
    )


def _spaceless(characters: str) -> bool:
    return all("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in characters)
