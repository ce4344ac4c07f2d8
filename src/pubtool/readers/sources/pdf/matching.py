"""Where the words of a page's extracted text stand among the characters that pdfium gives.

Extracting orders columns, takes heads away, joins pieces and writes ligatures out, but it hardly
ever changes a line. So each line of the extracted text is looked up among the page's characters,
letter by letter and figure by figure, white space and marks left aside. A line that stands there
more than once is told by what stands before and behind it. Where that does not tell, or the line
is not there, nothing is said of it: a passage that is not marked is a nuisance, and one that is
marked at the wrong place is a lie.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pubtool.model import Span

_SHORT = 20
"""Letters of a line that is told by its neighbours even where it stands there once: ``of`` also
stands in *often*, and the true one may be cut in two."""
_CONTEXT = 160
"""Letters before and behind a line that are looked at."""
_CLEARLY = 4
"""Letters by which one place's neighbours must fit better than another's."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Letters:
    """The letters and figures of a text, and the number of the character that each is from."""

    text: str
    places: Sequence[int]
    whole: str
    """The text."""


class Placed(NamedTuple):
    """Some of a passage's lines among the characters of a page."""

    ranges: tuple[Span, ...]
    """Numbers of characters, by the passage's order; a line may have several."""
    is_whole: bool
    """Whether every line was told for certain."""


def letters_of(text: str) -> Letters:
    """Return the letters and figures of a text, ligatures and raised figures written out.

    What lies beyond the Basic Multilingual Plane is left out: pdfium gives it in halves.
    """
    found, places = list[str](), list[int]()
    for place, character in enumerate(text):
        if character.isascii():
            if character.isalnum():
                found.append(character)
                places.append(place)
            continue
        if not character.isalnum() or ord(character) > 0xFFFF:
            continue
        for written in unicodedata.normalize("NFKC", character):
            if written.isalnum():
                found.append(written)
                places.append(place)
    return Letters("".join(found), places, text)


def place_passage(text: str, passages: Sequence[Span], characters: Letters) -> Placed:
    """Return where stretches of a page's extracted text stand among the page's characters."""
    ranges, whole = list[Span](), True
    page = letters_of(text)
    for start, end in _lines(text):
        for passage in passages:
            wanted = Span(max(passage.start, start), min(passage.end, end))
            if wanted.start >= wanted.end:
                continue
            line = _Line(page, *_letter_range(page, start, end))
            low, high = _letter_range(page, wanted.start, wanted.end)
            if low == high:
                continue
            found = line.place(low, high, characters)
            whole = whole and found is not None
            ranges += _with_marks(found, text, wanted, characters.whole) if found else ()
    return Placed(tuple(ranges), whole)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n\f]+", text):
        yield line.span()


def _letter_range(page: Letters, start: int, end: int) -> tuple[int, int]:
    """Return which of a text's letters lie between two of its offsets."""
    return bisect_left(page.places, start), bisect_left(page.places, end)


@dataclass(frozen=True)
class _Line:
    """A line of the extracted text, by its letters."""

    page: Letters
    start: int
    end: int

    def place(self, low: int, high: int, characters: Letters) -> tuple[Span, ...] | None:
        """Return where the letters from `low` to `high` stand; None where that is in doubt."""
        at = _find(self.page, self.start, self.end, characters)
        if at is not None:
            first = at + low - self.start
            return (_span(characters, first, first + high - low),)
        return self._by_pieces(low, high, characters)

    def _by_pieces(self, low: int, high: int, characters: Letters) -> tuple[Span, ...] | None:
        """Return the same for a line that was put together of pieces: the longest first."""
        begin, end = self.page.places[low], self.page.places[high - 1] + 1
        cuts = [
            _letter_range(self.page, *word.span())
            for word in _WORD.finditer(self.page.whole, begin, end)
        ]
        cuts = [cut for cut in cuts if cut[0] < cut[1]]
        found, first = list[Span](), 0
        while first < len(cuts):
            for last in range(len(cuts), first, -1):
                start, stop = cuts[first][0], cuts[last - 1][1]
                at = _find(self.page, start, stop, characters)
                if at is not None:
                    found.append(_span(characters, at, at + stop - start))
                    first = last
                    break
            else:
                return None
        return tuple(found)


def _find(page: Letters, start: int, end: int, characters: Letters) -> int | None:
    """Return where some of a text's letters stand among others; None where that is in doubt."""
    wanted = page.text[start:end]
    places = list(_occurrences(wanted, characters.text))
    if not places:
        return None
    if len(places) == 1 and len(wanted) >= _SHORT:
        return places[0]
    fits = sorted(
        ((_fit(page.text, start, end, characters.text, place), place) for place in places),
        reverse=True,
    )
    second = fits[1][0] if len(fits) > 1 else 0
    return fits[0][1] if fits[0][0] - second >= _CLEARLY else None


def _occurrences(wanted: str, letters: str) -> Iterator[int]:
    at = letters.find(wanted)
    while at >= 0:
        yield at
        at = letters.find(wanted, at + 1)


def _fit(text: str, start: int, end: int, letters: str, place: int) -> int:
    """Return how many letters before and behind a stretch are the same at a place."""
    before = text[max(start - _CONTEXT, 0) : start][::-1]
    there = letters[max(place - _CONTEXT, 0) : place][::-1]
    behind = text[end : end + _CONTEXT]
    stop = place + end - start
    return _same(before, there) + _same(behind, letters[stop : stop + _CONTEXT])


def _same(a: str, b: str) -> int:
    pairs = enumerate(zip(a, b, strict=False))
    return next((number for number, (x, y) in pairs if x != y), min(len(a), len(b)))


def _with_marks(
    ranges: Sequence[Span], text: str, wanted: Span, characters: str
) -> tuple[Span, ...]:
    """Return a line's ranges with the marks that stand before its first letter, behind its last.

    So many characters that are no letters are taken as there are in the extracted text.
    """
    words = text[wanted.start : wanted.end].strip()
    before = next(at for at, character in enumerate(words) if character.isalnum())
    behind = next(at for at, character in enumerate(reversed(words)) if character.isalnum())
    start, end = ranges[0].start, ranges[-1].end
    while before and start and _is_mark(characters[start - 1]):
        start, before = start - 1, before - 1
    while behind and end < len(characters) and _is_mark(characters[end]):
        end, behind = end + 1, behind - 1
    if len(ranges) == 1:
        return (Span(start, end),)
    first, *others, last = ranges
    return (Span(start, first.end), *others, Span(last.start, end))


def _is_mark(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _span(characters: Letters, start: int, end: int) -> Span:
    return Span(characters.places[start], characters.places[end - 1] + 1)
