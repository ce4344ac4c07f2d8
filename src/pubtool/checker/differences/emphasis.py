"""Emphasis: what the post sets in italics or bold, against what the source does.

Only a source that shows emphasis somewhere can be compared: a plain text knows of none. Emphasis
over the whole of the passage is layout on either side (an italic block quotation, an epigraph), and
so are the source's italics for titles and for words of another language, and a head that its
paragraph begins with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from pubtool.checker.differences.compared import Compared
from pubtool.checker.index import IndexPart
from pubtool.checker.place.steps import equal_steps
from pubtool.checker.statements import adds_emphasis, omits_emphasis, stated
from pubtool.model import Code, Difference, DifferenceKind, Span
from pubtool.text.dictionary import is_known

_FOREIGN = frozenset(
    """a fortiori priori posteriori ab initio ad hoc hominem infinitum nauseam alia alios amicus
    curiae ante bellum bona fide fides causa ceteris paribus circa compos mentis coup d'état cum
    laude de facto jure lege lata ferenda novo dicta dictum erga omnes et al alii seq ergo ex post
    facto officio parte ante nihilo nunc forum conveniens habeas corpus ibid ibidem idem in absentia
    camera dubio pro reo extenso loco parentis re rem personam situ toto vitro vivo inter intra
    ipso jus cogens bellum lex specialis locus standi mala fide mens rea modus operandi vivendi
    mutatis mutandis ne bis idem nemo judex nolle prosequi non liquet sequitur nullum crimen sine
    poena obiter ordre public pacta sunt servanda pari passu passim per capita se diem prima facie
    primus pares pro bono forma rata tanto quid quo raison d'être ratio decidendi legis res
    judicata iudicata ipsa loquitur sic stare decisis status sua sponte sub judice rosa sui generis
    juris supra infra terra nullius travaux préparatoires ultra vires uti possidetis versus vice
    versa vis à viz zeitgeist weltanschauung raison vis-à-vis""".split()
)
"""Words of the Latin and French phrases that English sets in italics for being foreign."""

_PARAGRAPH = re.compile(r"(?:\A|\n[ \t]*\n|[.!?:;][ \t]*\n)[\s(\[\"“]*\Z")
"""The end of a stretch behind which a paragraph begins."""

_MOST_SEEN = 200
"""Occurrences of a word that are asked for their capitals."""
_LONGEST = 5000
"""Characters of emphasis that may begin before a passage and end in it: more than a page is
layout."""


def emphasis_differences(compared: Compared) -> Iterator[Difference]:
    """Yield a difference for each run of words emphasised on one side alone, in order."""
    source = compared.alignment.part.source
    if not source.emphasis:
        return
    steps = [step for step in equal_steps(compared.alignment.steps) if step.quoted and step.source]
    if not steps:
        return
    quoted = [compared.quoted_span(step.quoted) for step in steps]
    there = [compared.alignment.part.span(s.source.start, s.source.stop) for s in steps]
    mine = _flags(quoted, compared.quotation.emphasis)
    theirs = [
        flag  # a word in capitals on one side alone is looked at with the other capitals
        if _is_shouted(source.text[place.start : place.end])
        != _is_shouted(compared.quotation.text[at.start : at.end])
        else other
        for flag, other, at, place in zip(
            mine, _flags(there, source.emphasis), quoted, there, strict=True
        )
    ]
    if mine == [not flag for flag in theirs] and any(theirs):
        return  # upright in an italic quotation is what italics are in an upright one
    said = stated(compared.quotation, compared.elements)
    for (one, other), run in groupby(range(len(steps)), key=lambda n: (mine[n], theirs[n])):
        numbers = list(run)
        if one == other:
            continue
        first, last = numbers[0], numbers[-1]
        at = Span(quoted[first].start, quoted[last].end)
        place = Span(there[first].start, there[last].end)
        if one or not _is_layout(source.text, place):
            shown = adds_emphasis(said) if one else omits_emphasis(said)
            yield _difference(compared, at, place, shown=shown)


def are_capitals_emphasis(part: IndexPart, number: int) -> bool:
    """Whether a word of the source is in capitals for emphasis, and is no abbreviation.

    It is a word that the source writes in small letters as often, or one of several in a row.
    """
    written = part.written(number)
    if not _is_shouted(written) or not is_known(part.folded[number]):
        return False
    whole, fold = part.whole, part.folded[number]
    others = whole.postings.get(fold, ())[:_MOST_SEEN]
    capitals = sum(whole.written(n).isupper() for n in others)
    return stands_among_capitals(part, number) or 2 * capitals <= len(others)


def stands_among_capitals(part: IndexPart, number: int) -> bool:
    """Whether the word before or behind one of the source's is in capitals too."""
    beside = (n for n in (number - 1, number + 1) if 0 <= n < len(part.folded))
    return any(_is_shouted(part.written(n)) for n in beside)


def _is_shouted(written: str) -> bool:
    return len(written) > 1 and written.isupper()


def _flags(words: Sequence[Span], emphasis: Sequence[Span]) -> list[bool]:
    """Return of each word whether it is emphasised among the others; of none if all are."""
    whole = Span(words[0].start, words[-1].end)
    low = bisect_left(emphasis, whole.start - _LONGEST, key=lambda span: span.start)
    high = bisect_left(emphasis, whole.end, key=lambda span: span.start)
    near = [span for span in emphasis[low:high] if span.overlaps(whole) and not span.holds(whole)]
    flags = [any(span.holds(word) for span in near) for word in words]
    return [False] * len(flags) if all(flags) else flags


def _is_layout(text: str, place: Span) -> bool:
    """Whether the source sets a title, a foreign phrase or a paragraph's head in its emphasis."""
    words = text[place.start : place.end].split()
    bare = [word.strip(".,;:()[]“”‘’\"'").casefold() for word in words]
    if all(word in _FOREIGN for word in bare):
        return True
    if text[: place.start].rpartition("\n")[2].strip(' \t*#>(["“') == "":
        return True
    large = [word[:1].isupper() for word in words if len(word) > 3]
    return len(words) > 1 and words[0][:1].isupper() and len(large) > 0 and all(large)


def _difference(compared: Compared, at: Span, there: Span, *, shown: bool) -> Difference:
    return Difference(
        DifferenceKind.EMPHASIS,
        compared.quotation.text[at.start : at.end],
        compared.alignment.part.source.text[there.start : there.end],
        at,
        there,
        marked=shown,
        permitted=shown or compared.conventions.unstated_emphasis,
        code=None if shown else Code("Q108"),
    )
