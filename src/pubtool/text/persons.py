"""Persons: for whom English pronouns stand, and which of them may stand for one another.

Whoever reports another's words turns the first and second person into the third (*I*, *[he]*); no
report turns the third into another person or another sex. *They* may be one person or more, of any
sex; a ship is *she* and *it*.
"""

from __future__ import annotations

_ROWS = {
    "speaker": "i me my mine myself we us our ours ourselves",
    "hearer": "you your yours yourself yourselves thou thee thy thine thyself ye",
    "he": "he him his himself",
    "she": "she her hers herself",
    "it": "it its itself",
    "they": "they them their theirs themselves",
}
_PERSONS = {word: person for person, words in _ROWS.items() for word in words.split()}
_REPORTED = frozenset({"speaker", "hearer"})
"""Persons for whom any other may stand in a report."""


def persons(folds: list[str]) -> frozenset[str]:
    """Return the persons for whom the pronouns among some folds stand."""
    return frozenset(_PERSONS[fold] for fold in folds if fold in _PERSONS)


def is_pronoun(folded: str) -> bool:
    """Whether a folded word is a personal or possessive pronoun."""
    return folded in _PERSONS


def are_other_persons(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether pronouns put for others stand for somebody else."""
    return bool(mine and theirs) and not any(_agree(a, b) for a in mine for b in theirs)


def _agree(one: str, other: str) -> bool:
    """Whether a pronoun may be put for another."""
    if one == other or other in _REPORTED:
        return True
    return one not in _REPORTED and ("they" in (one, other) or {one, other} == {"she", "it"})
