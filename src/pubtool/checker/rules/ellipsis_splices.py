"""Q124: an ellipsis makes one sentence of two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.omissions import Omission, omission
from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, DifferenceKind, Finding, Severity
from pubtool.text.clauses import (
    WITHOUT_ARTICLES,
    begins_subject,
    is_article,
    is_finite,
    is_object,
    is_speaker,
    is_subordinating,
)
from pubtool.text.languages import FUNCTION_WORDS
from pubtool.text.meaning import is_number
from pubtool.text.words import read_folds

RULE = Rule(Code("Q124"), Severity.WARNING, "ellipsis_splices")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding an ellipsis that gives a sentence the end of another one."""
    language = case.language
    for difference in case.differences:
        if language and difference.kind is DifferenceKind.ELLIPSIS:
            left_out = omission(case.source_text(), difference.there)
            subject = _other_subject(left_out, language)
            if subject:
                told = f"what goes on behind the dots is said of “{shorten(subject)}”"
                yield case.finding(RULE, told, difference)


def _other_subject(left_out: Omission, language: str) -> str:
    """Return the words left out that name of what is spoken behind them, where the dots hide it.

    Empty where the dots begin or end with a sentence, or behind an article whose noun may follow
    them, and where the sentence that goes on may well be about the same: its subject is a pronoun
    of the third person, or none is seen.
    """
    if left_out.ends_sentence or not (left_out.following and left_out.leading):
        return ""
    last = left_out.leading[-1]
    if last in FUNCTION_WORDS[language] and not is_finite(last, language):
        return ""
    return (
        _outer_subject(left_out, language)
        or _joined_subject(left_out, language)
        or _inner_subject(left_out, language)
    )


def _outer_subject(left_out: Omission, language: str) -> str:
    """Return the beginning of another sentence, left out before what it says."""
    *before, begun = _BORDER.split(left_out.text)
    folds = read_folds(begun)
    if not (before and folds) or left_out.begins_sentence:
        return ""
    if len(folds) <= _MOST_OF_SPEAKER and is_speaker(folds[0], language):
        return "" if is_speaker(left_out.leading[0], language) else begun
    own = folds[0] not in FUNCTION_WORDS[language]
    bare = own and language in WITHOUT_ARTICLES
    alike = own and folds[0] == left_out.leading[0]
    alike = alike and not any(map(is_number, folds[1:2]))  # the heads of two articles
    named = bare or alike or begins_subject(folds[0], language)
    return begun if named and _is_predicate(left_out.following, language) else ""


def _joined_subject(left_out: Omission, language: str) -> str:
    """Return the subject of a clause that a comma or a conjunction joins to the one before.

    Two clauses are told from a list of two things by their verbs, or by what they begin with.
    """
    parts = _JOINT.split(left_out.text)
    folds = tuple(read_folds(parts[-1]))
    if len(parts) < _LEAST_PARTS or left_out.parted_after or not folds:
        return ""
    said = any(is_finite(fold, language) for part in parts[:-1] for fold in read_folds(part))
    verb = left_out.following[is_object(left_out.following[0], language) :][:1]
    two = said and any(is_finite(fold, language) for fold in verb)
    named = begins_subject(folds[0], language)
    size = _LEAST_ALIKE if named else 1
    alike = folds[:size] == left_out.leading[:size] and len(folds) > size
    alike = alike and _is_predicate(left_out.following, language)
    return parts[-1] if (named and two) or (alike and folds[size - 1] != folds[-1]) else ""


def _inner_subject(left_out: Omission, language: str) -> str:
    """Return the subject of a subordinate clause, left out before the verb that is quoted."""
    folds = left_out.folds
    if left_out.parted_after or not is_finite(left_out.following[0], language):
        return ""
    for size in _SIZES_OF_SUBJECT:
        joining, *subject = folds[-size - 1 :] if len(folds) > size else ("",)
        if subject and is_article(subject[0], language) and is_subordinating(joining, language):
            return " ".join(left_out.text.split()[-size:])
    return ""


def _is_predicate(following: tuple[str, ...], language: str) -> bool:
    """Whether some words go on with what is said of the subject, and begin nothing new."""
    first, second = (*following, "")[:2]
    pronoun = is_object(first, language) and is_finite(second, language)
    return pronoun or is_finite(first, language) or first not in FUNCTION_WORDS[language]


_JOINT = re.compile(
    r",\s+(?:(?:and|but|und|aber|doch|et|mais|y|e|pero|ma|mas|en|maar|ale)\s+)?|"
    r"\s+(?:and|but|und|aber|et|mais|y|pero|ma|mas|maar|ale)\s+"
)
_LEAST_PARTS = 2
_LEAST_ALIKE = 2
"""Words in which two clauses agree that begin with an article."""
_MOST_OF_SPEAKER = 3
"""Words left of a sentence that begins with *I*."""
_SIZES_OF_SUBJECT = (2, 3)
"""Words: an article and a noun, with an adjective or without."""
_BORDER = re.compile(
    r"(?<!\b[A-ZÀ-Þ])(?<!\b[A-ZÀ-Þ][a-z])[.!?][\"'”’»)\]]*\s+(?=\W*[^\W\d_a-zß-ÿ])|;\s+"
)
"""Between two sentences, or two that a semicolon joins. An initial and a title before a name end
none."""
