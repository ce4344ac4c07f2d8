"""Q121: an ellipsis leaves out a negation or a limiting clause."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Code, Difference, DifferenceKind, Finding, Severity
from pubtool.text.hedges import about_in, hedge_in
from pubtool.text.meaning import LIMITS, MODALS, is_negation, is_number, limiting_words
from pubtool.text.words import find_words, read_folds

RULE = Rule(Code("Q121"), Severity.WARNING, "ellipsis_hides")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an ellipsis that hides what the sense turns on."""
    said = {word.folded for word in case.elements.words}
    for difference in case.differences:
        if difference.kind is DifferenceKind.ELLIPSIS:
            governing = _governing(case, difference)
            hidden = _hidden(governing) or _touching(case, difference, said)
            hidden = hidden or _hedged(case, difference, said)
            if hidden:
                told = _with_the_next(hidden, difference.source)
                yield case.finding(RULE, f"the ellipsis leaves out “{told}”", difference)


def _governing(case: Case, difference: Difference) -> str:
    """Return what of the words left out can govern the quoted ones: the rest of their sentences.

    That is the rest of the sentence that was begun, and the beginning of the one that is gone on
    with. Whole sentences between govern neither.
    """
    text, there = case.source_text(), difference.there
    before, after = text[max(there.start - _BESIDE, 0) : there.start], text[there.end :][:_BESIDE]
    sentences = _SENTENCES.split(difference.source)
    begun = "" if _CLOSED.search(before) else sentences[0]
    gone_on = "" if _CLOSES.match(after) else sentences[-1]
    return begun if len(sentences) == 1 and begun else f"{begun} {gone_on}"


def _hidden(governing: str) -> str:
    """Return the first word among those that denies or limits what is quoted."""
    for word in find_words(_STRESSED.sub(_blank, governing)):
        if is_negation(word.folded) or word.folded in LIMITS:
            return word.text
    return limiting_words(governing)


def _hedged(case: Case, difference: Difference, said: Collection[str]) -> str:
    """Return the words left out under which what goes on behind the dots stands."""
    omitted = _SENTENCES.split(difference.source)[-1]
    goes_on = case.source_text()[difference.there.end :][:_NEXT]
    behind = read_folds(goes_on)[:1]
    joined = omitted + goes_on[:1]
    if behind and _THAT.match(behind[0]):
        joined = f"{omitted} {behind[0]}"
    hedge = hedge_in(joined) or (about_in(omitted) if any(map(is_number, behind)) else "")
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


def _touching(case: Case, difference: Difference, said: Collection[str]) -> str:
    """Return the modal verb or number that is left out beside quoted words and not said by them.

    *The two keepers*, *he may go*: further in, or in another sentence, it is about something else;
    in parentheses it is a reference, or the number of a paragraph.
    """
    omitted = difference.source
    if _in_parentheses(case, difference):
        return ""
    words = [] if _SENTENCES.search(omitted) else list(find_words(omitted))
    for word in (*words[:1], *words[-1:]):
        if word.folded not in said and (is_number(word.folded) or word.folded in MODALS):
            return word.text
    return ""


def _in_parentheses(case: Case, difference: Difference) -> bool:
    text, there = case.source_text(), difference.there
    before, after = text[: there.start][-_BESIDE:], text[there.end :][:_BESIDE]
    opened = before.rpartition("(")[2] if "(" in before else ")"
    return ")" not in opened and after.lstrip().startswith(")")


_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_SHOWN = 4
"""Words that are shown behind the hidden one."""
_THAT = re.compile(r"(?:that|que|qu'.*|che|ch'.*|dass|daß|dat)\Z")
"""Words with which what is thought or said begins."""
_NEXT = 40
"""Characters in which the word behind the dots stands."""
_BESIDE = 8
"""Characters beside the words left out, in which a sentence's end is looked for."""
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*\s*\Z")
_CLOSES = re.compile(r"[\"'”’»)\]]*[.!?…]")
