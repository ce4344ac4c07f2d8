"""What stands between words, reduced to what it means.

Two stretches that differ in the shape of quotation marks or dashes, or in white space, reduce to
the same marks: those are a typesetter's choices (Chicago 13.7). A comma for a semicolon is not.
"""

from __future__ import annotations

import re

from pubtool.text.folding import SUPERSCRIPTS
from pubtool.text.patterns import late

QUOTES = "\"'“”„‟‘’‚‛ʼ«»‹›「」『』〝〞〟＂＇`´′″״❝❞❛❜"
"""Every shape of quotation mark, single or double, opening or closing, and what stands for one."""

DASHES = "‒–—―−"
"""Dashes between words; a hyphen is not one of them."""

HYPHENS = "-‐‑"

LINE_HYPHEN = re.compile(rf"[{HYPHENS}\u00ad¬][ \t]*(?:\r?\n|\r|\f)\s*")
"""A word broken at the end of a line."""

RAISABLE = re.compile(r"[-−–+]?\d{1,4}", re.ASCII)
"""What is a note's mark or a power where it stands raised."""

RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
"""The characters for such figures."""

_REPLACEMENTS = (
    (late(rf"[-_=~*{DASHES}]{{4,}}"), ""),
    (late(r"``|''|,,|<<|>>"), '"'),  # before spaces go: ' ' are two marks
    (late(r"\s+"), ""),
    (late(rf"[{re.escape(QUOTES)}]"), '"'),
    (late(rf"-{{2,3}}|[{DASHES}]"), "—"),
    (late(rf"[{HYPHENS}]"), "-"),
    (late("[\u00ad\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff\ufffe\ufffc*_]"), ""),
    (late(rf"[{''.join(sorted(SUPERSCRIPTS))}⁺⁻†‡§¶]+"), ""),
    (late(r"\.{3,}"), "…"),
    (late("、"), ","),
    (late("。"), "."),
    (late(r"(\"+)([.,])"), r"\2\1"),  # on which side of a mark: American or British
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""The marks that East Asian type sets as wide as an ideograph, as others have them."""

_SPACED_HYPHEN = re.compile(rf"(?<=\s)[{HYPHENS}](?=\s)")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟]")


def marks(between: str) -> str:
    """Return the punctuation of a stretch between two words, in one shape and without spaces."""
    if between == " ":
        return ""
    reduced = _SPACED_HYPHEN.sub("—", between).translate(_NARROW)
    for pattern, replacement in _REPLACEMENTS:
        reduced = pattern.sub(replacement, reduced)
    return reduced


def ends_sentence(between: str) -> bool:
    """Whether a stretch between two words holds a full stop or what stands for one."""
    return bool(_SENTENCE_END.search(between))


IN_MARKS = re.compile(r"[“„«][^“”„«»]+[”“»]|(?<!\w)\"[^\"]+\"(?!\w)|&ldquo;.+?&rdquo;", re.DOTALL)
"""Words in quotation marks where nothing but the marks tells: in HTML, in the front matter."""

LEAST_QUOTED = 3
"""Words in marks from which on they are likely a quotation: one or two are a term."""
