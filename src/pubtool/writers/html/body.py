"""A post's document as the parts of its page, written by pandoc in one go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from pubtool.model import Document, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import element, plain_text
from pubtool.writers.citations import split_sources
from pubtool.writers.html.dressing import Dressing
from pubtool.writers.html.marks import with_marks
from pubtool.writers.links import deeper
from pubtool.writers.proof import Proof
from pubtool.writers.words import direction, words_in

_OPTIONS = {
    "wrap_text": "wrap-none",
    "html_math_method": "mathml",
    "highlight_method": "none",
}
_LISTED = (2, 3)
"""The levels of headings that the contents list; the title is at level 1."""
_MARK = re.compile(' id="Mark(\\d+)" popovertarget=')
_WORTH_LISTING = 3
"""With fewer headings the reader sees the post's shape without contents."""


@dataclass(frozen=True)
class Heading:
    """A line of a post's contents."""

    id: str
    """May be empty: then there is no way to link to it."""
    text: str
    below: list[Heading] = field(default_factory=list)


@dataclass(frozen=True)
class Body:
    """The parts of a post's page that the post itself is."""

    text: str
    notes: str
    """The items of a list; empty where the post has no note."""
    sources: tuple[str, ...]
    contents: tuple[Heading, ...]
    """Empty where there is little to list."""
    marked: frozenset[int]
    """The numbers of the quotations that have a mark."""


def make_body(document: Document, proofs: Sequence[Proof], lang: str, pandoc: Pandoc) -> Body:
    """Return the parts of a post in a language. Raises `PandocFailed`."""
    rest, entries = split_sources(document)
    words = words_in(lang)
    dressing = Dressing(proofs, words, direction(lang))
    text = dressing.text(with_marks(rest.ast["blocks"], proofs, words))
    in_text = len(dressing.headings)
    notes = dressing.notes()
    levels = deeper([heading["c"][0] for heading in dressing.headings], 1)
    for heading, level in zip(dressing.headings, levels, strict=True):
        heading["c"][0] = level
    contents = _contents(dressing.headings[:in_text])
    parts = [text, notes, *(entry["c"][1] for entry in entries)]
    dressing.finish()
    written = _written(parts, rest, pandoc)
    marks = _MARK.findall(written[0] + written[1])
    return Body(written[0], written[1], tuple(written[2:]), contents, frozenset(map(int, marks)))


def _written(parts: list[list[Node]], document: Document, pandoc: Pandoc) -> list[str]:
    """Return each part as HTML: pandoc is asked once, and its answer cut where the parts met.

    Should an author have written the very line that we cut at, another is tried.
    """
    for number in count():
        cut = f"<!--cut {number}-->"
        mark = element("RawBlock", ["html", cut])
        blocks = [block for part in parts for block in (mark, *part)]
        html = pandoc.render(Document({**document.ast, "blocks": blocks}), "html5", _OPTIONS)
        pieces = html.split(cut)[1:]
        if len(pieces) == len(parts):
            return [piece.strip("\n") for piece in pieces]
    raise AssertionError("there is always another number")


def _contents(headings: Sequence[Node]) -> tuple[Heading, ...]:
    """Return the headings that are listed, those of the second level below those of the first."""
    nodes = [heading for heading in headings if heading["c"][0] in _LISTED]
    if len(nodes) < _WORTH_LISTING:
        return ()
    found = list[Heading]()
    for node in nodes:
        level, (identifier, _, _), inlines = node["c"]
        heading = Heading(identifier, " ".join(plain_text(inlines).split()))
        (found[-1].below if level > _LISTED[0] and found else found).append(heading)
    return tuple(found)
