"""Spelling variants: two ways to write one English word (offence, offense).

The pairs are those of the `breame` package (Apache-2.0), read when first asked for.
"""

from __future__ import annotations

from functools import cache


@cache
def _american() -> dict[str, str]:
    from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

    return dict(BRITISH_ENGLISH_SPELLINGS)


@cache
def standard_spelling(folded: str) -> str:
    """Return the American spelling of a folded word, or the word itself where it has no other."""
    return _american().get(folded, folded)


def is_variant(one: str, other: str) -> bool:
    """Whether two different folded words are spellings of the same word."""
    return one != other and standard_spelling(one) == standard_spelling(other)


def has_variant(folded: str) -> bool:
    """Whether a folded English word has another spelling than this one."""
    return folded in _american() or folded in _british()


@cache
def _british() -> frozenset[str]:
    return frozenset(_american().values())
