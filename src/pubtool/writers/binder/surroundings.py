"""A stretch of a file with what stands round it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pubtool.model import Span
from pubtool.text.lines import PARAGRAPH_END

_PARAGRAPH = re.compile(rf"{PARAGRAPH_END.pattern}|\f")
"""Where a paragraph or a page of a source ends."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a file."""

    before: str
    words: str
    after: str


def excerpt(text: str, span: Span, around: int, begin: int = 0) -> Excerpt:
    """Return a stretch and up to so many code points on either side.

    What is round it ends at a paragraph's end where that says enough (a quarter), else at a word's,
    with an ellipsis. Nothing before `begin` is shown. White space is one space; paragraphs keep
    their break.
    """
    first = max(span.start - around, min(begin, span.start))
    before = text[first : span.start]
    after = text[span.end : span.end + around]
    breaks = [found.end() for found in _PARAGRAPH.finditer(before)]
    far = [at for at in breaks if len(before) - at >= around // 4]
    if far:
        before = before[far[-1] :]
    elif first > begin:
        before = "… " + before.partition(" ")[2]
    near = next(
        (found.start() for found in _PARAGRAPH.finditer(after) if found.start() >= around // 4),
        None,
    )
    if near is not None:
        after = after[:near]
    elif span.end + around < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Excerpt(
        _flat(before).lstrip(), _flat(text[span.start : span.end]), _flat(after).rstrip()
    )


def _flat(text: str) -> str:
    paragraphs = _PARAGRAPH.split(text)
    return "\n\n".join(re.sub(r"\s+", " ", paragraph) for paragraph in paragraphs)
