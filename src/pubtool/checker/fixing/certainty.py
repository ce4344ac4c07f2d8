"""Certainty: why a fix of the words may not be applied unasked. Empty where it may."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pubtool.checker.differences import POOR_TEXT
from pubtool.model import Difference, DifferenceKind, Extent, Span
from pubtool.text.folding import fold
from pubtool.text.meaning import NEGATIVE_PREFIXES
from pubtool.text.words import find_words

if TYPE_CHECKING:
    from pubtool.checker.rules.rule import Case
    from pubtool.checker.search import Place

FEW = 3
"""Words that a slip of the pen changes; more are another text, or the author's own words."""

_LEAST_SHARE = 0.6
"""The share of the quotation's words that must stand there as they are."""


def why_not_words(case: Case, difference: Difference) -> str:
    """Return why the source's words may not be put in for the quotation's unasked."""
    why = _why_place_is_doubtful(case) or _why_few(case, difference) or _why_this(case, difference)
    if why or case.shown is None:
        return why
    others = (each for each in case.shown.grave if each != difference)
    if any(each.kind not in _OF_WORDS or _why_this(case, each) for each in others):
        return "another difference in the same quotation is left to you"
    return ""


def why_not_text(place: Place) -> str:
    """Return why a source's text does not tell for certain what it says at a place."""
    source, span = place.alignment.part.source, place.alignment.span
    if place.extent is Extent.SECOND_HAND:
        return "the source is known only as somebody else quotes it"
    if place.extent is not Extent.FULL or source.unread:
        return "the source's text is not complete"
    doubtful = any(each.overlaps(span) for each in source.doubtful)
    if doubtful or any(each.code == POOR_TEXT for each in place.differences):
        return "a scanner may have misread the source here"
    return ""


def _why_place_is_doubtful(case: Case) -> str:
    place = case.judgement.place
    if place is None or case.judgement.elsewhere is not None:
        return "the words do not stand in the source that is cited"
    if not any(cited.key == place.key and cited.firm for cited in case.quotation.cited):
        return "the post does not say that the words are this source's"
    if place.located is False:
        return "it stands at another place than the one cited"
    if _differ(place):
        return "it stands in several places that differ"
    if place.alignment.share < _LEAST_SHARE:
        return "too much of the quotation is not in the source"
    return why_not_text(place)


def _why_few(case: Case, difference: Difference) -> str:
    """Return why another word may be what the author wrote: too little else tells where it is from.

    *Be not advanced* may be *be advanced* with a word more, or another sentence's *be not elected*.
    """
    if case.shown is None or difference.kind is not DifferenceKind.SUBSTITUTION:
        return ""
    standing = case.shown.alignment.share * len(case.elements.words)
    return "so few words may stand anywhere" if standing < _LEAST_STANDING else ""


_LEAST_STANDING = 5
"""Words of the quotation that stand in the source as they are."""


def _differ(place: Place) -> bool:
    """Whether the places that are as good have other words."""
    own = place.alignment
    words = own.part.folded[own.first : own.end]
    return any(one.part.folded[one.first : one.end] != words for one in place.equals)


def _why_this(case: Case, difference: Difference) -> str:
    return _why_authors_own(case, difference) or _why_sense(case, difference)


_OF_WORDS = frozenset(
    {
        DifferenceKind.SUBSTITUTION,
        DifferenceKind.INSERTION,
        DifferenceKind.DELETION,
        DifferenceKind.SPELLING,
    }
)
"""Differences that a safe fix can mend, so that the whole quotation passes."""


def _why_authors_own(case: Case, difference: Difference) -> str:
    """Return why a change may be meant: it is long, or the author marked something beside it."""
    mine, theirs = [*find_words(difference.quoted)], [*find_words(difference.source)]
    long = len(mine) > FEW or (len(theirs) > FEW and difference.kind is not DifferenceKind.DELETION)
    if long:
        return "more than a few words differ"
    elements = case.elements
    around = _with_neighbours(case, difference.at)
    marks = [
        *(group.span for group in elements.groups),
        *(gap.span for gap in elements.gaps),
        *(span for _, span in elements.sics),
        *elements.remarks,
        *(word.span for word in elements.words if word.pattern is not None),
    ]
    if any(mark.overlaps(around) for mark in marks):
        return "it stands beside a mark of the author's own"
    return ""


def _with_neighbours(case: Case, at: Span) -> Span:
    """Return a stretch of the quotation's text with the words next to it."""
    words = case.elements.words
    before = [word.span.start for word in words if word.span.end <= at.start]
    behind = [word.span.end for word in words if word.span.start >= at.end]
    return Span(before[-1] if before else 0, behind[0] if behind else len(case.quotation.text))


def _why_sense(case: Case, difference: Difference) -> str:
    if difference.kind is DifferenceKind.SPELLING:
        return ""
    if difference.kind in _ASKED:
        return _ASKED[difference.kind]
    what = case.touched(difference)
    if what:
        return f"the change touches {what}"
    if case.part and any(
        _may_be_a_name(word, case.part.source.text) for word in _words(difference)
    ):
        return "the change may touch a name"
    if _are_contrary(difference.quoted, difference.source):
        return "one word is the contrary of the other"
    return ""


def _words(difference: Difference) -> list[str]:
    every = (*find_words(difference.quoted), *find_words(difference.source))
    return [word.text for word in every]


def _may_be_a_name(word: str, text: str) -> bool:
    """Whether a word with a capital never stands in small letters in a source.

    At a sentence's beginning nothing else tells a name from another word.
    """
    if not word[:1].isupper() or word.isupper():
        return False
    return re.search(rf"\b{re.escape(word.lower())}\b", text) is None


_ASKED = {
    DifferenceKind.TRANSPOSITION: "the order of the words may carry the sense",
    DifferenceKind.CASE: "a capital may carry the sense",
}
"""Differences of which only the author knows what hangs on them."""


def _are_contrary(quoted: str, source: str) -> bool:
    """Whether a prefix that turns a word into its contrary, or ``less``, is all that differs."""
    one, other = sorted((fold(quoted), fold(source)), key=len)
    turned = any(other == prefix + one for prefix in NEGATIVE_PREFIXES)
    return turned or other in {f"{one}less", f"{one.removesuffix('ful')}less"}
