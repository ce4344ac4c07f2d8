"""Checked quotations as HTML names them: ``q`` and ``blockquote`` with the source's address.

A quotation keeps its author's marks: they are words of the post, copied and read aloud as such, so
the stylesheet lets ``q`` add none. Where no address is known there is nothing that ``cite`` could
say, and a quotation of several pieces is not several quotations; both are a ``span``.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pubtool.model import Node
from pubtool.writers.ast import Attr, element
from pubtool.writers.marking import quotation_id
from pubtool.writers.proof import Proof

_DIRECTIVE = ":~:"
"""What begins a text fragment: an instruction to a browser, and no part of an address."""


class Quotations:
    """The quotations of a page under way."""

    def __init__(self, proofs: Sequence[Proof]) -> None:
        self._addresses = {proof.id: _address(proof.url) for proof in proofs}
        self._pieces: dict[str, list[tuple[Node, Node, Attr]]] = {}

    def block(self, attributes: Attr, content: list[Node]) -> list[Node]:
        """Return a block quotation as one element."""
        address = self._addresses.get(attributes[0], "")
        tag = element("RawBlock", ["html", _tag("blockquote", attributes, address)])
        return [tag, *content, element("RawBlock", ["html", "</blockquote>"])]

    def inline(self, node: Node, content: list[Node]) -> list[Node]:
        """Return a quotation in running text between two tags that `settle` writes."""
        start, end = (element("RawInline", ["html", ""]) for _ in range(2))
        self._pieces.setdefault(quotation_id(node), []).append((start, end, node["c"][0]))
        return [start, *content, end]

    def settle(self) -> None:
        """Write the tags of all quotations in running text, now that their pieces are known."""
        for identifier, pieces in self._pieces.items():
            address = self._addresses.get(identifier, "") if len(pieces) == 1 else ""
            name = "q" if address else "span"
            for start, end, attributes in pieces:
                start["c"][1] = _tag(name, attributes, address)
                end["c"][1] = f"</{name}>"


def _address(url: str) -> str:
    return url.partition(_DIRECTIVE)[0].removesuffix("#")


def _tag(name: str, attributes: Attr, address: str) -> str:
    named = {"id": attributes[0], "cite": address}
    named |= {key: value for key, value in attributes[2] if key in ("data-verdict", "data-part-of")}
    told = (f' {key}="{escape(value)}"' for key, value in named.items() if value)
    return f"<{name}{''.join(told)}>"
