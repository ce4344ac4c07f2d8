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
    BARE,
    OWN_WORDS,
    TERM,
    Document,
    Locator,
    Node,
    QuotationKind,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.system.dialect.leaves import is_text
from pubtool.system.wrappers import is_wrapper
from pubtool.text.positions import Positions
from pubtool.writers.ast import (
    ATTR_FIRST,
    BLOCKS,
    INLINES,
    attr,
    attribute,
    collect,
    element,
    is_element,
    meld,
)

CLASS = "quotation"
"""The class of the elements that are added."""

_AT = "at"
"""The key under which an element keeps its place between the two walks; no key of pandoc's."""

_APART = 2
"""Words at each end of a stretch that stay apart, with the spaces: citeproc and the marks look at
what stands beside an element of another kind."""

_STRETCH = "Stretch"
"""The type under which plain text that lies between two borders waits to come apart; none of
pandoc's."""

_ELEMENTS = BLOCKS | INLINES
_WRAPPERS = frozenset({"Span", "Div"})
_HOLDERS = frozenset({"BlockQuote", "Div"})
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


def _place(items: list[Any], positions: Positions) -> list[Any]:
    placed: list[Any] = []
    for item in items:
        if type(item) is dict:
            kind = item.get("t")
            if kind in BARE:
                placed.append(item)
            elif kind == "Span" and is_text(item):
                at = positions.span(_position(item))
                placed.append({**item["c"][1][0], _AT: at})
            elif kind in _WRAPPERS and is_wrapper(item):
                at = positions.span(_position(item))
                inner = [_with_place(node, at) for node in _place(item["c"][1], positions)]
                placed.extend(_with_attributes(item, inner))
            else:
                placed.append(_placed(item, positions))
        elif type(item) is not list:
            placed.append(item)
        elif not _is_position(item):
            placed.append(_place(item, positions))
    return placed


def _placed(value: Node, positions: Positions) -> Node:
    """Return a node that is no wrapper, an element with its place where it has one."""
    kind = value.get("t")
    if kind not in _ELEMENTS:
        return {key: _within(content, positions) for key, content in value.items()}
    if kind in ATTR_FIRST:
        (identifier, classes, pairs), *content = value["c"]
        own = [[identifier, classes, [pair for pair in pairs if not _is_position(pair)]]]
    else:
        own, content = [], value["c"]
    placed = _within(content, positions)
    hull = None if kind in _ATOMS else _hull(placed)
    at = hull or positions.span(attribute(value, "data-pos"))
    return {"t": kind, "c": [*own, *placed] if own else placed, _AT: at}


def _within(content: Any, positions: Positions) -> Any:
    return _place(content, positions) if type(content) is list else content


def _position(wrapper: Node) -> str:
    """Return where what is in a wrapper stands."""
    return next((str(value) for name, value in wrapper["c"][0][2] if name == "data-pos"), "")


def _is_position(item: list[Any]) -> bool:
    """Whether `item` is the attribute that keeps a position on an element of the author's own."""
    return len(item) == 2 and bool(item[0] == "data-pos")


def _with_attributes(wrapper: Node, inner: list[Node]) -> list[Node]:
    """Return a wrapped paragraph in a div of the attributes that its author gave it, if any.

    Only for blocks: what an inline has, pandoc keeps on it.
    """
    identifier, classes, pairs = wrapper["c"][0]
    rest = [pair for pair in pairs if pair[0] not in ("wrapper", "data-pos")]
    if wrapper["t"] != "Div" or not (identifier or classes or rest):
        return inner
    given = attr(identifier, classes, [(name, value) for name, value in rest])
    return [{**element("Div", [given, inner]), _AT: inner[0].get(_AT) if inner else None}]


def _with_place(node: Node, at: Span | None) -> Node:
    return node if node.get(_AT) is not None else {**node, _AT: at}


def _hull(value: Any) -> Span | None:
    """Return the range from the first to the last place in `value`; a note's text is elsewhere."""
    if type(value) is not list:
        return None
    found = (item.get(_AT) if type(item) is dict else _hull(item) for item in value)
    spans = [span for span in found if span is not None]
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
        if type(value) is list:
            if value and is_element(value[0], INLINES):
                return self._inlines(self._cut(value), opened)
            return [self.nodes(item, opened) for item in value]
        if type(value) is not dict:
            return value
        kind = value.get("t")
        if kind in BARE:
            return _unplaced(value) if _AT in value else value
        if kind in ATTR_FIRST:
            own, *content = value["c"]
            node = {"t": kind, "c": [own, *self.nodes(content, opened)]}
        else:
            node = {key: self.nodes(item, opened) for key, item in _unplaced(value).items()}
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
                if items[index]["t"] == _STRETCH:
                    result += _loosened(items[index]["c"])
                else:
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
            {"t": _STRETCH, "c": item["c"][low - at.start : high - at.start], _AT: Span(low, high)}
            for low, high in pairwise(cuts)
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


def _loosened(said: str) -> Iterator[Node]:
    """Yield the words and spaces of some plain text.

    Away from its ends many are one: there nothing has to tell them apart.
    """
    parts = said.split(" ")
    if len(parts) > 2 * _APART:
        parts[_APART:-_APART] = [" ".join(parts[_APART:-_APART])]
    for number, part in enumerate(parts):
        if number:
            yield {"t": "Space"}
        if part:
            yield {"t": "Str", "c": part}


def source_key(verdict: Verdict) -> str:
    """Return the key of the source a verdict is about: where the words stand, else as cited."""
    if verdict.match is not None:
        return verdict.match.key
    return verdict.quotation.cited[0].key if verdict.quotation.cited else ""


def locator_words(verdict: Verdict) -> str:
    """Return where in the source the words stand (``page 253``), if its text says so.

    Where no words were located it is where the post says, which nothing is claimed of.
    """
    if verdict.match is not None:
        found = verdict.match.locator
    else:
        found = verdict.quotation.cited[0].locator if verdict.quotation.cited else None
    return named(found) if found else ""


def named(locator: Locator) -> str:
    """Return a place as our data names it: ``page 253``."""
    return f"{locator.label.removesuffix('-locator')} {locator.value}"


def _unplaced(node: Node) -> Node:
    return {key: content for key, content in node.items() if key != _AT}


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


def _holders(blocks: list[Node]) -> list[Node]:
    return [node for node in collect(blocks, _HOLDERS) if _is_holder(node)]
