"""Where a paragraph's sentences end, as far as citing and attributing need to know.

Quotations are opaque: a full stop inside one ends nothing, unless the quotation itself ends with
it and a new sentence follows. A citation or a note mark behind a full stop belongs to the
sentence before it, as the custom is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from pubtool.model import Block, CitationMode, InlineKind, Span

_ABBREVIATIONS = frozenset(
    """
e.g i.e cf viz etc al art arts p pp no nos vol ch sec para paras para ed eds trans fig n nn op cit
mr mrs ms dr prof st sr jr hon rev gen col capt lt v vs inc ltd co corp dept univ j l u.s u.k u.n
bzw z.b d.h vgl s f ff usw kap abs abschn bd nr rn rz fn anm abb sp zit hrsg cap pág pag núm liv
hfdst blz sez стр гл
""".split()
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*|[。！？]+[」』”]*|\n{2,}")
_LAST_WORD = re.compile(r"([^\s(\[\"“‘'’]+)$")


def sentences(block: Block, quoted: Iterable[Span]) -> tuple[Span, ...]:
    """Return the sentences of a block, as ranges of its text that cover it without a gap.

    `quoted` are the ranges of its quotations, their marks included, sorted and disjoint.
    """
    trailing = frozenset(
        inline.span.start
        for inline in block.inlines
        if inline.kind is InlineKind.NOTE
        or (
            inline.kind is InlineKind.CITATION
            and inline.citations
            and inline.citations[0].mode is not CitationMode.AUTHOR_IN_TEXT
        )
    )
    return _sentences(block.flow.text, tuple(quoted), trailing)


@lru_cache(8192)
def _sentences(text: str, spans: tuple[Span, ...], trailing: frozenset[int]) -> tuple[Span, ...]:
    cuts: list[int] = []
    for end in sorted(_ends(text, spans)):
        cut = _after_trailing(text, end, trailing)
        if cut < len(text) and (not cuts or cut > cuts[-1]):
            cuts.append(cut)
    edges = [0, *cuts, len(text)]
    return tuple(Span(low, high) for low, high in pairwise(edges))


def sentence_of(places: Sequence[Span], start: int) -> Span:
    """Return the sentence that holds an offset."""
    number = bisect_right(places, start, key=lambda span: span.start) - 1
    return places[max(number, 0)]


def _ends(text: str, quoted: Sequence[Span]) -> Iterable[int]:
    parts, done = list[str](), 0
    for span in quoted:
        low, high = max(span.start, done), max(span.end, done)
        parts += (text[done:low], "x" * (high - low))
        done = high
    for found in _END.finditer("".join([*parts, text[done:]])):
        if _is_end(text, found.start(), found.end(), found.group()):
            yield found.end()
    for span in quoted:
        inside = text[span.start : span.end].rstrip("\"'”“’‘»«›‹」』〞〟 \u00a0\u202f")
        if inside.endswith((".", "!", "?", "…", "。")) and _starts_sentence(text, span.end):
            yield span.end


def _is_end(text: str, start: int, end: int, marks: str) -> bool:
    if not _starts_sentence(text, end):
        return marks[0] in "。！？"
    if marks != ".":
        return True
    word = _LAST_WORD.search(text[max(start - 24, 0) : start])
    if word is None:
        return True
    last = word.group(1)
    return not (last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isupper()))


def _starts_sentence(text: str, at: int) -> bool:
    rest = text[at : at + 80].lstrip("\ufffc*†‡)]")
    if not rest.strip():
        return True
    if not rest[0].isspace():
        return False
    first = rest.lstrip(" \n\t\u00a0\u202f\ufffc([\"'“‘„«»‹›「『—–-")
    return not first or not first[0].islower()


def _after_trailing(text: str, end: int, trailing: frozenset[int]) -> int:
    """Return the place behind the citations and notes that follow a full stop."""
    place = end
    while True:
        ahead = place
        while ahead < len(text) and text[ahead].isspace():
            ahead += 1
        if ahead >= len(text) or ahead not in trailing:
            return place
        place = ahead + 1
        while place < len(text) and text[place] in ".,;":
            place += 1
