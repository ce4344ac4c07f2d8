"""Quotations where none is read: in the front matter and in the alternative texts of images.

Both are published, and no citation can stand beside them. One that says the same as a quotation of
the text is judged there; of any other it can only be told that it was not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pubtool.checker.rules import nothing_found
from pubtool.model import Finding, InlineKind, Post, Quotation, Span
from pubtool.text.typography import IN_MARKS, LEAST_QUOTED
from pubtool.text.words import read_folds

_TOLD = "is not checked: quote it in the text as well, with its citation"
_OTHER = ("description", "summary", "abstract", "subtitle")
"""Keys that pubtool does not know, and that pages are wont to show."""


def unread_quotations(post: Post, quotations: Sequence[Quotation]) -> Iterator[Finding]:
    """Yield a finding for each quotation outside of the text that is none of the text's."""
    rule = nothing_found.RULE
    read = [_padded(quotation.text) for quotation in quotations]
    for where, words, span in _quoted(post):
        if not any(_padded(words) in text for text in read):
            yield Finding(rule.code, rule.severity, f"a quotation in {where} {_TOLD}", span)


def _padded(text: str) -> str:
    return f" {' '.join(read_folds(text))} "


def _quoted(post: Post) -> Iterator[tuple[str, str, Span]]:
    """Yield where quoted words stand, the words, and their place in the file."""
    front = post.front
    named = [("excerpt", front.excerpt), ("image-alt", front.image_alt)]
    named += [(k, value) for k, value in front.other if k in _OTHER and isinstance(value, str)]
    for key, value in named:
        for words in _in_marks(value):
            yield f"the front matter's `{key}`", words, _place(post, key, words)
    for block in post.blocks:
        for inline in block.inlines:
            if inline.kind is InlineKind.IMAGE:
                place = block.flow.place(inline.span.start, inline.span.end)
                for words in _in_marks(inline.text):
                    yield "an alternative text", words, place
    for image in post.html_images:
        for words in _in_marks(image.alt or ""):
            yield "an alternative text", words, image.span


def _in_marks(text: str) -> Iterator[str]:
    found = (match.group() for match in IN_MARKS.finditer(text))
    return (words for words in found if len(words.split()) >= LEAST_QUOTED)


def _place(post: Post, key: str, words: str) -> Span:
    """Return the place of some words of the front matter, over the ends of lines that YAML joins.

    Words that YAML spells otherwise are at their key.
    """
    end = post.blocks[0].flow.place(0, 0).start if post.blocks else len(post.text)
    line = re.compile(rf"^[\"']?{key}[\"']?[ \t]*:.*$", re.MULTILINE).search(post.text, 0, end)
    if line is None:
        return Span(0, 0)
    written = re.compile(_JOINT.join(map(re.escape, words.split())))
    found = written.search(post.text, line.start(), end) or line
    return Span(*found.span())


_JOINT = r"(?:\s|\\(?=\n))+"
"""What may stand between two words of a value: a quoted one may end its lines with a backslash."""
