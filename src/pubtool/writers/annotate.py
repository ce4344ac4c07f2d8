"""The verdicts written into the post's syntax tree.

The tree comes with a wrapper round every leaf that says where the leaf stands in the file. The
wrappers go; each checked quotation comes out as a ``Span`` of class ``quotation`` (a block
quotation as a ``Div``) that says what was found. A quotation that crosses an element's border is
cut there: the first piece has the quotation's id, the others refer to it. The words, and with them
the rendered text, stay as they are: taking the new elements away gives the tree that pandoc reads
when it keeps no positions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

from pubtool.model import (
    OWN_WORDS,
    TERM,
    Document,
    Node,
    QuotationKind,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.system.dialect.leaves import is_text
from pubtool.system.wrappers import is_wrapper
from pubtool.text.positions import Positions
from pubtool.writers.ast import INLINES, attr, attribute, element, is_element, meld

CLASS = "quotation"
"""The class of the elements that are added."""

_AT = "at"
"""The key under which an element keeps its place between the two walks; no key of pandoc's."""

_APART = 2
"""Words at each end of a stretch that stay apart, with the spaces: citeproc and the marks look at
what stands beside an element of another kind."""

_PLAIN = frozenset({"Str", "Space", "SoftBreak"})
_ATOMS = frozenset({"Quoted", "Cite", "Note", "Code", "Math", "Image", "RawInline", "Str", "Space"})
"""Placed by their own position; other elements by the hull of what they hold, since the marks that
make them (``*``, ``[``) lie outside the quoted words."""


def annotate(document: Document, text: str, verdicts: Sequence[Verdict]) -> Document:
    """Return a post's document without positions and with the verdicts of what was checked.

    Each added element has the attributes ``data-verdict``, ``data-source`` (a citation key) and
    ``data-locator`` (``page 253``), the last two where known. Terms get nothing.
    """
    marked = [verdict for verdict in verdicts if is_checked(verdict)]
    placed = _place(document.ast["blocks"], Positions(text))
    blocks = _Annotation(marked, placed).nodes(placed, frozenset())
    return Document({**document.ast, "blocks": meld(blocks)})


def is_checked(verdict: Verdict) -> bool:
    """Whether a verdict says something of a quotation: all do but those on what quotes nothing."""
    return verdict.kind is not VerdictKind.EXEMPT or verdict.reason not in (TERM, OWN_WORDS)


# --- First walk: positions from wrappers to elements ----------------------------------------------


def _place(value: Any, positions: Positions) -> Any:
    if isinstance(value, list):
        placed: list[Any] = []
        for item in value:
            if isinstance(item, str):
                placed.append(item)
            elif isinstance(item, dict) and is_text(item):  # nearly all
                at = positions.span(_position(item))
                placed.append({**item["c"][1][0], _AT: at})
            elif is_wrapper(item):
                at = positions.span(attribute(item, "data-pos"))
                inner = [_with_place(node, at) for node in _place(item["c"][1], positions)]
                placed.extend(_with_attributes(item, inner))
            elif not _is_position(item):
                placed.append(_place(item, positions))
        return placed
    if not isinstance(value, dict):
        return value
    node = {key: _place(content, positions) for key, content in value.items()}
    if not is_element(node):
        return node
    own = positions.span(attribute(value, "data-pos"))
    hull = None if node["t"] in _ATOMS else _hull(node["c"]) if "c" in node else None
    return {**node, _AT: hull or own}


def _position(text: Node) -> str:
    """Return where a word in a wrapper stands."""
    return next((str(value) for name, value in text["c"][0][2] if name == "data-pos"), "")


def _is_position(item: Any) -> bool:
    """Whether `item` is the attribute that keeps a position on an element of the author's own."""
    return isinstance(item, list) and len(item) == 2 and item[0] == "data-pos"


