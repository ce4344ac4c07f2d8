"""Brackets: what an author's bracket did to the source, and whether it may.

A bracket marks a change; it does not license one that turns the sense. A negation or a number that
only the bracket adds or takes away, another modal verb, quantity or person, a contrary, a modal
verb or a limit that it swallows beside what it replaces, and a bracket that stands for more than a
phrase, are refused (Q131), whichever convention is in force. Another word that is no form of the
source's, and no name for what the source only points at, is shown to whoever reads the report
(Q133): whether it says the same only they can tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubtool.checker.bracketed_numbers import counts_nothing
from pubtool.checker.differences.turned import (
    LIMITING,
    is_another_foreign_word,
    is_another_word,
    says_modal,
    spread,
    stands_beside,
    what_turns,
)
from pubtool.checker.elements import Elements, QuotedWord
from pubtool.checker.index import IndexPart
from pubtool.checker.place import Alignment
from pubtool.checker.place.align import group_of
from pubtool.checker.place.steps import Step
from pubtool.model import Code, Difference, DifferenceKind, Quotation
from pubtool.text.clauses import WITHOUT_ARTICLES, is_article, is_finite
from pubtool.text.folding import fold
from pubtool.text.languages import is_function_word, language_of
from pubtool.text.meaning import MODALS, NEGATIVE_PREFIXES, is_negation, is_number
from pubtool.text.persons import is_owner, is_pronoun, points_elsewhere
from pubtool.text.stems import LANGUAGES
from pubtool.text.typography import HYPHENS, ends_sentence

_MOST_WORDS = 6
"""Replacing more words than this is a paraphrase, and no substitution any more."""


def bracket_difference(
    quotation: Quotation, elements: Elements, alignment: Alignment, step: Step
) -> Difference:
    """Return the difference that a bracketed group makes."""
    group = group_of(elements, step)
    assert group is not None, "a step of kind BRACKETED comes from a group"
    part = alignment.part
    written = quotation.text[group.span.start : group.span.end]
    numbers = step.source or _at_end(elements, alignment, step)
    there = part.span(numbers.start, numbers.stop)
    own = bool(step.source) and _in_own_brackets(alignment, step.source)
    named = _names_what_is_counted(elements, step.quoted, part, numbers)
    mark = counts_nothing(quotation.text, elements, group, part, step.source)
    turned = not mark and (
        own
        or (
            not named
            and bool(turned_by(elements, alignment, Step(step.kind, step.quoted, numbers)))
        )
        or bool(_PREFIX.search(written))
        or _swallows(_folds(elements, step.quoted), part, step.source)
        or len(step.source) > _MOST_WORDS
    )
    code = Code("Q131") if turned else None
    if (
        not (turned or named or mark)
        and numbers
        and _is_another(elements, step.quoted, part, numbers)
    ):
        code = Code("Q133")
    if code is None:
        there = part.span(step.source.start, step.source.stop)
    return Difference(
        DifferenceKind.BRACKET,
        written,
        part.source.text[there.start : there.end],
        group.span,
        there,
        marked=True,
        permitted=not turned,
        code=code,
    )


def _at_end(elements: Elements, alignment: Alignment, step: Step) -> range:
    """Return the numbers of the source's words that a bracket at an end of a fragment stands for.

    Empty where neither the kind of the words nor what the source has left of its sentence tells:
    the bracket may just as well stand for nothing.
    """
    part, folds = alignment.part, _folds(elements, step.quoted)
    at = step.source.start
    starts = any(step.quoted.start == fragment.start for fragment in elements.fragments)
    ends = any(step.quoted.stop == fragment.stop for fragment in elements.fragments)
    language = language_of(part.count)
    names = _are_names(elements, step.quoted) and language != _CAPITAL_NOUNS
    if starts:
        beside = _beside(part, at - 1, -1)
        named = names and bool(beside) and _is_name(part, at - 1) and not _is_name(part, at)
        size = int(named) or stands_beside(folds, beside) or _subject(folds, beside, language)
        size = size or int(_is_bare_subject(folds, beside, language))
        size = size or _nearest_subject(folds, beside, part.folded[at : at + 1], language)
        return range(at - size, at)
    if ends:
        beside = _beside(part, at, 1)
        named = names and bool(beside) and _is_name(part, at) and not _is_name(part, at - 1)
        size = int(named) or _last_words(elements, step.quoted, part, at)
        return range(at, at + (size or stands_beside(folds, beside)))
    return range(at, at)


def _subject(folds: list[str], before: list[str], language: str | None) -> int:
    """Return of how many words the subject is for which a bracket with an article stands.

    `before` are the source's words to the sentence's beginning, the nearest first; a few behind an
    article are its subject.
    """
    if not (_LEAST_SUBJECT <= len(before) <= _MOST_SUBJECT and len(folds) >= _LEAST_SUBJECT):
        return 0
    both = all(is_article(fold, language) or "'" in fold for fold in (folds[0], before[-1]))
    return len(before) if both else 0


def _nearest_subject(
    folds: list[str], before: list[str], verb: Sequence[str], language: str | None
) -> int:
    """Return of how many words a subject within a sentence is, an article and a noun, or none."""
    if len(folds) != _LEAST_SUBJECT or len(before) <= _LEAST_SUBJECT:
        return 0
    articles = (folds[0], before[1])
    found = any(is_finite(fold, language) for fold in verb)
    return _LEAST_SUBJECT if found and all(is_article(a, language) for a in articles) else 0


def _is_bare_subject(folds: list[str], before: list[str], language: str | None) -> bool:
    """Whether a bracketed noun stands for the one before it, in a language without articles."""
    if language not in WITHOUT_ARTICLES or len(folds) != 1 or len(before) != 1:
        return False
    return not any(is_function_word(fold) or points_elsewhere(fold) for fold in (*folds, *before))


def _last_words(elements: Elements, quoted: range, part: IndexPart, at: int) -> int:
    """Return for how many words a bracket without an article stands that ends a quotation.

    It does where the source has as many left before its next mark, and neither a pronoun nor a name
    stands before it that the bracket explains.
    """
    count = len(quoted)
    words = [elements.words[n] for n in quoted]
    last = at + count - 1
    if last >= len(part.folded) or count > _MOST_LAST or at == 0 or _is_explained(part, at - 1):
        return 0
    german = language_of(part.count) == _CAPITAL_NOUNS
    if any(word.text[0].isupper() and not german for word in words):
        return 0
    opens = words[0].folded, part.folded[at]
    borders = [
        n == len(part.folded) or _MARK.search(part.between(n)) is not None
        for n in range(at, last + 2)
    ]
    if any(map(is_function_word, opens)) or any(map(points_elsewhere, opens)):
        return 0
    return count if borders == [False] * count + [True] else 0


def _is_explained(part: IndexPart, number: int) -> bool:
    """Whether a word of the source is one that a bracket behind it may explain."""
    word, language = part.folded[number], language_of(part.count)
    if is_owner(word) or is_article(word, language):
        return False
    pronoun = is_pronoun(word) if language == _LANGUAGE else points_elsewhere(word)
    return pronoun or (_is_name(part, number) and language != _CAPITAL_NOUNS)


_LEAST_SUBJECT = 2
_MOST_SUBJECT = 4
"""Words of a subject: an article, its noun, and an adjective or two."""
_MOST_LAST = 3
_MARK = re.compile(r"[.,;:!?)—–]")


def _are_names(elements: Elements, numbers: range) -> bool:
    """Whether all words of a bracket may be names: *[Fenwick]*, and not *[The keeper]*."""
    written = [elements.words[n].text for n in numbers]
    return bool(written) and all(
        word[0].isupper() and not is_function_word(word.casefold()) and not is_pronoun(fold(word))
        for word in written
    )


def _beside(part: IndexPart, number: int, way: int) -> list[str]:
    """Return the source's words from a number on, this way or that, to the sentence's end."""
    found: list[str] = []
    while 0 <= number < len(part.folded) and len(found) < _MOST_WORDS:
        border = number + 1 if way < 0 else number
        if ends_sentence(part.between(border)) or ";" in part.between(border):
            break
        found.append(part.folded[number])
        number += way
    return found


def turned_by(elements: Elements, alignment: Alignment, step: Step) -> str:
    """Return what some words in brackets change of the sense; empty where there is nothing."""
    part = alignment.part
    others = [_unlike_may(part.written(n), part.folded[n]) for n in step.source]
    first = step.source.start
    near = part.folded[max(first - _NEAR, 0) : first]
    if any(step.quoted.stop == fragment.stop for fragment in elements.fragments):
        near = (*near, *part.folded[step.source.stop : step.source.stop + _NEAR])
    return what_turns(_folds(elements, step.quoted), spread(others), near)


_NEAR = 3
"""Words of the source beside a bracket that tell whether it names what they speak of."""


def _folds(elements: Elements, numbers: range) -> list[str]:
    words = (elements.words[n] for n in numbers)
    return spread(_unlike_may(word.text, word.folded) for word in words)


def _unlike_may(written: str, folded: str) -> str:
    """Return a fold that tells the month from the modal verb."""
    return written if written == "May" else folded


def _is_another(elements: Elements, quoted: range, part: IndexPart, numbers: range) -> bool:
    """Whether a bracket puts another word in the place of the source's, as far as is known."""
    words = [elements.words[n].text for n in quoted]
    others = [part.folded[n] for n in numbers]
    names = [_is_name(part, n) for n in numbers]
    if _spells_out(words, others):
        return False
    language = language_of(part.count)
    if language == _LANGUAGE:
        return is_another_word(words, others, names)
    return language in LANGUAGES and is_another_foreign_word(words, others, names, language)


