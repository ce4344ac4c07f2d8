"""Text fragments: the part of a web address that makes a browser show a passage of the page.

``#:~:text=[prefix-,]start[,end][,-suffix]``, as the W3C community group's draft *URL Fragment Text
Directives* (https://wicg.github.io/scroll-to-text-fragment/) has it. A browser looks for `start`
from the top of the page, whole words alone, and takes the first that has `prefix` before and
`suffix` behind it; what does not stand in one paragraph is named by its first and last words. So
a fragment is made of words of the source's text, and of no more of them than it takes to find the
passage first: whatever the page has between them (a note's mark, a picture) does no harm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote

from pubtool.model import SourceText, Span

_LONGEST = 80
"""Code points of a passage that is named whole; of a longer one the ends."""
_FEWEST = 4
"""Words that are looked for alone; fewer stand on any page."""
_COUNTS = (5, 8, 13)
"""Words at the ends of a long passage: the first of these that tells the place from others."""
_ROUND = (3, 5, 8)
"""Words of a prefix and a suffix."""
_WINDOW = 240
"""Code points in which the words of a prefix or suffix are looked for."""

_STRETCH = re.compile(r"[^\n\f\t⁰¹²³⁴⁵⁶⁷⁸⁹\ufffc\ufffd\ud800-\udfff]+")
"""Text that stands on the page as it stands here: a line feed may be a paragraph's end or a line's,
and a raised figure may be written otherwise."""
_GAP = re.compile(r" {2,}")
_TOKEN = re.compile(r"[^\s、。，．！？；：「」『』（）]+[、。，．！？；：「」『』（）]*")
"""A word with its punctuation; in scripts without spaces, what stands up to a mark."""
_HYPHENS = ("-", "‐", "\u00ad", "\ufffe")


class _Terms(NamedTuple):
    """What names a passage; `start` alone must be there."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Searched:
    """A source's text, looked through for what names a passage of it."""

    source: SourceText

    @property
    def text(self) -> str:
        """The source's text."""
        return self.source.text

    def directive(self, place: Span) -> str:
        """Return ``:~:text=…`` for a passage, without the hash; empty where it holds no words."""
        stretches = self._stretches(place)
        if not stretches:
            return ""
        whole = self._tokens(stretches[0])
        one = len(stretches) == 1 and Span(whole[0].start, whole[-1].end)
        if one and (len(one) <= _LONGEST or len(whole) < 2 * _COUNTS[0]):
            return _written(self._short(one, len(whole)))
        return _written(self._long(stretches, place))

    def _short(self, words: Span, count: int) -> _Terms:
        """Return what names a passage whole."""
        if count >= _FEWEST and self._stands_once(words):
            return _Terms(self._flat(words))
        before = after = Span(0, 0)
        for number in _ROUND:
            before, after = self._before(words, number), self._after(words, number)
            if self._stands_once(
                Span(before.start if before else words.start, after.end or words.end)
            ):
                break
        return _Terms(self._flat(words), "", self._flat(before), self._flat(after))

    def _long(self, stretches: list[Span], place: Span) -> _Terms:
        """Return what names a passage by its ends."""
        first, last = self._tokens(stretches[0]), self._tokens(stretches[-1])
        if len(stretches) == 1:
            half = len(first) // 2
            first, last = first[:half], last[half:]
        heads = [Span(first[0].start, first[:n][-1].end) for n in _COUNTS]
        head = next((h for h in heads if self._stands_once(h)), heads[-1])
        before = Span(0, 0)
        if not self._stands_once(head):
            wider = [self._before(head, number) for number in _ROUND]
            alone = (b for b in wider if self._stands_once(Span(_start(b, head), head.end)))
            before = next(alone, wider[-1])
        start, whole = self._flat(head), self._flat(place).casefold()
        tails = [Span(last[-n:][0].start, last[-1].end) for n in _COUNTS]
        found = [t for t in tails if _is_first(self._flat(t), whole, len(start))]
        tail = found[0] if found else tails[-1]
        after = Span(0, 0) if found else self._after(tail, _ROUND[-1])
        return _Terms(start, self._flat(tail), self._flat(before), self._flat(after))

    def _before(self, words: Span, count: int) -> Span:
        """Return so many words that stand just before some, an empty range where none do."""
        low = max(words.start - _WINDOW, 0)
        stretches = self._stretches(Span(low, words.start))
        if not stretches or self.text[stretches[-1].end : words.start].strip():
            return Span(0, 0)
        tokens = self._tokens(stretches[-1])
        if stretches[-1].start == low > 0:
            tokens = tokens[1:]  # the first may have been cut
        return Span(tokens[-count:][0].start, words.start) if tokens else Span(0, 0)

    def _after(self, words: Span, count: int) -> Span:
        """Return so many words that stand just behind some, an empty range where none do."""
        high = min(words.end + _WINDOW, len(self.text))
        stretches = self._stretches(Span(words.end, high))
        if not stretches or self.text[words.end : stretches[0].start].strip():
            return Span(0, 0)
        tokens = self._tokens(stretches[0])
        if stretches[0].end == high < len(self.text):
            tokens = tokens[:-1]
        kept = tokens[:count]
        return Span(words.end, kept[-1].end) if kept else Span(0, 0)

    def _stretches(self, place: Span) -> list[Span]:
        """Return what of a place stands in one piece on a page, each with words in it.

        A word that is broken at a line's end stands in none.
        """
        found: list[Span] = []
        for line in _STRETCH.finditer(self.text, place.start, place.end):
            borders = [line.start()]
            borders += [at for gap in _GAP.finditer(line[0]) for at in _moved(gap, line.start())]
            borders.append(line.end())
            found += [Span(low, high) for low, high in list(pairwise(borders))[::2]]
        whole = [self._unbroken(stretch, place) for stretch in found]
        return [stretch for stretch in whole if self._tokens(stretch)]

    def _unbroken(self, stretch: Span, place: Span) -> Span:
        start, end, text = stretch.start, stretch.end, self.text
        if start > place.start and text[start - 2 : start] in _BROKEN:
            token = _TOKEN.search(text, start, end)
            start = token.end() if token else end
        if end < place.end and text[end] == "\n" and text[end - 1] in _HYPHENS:
            end = max(text.rfind(" ", start, end), start)
        return Span(start, end)

    def _tokens(self, stretch: Span) -> list[Span]:
        """Return the words of a stretch, each with its punctuation."""
        tokens = _TOKEN.finditer(self.text, stretch.start, stretch.end)
        spans = [Span(*token.span()) for token in tokens]
        worded = [any(c.isalnum() for c in self.text[s.start : s.end]) for s in spans]
        return spans if any(worded) else []

    def _flat(self, span: Span) -> str:
        return " ".join(self.text[span.start : span.end].split())

    @cached_property
    def _folded(self) -> str:
        return " ".join(self.text.split()).casefold()

    def _stands_once(self, words: Span) -> bool:
        return self._folded.count(self._flat(words).casefold()) <= 1


_BROKEN = tuple(f"{hyphen}\n" for hyphen in _HYPHENS)


def _start(before: Span, words: Span) -> int:
    """Return where some words begin, with those before them if there are any."""
    return before.start if len(before) else words.start


def _moved(gap: re.Match[str], by: int) -> tuple[int, int]:
    return gap.start() + by, gap.end() + by


def _is_first(end: str, whole: str, behind: int) -> bool:
    """Whether the first of some words behind the start are those at the passage's end."""
    found = whole.find(end.casefold(), behind)
    return found >= 0 and found + len(end.casefold()) == len(whole)


def _written(terms: _Terms) -> str:
    parts = [f"{_encoded(terms.prefix)}-"] if terms.prefix else []
    parts += [_encoded(term) for term in (terms.start, terms.end) if term]
    parts += [f"-{_encoded(terms.suffix)}"] if terms.suffix else []
    return f":~:text={','.join(parts)}"


def _encoded(term: str) -> str:
    """Return a term percent-encoded; a hyphen, a comma and an ampersand would be syntax."""
    return quote(term, safe="").replace("-", "%2D")
