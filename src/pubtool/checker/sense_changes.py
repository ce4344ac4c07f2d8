"""What a change of words turns on: a negation, a number, a date, a modal verb, a limit, a name."""

from __future__ import annotations

import re

from pubtool.model import Difference
from pubtool.text.meaning import sense
from pubtool.text.words import find_words


def touched(
    difference: Difference, quoted_before: str, source_before: str, *, nouns_capitalised: bool
) -> str:
    """Return what a change turns on, in words; empty where it is none of the listed classes.

    The texts before it tell whether a capital begins a sentence; where every noun has one, as in
    German, a capital tells no name.
    """
    mine = [word.folded for word in find_words(difference.quoted)]
    theirs = [word.folded for word in find_words(difference.source)]
    here, there = sense(mine), sense(theirs)
    for name in ("negation", "number", "date", "modal verb", "limit"):
        gone = [word for word in there.get(name, []) if word not in here.get(name, [])]
        new = [word for word in here.get(name, []) if word not in there.get(name, [])]
        if gone or new:
            return f"a {name}: {_change(gone, new)}"
    if nouns_capitalised:
        return ""
    old, names = _names(difference.source, source_before), _names(difference.quoted, quoted_before)
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
