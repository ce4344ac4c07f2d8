"""Hedges: words without which a sentence says more than its author does.

*Perhaps*, *wrongly*, *the former*, *it is said that*: they deny nothing, and yet what they stand
before does not hold without them. Adverbs and adjectives that do so are no closed class; here are
the commonest of English, German, French, Spanish, Italian, Dutch and Latin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubtool.text.contraries import quantities
from pubtool.text.meaning import APPROXIMATIONS
from pubtool.text.words import read_folds

HEDGES = APPROXIMATIONS | frozenset(
    "perhaps maybe possibly probably presumably supposedly reportedly apparently seemingly "
    "ostensibly arguably conceivably theoretically nominally wrongly falsely erroneously "
    "mistakenly "
    "incorrectly unjustly unjustifiably ironically jokingly formerly former "
    "pretended reputed professed putative fictitious imaginary attempted partly partially "
    "mainly chiefly largely commonly normally potentially tentatively "
    "vielleicht möglicherweise wahrscheinlich vermutlich scheinbar anscheinend sogenannte "
    "sogenannten sogenannter ehemalige ehemaligen ehemaliger vermeintlich vermeintliche "
    "vermeintlichen fälschlich fälschlicherweise irrtümlich teilweise größtenteils hauptsächlich "
    "überwiegend "
    "probablement possiblement apparemment faussement partiellement "
    "généralement principalement rarement "
    "quizá quizás acaso probablemente posiblemente presuntamente supuestamente aparentemente "
    "falsamente parcialmente generalmente principalmente raramente "
    "forse probabilmente apparentemente parzialmente cosiddetto cosiddetta "
    "misschien wellicht waarschijnlijk vermoedelijk schijnbaar vermeende voormalige gedeeltelijk "
    "voornamelijk hoofdzakelijk "
    "fortasse forsitan paene fere".split()
)
"""Words that take back a part of what they stand beside."""

_DOUBTED = (
    "afraid believe believes believed think thinks thought suppose supposes supposed claim claims "
    "claimed allege alleges alleged pretend pretends pretended imagine imagines imagined doubt "
    "doubts doubted doubtful hope hopes hoped fear fears feared suspect suspects suspected fancy "
    "fancies fancied dream dreams dreamt dreamed deny denies denied rumoured rumored false untrue "
    "possible probable likely"
)
_HEARD = "said told reported hear hears heard rumour rumor report"
_ATTITUDES = frozenset(f"{_DOUBTED} {_HEARD}".split())

_ENDING = re.compile(
    rf"(?:\b(?:so-called|would-be|soi-disant|peut-être|tal vez|à tort|as if|as though|"
    r"with difficulty|in vain|in theory|in part|at times|"
    r"for the most part|in (?:my|our|his|her|their) (?:opinion|view|judge?ment)|"
    r"(?:seem|appear|pretend|claim|tr[yi]|attempt|intend|hope|tend)(?:e?s|e?d)?\s+to|"
    rf"(?:{'|'.join(_DOUBTED.split())})(?:\s+that)?|"
    rf"(?:{'|'.join(_HEARD.split())})\s+(?:to|that)))\W*\Z",
    re.IGNORECASE,
)
"""Words at the end of what is left out, under which what goes on stands."""

_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording\s+to\s+(?:[A-Z]\w|him|her|them|some|others|legend|tradition|rumou?r)|"
    r"(?:[Ss]elon|[Dd]['’]après|[Ll]aut|[Ss]egún|[Ss]econdo|[Vv]olgens)\s+[A-ZÀ-Þ]\w)[\w ]*"
)
"""Words that give somebody else's view."""

_OF_MANY = re.compile(r"\A\W*(\w+)\s+(?:of|de|des|van|von)(?:\s+\w{1,5})?\W*\Z")
_FEW_WORDS = 3
"""So few words left out have nothing else to bear on than what stands beside them."""

_ALL_OF_THEM = frozenset(quantities("all little both either any enough".split()))
"""Groups of words of quantity that say no less than the sentence without them, or no quantity."""


def hedge_in(omitted: str) -> str:
    """Return the words of a part left out under which what goes on behind it stands; empty if none.

    A hedge further in is about something that is left out with it.
    """
    found = _ENDING.search(omitted) or _ACCORDING.search(omitted)
    if found:
        return found.group().strip(" ,;:—–-")
    folds = read_folds(omitted)
    near = folds if len(folds) <= _FEW_WORDS else folds[-1:]
    hedge = next((fold for fold in near if fold in HEDGES), "")
    of_many = _OF_MANY.match(omitted)
    counting = [of_many[1].casefold()] if of_many else folds[-1:]
    return hedge or next((fold for fold in counting if _is_some(fold)), "")


def _is_some(folded: str) -> bool:
    """Whether a folded word says that something holds of a part, or at times."""
    return any(group not in _ALL_OF_THEM for group in quantities([folded]))


def reported(folds: Sequence[str]) -> bool:
    """Whether a clause that ends with *that* gives what others think or say, and not its author."""
    near = folds[-_NEAR:]
    first_person = {"i", "we"} & set(folds[-_NEAR - 1 :])
    return near[-1:] == ["that"] and not first_person and not _ATTITUDES.isdisjoint(near)


_NEAR = 4
