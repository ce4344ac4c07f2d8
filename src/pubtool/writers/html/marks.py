"""The small mark after each checked quotation, which leads to what was found out about it."""

from __future__ import annotations

from collections.abc import Sequence

from pubtool.model import Node
from pubtool.writers.ast import attr, element
from pubtool.writers.marking import place_marks
from pubtool.writers.proof import Proof


def with_marks(blocks: list[Node], proofs: Sequence[Proof]) -> list[Node]:
    """Return the blocks with a mark after each checked quotation."""
    return place_marks(blocks, {proof.id: _mark(proof) for proof in proofs})


def _mark(proof: Proof) -> Node:
    label = f"Quotation {proof.number}: {proof.verdict}"
    attributes = attr(f"mark-{proof.id}", ["mark"], [("aria-label", label), ("title", label)])
    return element("Link", [attributes, [element("Str", proof.symbol)], [f"#proof-{proof.id}", ""]])
