"""Who says the words of a quotation, as its sentence has it.

A source is *firmly* named where a verb or a phrase of saying ties the words to it: "Kunze
explains that “…”", "“…,” says Kunze", "according to the Protocol, “…”", "in Kunze's words",
"(Kunze 2010)". Any other mention in the sentence is a loose one. Of words that are reported
through somebody ("Kunze explains that … the Council of Europe insists that …") the outer writer
is the one whose text the author has read, so that one is firm, and the inner speaker loose but
first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pubtool.checker import speech
from pubtool.checker.attribution.names import Mention
from pubtool.checker.attribution.settings import BLACKED_OUT
from pubtool.checker.speech import french
from pubtool.model import Span
from pubtool.text.words import find_words

_ELISION = re.compile(rf"^(?:{french.ELISION})")

_REACH = 6
"""Words that may stand between a name and its verb."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The mentions that may say the words, the most likely first."""

    firm: tuple[Mention, ...] = ()
    inner: tuple[Mention, ...] = ()
    """Those who speak within the firm one's words, the nearest first; loose as well."""
    loose: tuple[Mention, ...] = ()


def find_speakers(
    prose: str, sentence: Span, parts: Sequence[Span], mentions: Sequence[Mention]
) -> Spoken:
    """Return who says a quotation's words.

    `prose` has its quotations blacked out, `parts` are this one's ranges in it, and `mentions`
    those of the sentence.
    """
    chain = _chain_before(prose, sentence, parts[0].start, mentions)
    behind = [
        mention
        for mention in mentions
        if any(_says_behind(prose, sentence, part.end, mention) for part in parts)
    ]
    firm = chain[:1] or behind[:1]
    inner = tuple(reversed(chain[1:]))
    rest = [m for m in mentions if m not in firm and m not in inner]
    rest.sort(key=lambda mention: _distance(mention, parts))
    return Spoken(tuple(firm), inner, tuple(rest))


def _distance(mention: Mention, parts: Sequence[Span]) -> tuple[bool, int]:
    """Order loose mentions: before the quotation first, then the nearest."""
    before = mention.span.end <= parts[0].start
    near = parts[0].start - mention.span.end if before else mention.span.start - parts[-1].end
    return not before, near


def _chain_before(
    prose: str, sentence: Span, start: int, mentions: Sequence[Mention]
) -> list[Mention]:
    """Return the speakers before the words, the outermost first."""
    chain: list[Mention] = []
    for mention in mentions:
        if mention.span.end > start or not _says_before(prose, sentence, start, mention):
            continue
        if chain and _new_clause(prose[chain[-1].span.end : mention.span.start]):
            chain = []
        chain.append(mention)
    if chain and _somebody_else(prose[chain[-1].span.end : start], chain[-1], start, mentions):
        return []
    return chain


def _new_clause(between: str) -> bool:
    return BLACKED_OUT in between or bool(speech.COORDINATED.search(between))


def _somebody_else(between: str, speaker: Mention, start: int, mentions: Sequence[Mention]) -> bool:
    """Whether, after another quotation, somebody else takes the word."""
    if BLACKED_OUT not in between:
        return False
    cut = between.rindex(BLACKED_OUT)
    later = speaker.span.end + cut
    if any(later < mention.span.start < start for mention in mentions):
        return True
    rest = [word.text for word in find_words(between[cut:])]
    return any(
        (name[0].isupper() or name.lower() in speech.PRONOUNS) and verb.lower() in speech.SAYING
        for name, verb in pairwise(rest)
    )


def _says_before(prose: str, sentence: Span, start: int, mention: Mention) -> bool:
    lead = prose[sentence.start : mention.span.start]
    gap = prose[mention.span.end : start]
    leads = speech.LEADS_TO_SPEAKER.search(lead) or speech.FOLLOWS_SPEAKER.match(gap)
    if leads or _passive(lead):
        return not speech.CLAUSE_END.search(gap.rstrip(": \n\u00a0\u202f"))
    if _verb_leads(lead) and speech.DIRECTLY.fullmatch(gap):
        return True
    if mention.possessive:
        return bool(speech.SOMEBODYS_WORDS.match(gap))
    if speech.OBJECT.search(lead) and not speech.PART_OF.search(lead):
        return False
    return _verb_follows(gap)


def _verb_follows(gap: str) -> bool:
    """Whether a name's predicate is a verb of saying that is not denied."""
    words = list(find_words(gap))
    for number, word in enumerate(words):
        small = _without_elision(word.folded)
        if number >= _REACH or small in speech.DENIALS or small.endswith("n't"):
            return False
        if BLACKED_OUT in gap[: word.span.start] or ";" in gap[: word.span.start]:
            return False
        if small in speech.SAYING:
            behind = [other.folded for other in words[number + 1 : number + 2]]
            return not small.endswith("ing") and not set(behind) & speech.DENY_BEHIND
        if small in speech.CONJUNCTIONS or word.text[0].isupper():
            return False
    return False


def _verb_leads(lead: str) -> bool:
    """Whether what stands before a name is a verb that its subject follows: ``Dazu schreibt``."""
    clause = [word.folded for word in find_words(re.split(r"[,;:.!?–—█]", lead)[-1])]
    while clause and clause[-1] in speech.DETERMINED:
        clause.pop()
    if not clause or _without_elision(clause[-1]) not in speech.INVERTED:
        return False
    first = clause[0]
    begins = first in speech.BEFORE_INVERTED or first.isdigit() or len(clause) == 1
    return begins and not any(word in speech.DENIALS for word in clause)


def _without_elision(verb: str) -> str:
    """Return a folded verb without what French elides before it: ``l’écrit``."""
    return _ELISION.sub("", verb)


def _passive(lead: str) -> bool:
    found = speech.BY.search(lead)
    return found is not None and found.group(1).lower() in speech.SAYING


def _says_behind(prose: str, sentence: Span, end: int, mention: Mention) -> bool:
    if mention.span.start < end:
        return False
    gap = prose[end : mention.span.start]
    if BLACKED_OUT in gap or speech.CLAUSE_END.search(gap):
        return False
    if re.match(r"[\s.,]*[(\[—–]\s*(?:see\s+|the\s+)*\Z", gap, re.IGNORECASE):
        return True
    behind = prose[mention.span.end : sentence.end]
    if speech.SO_HE_SAYS.match(gap) and speech.SO_HE_SAYS_ENDS.match(behind):
        return True
    words = [word.folded for word in find_words(gap)]
    if len(words) >= _REACH or any(word in speech.CONJUNCTIONS for word in words):
        return False
    leads = speech.LEADS_TO_SPEAKER.search(gap) or speech.FOLLOWS_SPEAKER.match(behind)
    return bool(leads) or _verb_beside(words, behind, mention)


def _verb_beside(words: Sequence[str], behind: str, mention: Mention) -> bool:
    """Whether a verb of saying stands before a name ("says Kunze") or behind it."""
    if any(word in speech.SAYING for word in words):
        return words[-1] in speech.SAYING | speech.DETERMINED and not mention.possessive
    lead = speech.DETERMINED | {"as", "wie", "comme"}
    return all(word in lead for word in words) and _verb_follows(behind)
