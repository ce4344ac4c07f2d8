"""Asides: the author's *he says* inside the quotation marks, as French, Spanish and Russian set it.

« Le corps humain, dit l'article 16-1, est inviolable »: between commas or dashes, the verb first,
which no English sentence has. The source's own aside is found literally before it comes to this.
"""

from __future__ import annotations

import re

from pubtool.checker.differences.compared import Compared
from pubtool.checker.speech import french, others
from pubtool.text.meaning import is_negation

_VERBS = frozenset().union(
    french.SAYING, *others.SAYING.values(), "dice dicen decía escribía говорил замечает".split()
)
_COMPOUND = re.compile(r"(?:a|ont)-t-(?:il|elle|on|ils|elles)\b", re.IGNORECASE)
_MOST_WORDS = 8
_OPENS = re.compile(r"[,—–-]\s*\Z")
_CLOSES = re.compile(r"\s*[,;—–-]")


def is_aside(compared: Compared, numbers: range) -> bool:
    """Whether some words in the middle of the quotation say who speaks, and nothing else."""
    words, text = compared.elements.words, compared.quotation.text
    if not 0 < numbers.start < numbers.stop < len(words) or len(numbers) > _MOST_WORDS:
        return False
    first, last = words[numbers.start], words[numbers.stop - 1]
    folds = [words[n].folded for n in numbers]
    says = folds[0] in _VERBS or _COMPOUND.match(text, first.span.start)
    return (
        bool(says)
        and bool(_OPENS.search(text[: first.span.start]))
        and bool(_CLOSES.match(text, last.span.end))
        and not any(map(is_negation, folds))
    )
