"""Q121: an ellipsis leaves out a negation or a limiting clause."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pubtool.checker.index import IndexPart
from pubtool.checker.omissions import Omission, omission
from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, DifferenceKind, Finding, Severity
from pubtool.text.clauses import (
    NOUN_FIRST,
    condition_in,
    is_article,
    is_definite,
    is_false_friend,
    is_of_all,
    is_relative,
)
from pubtool.text.contraries import are_contrary, has_contrary
from pubtool.text.denials import denial_in
from pubtool.text.hedges import about_in, hedge_in
from pubtool.text.meaning import HALVES, LIMITS, MODALS, is_negation, is_number, limiting_words
from pubtool.text.words import find_words, read_folds

RULE = Rule(Code("Q121"), Severity.WARNING, "ellipsis_hides")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an ellipsis that hides what the sense turns on."""
    said = {word.folded for word in case.elements.words}
    for difference in case.differences:
        if difference.kind is DifferenceKind.ELLIPSIS:
            left_out = omission(case.source_text(), difference.there)
            if _is_dispensable(left_out, case.language):
                continue
            hidden = _turning(left_out, case, said)
            if hidden:
                told = _with_the_next(hidden, difference.source)
                yield case.finding(RULE, f"the ellipsis leaves out “{told}”", difference)


def _turning(left_out: Omission, case: Case, said: Collection[str]) -> str:
    """Return the words left out on which the sense of the quoted ones turns."""
    governing = _governing(left_out)
    return (
        _hidden(governing, case.language)
        or condition_in(governing, left_out.before, case.language)
        or denial_in(governing, case.language)
        or _touching(left_out, said)
        or _hedged(left_out, said)
        or _telling_apart(left_out, case)
    )


def _is_dispensable(left_out: Omission, language: str | None) -> bool:
    """Whether the words are a relative clause between commas: what limits it is left out too."""
    if not (left_out.parted_before and left_out.parted_after) or left_out.begins_sentence:
        return False
    first = left_out.folds[0].partition("'")[0] if left_out.folds else ""
    return is_relative(first, language) and not _SENTENCES.search(left_out.text)


def _governing(left_out: Omission) -> str:
    """Return what of the words left out can govern the quoted ones: the rest of their sentences.

    That is the rest of the sentence that was begun, and the beginning of the one that is gone on
    with. Whole sentences between govern neither.
    """
    sentences = _SENTENCES.split(left_out.text)
    begun = "" if left_out.begins_sentence else sentences[0]
    gone_on = "" if left_out.ends_sentence else sentences[-1]
    governing = begun if len(sentences) == 1 and begun else f"{begun} {gone_on}"
    return _OF_ITS_OWN.sub(" ", governing)


def _hidden(governing: str, language: str | None) -> str:
    """Return the first word among those that denies or limits what is quoted."""
    for word in find_words(_STRESSED.sub(_blank, governing)):
        turns = is_negation(word.folded) or word.folded in LIMITS
        if turns and not is_false_friend(word.folded, language):
            return word.text
    return limiting_words(governing)


def _hedged(left_out: Omission, said: Collection[str]) -> str:
    """Return the words left out under which what goes on behind the dots stands."""
    omitted = _SENTENCES.split(left_out.text)[-1]
    behind = left_out.following[:1]
    counted = any(is_number(word) or word in HALVES for word in left_out.following[:2])
    joined = omitted + left_out.after[:1]
    if behind and _THAT.match(behind[0]):
        joined = f"{omitted} {behind[0]}"
    hedge = hedge_in(joined) or (about_in(omitted) if counted else "")
    return "" if all(fold in said for fold in read_folds(hedge)) else hedge


