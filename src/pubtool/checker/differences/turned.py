"""Whether words in brackets turn the sense of those that they stand for, or say another thing.

Chicago 13.60-62 and Bluebook 5.2 let brackets explain, put a name in the place of a pronoun, and
fit a word's form or capital to the sentence. They let no words deny what the source says, nor say
more or less of it, nor of somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from pubtool.text.amounts import amounts
from pubtool.text.contraries import are_contrary, quantities
from pubtool.text.forms import are_forms
from pubtool.text.hedges import HEDGES
from pubtool.text.languages import FUNCTION_WORDS, is_function_word
from pubtool.text.meaning import (
    LIMITS,
    MODALS,
    are_one_modal,
    is_date,
    is_negation,
    is_number,
)
from pubtool.text.persons import (
    are_other_persons,
    is_demonstrative,
    is_pronoun,
    persons,
    points_elsewhere,
)
from pubtool.text.stems import is_of_many_stems, may_be_forms

LIMITING = (LIMITS - {"but", "until"}) | {"if"}
"""Limits but those which also merely join sentences."""

_PLAIN_DENIALS = frozenset({"not", "cannot"})
_MILD = frozenset("if will would shall should zal zullen zou zouden".split())
_ADDED = (LIMITING | HEDGES | MODALS) - _MILD
"""Words that say more or less of the source's where a bracket adds nothing beside them. An *if*, a
*would* or a *should* may be what the sentence round the quotation asks for."""

_WHATEVER = frozenset(
    "little enough either everyone everybody everything someone somebody something anyone anybody "
    "anything".split()
)
"""Words of quantity that may stand for a whole phrase, and so say nothing of the source's words."""

_POINTING = frozenset(
    "this that these those such here there then now said same former latter who whom whose which "
    "what it today yesterday tomorrow tonight".split()
)
"""Words by which a source speaks of what its reader knows, and the quotation's does not."""

_TIMES = frozenset("then now today yesterday tomorrow tonight when".split())
_TIME_NOUNS = frozenset(
    "year years month months week weeks day days time times date decade century summer winter "
    "spring autumn fall season morning evening night moment period".split()
)
_OF_TIME = frozenset("this that last next same following previous preceding".split())
_ARTICLES = frozenset({"the", "a", "an"})
_OWNERS = frozenset("his her its their my our your".split())
_GRAMMAR = FUNCTION_WORDS["English"] | frozenset(
    "am being does doing done having himself herself itself themselves myself ourselves yourself "
    "whom whose where because while although though since until till upon about after before above "
    "below between among against during through under over without within toward towards across "
    "behind beside besides near off down again also too very just even ever yet still thus hence "
    "therefore however nor neither either both same own more most some many much few less least "
    "all another them me us mine ours yours hers theirs how why whether as than per via out not "
    "never dare need ought that's it's".split()
)
"""English words that join others or point at something, and name nothing."""


def what_turns(folds: list[str], others: list[str], near: Iterable[str] = ()) -> str:
    """Return what words put for a source's change of its sense; empty where there is nothing.

    All words are folded; `near` are the source's before them, or at an end of the quotation those
    that they may stand for.
    """
    mine = [word for word in folds if word not in others]
    theirs = [word for word in others if word not in folds]
    if _denials(folds) != _denials(others):
        return "a negation"
    beside = others or list(near)
    if (
        _have_other_numbers(folds, others)
        and not _say_one_number(folds, others, list(near))
        and not _is_referred_to(mine, beside)
    ):
        return "a number"
    if any(are_contrary(one, other) for one in mine for other in theirs):
        return "the sense to its contrary"
    if theirs or not mine:
        return _what_differs(mine, theirs)
    return _what_is_added(mine, frozenset(near))


def _what_differs(mine: list[str], theirs: list[str]) -> str:
    """Return of which closed class a word was put for another one; empty where of none."""
    if _is_other_modal(mine, theirs):
        return "a modal verb"
    here, there = quantities(mine), quantities(theirs)
    if here and there and here != there:
        return "a quantity"
    if _are_other_dates(mine, theirs):
        return "a date"
    named = any(map(_names, mine))
    return (
        "the person meant"
        if not named and are_other_persons(persons(mine), persons(theirs))
        else ""
    )


