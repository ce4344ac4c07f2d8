"""Words with their places, the units that are compared.

A word is a run of letters, marks and digits; an apostrophe between letters, and a point or comma
between digits, belong to it. A hyphen ends a word: what stands between two words decides later
whether they are the same as one (see `pubtool.checker.align`). In scripts that are written without
spaces every character is a word, as Unicode's default segmentation (UAX 29) has it for ideographs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pubtool.model import Span
from pubtool.text.folding import fold

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_JOINERS = "\u00ad\u200b-\u200d\u2060\ufffe"
_LETTER = rf"[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉{_SPACELESS}]"
_MARK = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f]"
)
_UNIT = rf"(?:{_LETTER}|{_MARK}|[{_JOINERS}](?={_LETTER}))"

WORD = re.compile(
    rf"[{_SPACELESS}]{_MARK}*"
    rf"|{_LETTER}{_UNIT}*(?:['’ʼ＇](?={_LETTER}){_UNIT}+|(?<=\d)[.,:/](?=\d){_UNIT}+)*"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands."""

    text: str
    """As written."""
    folded: str
    """For comparing; see `pubtool.text.folding.fold`."""
    span: Span
    """Code points in the text that it was read from."""


def find_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order; linear in its length."""
    for found in WORD.finditer(text):
        word = found.group()
        yield Word(word, fold(word), Span(*found.span()))