def _spells_out(words: list[str], others: list[str]) -> bool:
    """Whether a bracket writes out initials: *[Your Royal Highness]* for Y.R.H."""
    initials = "".join(others)
    return len(initials) > 1 and initials == "".join(word[0] for word in words).casefold()


def _is_name(part: IndexPart, number: int) -> bool:
    """Whether a word of the source has a capital that no sentence's beginning explains.

    At a sentence's beginning it does where it never stands without one, and elsewhere with one.
    """
    if not part.written(number)[0].isupper() or is_pronoun(part.folded[number]):
        return False
    if _is_inside_sentence(part, number):
        return True
    others = [n for n in part.postings[part.folded[number]][:_MOST_SEEN] if n != number]
    inside = any(_is_inside_sentence(part, n) for n in others)
    return inside and all(part.written(n)[0].isupper() for n in others)


def _is_inside_sentence(part: IndexPart, number: int) -> bool:
    """Whether no sentence begins with a word of the source."""
    if number == 0:
        return False
    return not ends_sentence(part.between(number)) or part.folded[number - 1] in _TITLES


_TITLES = frozenset("mr mrs ms dr st prof rev capt col gen sir mme mlle sr sra sig".split())
"""Titles, whose full stop ends no sentence before a name."""

_MOST_SEEN = 50
"""Occurrences of a word that are asked for its capitals."""