def _are_other_dates(mine: list[str], theirs: list[str]) -> bool:
    """Whether another month or day was put for one; *May* with its capital is a month."""
    return all(any(word == "May" or is_date(word) for word in words) for words in (mine, theirs))


def stands_beside(folds: list[str], beside: list[str]) -> int:
    """Return for how many words beside it a bracket at an end of a quotation stands by its kind.

    The quotation ends there, so that only the kind of the words tells: a pronoun, a word of
    quantity, a modal verb or a date that is put for another one, or a contrary.
    """
    return next(
        (
            size
            for size in (1, len(folds))
            if len(beside) >= size and any(_are_of_one_kind(folds, beside[:size]))
        ),
        0,
    )


def _are_of_one_kind(folds: list[str], beside: list[str]) -> Iterator[bool]:
    named = any(map(_names, folds))
    yield not named and bool(persons(folds) and persons(beside))
    yield bool(quantities(folds) and quantities(beside))
    yield any(word in MODALS for word in folds) and any(word in MODALS for word in beside)
    yield _are_other_dates(folds, beside)
    yield any(are_contrary(one, other) for one in folds for other in beside)


def spread(folds: Iterable[str]) -> list[str]:
    """Return some folds with each modal verb and its *not* apart: *cannot*, *couldn't*."""
    return [part for fold in folds for part in _spread(fold)]


def _spread(fold: str) -> list[str]:
    stem = _CONTRACTED.get(fold) or fold.removesuffix("n't").removesuffix("not")
    return [stem, "not"] if stem != fold and stem in MODALS else [fold]


_CONTRACTED = {"can't": "can", "won't": "will", "shan't": "shall"}
_SAID_OTHERWISE = {"had": "must", "has": "must", "have": "must", "able": "can"}
"""Words by which English says in other tenses what a modal verb says in the present."""


def says_modal(folds: list[str], modal: str) -> bool:
    """Whether some folds say what a modal verb says."""
    said = {_SAID_OTHERWISE.get(word, word) for word in folds} & MODALS
    return any(are_one_modal(word, modal) for word in said)


def _denials(folds: list[str]) -> list[str]:
    denials = [fold for fold in folds if is_negation(fold)]
    return ["not" if d in _PLAIN_DENIALS or d.endswith("n't") else d for d in denials]


def _have_other_numbers(folds: list[str], others: list[str]) -> bool:
    """Whether numbers differ, but for those of an explanation: *[chapter 3]*, *[of two ships]*.

    *One* may be anybody, so that another pronoun or an article may stand for it.
    """
    mine, theirs = ([word for word in words if is_number(word)] for words in (folds, others))
    anybody = theirs == ["one"] and not mine and not any(map(_names, folds))
    if mine == theirs or anybody:
        return False
    explained = folds[:1] and folds[0] in _EXPLAINING and any(map(_names_thing, folds))
    pairs = pairwise(["", *folds])
    return bool(others) or not (
        explained or all(_names_thing(before) for before, word in pairs if is_number(word))
    )


def _say_one_number(folds: list[str], others: list[str], near: list[str]) -> bool:
    """Whether a bracket spells the source's number or writes it in figures: *[thirty]* for *30*.

    At an end of a quotation the number stands beside it in the source.
    """
    said = amounts(folds)
    if not said:
        return False
    if others:
        return said == amounts(others)
    sides = (near[:count][::step] for count in range(1, _MOST_OF_NUMBER + 1) for step in (1, -1))
    return any(said == amounts(side) for side in sides)


_MOST_OF_NUMBER = 4
"""Words of a number beside the quotation: *seven per cent*, *twenty one*."""

_EXPLAINING = frozenset("of in on at from since until who which that namely aged born died".split())
"""Words with which an explanation begins that stands behind what it explains."""


def _names_thing(folded: str) -> bool:
    return bool(folded) and _names(folded) and not is_number(folded)


