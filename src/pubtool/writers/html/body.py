"""A post's document as the parts of its page, written by pandoc in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from pubtool.model import Document, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import attr, change, collect, element, plain_text
from pubtool.writers.citations import split_sources
from pubtool.writers.html.divisions import shaped
from pubtool.writers.html.marks import mark_id, with_marks
from pubtool.writers.html.notes import cut_notes
from pubtool.writers.html.quotations import with_addresses
from pubtool.writers.links import shift_headings
from pubtool.writers.proof import Proof
from pubtool.writers.words import Words

_OPTIONS = {
    "wrap_text": "wrap-none",
    "html_math_method": "mathml",
    "highlight_method": "none",
}
_LISTED = (2, 3)
"""The levels of headings that the contents list; the title is at level 1."""
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
    marked: frozenset[str]
    """The ids of the quotations that have a mark."""


def make_body(document: Document, proofs: Sequence[Proof], words: Words, pandoc: Pandoc) -> Body:
    """Return the parts of a post. Raises `PandocFailed`."""
    rest, entries = split_sources(document)
    blocks = _scrollable(shaped(rest.ast["blocks"]), words)
    blocks = with_addresses(with_marks(blocks, proofs, words), proofs)
    text, notes = cut_notes(shift_headings(blocks, 1), words)
    parts = [text, notes, *(entry["c"][1] for entry in entries)]
    written = _written(parts, rest, pandoc)
    both = written[0] + written[1]
    marked = frozenset(proof.id for proof in proofs if f'id="{mark_id(proof)}"' in both)
    return Body(written[0], written[1], tuple(written[2:]), _contents(text), marked)


def _written(parts: list[list[Node]], document: Document, pandoc: Pandoc) -> list[str]:
    """Return each part as HTML: pandoc is asked once, and its answer cut where the parts met."""
    cut = _unused(parts)
    mark = element("RawBlock", ["html", cut])
    blocks = [block for part in parts for block in (mark, *part)]
    html = pandoc.render(Document({**document.ast, "blocks": blocks}), "html5", _OPTIONS)
    return [part.strip("\n") for part in html.split(cut)[1:]]


def _unused(parts: list[list[Node]]) -> str:
    """Return a line that the parts do not hold, whatever their author wrote."""
    whole = repr(parts)
    return next(line for at in count() if (line := f"<!--cut {at}-->") not in whole)


def _scrollable(blocks: list[Node], words: Words) -> list[Node]:
    """Return the blocks with wide elements so that a reader can scroll them, by keyboard too."""
    numbers = {"Table": count(1), "CodeBlock": count(1), "Math": count(1)}

    def scrollable(node: Node) -> list[Node] | None:
        if node["t"] == "CodeBlock":
            label = words("page.code", number=next(numbers["CodeBlock"]))
            (identifier, classes, pairs), text = node["c"]
            pairs = [*pairs, *map(list, _scrolls(label))]
            return [element("CodeBlock", [[identifier, classes, pairs], text])]
        if node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath":
            label = words("page.formula", number=next(numbers["Math"]))
            return [element("Span", [attr("", ["formula"], _scrolls(label)), [node]])]
        if node["t"] != "Table":
            return None
        label = words("page.table", number=next(numbers["Table"]))
        caption = plain_text(node["c"][1]).strip()
        return [element("Div", [attr("", ["table"], _scrolls(caption or label)), [node]])]

    result: list[Node] = change(blocks, scrollable)
    return result


def _scrolls(label: str) -> list[tuple[str, str]]:
    """Return the attributes of what can be scrolled: focus, and a name; it is no landmark."""
    return [("role", "group"), ("tabindex", "0"), ("aria-label", label)]


def _contents(text: list[Node]) -> tuple[Heading, ...]:
    """Return the headings of a text, those of the second level below those of the first."""
    nodes = [n for n in collect(text, frozenset({"Header"})) if n["c"][0] in _LISTED]
    if len(nodes) < _WORTH_LISTING:
        return ()
    found = list[Heading]()
    for node in nodes:
        level, (identifier, _, _), inlines = node["c"]
        heading = Heading(identifier, " ".join(plain_text(inlines).split()))
        (found[-1].below if level > _LISTED[0] and found else found).append(heading)
    return tuple(found)
