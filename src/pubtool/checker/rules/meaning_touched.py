"""Q104: an unmarked change touches the meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.rules import poor_text
from pubtool.checker.rules.rule import WORD_KINDS, Case, Rule
from pubtool.model import Code, Difference, Finding, QuotationKind, Severity
from pubtool.text.meaning import sense
from pubtool.text.words import find_words

RULE = Rule(Code("Q104"), Severity.ERROR, "meaning_touched")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a change on which the sense turns."""
    if case.quotation.kind is QuotationKind.TITLE:
        return
    for difference in case.differences:
        if _is_change(difference):
            touched = _touched(case, difference)
            if touched:
                yield case.finding(RULE, f"the change touches {touched}", difference)


def _is_change(difference: Difference) -> bool:
    """Whether the author changed words, and not a scanner."""
    own = difference.code != poor_text.RULE.code
    return own and difference.kind in WORD_KINDS and not difference.permitted


def _touched(case: Case, difference: Difference) -> str:
    """Return what the change turns on, in words; empty where it is none of the listed classes."""
    mine = [word.folded for word in find_words(difference.quoted)]
    theirs = [word.folded for word in find_words(difference.source)]
    here, there = sense(mine), sense(theirs)
    for name in ("negation", "number", "date", "modal verb", "limit"):
        gone = [word for word in there.get(name, []) if word not in here.get(name, [])]
        new = [word for word in here.get(name, []) if word not in there.get(name, [])]
        if gone or new:
            return f"a {name}: {_change(gone, new)}"
    source = case.part.source.text[: difference.there.start] if case.part else ""
    old = _names(difference.source, source)
    names = _names(difference.quoted, case.quotation.text[: difference.at.start])
    gone = [word for word in old if word not in names]
    new = [word for word in names if word not in old]
    return f"a name: {_change(gone, new)}" if gone or new else ""


def _change(gone: list[str], new: list[str]) -> str:
    if gone and new:
        return f"“{' '.join(gone)}” became “{' '.join(new)}”"
    return f"“{' '.join(gone)}” is gone" if gone else f"“{' '.join(new)}” is new"


def _names(text: str, before: str) -> list[str]:
    """Return the words that look like names: a capital that no sentence's beginning explains."""
    words = list(re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text))
    return [
        word.group()
        for word in words
        if word.group()[0].isupper() and not _begins_sentence(before + text[: word.start()])
    ]


def _begins_sentence(before: str) -> bool:
    """Whether a word behind this text is the first of a sentence."""
    said = before[-_LOOK_BACK:].rstrip(" \n\"'“”‘’([")
    return not said or said[-1] in ".!?:"


_LOOK_BACK = 40
