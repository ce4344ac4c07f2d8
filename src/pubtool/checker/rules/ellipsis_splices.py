"""Q124: an ellipsis makes one sentence of two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.omissions import Omission, omission
from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, DifferenceKind, Finding, Severity
from pubtool.text.clauses import begins_subject, is_finite
from pubtool.text.languages import FUNCTION_WORDS
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
    """Return the beginning of a sentence, among the words left out, that goes on behind them.

    Empty where the dots begin or end with a sentence, or behind an article whose noun may follow
    them, and where that sentence may well be about the same: its subject is a pronoun, or none.
    """
    *before, begun = _BORDER.split(left_out.text)
    if not before or left_out.begins_sentence or left_out.ends_sentence:
        return ""
    if any(fold in FUNCTION_WORDS[language] for fold in left_out.leading[-1:]):
        return ""
    folds, behind = read_folds(begun), left_out.following[:1]
    if not (folds and behind) or not _is_predicate(behind[0], language):
        return ""
    bare = language == "Polish" and folds[0] not in FUNCTION_WORDS[language]
    return begun if bare or begins_subject(folds[0], language) else ""


def _is_predicate(folded: str, language: str) -> bool:
    """Whether a word goes on with what is said of the subject, and begins nothing new."""
    return is_finite(folded, language) or folded not in FUNCTION_WORDS[language]


_BORDER = re.compile(
    r"(?<!\b[A-ZÀ-Þ])(?<!\b[A-ZÀ-Þ][a-z])[.!?][\"'”’»)\]]*\s+(?=\W*[^\W\d_a-zß-ÿ])|;\s+"
)
"""Between two sentences, or two that a semicolon joins. An initial and a title before a name end
none."""
