"""What was found out about a post's quotations: a mark behind each, and a block at the end.

The block is core's own (``details`` with a ``list`` in it), and its first line, which shows before
anybody opens it, is the count: what was compared, and what was not. A mark is a link in raised
letters, as a note's number is: no script, and nothing that WordPress takes out of an author's post.
It leads to the quotation's entry, for which browsers unfold the block, and the entry leads back.

A mark is drawn and not written: WordPress, its plugins and feed readers make excerpts and
descriptions of a post's text, links included, and a sign would stand in the middle of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from pubtool.model import Node
from pubtool.text.block_comments import MARK
from pubtool.writers.ast import element
from pubtool.writers.marking import place_marks
from pubtool.writers.passage import Part
from pubtool.writers.proof import Proof
from pubtool.writers.wordpress.markup import (
    comment,
    escape,
    escape_address,
    escape_attribute,
    escape_shortcodes,
    html_attributes,
)
from pubtool.writers.words import Words

_DRAWN = {
    "✓": "border:4px solid;border-radius:50%;font-size:0",
    "○": "border:1px solid;border-radius:50%;font-size:0;padding:3px",
}
"""A disc and a ring, in the link's colour, for the symbols of what may be published.

Borders are what WordPress leaves to authors (before 7.1 no `display`), what is printed, and what
stays where readers force colours of their own; backgrounds are neither.
"""
_NOTHING = "\u2060"
"""A word joiner, which has no width: the editor writes a link without text as one without end."""


def with_marks(blocks: list[Node], proofs: Sequence[Proof], words: Words) -> list[Node]:
    """Return the blocks with a mark behind each quotation that is told of."""
    return place_marks(blocks, {proof.id: _mark(proof, words) for proof in proofs})


def _mark(proof: Proof, words: Words) -> Node:
    said = words("proof.mark", number=proof.number, verdict=proof.verdict)
    place = ", ".join(filter(None, [proof.source, proof.place]))
    drawn = _DRAWN.get(proof.symbol)
    given = {  # in the editor's order, once somebody has written in the paragraph
        "title": escape_attribute(f"{said} ({place})" if place else said),
        "aria-label": escape_attribute(said),
        **({"style": drawn} if drawn else {}),
        "href": f"#{_entry_id(proof)}",
        "id": mark_id(proof),
    }
    link = f"<a{html_attributes(given)}>{_NOTHING if drawn else proof.symbol}</a>"
    return element("RawInline", ["html", f'<sup class="{MARK}">{link}</sup>'])


def mark_id(proof: Proof) -> str:
    """Return the id of a quotation's mark."""
    return f"mark-{proof.id}"


def _entry_id(proof: Proof) -> str:
    return f"proof-{proof.id}"


def details_of(
    proofs: Sequence[Proof], summary: str, words: Words, here: frozenset[str] = frozenset()
) -> str:
    """Return the details block of a post's quotations; empty where it has none.

    `here` are the ids of those that have a mark, to which their entries lead back.
    """
    if not proofs:
        return ""
    items = "\n\n".join(
        comment("list-item", {}, f"<li>{_entry(proof, words, here)}</li>") for proof in proofs
    )
    quotations = comment("list", {"ordered": True}, f'<ol class="wp-block-list">{items}</ol>')
    html = (
        f'<details class="wp-block-details pubtool-proof"><summary>{_said(summary)}</summary>'
        f"{quotations}</details>"
    )
    return comment("details", {"className": "pubtool-proof"}, html)


def _entry(proof: Proof, words: Words, here: frozenset[str]) -> str:
    """Return what is told of one quotation: its words, the verdict, the passage, the place."""
    quoted = _said(words("proof.quoted", text=proof.quoted))
    if proof.id in here:
        quoted = f'<a href="#{mark_id(proof)}" id="{_entry_id(proof)}">{quoted}</a>'
    verdict = f"{proof.symbol} {proof.verdict[0].upper()}{proof.verdict[1:]}"
    lines = [f"{quoted}<br><strong>{_said(verdict)}</strong>"]
    if proof.passage:
        before, after = _said(proof.before), _said(proof.after)
        lines.append(f"{before}{''.join(map(_part, proof.parts))}{after}")
    lines += [_said(f"{change[0].upper()}{change[1:]}") for change in proof.changes]
    source = ", ".join(filter(None, [proof.citation or proof.source, proof.place]))
    leads = [
        _link(words("proof.open" if proof.passage else "proof.source"), proof.url),
        _link(words("proof.archive"), proof.archive),
    ]
    lines.append(" · ".join(filter(None, [_said(source), *leads])))
    return "<br>".join(filter(None, lines))


def _link(said: str, address: str) -> str:
    return f'<a href="{escape_address(address)}">{_said(said)}</a>' if address else ""


def _part(part: Part) -> str:
    """Return a part of a passage; what the post has is marked."""
    return f"<mark>{_said(part.text)}</mark>" if part.quoted else _said(part.text)


def _said(text: str) -> str:
    """Return text as HTML; what a source or a post says in brackets is no shortcode."""
    return escape(escape_shortcodes(text))
