"""Words on which the sense of a sentence turns: negations, modals, numbers, dates, limits.

The lists are closed classes of English grammar (Huddleston and Pullum 2002, ch. 3, 9 and 8 §6) with
the commonest equivalents of a few other languages; open classes (names) are told by their shape.
"""

from __future__ import annotations

import re

NEGATIONS = frozenset(
    "not no never none nor neither nobody nothing nowhere without cannot hardly scarcely "
    "barely seldom rarely ain't aren't can't couldn't didn't doesn't don't hadn't hasn't haven't "
    "isn't mightn't mustn't needn't shan't shouldn't wasn't weren't won't wouldn't "
    "nicht kein keine keinen keiner keines nie niemals weder ohne ne pas jamais aucun aucune sans "
    "nunca ningún ninguna sin niet geen nooit zonder inte aldrig utan ikke aldri non mai "
    "senza nie bez не ни нет никогда без".split()
)

MODALS = frozenset(
    "can could may might must shall should will would ought need dare "
    "muss müssen soll sollen sollte darf dürfen kann können peut doit devrait puede debe".split()
)

LIMITS = frozenset("only unless except but if solely merely until".split())
"""Single words that narrow what a sentence says."""

NEGATIVE_PREFIXES = ("in", "un", "non", "dis", "im", "ir", "il", "mis", "anti", "a")
"""Prefixes that turn a word into its contrary."""

_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred hundreds thousand thousands million millions billion billions trillion dozen "
    "half quarter third thirds twice once double triple first second fourth fifth sixth seventh "
    "eighth ninth tenth percent".split()
)
_DATES = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)

LIMITING_CLAUSE = re.compile(
    r"[\s,;:—–\-()\"'“”‘’]*(?:(?:and|or)\s+)?("
    r"but(?! also\b)|unless|except(?:ing|\s+(?:that|where|when|for|as))?|"
    r"provided(?:\s+(?:that|however))?|"
    r"provided,? however|however|although|though|save(?:\s+(?:that|where|as|for|in))?|"
    r"only\s+(?:if|when|where|to|in|for)|if and only if|"
    r"subject\s+to|without\s+prejudice\s+to|notwithstanding|excluding|other\s+than|"
    r"with\s+the\s+exception|so\s+long\s+as|as\s+long\s+as|insofar\s+as|in\s+so\s+far\s+as|"
    r"to\s+the\s+extent\s+that|on\s+condition\s+that|apart\s+from|barring|until|whereas|"
    r"sauf|à moins que|mais|jedoch|aber|außer|sofern|es sei denn|salvo|excepto|pero|a menos que"
    r")\b",
    re.IGNORECASE,
)
"""The words with which a clause begins that limits what went before."""


def is_negation(folded: str) -> bool:
    """Whether a folded word denies."""
    return folded in NEGATIONS or folded.endswith("n't")


def is_number(folded: str) -> bool:
    """Whether a folded word is a number, in digits or in words."""
    return any(c.isdigit() for c in folded) or folded in _NUMBER_WORDS


def is_date(folded: str) -> bool:
    """Whether a folded word names a month or a day (``may`` counts as a modal, not as a month)."""
    return folded in _DATES and folded != "may"


def sense(folds: list[str]) -> dict[str, list[str]]:
    """Return, by class, the words among some folds on which the sense turns, in order."""
    classes = {
        "negation": is_negation,
        "number": is_number,
        "date": is_date,
        "modal verb": MODALS.__contains__,
        "limit": LIMITS.__contains__,
    }
    return {
        name: words
        for name, test in classes.items()
        if (words := [fold for fold in folds if test(fold)])
    }
