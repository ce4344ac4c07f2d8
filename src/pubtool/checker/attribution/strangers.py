"""Strangers: whoever a post says to speak, of whom the bibliography knows nothing.

Such a name proves nothing and leads to no source; it only says whose the words are.
"""

from __future__ import annotations

import re

from pubtool.checker import speech
from pubtool.checker.quotations.credits import is_credit, is_name
from pubtool.text.folding import fold
from pubtool.text.languages import FUNCTION_WORDS

_SENTENCE_END = re.compile(r"[.!?]\s+(?=\W*[A-Z])|\n\s*\n")
_CLAUSE_END = re.compile(r"[.!?;](?=\s|\Z)|\n")
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]+")
_PRONOUN = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:according\s+to|in\s+the\s+words\s+of|by|from)\s+(?:the\s+)?[A-Z]\w")
_ENGLISH = FUNCTION_WORDS["English"]


def names_a_speaker(before: str, after: str) -> bool:
    """Whether the prose round a quotation says who speaks, or a block quote's end credits it."""
    lead = last_sentence(before)
    behind = _CLAUSE_END.split(after.lstrip("\"'”’»“.,!?…)"))[0]
    if any(map(says_who, (lead, behind))) or _FROM.search(lead):
        return True
    credit = after.strip("\"'”’»“.,!?… \n")
    return is_credit(credit) or is_name(credit.lstrip("—–―-~ \u00a0"))


def last_sentence(text: str) -> str:
    """Return what a text has behind its last end of a sentence."""
    return _SENTENCE_END.split(text)[-1]


def says_who(text: str) -> bool:
    """Whether a clause has a verb of saying, and a name or a pronoun of a person."""
    if not speech.says(text):
        return False
    folds = map(fold, _CAPITAL.findall(text))
    named = any(name not in _ENGLISH and name not in speech.SAYING for name in folds)
    return named or _PRONOUN.search(text) is not None
