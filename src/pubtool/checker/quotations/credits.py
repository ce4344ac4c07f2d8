"""Credits: who a block quote is by, written by hand behind its words.

Markdown has no element for it, so authors end the quote with a dash, a hyphen or a tilde and a
name: on a line or in a paragraph of its own, as the only item of a list, or on the last line. Where
a dash is all that tells it from the words, what follows must read like a name and nothing else, for
whatever counts as a credit is compared with no source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubtool.checker import speech
from pubtool.text.folding import fold
from pubtool.text.languages import is_function_word
from pubtool.text.meaning import sense

_DASH = r"[—–―~]|--+|\\?-(?=\s)"
_LEAD = re.compile(rf"(?:(?<=\s)|(?<=[.!?…\"”’»“]))(?:{_DASH})\s*")
_LINE_LEAD = re.compile(rf"[ \t\u00a0]*(?:{_DASH})\s*(?=\S)")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»“)\]]*\s*\Z")
"""The end of a sentence."""
_MARKED = re.compile(r"[\"”»“]\s*\Z")
"""The end of what stands in marks, behind which a lone word may be a name too."""

_NAME_END = re.compile(r"[,(\[:;—–\ufffc]|\s-\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+")
_TITLED = re.compile(r"[^\W\d_]{2},\s+[^\W\d_]")
_MOST_WORDS = 30
_MOST_NAMED = 8
"""Words before the first comma."""
_PARTICLES = speech.SMALL | frozenset(
    "de del della di da do dos das du des la le les el al ibn bin ben von vom van der den ter zu "
    "und y e et i op or as".split()
)
_LOCATORS = frozenset(
    "p pp page pages par para para paras paragraph ch chap chapter vol volume no bk book act scene "
    "line lines l ll sec section art article letter n note trans tr translated ed eds edited ca "
    "circa quoted cited qtd attributed th st nd rd s f ff sq cf interview speech".split()
)
_TURNING = {"negation", "limit"}
"""Classes of words that no name is made of: *— Except Sundays* belongs to what was said."""


def credit_start(text: str, start: int, end: int, lines: Sequence[int]) -> int:
    """Return where the credit in a stretch of a block quote begins; its end where there is none.

    `lines` are where the second and later lines begin.
    """
    for found in _LEAD.finditer(text, start, end):
        if found.start() == start or not is_name(text[found.end() : end]):
            continue
        before = text[start : found.start()]
        first = max((line for line in lines if line <= found.start()), default=start)
        if first > start and not text[first : found.start()].strip():
            return found.start()
        if _MARKED.search(before):
            return found.start()
        if _ENDED.search(before) and len(_WORD.findall(text, found.end(), end)) > 1:
            return found.start()
    return end


def is_credit(text: str) -> bool:
    """Whether a paragraph is a hyphen or a tilde and a name."""
    lead = _LINE_LEAD.match(text)
    return lead is not None and is_name(text[lead.end() :])


def is_byline(text: str) -> bool:
    """Whether a paragraph is a name with a title or a work, without a mark before it."""
    work, by, who = text.partition(" by ")
    title = _WORD.findall(work)
    if by and is_name(who) and len(title) <= _MOST_NAMED:
        return bool(title) and title[0][0].isupper() and all(map(_may_be_in_name, title))
    return _TITLED.search(text) is not None and is_name(text) and not _ENDED.search(text)


def is_name(text: str) -> bool:
    """Whether some words name a person or a work, and a place in it, and say nothing else.

    *Ada Orme, The Lamp, Chapter II, p. 26*: each word has a capital, is a number, joins names, or
    says what the number is of. A lone word that is none of the commonest may be a name.
    """
    words = _WORD.findall(text)
    named = _WORD.findall(_NAME_END.split(text.strip(), maxsplit=1)[0])
    if not named or len(named) > _MOST_NAMED or len(words) > _MOST_WORDS:
        return False
    first = fold(named[0])
    if not named[0][0].isupper() or is_function_word(first):
        return False
    if re.search(r"[!?…]", text) or (len(words) < 2 and re.search(r"\W\s*\Z", text)):
        return False
    turns = sense([fold(word) for word in words]).keys() & _TURNING
    return all(map(_may_be_in_name, words)) and not turns


def _may_be_in_name(word: str) -> bool:
    low = word.lower()
    apart = word[0].isupper() or word[0].isdigit() or len(word) == 1
    return apart or low in _PARTICLES or low in _LOCATORS