def _with_attributes(wrapper: Node, inner: list[Node]) -> list[Node]:
    """Return a wrapped paragraph in a div of the attributes that its author gave it, if any.

    Only for blocks: what an inline has, pandoc keeps on it.
    """
    identifier, classes, pairs = wrapper["c"][0]
    rest = [pair for pair in pairs if pair[0] not in ("wrapper", "data-pos")]
    if wrapper["t"] != "Div" or not (identifier or classes or rest):
        return inner
    given = attr(identifier, classes, [(name, value) for name, value in rest])
    return [{**element("Div", [given, inner]), _AT: inner[0][_AT] if inner else None}]


def _with_place(node: Node, at: Span | None) -> Node:
    return node if node[_AT] is not None else {**node, _AT: at}


def _hull(value: Any) -> Span | None:
    """Return the range from the first to the last place in `value`; a note's text is elsewhere."""
    spans: list[Span] = []
    for item in value if isinstance(value, list) else ():
        found = item[_AT] if isinstance(item, dict) and _AT in item else _hull(item)
        if found is not None:
            spans.append(found)
    if not spans:
        return None
    return Span(min(span.start for span in spans), max(span.end for span in spans))


# --- Second walk: quotations round what they cover ------------------------------------------------


class _Annotation:
    """The quotations of one post, looked up by place."""

    def __init__(self, verdicts: Sequence[Verdict], blocks: list[Node]) -> None:
        holders = [node[_AT] for node in _holders(blocks) if node[_AT] is not None]
        apart = [verdict for verdict in verdicts if _stands_apart(verdict, holders)]
        self._blocks = sorted(apart, key=_order)
        within = {verdict.quotation.id for verdict in verdicts} - {v.quotation.id for v in apart}
        self._inline = sorted((v for v in verdicts if v.quotation.id in within), key=_order)
        self._starts = [verdict.quotation.span.start for verdict in self._inline]
        ends = (verdict.quotation.span.end for verdict in self._inline)
        self._ends = list(accumulate(ends, max))
        self._seen: set[str] = set()

    def nodes(self, value: Any, opened: frozenset[str]) -> Any:
        """Return `value` with the quotations' elements; `opened` are those that stand round it."""
        if isinstance(value, list):
            if value and is_element(value[0], INLINES):
                return self._inlines(self._cut(value), opened)
            return [
                self.nodes(item, opened) if isinstance(item, list | dict) else item
                for item in value
            ]
        if not isinstance(value, dict):
            return value
        if value.get("t") in _PLAIN:
            return {key: content for key, content in value.items() if key != _AT}
        node = {key: self.nodes(item, opened) for key, item in value.items() if key != _AT}
        return self._block(node, value[_AT]) if _is_holder(node) else node

    def _block(self, node: Node, at: Span | None) -> Node:
        for verdict in self._blocks:
            quotation = verdict.quotation
            if at is not None and at.holds(quotation.span) and quotation.id not in self._seen:
                node = element("Div", [self._attr(verdict), [node]])
        return node

    def _inlines(self, items: list[Node], opened: frozenset[str]) -> list[Node]:
        result: list[Node] = []
        index = 0
        while index < len(items):
            verdict = self._covering(items[index].get(_AT), opened)
            if verdict is None:
                result.append(self.nodes(items[index], opened))
                index += 1
                continue
            end = _run(items, index, verdict.quotation.span)
            attributes = self._attr(verdict)
            inner = self._inlines(items[index:end], opened | {verdict.quotation.id})
            result.append(element("Span", [attributes, inner]))
            index = end
        return result

    def _covering(self, at: Span | None, opened: frozenset[str]) -> Verdict | None:
        """Return the outermost quotation, not yet open, that holds the range."""
        if at is None or not len(at):
            return None
        first = bisect_left(self._ends, at.end)
        for verdict in self._inline[first : bisect_right(self._starts, at.start)]:
            if verdict.quotation.span.holds(at) and verdict.quotation.id not in opened:
                return verdict
        return None

    def _cut(self, items: Iterable[Node]) -> list[Node]:
        """Cut words at the quotations' borders inside them."""
        return [piece for item in items for piece in self._pieces(item)]

    def _pieces(self, item: Node) -> list[Node]:
        at = item.get(_AT)
        if item["t"] != "Str" or at is None or len(at) != len(item["c"]) or len(at) < 2:
            return [item]
        first = bisect_left(self._ends, at.start)
        borders = {at.start, at.end}
        for verdict in self._inline[first : bisect_right(self._starts, at.end)]:
            span = verdict.quotation.span
            borders |= {border for border in (span.start, span.end) if at.start < border < at.end}
        cuts = sorted(borders)
        return [
            {**piece, _AT: span}
            for low, high in pairwise(cuts)
            for piece, span in _loosened(item["c"][low - at.start : high - at.start], low)
        ]

    def _attr(self, verdict: Verdict) -> list[Any]:
        quotation = verdict.quotation
        first = quotation.id not in self._seen
        self._seen.add(quotation.id)
        attributes = [("data-verdict", verdict.kind.value)]
        if key := source_key(verdict):
            attributes.append(("data-source", key))
        if locator := locator_words(verdict):
            attributes.append(("data-locator", locator))
        if not first:
            attributes.append(("data-part-of", quotation.id))
        return attr(quotation.id if first else "", [CLASS], attributes)


