"""Checked quotations as HTML names them: ``q`` and ``blockquote`` with the source's address.

A quotation keeps its author's marks: they are words of the post, copied and read aloud as such, so
the stylesheet lets ``q`` add none. Where no address is known there is nothing that ``cite`` could
say, and a quotation of several pieces is not several quotations; both stay a ``span``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from pubtool.model import Node
from pubtool.writers.ast import Attr, change, collect, element
from pubtool.writers.marking import is_quotation, quotation_id
from pubtool.writers.proof import Proof

_DIRECTIVE = ":~:"
"""What begins a text fragment: an instruction to a browser, and no part of an address."""


def with_addresses(blocks: list[Node], proofs: Sequence[Proof]) -> list[Node]:
    """Return the blocks with the quotations as ``q`` and ``blockquote`` elements."""
    known = {proof.id: _address(proof.url) for proof in proofs}
    pieces = Counter(map(quotation_id, filter(is_quotation, _holders(blocks))))

    def named(node: Node) -> list[Node] | None:
        if not is_quotation(node):
            return None
        address = known.get(quotation_id(node), "")
        if node["t"] == "Div":
            return _block(node, address)
        if not address or pieces[quotation_id(node)] > 1:
            return None
        tag = element("RawInline", ["html", _tag("q", node["c"][0], address)])
        return [tag, *node["c"][1], element("RawInline", ["html", "</q>"])]

    result: list[Node] = change(blocks, named)
    return result


def _holders(blocks: list[Node]) -> list[Node]:
    return collect(blocks, frozenset({"Span", "Div"}))


def _address(url: str) -> str:
    return url.partition(_DIRECTIVE)[0].removesuffix("#")


def _block(node: Node, address: str) -> list[Node] | None:
    """Return a block quotation as one element; an epigraph, which is none, as it is."""
    attributes, content = node["c"]
    if len(content) != 1 or content[0]["t"] != "BlockQuote":
        return None
    tag = element("RawBlock", ["html", _tag("blockquote", attributes, address)])
    return [tag, *content[0]["c"], element("RawBlock", ["html", "</blockquote>"])]


def _tag(name: str, attributes: Attr, address: str) -> str:
    named = {"id": attributes[0], "cite": address}
    named |= {key: value for key, value in attributes[2] if key == "data-verdict"}
    told = (f' {key}="{escape(value)}"' for key, value in named.items() if value)
    return f"<{name}{''.join(told)}>"
