"""What was found out about a passage's quotations, folded away below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pubtool.model import Node
from pubtool.writers.ast import collect
from pubtool.writers.marking import is_quotation
from pubtool.writers.passage import Part
from pubtool.writers.proof import Proof
from pubtool.writers.wordpress.markup import comment, escape


def details_of(node: Node, known: Mapping[str, Proof]) -> str:
    """Return the details block of the quotations that begin in `node`; empty where none does."""
    found = collect([node], frozenset({"Span", "Div"}))
    ids = [n["c"][0][0] for n in found if is_quotation(n)]
    told = [known[identifier] for identifier in dict.fromkeys(ids) if identifier in known]
    if not told:
        return ""
    summary = "About the quotation" if len(told) == 1 else "About the quotations"
    inner = "\n\n".join(_paragraph(proof) for proof in told)
    html = (
        f'<details class="wp-block-details pubtool-proof"><summary>{summary}</summary>'
        f"{inner}</details>"
    )
    return comment("details", {"className": "pubtool-proof"}, html)


def _paragraph(proof: Proof) -> str:
    head = f"{proof.symbol} “{escape(proof.quoted)}”: {escape(proof.verdict)}."
    where = ", ".join(filter(None, [proof.source, proof.place]))
    lines = [head, f"Source: {escape(where)}." if where else ""]
    if proof.passage:
        before, after = escape(proof.before), escape(proof.after)
        lines.append(f"{before}{''.join(map(_part, proof.parts))}{after}")
    lines += _changes(proof.changes)
    return comment("paragraph", {}, f"<p>{'<br>'.join(filter(None, lines))}</p>")


def _part(part: Part) -> str:
    """Return a part of a passage; what the post has is marked."""
    return f"<mark>{escape(part.text)}</mark>" if part.quoted else escape(part.text)


def _changes(changes: Sequence[str]) -> list[str]:
    return [f"{escape('; '.join(changes))}."] if changes else []
