"""What was found out about a post's quotations: a block at its end, folded away.

The block is core's own (``details`` with a ``list`` in it), and its first line, which shows before
anybody opens it, is the count: what was compared, and what was not.
"""

from __future__ import annotations

from collections.abc import Sequence

from pubtool.writers.passage import Part
from pubtool.writers.proof import Proof
from pubtool.writers.wordpress.markup import comment, escape, escape_address, escape_shortcodes
from pubtool.writers.words import Words


def details_of(proofs: Sequence[Proof], summary: str, words: Words) -> str:
    """Return the details block of a post's quotations; empty where it has none."""
    if not proofs:
        return ""
    items = "\n\n".join(
        comment("list-item", {}, f"<li>{_entry(proof, words)}</li>") for proof in proofs
    )
    quotations = comment("list", {"ordered": True}, f'<ol class="wp-block-list">{items}</ol>')
    html = (
        f'<details class="wp-block-details pubtool-proof"><summary>{_said(summary)}</summary>'
        f"{quotations}</details>"
    )
    return comment("details", {"className": "pubtool-proof"}, html)


def _entry(proof: Proof, words: Words) -> str:
    """Return what is told of one quotation: its words, the verdict, the passage, the place."""
    quoted = words("proof.quoted", text=proof.quoted)
    verdict = f"{proof.symbol} {proof.verdict[0].upper()}{proof.verdict[1:]}"
    lines = [f"{_said(quoted)}<br><strong>{_said(verdict)}</strong>"]
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
