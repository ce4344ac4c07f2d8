"""Words joined to stretches in a tree that still has its positions: most of it is plain text.

pandoc puts every word and every space into a wrapper of its own, some three thousand for a post,
and each walk over the tree meets them all. What stands inside a stretch of plain text, away from
its ends and from the borders of quotations, no walk has to tell apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

from pubtool.model import Document, Node, Span
from pubtool.system.dialect.leaves import is_text
from pubtool.text.positions import Positions
from pubtool.writers.ast import attribute

_LEAST = 4
"""Leaves that are worth joining."""
_KEPT = 2
"""Spaces at each end of a stretch that stay, with the words beyond them: citeproc and the marks
look at what stands beside an element of another kind."""


def join_leaves(document: Document, text: str, spans: Iterable[Span]) -> Document:
    """Return a document, as `Pandoc.parse` gives it for `text`, with fewer leaves.

    Each that is new has the range of those that it stands for; no border of `spans`, ranges of the
    file, is inside one. Without positions the document is the same, word for word.
    """
    joining = _Joining(Positions(text), spans)
    return Document({**document.ast, "blocks": joining.tree(document.ast["blocks"])})


class _Joining:
    def __init__(self, positions: Positions, spans: Iterable[Span]) -> None:
        self._positions = positions
        self._borders = sorted({border for span in spans for border in (span.start, span.end)})

    def tree(self, value: Any) -> Any:
        """Return part of a tree with its leaves joined."""
        if isinstance(value, dict):
            return {key: self.tree(item) if key == "c" else item for key, item in value.items()}
        if not isinstance(value, list):
            return value
        joined: list[Any] = []
        leaves: list[Node] = []
        for item in value:
            if isinstance(item, dict) and is_text(item):
                leaves.append(item)
                continue
            joined += self._run(leaves)
            leaves = []
            joined.append(self.tree(item))
        return [*joined, *self._run(leaves)]

    def _run(self, leaves: list[Node]) -> list[Node]:
        """Return leaves that follow each other, joined where they stand between the same borders.

        A leaf that holds a border stays by itself.
        """
        if len(leaves) < _LEAST:
            return leaves
        first, last = self._span(leaves[0]), self._span(leaves[-1])
        if first is None or last is None:
            return leaves
        cuts = {0, len(leaves)}
        low = bisect_right(self._borders, first.start)
        for border in self._borders[low : bisect_left(self._borders, last.end)]:
            at = bisect_left(leaves, border, key=lambda leaf: self._bound(leaf, first).start)
            if at and self._bound(leaves[at - 1], first).end > border:
                cuts.add(at - 1)
            cuts.add(at)
        pieces = (leaves[one:other] for one, other in pairwise(sorted(cuts)))
        return [leaf for piece in pieces for leaf in _stretch(piece)]

    def _span(self, leaf: Node) -> Span | None:
        return self._positions.span(attribute(leaf, "data-pos"))

    def _bound(self, leaf: Node, otherwise: Span) -> Span:
        return self._span(leaf) or otherwise


def _stretch(leaves: Sequence[Node]) -> list[Node]:
    spaces = [number for number, leaf in enumerate(leaves) if leaf["c"][1][0]["t"] == "Space"]
    if len(spaces) < 2 * _KEPT:
        return list(leaves)
    begin, end = spaces[_KEPT - 1] + 1, spaces[-_KEPT]
    if end - begin < _LEAST:
        return list(leaves)
    return [*leaves[:begin], _joined(leaves[begin:end]), *leaves[end:]]


def _joined(leaves: Sequence[Node]) -> Node:
    inner = (leaf["c"][1][0] for leaf in leaves)
    text = "".join(
        " " if kind == "Space" else "".join(node["c"] for node in some)
        for kind, some in groupby(inner, lambda node: node["t"])  # of two spaces one stays
    )
    at = f"{_ends(leaves[0])[0]}-{_ends(leaves[-1])[1]}"
    wrapper = ["", [], [["wrapper", "1"], ["data-pos", at]]]
    return {"t": "Span", "c": [wrapper, [{"t": "Str", "c": text}]]}


def _ends(leaf: Node) -> tuple[str, str]:
    """Return where a leaf begins and ends, as pandoc says it; of several ranges, all of them."""
    first, _, rest = attribute(leaf, "data-pos").partition("-")
    return first, rest.rpartition("-")[2] if ";" in rest else rest
