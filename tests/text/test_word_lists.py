"""The lists of words are written as folding has them: a word that no fold equals is never found."""

from __future__ import annotations

import pytest

from pubtool.text import clauses, contraries, hedges, languages, meaning, persons
from pubtool.text.folding import fold

_SETS = {
    "negations": meaning.NEGATIONS,
    "modals": meaning.MODALS,
    "limits": meaning.LIMITS,
    "hedges": hedges.HEDGES,
    "numbers": meaning._NUMBER_WORDS,
    "dates": meaning._DATES,
    "quantities": frozenset(contraries._GROUPS),
    "pointing": persons._ELSEWHERE,
    **{f"{language} words": words for language, words in languages.FUNCTION_WORDS.items()},
    **{
        f"{language} {name.strip('_').lower()}": words
        for name in ("_RELATIVES", "_DEFINITE", "_INDEFINITE", "_SUBJECTS", "_FINITE")
        for language, words in getattr(clauses, name).items()
    },
}


@pytest.mark.parametrize("words", _SETS.values(), ids=_SETS)
def test_a_listed_word_is_its_own_fold(words: frozenset[str]) -> None:
    assert [word for word in sorted(words) if fold(word) != word] == []
