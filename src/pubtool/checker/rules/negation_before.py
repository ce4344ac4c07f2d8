"""Q111: begins just after a negation, a condition or a view that governs it, or *almost*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, begin, shorten
from pubtool.model import Code, Finding, Severity
from pubtool.text.hedges import HEDGES, reported
from pubtool.text.meaning import CONDITION, CONDITIONAL, ONLY, is_negation
from pubtool.text.reports import said_before, view_before
from pubtool.text.words import read_folds

RULE = Rule(Code("Q111"), Severity.WARNING, "negation_before")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the source denies what was quoted, or takes some of it back."""
    if case.shown is None or any(gap.before == 0 for gap in case.elements.gaps):
        return
    sentence = re.split(r"[.;:!?]", case.source_before)[-1]
    governing = _denied(sentence, case.before) or _limited(sentence, case)
    governing = governing or view_before(sentence, case.before, case.language)
    governing = governing or _said(sentence, case)
    if governing:
        yield case.finding(RULE, f"begins just after the source's “{governing}”")


def _denied(sentence: str, said: str) -> str:
    """Return the source's words that deny the quotation, unless the author's own deny it too."""
    clause = _coordinated(sentence)
    folds = read_folds(clause)
    near = folds[-(_FAR if folds and folds[-1] == "that" else _NEAR) :]
    if tuple(folds) in _INTERJECTIONS and not sentence.rstrip()[-1:].isalpha():
        return ""
    own = read_folds(said)[-_OWN:]
    if any(is_negation(word) or word in _DENIALS for word in near):
        is_said = any(is_negation(word) or word in _DENIALS for word in own)
        return "" if is_said else shorten(" ".join(near))
    if near and near[-1] in HEDGES and HEDGES.isdisjoint(own):
        return near[-1]
    if near and near[-1] in ONLY and clause.rstrip()[-1:].isalpha() and ONLY.isdisjoint(own):
        return near[-1]
    if reported(folds) and not reported([*own, "that"]):
        return shorten(" ".join(near))
    return ""


def _said(sentence: str, case: Case) -> str:
    """Return the words that make the quotation reported speech without a *that*, as in German."""
    folds = [word.folded for word in case.elements.words]
    return said_before(sentence, case.before, folds) if case.language == "German" else ""


def _coordinated(sentence: str) -> str:
    """Return the clause just before, or the one to which a mere *and that* joins it."""
    joined = _AND_THAT.search(sentence)
    if joined:
        first = sentence[: joined.start()].partition(" that ")[0]
        return f"{_coordinated(first)} that"
    parts = re.split(r"[,()—–]", sentence)
    telling = (part for part in reversed(parts) if part.strip().casefold() not in _JOINING)
    return next(telling, "")


def _limited(sentence: str, case: Case) -> str:
    """Return how a condition begins that limits the quotation, unless the author gives one too."""
    found = CONDITION.search(sentence)
    if not found or CONDITIONAL.search(case.before) or CONDITIONAL.search(case.after):
        return ""
    closes = bool(_CLOSES.search(sentence)) and len(case.elements.words) >= _LEAST_CLAUSE
    if not closes and not case.quotation.text.lstrip("[")[:1].isupper():
        return ""
    return begin(found.group().lstrip(" ,(") + sentence[found.end() :])


_NEAR = 3
"""A negation further back than this seldom governs the quoted words alone."""
_FAR = 7
"""But one further back governs what a *that* brings in: *it would be wrong to say that*."""
_OWN = 8
_LEAST_CLAUSE = 5
"""Words that may be a clause of their own; fewer behind a condition are a phrase."""
_DENIALS = frozenset(
    "deny denies denied denying refuse refuses refused reject rejects rejected lack lacks lacked "
    "fail fails failed doubt doubts doubted doubtful dispute disputes disputed false untrue wrong "
    "few".split()
)
_JOINING = frozenset(("", "however", "indeed", "therefore", "moreover", "then", "too"))
"""Words between commas that only join a sentence to the one before."""
_INTERJECTIONS = (("no",), ("oh", "no"), ("nay",))
"""An answer, where a mark parts it from what follows, and no denial: *No, I do not like it.*
Behind a clause, *no* without a mark is Spanish for *not*."""
_AND_THAT = re.compile(r"\s*,?\s*\b(?:and|or|nor|but)\s+that\s*\Z", re.IGNORECASE)
_CLOSES = re.compile(r"[,)—–]\s*(?:(?:and|or|so|then)\s+)?\Z", re.IGNORECASE)