def _is_referred_to(mine: list[str], others: list[str]) -> bool:
    """Whether a number may be what the source's own words refer to: *that year [1931]*, *it*."""
    if any(map(is_number, others)):
        return False
    dated = any(word.isdigit() or is_date(word) for word in mine)
    times = _OF_TIME.intersection(others) and _TIME_NOUNS.intersection(others)
    if dated and (times or _TIMES.intersection(others)):
        return True
    pointing = any(word in _POINTING or is_pronoun(word) for word in others)
    return pointing and any(map(_names_thing, mine))


def _what_is_added(folds: list[str], near: frozenset[str]) -> str:
    """Return what a bracket that stands for nothing says of the source's words.

    One that names something explains; it has a sentence of its own. One that repeats the source's
    words beside it says nothing.
    """
    named = any(_names(fold) and not is_function_word(fold) for fold in folds)
    if named and not HEDGES.intersection(folds):
        return ""
    fresh = [fold for fold in folds if fold not in near]
    if _ADDED.intersection(fresh):
        return "a limit" if not MODALS.intersection(fresh) else "a modal verb"
    return "a quantity" if quantities([fold for fold in fresh if fold not in _WHATEVER]) else ""


def _is_other_modal(mine: list[str], theirs: list[str]) -> bool:
    """Whether one modal verb was put for another one; for a form of it is a change of tense."""
    here = [word for word in mine if word in MODALS]
    there = [word for word in theirs if word in MODALS]
    if there:
        return bool(here) and not any(are_one_modal(a, b) for a in here for b in there)
    return bool(_ADDED.intersection(here))


def _names(folded: str) -> bool:
    """Whether a folded word names something, and does not only join others or point at them."""
    return not (
        folded in _GRAMMAR
        or folded in MODALS
        or folded in LIMITING
        or folded in HEDGES
        or is_pronoun(folded)
        or is_negation(folded)
        or bool(quantities([folded]))
    )


def is_another_word(words: list[str], others: list[str], names: list[bool]) -> bool:
    """Whether English words in brackets stand for others than a form, a name or a reference.

    `words` are as written; of each of the source's folded words `names` tells whether it is a name.
    """
    folds = [word.casefold() for word in words]
    if _say_one_number(folds, others, []):
        besides = [word for word in folds if _names_thing(word) and word not in ("per", "cent")]
        return not all(any(are_forms(word, one) for one in others) for word in besides)
    lost = [
        n
        for n, word in enumerate(others)
        if _names(word) and not any(are_forms(one, word) for one in folds)
    ]
    if not lost or _TIMES.intersection(others):
        return False
    fresh = [n for n, word in enumerate(folds) if _names(word)]
    if not fresh:
        return not any(is_pronoun(word) or word in _POINTING for word in folds)
    if _POINTING.intersection(others) or others[0] in _OWNERS:
        return False
    is_named = all(words[n][0].isupper() for n in fresh)
    if all(names[n] for n in lost):
        return is_named
    return not (others[0] in _ARTICLES and is_named)


def is_another_foreign_word(
    words: list[str], others: list[str], names: list[bool], language: str
) -> bool:
    """Whether words in brackets stand for others than a form, a name or a reference.

    The arguments are those of `is_another_word`. A description may be given a name, or be put more
    fully without its article; where every noun has a capital, a noun may be a name.
    """
    grammar = FUNCTION_WORDS[language]

    def names_something(folded: str) -> bool:
        plain = folded in grammar or points_elsewhere(folded) or is_of_many_stems(folded, language)
        turns = folded in MODALS or is_negation(folded) or is_number(folded)
        return not (plain or turns or quantities([folded]))

    folds = [word.casefold() for word in words]
    fresh = [n for n, word in enumerate(folds) if names_something(word)]
    lost = [
        n
        for n, word in enumerate(others)
        if names_something(word)
        and not any(may_be_forms(folds[one], word, language) for one in fresh)
    ]
    if any(map(is_demonstrative, others)):
        return False
    if not (lost and fresh):
        counts = any(quantities([word]) or word in HEDGES for word in folds)
        return bool(lost) and counts and not any(map(points_elsewhere, folds))
    described = len(others) > 1 and others[0] in grammar and folds[0] not in grammar
    if language != "German" and all(names[n] for n in lost):
        return all(words[n][0].isupper() for n in fresh)
    return not (described and all(words[n][0].isupper() for n in fresh))
