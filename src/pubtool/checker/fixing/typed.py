"""Typed: words as the author would type them, and the range of the file that they replace."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from pubtool.model import Edit, Flow, Span

PLAIN = re.compile(r"(?:[\w \u00a0,;:!?'’\-–—/%€£§]|\.(?![ ]?\.))*")
"""Words and the marks between them that mean nothing in Markdown, and to no reader of quotations;
two dots may be an ellipsis."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>#~^$@|&{}\"])")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_ELLIPSES = re.compile(r"\[…\]|\[\.\.\.\]|\. \. \.|\.\.\.|…")
_ONLY_LAYOUT = re.compile(r"[\s>]*")


def edit(flow: Flow, file: str, at: Span, new: str) -> Edit | None:
    """Return the replacement of a stretch of a quotation's text by words that are typed already.

    None where the author's markup, a note or an interruption stands in the stretch. The author's
    line ends stay where there are spaces enough.
    """
    held = flow.cut(at.start, at.end)
    if "\n\n" in held.text:
        return None
    for leaf, following in pairwise(held.leaves):
        if leaf.source.end != following.source.start:
            return None
    breaks = []
    for leaf in held.leaves:
        raw = file[leaf.source.start : leaf.source.end]
        text = held.text[leaf.at : leaf.at + leaf.length]
        if not text.strip() and not _ONLY_LAYOUT.fullmatch(raw):
            return None
        if "\n" in text and len(leaf.source) != leaf.length:
            breaks.append((held.text[: leaf.at].split(" "), raw))
    place = flow.place(at.start, at.end)
    for before, raw in breaks:
        new = _break_line(new, len(before), raw)
    return Edit(place, new)


def _break_line(text: str, words: int, line_end: str) -> str:
    """Return a text with a line's end for the space behind so many words, or the last one."""
    spaces = [found.start() for found in re.finditer(" ", text)]
    if not spaces:
        return text
    at = spaces[min(words, len(spaces)) - 1]
    return text[:at] + line_end + text[at + 1 :]


def typed(words: str, file: str) -> str:
    """Return a source's words in the typography of the post's file, Markdown's marks escaped."""
    text = " ".join(words.replace("\u00ad", "").replace("\ufffe", "").split())
    text = "".join(unicodedata.normalize("NFKC", c) if c in _SET_LETTERS else c for c in text)
    text = _APOSTROPHE.sub(_apostrophe(file), text)
    if re.search(r"\w ?---? ?\w", file) and not re.search("[–—]", file):
        text = text.replace("—", "---").replace("–", "--")
    escaped: str = _SPECIAL.sub(r"\\\1", text)
    return escaped


_SET_LETTERS = frozenset("ﬀﬁﬂﬃﬄﬅﬆſ")
"""Letters as a typesetter has them: ligatures, the long s."""


def _apostrophe(file: str) -> str:
    used = Counter(_APOSTROPHE.findall(file))
    if used["’"] == used["'"]:
        return "’" if "“" in file else "'"
    return "’" if used["’"] > used["'"] else "'"


def ellipsis_of(file: str, convention: str) -> str:
    """Return the ellipsis that a post uses most, or else its house's."""
    every: list[str] = _ELLIPSES.findall(file)
    used = Counter(every).most_common(1)
    if used:
        return used[0][0]
    return ". . ." if convention in _SPACED else "…"


_SPACED = frozenset({"bluebook", "strict"})
"""Houses that write three spaced dots: Bluebook 5.3."""