def _loosened(said: str, start: int) -> Iterator[tuple[Node, Span]]:
    """Yield the words and spaces of some plain text that begins at `start`, each with its range.

    Away from its ends many are one: there nothing has to tell them apart.
    """
    parts = said.split(" ")
    if len(parts) > 2 * _APART:
        parts[_APART:-_APART] = [" ".join(parts[_APART:-_APART])]
    for number, part in enumerate(parts):
        if number:
            yield {"t": "Space"}, Span(start, start + 1)
            start += 1
        if part:
            yield {"t": "Str", "c": part}, Span(start, start + len(part))
            start += len(part)


def source_key(verdict: Verdict) -> str:
    """Return the key of the source a verdict is about: where the words stand, else as cited."""
    if verdict.match is not None:
        return verdict.match.key
    return verdict.quotation.cited[0].key if verdict.quotation.cited else ""


def locator_words(verdict: Verdict) -> str:
    """Return where in the source the words stand (``page 253``), else where the post says."""
    found = verdict.match.locator if verdict.match is not None else None
    if found is None and verdict.quotation.cited:
        found = verdict.quotation.cited[0].locator
    return f"{found.label.removesuffix('-locator')} {found.value}" if found else ""


def _run(items: Sequence[Node], start: int, span: Span) -> int:
    """Return the end of the items from `start` that the range covers; unplaced ones between."""
    end = start + 1
    for index in range(start + 1, len(items)):
        at = items[index].get(_AT)
        if at is None:
            continue
        if not span.holds(at):
            break
        end = index + 1
    return end


def _order(verdict: Verdict) -> tuple[int, int, str]:
    span = verdict.quotation.span
    return span.start, -span.end, verdict.quotation.id


def _stands_apart(verdict: Verdict, holders: Iterable[Span]) -> bool:
    quotation = verdict.quotation
    apart = quotation.kind in (QuotationKind.BLOCK, QuotationKind.EPIGRAPH)
    return apart and any(holder.holds(quotation.span) for holder in holders)


def _is_holder(node: Node) -> bool:
    if node.get("t") == "BlockQuote":
        return True
    return node.get("t") == "Div" and "epigraph" in node["c"][0][1]


def _holders(value: Any) -> Iterable[Node]:
    if isinstance(value, list):
        for item in value:
            yield from _holders(item)
    elif isinstance(value, dict):
        if _is_holder(value):
            yield value
        yield from _holders(value.get("c"))
