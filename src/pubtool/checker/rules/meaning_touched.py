"""Q104: an unmarked change touches the meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.rules.rule import WORD_KINDS, Case, Rule
from pubtool.model import Code, Difference, Finding, Severity
from pubtool.text.meaning import sense
from pubtool.text.words import find_words

RULE = Rule(Code("Q104"), Severity.ERROR, "meaning_touched")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a change on which the sense turns."""
    for difference in case.differences:
        if difference.kind in WORD_KINDS and not difference.permitted:
            touched = _touched(difference)
            if touched:
                yield case.finding(RULE, f"the change touches {touched}", difference)


def _touched(difference: Difference) -> str:
    """Return what the change turns on, in words; empty where it is none of the listed classes."""
    mine = [word.folded for word in find_words(difference.quoted)]
    theirs = [word.folded for word in find_words(difference.source)]
    here, there = sense(mine), sense(theirs)
    for name in ("negation", "number", "date", "modal verb", "limit"):
        gone = [word for word in there.get(name, []) if word not in here.get(name, [])]
        new = [word for word in here.get(name, []) if word not in there.get(name, [])]
        if gone or new:
            return f"a {name}: {_change(gone, new)}"
    gone, new = (
        [word for word in _names(text) if word not in _names(other)]
        for text, other in (
            (difference.source, difference.quoted),
            (difference.quoted, difference.source),
        )
    )
    return f"a name: {_change(gone, new)}" if gone or new else ""


def _change(gone: list[str], new: list[str]) -> str:
    if gone and new:
        return f"“{' '.join(gone)}” became “{' '.join(new)}”"
    return f"“{' '.join(gone)}” is gone" if gone else f"“{' '.join(new)}” is new"


def _names(text: str) -> list[str]:
    """Return the words that look like names: a capital and no full stop before it."""
    return re.findall(r"(?<![.!?]\s)(?<!\A)\b[A-Z][^\W\d_]+|\A[A-Z][^\W\d_]+", text)
