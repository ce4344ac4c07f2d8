"""What typists set into running text: notes between paragraphs, captions and notes in brackets.

A text without pages has its notes where the page had its foot, often in the middle of a sentence. A
note is known by its mark, which begins its paragraph and stands behind a word of the paragraph
before; a star that begins a paragraph is a list's otherwise. What ``[Footnote: …]``,
``[Illustration: …]`` and ``[Sidenote: …]`` hold says of itself that it is set in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubtool.model import Span

_NAMED = re.compile(
    r"\[(?:Footnote|Illustration|Sidenote|Transcriber['’]s Note)\b(?:\s*([\w*†‡]{1,4})\s*:|\s*:)?"
    r"(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,4000}\]"
)
_NOTE = re.compile(r"\n[ \t]*\n[ \t]*(?:\[([\w*†‡]{1,4})\]|([*†‡§]{1,3}))[ \t]*(?=\S)")
_PARAGRAPH = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
_EMPHASIS = re.compile(r"\*[^\s*][^*\n]*\*")
_GOES_ON = re.compile(r"\s*[^\W\d_A-Z]")
_UNFINISHED = re.compile(r"[\w,*†‡§\]-]\s*\Z")
_LONGEST = 4_000
"""Characters of the paragraph before that are looked through for the mark."""


def find_set_in(text: str) -> Iterable[Span]:
    """Yield the spans of notes and captions within running text, and of the marks of the notes."""
    if "[" in text:
        for found in _NAMED.finditer(text):
            yield Span(*found.span())
            if found[1]:
                yield from _reference(text, found.start(), re.escape(f"[{found[1]}]"))
    for found in _NOTE.finditer(text):
        sign = found[2]
        mark = re.escape(sign or f"[{found[1]}]")
        references = [*_reference(text, found.start(), mark)]
        paragraph = _PARAGRAPH.match(text, found.end())
        if references and paragraph and (not sign or _cuts(text, found.start(), paragraph.end())):
            yield references[-1]
            yield Span(found.start(), paragraph.end())


def _reference(text: str, end: int, mark: str) -> Iterable[Span]:
    """Yield where the paragraph that ends at a place has the mark behind a word, if it does."""
    before = text[max(end - _LONGEST, 0) : end]
    paragraph = before.rstrip()
    start = max(end - _LONGEST, 0) + max(paragraph.rfind("\n\n"), 0)
    clear = _EMPHASIS.sub(lambda found: " " * len(found.group()), text[start:end])
    behind = rf"(?<=[^\W_])[.,;:!?”’\"')]{{0,2}}\s?({mark})(?![\w*])"
    for found in [*re.finditer(behind, clear)][-1:]:
        yield Span(start + found.start(1), start + found.end(1))


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a paragraph cuts a sentence in two: only then is what a star begins no list's."""
    return bool(_UNFINISHED.search(text[max(start - 40, 0) : start]) and _GOES_ON.match(text, end))