_STRESSED = re.compile(r"\bno\s+(?:less|fewer|doubt|wonder)\b", re.IGNORECASE)
"""What denies by its form alone: it affirms, and with more stress."""


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _with_the_next(hidden: str, omitted: str) -> str:
    """Return the hidden words with the next few of what is left out, so that they can be placed."""
    begin = omitted.find(hidden)
    if begin < 0:
        return hidden
    rest = omitted[begin + len(hidden) :].split()
    more = "".join(f" {word}" for word in rest[:_SHOWN])
    return f"{hidden}{more}" if omitted[begin + len(hidden) :][:1].isspace() else hidden


def _touching(left_out: Omission, said: Collection[str]) -> str:
    """Return the modal verb or number that is left out beside quoted words and not said by them.

    *The two keepers*, *he may go*: further in, behind a mark or in another sentence it is about
    something else; in parentheses it is a reference, or the number of a paragraph.
    """
    if _in_parentheses(left_out) or _SENTENCES.search(left_out.text):
        return ""
    words = list(find_words(left_out.text))
    first = words[:1] if not left_out.parted_before else []
    last = words[-1:] if not left_out.parted_after else []
    for word in (*first, *last):
        if word.folded not in said and (is_number(word.folded) or word.folded in MODALS):
            return word.text
    return ""


def _in_parentheses(left_out: Omission) -> bool:
    before = left_out.before[-_NEAR:]
    opened = before.rpartition("(")[2] if "(" in before else ")"
    return ")" not in opened and left_out.after.lstrip().startswith(")")


def _telling_apart(left_out: Omission, case: Case) -> str:
    """Return the adjective left out that tells which one is meant, or of which all is said.

    It has a contrary, stands behind an article (where adjectives follow their noun, behind both),
    and the source has the contrary near by or with the same noun, or the noun is the subject of a
    sentence about all of a kind.
    """
    folds, leading, language = left_out.folds, left_out.leading, case.language
    if not 0 < len(folds) <= _MOST_ADJECTIVES or left_out.parted_before or left_out.parted_after:
        return ""
    places = range(-1, -min(len(leading), 2 if language in NOUN_FIRST else 1) - 1, -1)
    at = next((n for n in places if is_article(leading[n], language)), 0)
    if not at or not has_contrary(folds[-1]):
        return ""
    noun = leading[-1] if at == _BEHIND_NOUN else next(iter(left_out.following), "")
    if len(leading) == -at and is_of_all(leading[at], noun, language):
        return left_out.text
    near = {*read_folds(left_out.before), *read_folds(left_out.after), *_beside(noun, case.part)}
    told = is_definite(leading[at], language) and any(are_contrary(folds[-1], one) for one in near)
    return left_out.text if told else ""


def _beside(noun: str, part: IndexPart | None) -> Iterator[str]:
    """Yield the words on both sides of a noun wherever the source has it."""
    if part is not None:
        for number in part.whole.postings.get(noun, ())[:_MOST_SEEN]:
            yield from part.whole.folded[max(number - 1, 0) : number + 2 : 2]


_OF_ITS_OWN = re.compile(
    r"(?<=\w),\s+(?:(?:with|to|of|for|in|at|from|à|de|pour|con|per|da|di|en|com|para|mit|z|na|w)\s+)?"
    r"(?:who|whom|whose|which|was|welcher|welche|welches|wobei|wofür|worauf|qui|dont|lequel|laquelle|"
    r"quien|cuyo|cuya|il quale|la quale|cui|quem|cujo|cuja|który|która|które|którego|której|którzy)"
    r"\s[^,;]*(?=[,;]|\s*\Z)",
    re.IGNORECASE,
)
"""A relative clause that is left out with the noun before it: it governs nothing of the rest."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_SHOWN = 4
"""Words that are shown behind the hidden one."""
_THAT = re.compile(r"(?:that|que|qu'.*|che|ch'.*|dass|daß|dat)\Z")
"""Words with which what is thought or said begins."""
_NEAR = 8
"""Characters beside the words left out, in which a parenthesis opens."""
_BEHIND_NOUN = -2
_MOST_SEEN = 50
"""Occurrences of a noun whose neighbours are looked at."""
_MOST_ADJECTIVES = 2
"""Words: an adjective, with an adverb before it."""