def _names_what_is_counted(
    elements: Elements, quoted: range, part: IndexPart, numbers: range
) -> bool:
    """Whether a bracket names what the source only counts: *[cleanliness]* for *the first*.

    Nothing but the counting word and its article stands there, and no noun behind it.
    """
    folds = [part.folded[n] for n in numbers]
    if len(folds) < _LEAST_COUNTED or folds[0] != "the" or not _COUNTING.issuperset(folds[1:]):
        return False
    behind = part.folded[numbers.stop : numbers.stop + 1]
    alone = re.search(r"[,.;:!?)]", part.between(numbers.stop)) or any(
        map(is_function_word, behind)
    )
    own = _folds(elements, quoted)
    return bool(alone) and not any(is_number(word) or is_negation(word) for word in own)


_COUNTING = frozenset("first second third fourth fifth sixth former latter last other".split())
_LEAST_COUNTED = 2
_LANGUAGE = "English"
_CAPITAL_NOUNS = "German"


def _in_own_brackets(alignment: Alignment, numbers: range) -> bool:
    """Whether the source itself has these words in brackets: they are its text, not a change."""
    part = alignment.part
    before, after = part.between(numbers.start), part.between(numbers.stop)
    return before.rstrip().endswith("[") and after.lstrip().startswith("]")


_NOUN_BEFORE = frozenset("the a an his her its their my our your this that last of".split())
"""Words behind which *will*, *can* or *might* is a noun."""


_PREFIX = re.compile(rf"\b(?:{'|'.join(NEGATIVE_PREFIXES)})[{HYPHENS}]\s*\]$", re.IGNORECASE)
"""A prefix that denies the word behind the bracket: ``[anti-]slavery``."""


def _swallows(folds: list[str], part: IndexPart, numbers: range) -> bool:
    """Whether a bracket leaves out a modal verb or a limit of the source: ``[he] go``, *he may go*.

    One modal for another (``[could]``, *can*) is a change of tense, and shown.
    """
    words = part.folded
    modals = [
        n
        for n in numbers
        if words[n] in MODALS
        and not (n and words[n - 1] in _NOUN_BEFORE)
        and part.written(n) != "May"
    ]
    if modals and not MODALS.intersection(folds):
        return not all(says_modal(folds, words[n]) for n in modals)
    return any(words[n] in LIMITING and words[n] not in folds for n in numbers)


def letters_difference(elements: Elements, alignment: Alignment, step: Step) -> Difference:
    """Return the difference that letters in brackets make within a word."""
    word = elements.words[step.quoted.start]
    part = alignment.part
    number = step.source.start
    turned = turned_by(elements, alignment, step) and not _is_either(word)
    return Difference(
        DifferenceKind.BRACKET,
        word.text,
        part.written(number),
        word.span,
        part.span(number, number + 1),
        marked=True,
        permitted=not turned,
        code=Code("Q131") if turned else None,
    )


def _is_either(word: QuotedWord) -> bool:
    """Whether a word is *[s]he*, which writes *he or she*."""
    return word.folded == "she" and word.bracketed == ("s",)
