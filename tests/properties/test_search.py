"""The quick search finds what the slow one does: every word of every source, laid out and compared.

Texts of some thousand words of a small vocabulary: every pair of words stands in many places, and
most of a source is out of sight of any one stretch.
"""

from __future__ import annotations

from functools import cache
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.quoting import CHICAGO, KEY, library, quotation

from pubtool.checker.elements import take_apart
from pubtool.checker.evidence import Library, find_places
from pubtool.checker.place.prospect import Prospect
from pubtool.checker.search import Named, Place, Search
from pubtool.checker.verdict import judge
from pubtool.model import (
    Key,
    Quotation,
    SourceText,
)
from pubtool.text.words import find_words

STEADY = settings(max_examples=120, deadline=None, derandomize=True)
OTHER, THIRD = Key("hale"), Key("rowse")
COMMON = "the of and to in a that for it with as on by be at from this which or an".split()
RARE = (
    "lamp horn keeper tower harbour vessel pilot log oil dusk dawn winter fog burns enters leaves "
    "reads finds office board custom officer file coast point sailor weather master quay rope "
    "signal watch storm island channel current anchor north lantern ledger tariff warden beacon "
    "signalling stairs cellar chapel parish bishop letter margin copies record witness evidence"
).split()
NEW_WORDS = ["gladly", "seven", "without", "Rowse", "mountain"]
EIGHT = 8
"""Words from which on a changed quotation has one place; fewer may be as near to two."""

FLAWS = ["none", "change", "leave out", "add", "swap"]


@cache
def prose(seed: int, words: int = 2500) -> str:
    """Return sentences of common and rare words, the rare ones by a skewed chance."""
    random = Random(seed)
    text, left = list[str](), words
    while left > 0:
        size = random.randint(6, 18)
        chosen = [
            random.choice(COMMON)
            if random.random() < 0.5
            else RARE[int(len(RARE) * random.random() ** 2)]
            for _ in range(size)
        ]
        text.append(f"{' '.join(chosen).capitalize()}{random.choice(['.', '.', ';', ',', '.'])}")
        left -= size
        if random.random() < 0.1:
            text.append("\n\n")
    return " ".join(text)


@st.composite
def quotations(draw: st.DrawFn, least: int = 4, most: int = 24) -> tuple[str, str]:
    """Return a source's text and a passage of it, with one flaw at most."""
    text = prose(draw(st.integers(0, 3)))
    spans = [word.span for word in find_words(text)]
    count = draw(st.integers(least, most))
    first = draw(st.integers(0, len(spans) - count))
    words = text[spans[first].start : spans[first + count - 1].end].split()
    at = draw(st.integers(0, len(words) - 2))
    match draw(st.sampled_from(FLAWS)):
        case "change":
            words[at] = draw(st.sampled_from(NEW_WORDS))
        case "leave out":
            del words[at]
        case "add":
            words.insert(at, draw(st.sampled_from(NEW_WORDS)))
        case "swap":
            words[at : at + 2] = reversed(words[at : at + 2])
    return text, " ".join(words)


def slow_place(quoted: Quotation, shelf: Library, key: Key) -> Place | None:
    """Return the place that a comparison with all of a source's words gives."""
    search = Search(quoted, take_apart(quoted), CHICAGO, shelf.bibliography)
    return search.place(shelf.index.parts[key], Named(firm=True, locators=quoted.locators(key)))


@STEADY
@given(quotations())
def test_what_stands_in_the_named_source_is_found_there(made: tuple[str, str]) -> None:
    text, words = made
    shelf = library(SourceText(KEY, text), SourceText(OTHER, prose(17)))
    quoted = quotation(words, KEY)
    slow = slow_place(quoted, shelf, KEY)
    places = find_places(quoted, take_apart(quoted), shelf, CHICAGO)
    quick = next((place for place in places if place.key == KEY), None)
    assume(slow is not None and slow.alignment.share >= 0.7)
    assert slow is not None
    assert quick is not None
    assert quick.passes == slow.passes
    if slow.passes:
        assert quick.alignment.span == slow.alignment.span
    elif len(take_apart(quoted).words) >= EIGHT:
        assert quick.alignment.span.overlaps(slow.alignment.span)


@STEADY
@given(quotations(), st.sampled_from([0.45, 0.6, 0.75]))
def test_no_prospect_is_refused_that_is_a_place(made: tuple[str, str], least: float) -> None:
    text, words = made
    shelf = library(SourceText(KEY, text))
    quoted = quotation(words, KEY)
    folds = [word.folded for word in take_apart(quoted).words]
    place = slow_place(quoted, shelf, KEY)
    assume(place is not None)
    assert place is not None
    part = shelf.index.parts[KEY]
    low, high = max(place.alignment.first - 30, 0), place.alignment.end + 30
    prospect = Prospect(part.folded[low:high])
    weights = [part.rarity(fold) for fold in folds]
    if place.alignment.likeness >= least:
        assert prospect.allows(folds, weights, least)
    if place.passes:
        assert prospect.allows_respelt(folds)


@STEADY
@given(quotations(), st.sampled_from([KEY, None]))
def test_a_verdict_does_not_hang_on_what_else_is_in_the_index(
    made: tuple[str, str], cited: Key | None
) -> None:
    text, words = made
    quoted = quotation(words, cited)
    elements = take_apart(quoted)
    judged = []
    for more in ((), (SourceText(OTHER, prose(17)), SourceText(THIRD, prose(18)))):
        shelf = library(SourceText(KEY, text), *more)
        judged.append(judge(quoted, elements, find_places(quoted, elements, shelf, CHICAGO), shelf))
    alone, among = judged
    elsewhere = {place.key for place in (among.place, among.elsewhere) if place} - {KEY}
    assume(not elsewhere)  # the words, or nearly, stand in another source too: that is told
    assert (alone.kind, alone.reason) == (among.kind, among.reason)
    if alone.place and among.place:
        assert alone.place.alignment.span == among.place.alignment.span
