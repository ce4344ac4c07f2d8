"""One walk through a post's tree that makes of it what its page shows.

A page is built a thousand times, and walking its tree is what that costs: so everything that HTML
needs otherwise than pandoc would write it is done on the same way down. Words and blanks that
follow one another become one element, which leaves pandoc a tenth of the tree to read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from pubtool.model import BLANKS, Node
from pubtool.writers.ast import Attr, attr, element, plain_text
from pubtool.writers.html.divisions import shaped
from pubtool.writers.html.marks import tied
from pubtool.writers.html.notes import opening, reference, way_back
from pubtool.writers.html.quotations import Quotations
from pubtool.writers.marking import is_quotation
from pubtool.writers.proof import Proof
from pubtool.writers.words import Words, direction

_BARE = frozenset(
    "Emph Underline Strong Strikeout Superscript Subscript SmallCaps Para Plain BlockQuote".split()
)
"""Elements whose content is a list of elements and nothing else."""
_DEEP = frozenset(
    "Quoted Cite Link Span Div OrderedList BulletList DefinitionList Figure Table LineBlock".split()
)
"""Elements whose content has lists of elements somewhere in it."""


class Dressing:
    """The walk, and what it has met on its way."""

    def __init__(self, proofs: Sequence[Proof], words: Words, direction: str) -> None:
        self.headings: list[Node] = []
        """In order; the same objects that stand in the result."""
        self._notes: list[list[Node]] = []
        self._quotations = Quotations(proofs)
        self._words = words
        self._direction = direction
        self._numbers = {name: count(1) for name in ("table", "code", "formula")}

    def text(self, blocks: list[Node]) -> list[Node]:
        """Return the blocks with references in place of their notes."""
        return self._list(shaped(blocks))

    def notes(self) -> list[Node]:
        """Return the notes referred to so far, and those within them, as the items of a list.

        They are numbered as they are referred to; one within a note comes after all of the text's.
        """
        items, number = list[Node](), 0
        while number < len(self._notes):
            content = self._list(shaped(self._notes[number]))
            number += 1
            back = element("RawInline", ["html", way_back(number, self._words)])
            items += [element("RawBlock", ["html", opening(number)]), *_ending_in(content, back)]
            items.append(element("RawBlock", ["html", "</li>"]))
        return items

    def finish(self) -> None:
        """Settle what only the end of the walk can tell: which quotations are in one piece."""
        self._quotations.settle()

    def _list(self, items: Sequence[Any]) -> list[Any]:
        """Return a list's elements dressed, words and blanks joined, marks tied."""
        out: list[Any] = []
        run: list[str] = []
        for item in items:
            kind = item["t"] if type(item) is dict else ""
            if kind == "Str":
                run.append(item["c"])
            elif kind in BLANKS:
                run.append(" ")
            else:
                if run:
                    out.append({"t": "Str", "c": "".join(run)})
                    run = []
                out.extend(self._dressed(item, kind))
        if run:
            out.append({"t": "Str", "c": "".join(run)})
        return tied(out)

    def _dressed(self, item: Any, kind: str) -> list[Any]:
        special = _SPECIAL.get(kind)
        if special is not None:
            return special(self, item)
        if kind in _BARE:
            return [{"t": kind, "c": self._list(item["c"])}]
        if kind in _DEEP or not kind:
            return [self._deep(item)]
        return [item]

    def _deep(self, value: Any) -> Any:
        """Return any part of a tree with the lists of elements in it dressed."""
        if type(value) is list:
            if value and type(value[0]) is dict and "t" in value[0]:
                return self._list(value)
            return [self._deep(part) if type(part) in (list, dict) else part for part in value]
        if type(value) is dict:
            return {key: self._deep(part) for key, part in value.items()}
        return value

    def _note(self, node: Node) -> list[Node]:
        self._notes.append(node["c"])
        return [element("RawInline", ["html", reference(len(self._notes))])]

    def _cite(self, node: Node) -> list[Node]:
        """Return a citation; one that its style has made a note is that note."""
        if [inner["t"] for inner in node["c"][1]] == ["Note"]:
            return self._note(node["c"][1][0])
        return [element("Cite", [node["c"][0], self._list(node["c"][1])])]

    def _header(self, node: Node) -> list[Node]:
        level, attributes, inlines = node["c"]
        heading = element("Header", [level, attributes, self._list(inlines)])
        self.headings.append(heading)
        return [heading]

    def _division(self, node: Node) -> list[Node]:
        attributes, content = node["c"]
        inner = self._list(content)
        if is_quotation(node) and len(inner) == 1 and inner[0]["t"] == "BlockQuote":
            return self._quotations.block(attributes, inner[0]["c"])
        return [element(node["t"], [self._turned(attributes), inner])]

    def _span(self, node: Node) -> list[Node]:
        attributes, content = node["c"]
        inner = self._list(content)
        if is_quotation(node):
            return self._quotations.inline(node, inner)
        return [element("Span", [self._turned(attributes), inner])]

    def _turned(self, attributes: Attr) -> Attr:
        """Return attributes with a direction where their language has another than the page's.

        A browser knows none from a language, and sets what stands round the words in the page's.
        """
        identifier, classes, pairs = attributes
        told = {name: value for name, value in pairs if name in ("lang", "dir")}
        turned = direction(told.get("lang", ""))
        if "lang" not in told or "dir" in told or turned == self._direction:
            return attributes
        return [identifier, classes, [*pairs, ["dir", turned]]]

    def _code(self, node: Node) -> list[Node]:
        (identifier, classes, pairs), text = node["c"]
        scrolls = map(list, self._scrolls("code"))
        return [element("CodeBlock", [[identifier, classes, [*pairs, *scrolls]], text])]

    def _math(self, node: Node) -> list[Node]:
        if node["c"][0]["t"] != "DisplayMath":
            return [node]
        return [element("Span", [attr("", ["formula"], self._scrolls("formula")), [node]])]

    def _table(self, node: Node) -> list[Node]:
        scrolls = self._scrolls("table", plain_text(node["c"][1]).strip())
        return [element("Div", [attr("", ["table"], scrolls), [self._deep(node)]])]

    def _scrolls(self, kind: str, caption: str = "") -> list[tuple[str, str]]:
        """Return the attributes of what can be scrolled: focus, and a name; it is no landmark."""
        label = self._words(f"page.{kind}", number=next(self._numbers[kind]))
        return [("role", "group"), ("tabindex", "0"), ("aria-label", caption or label)]


_SPECIAL: Mapping[str, Callable[[Dressing, Node], list[Any]]] = {
    "Note": Dressing._note,
    "Cite": Dressing._cite,
    "Header": Dressing._header,
    "Div": Dressing._division,
    "Span": Dressing._span,
    "CodeBlock": Dressing._code,
    "Math": Dressing._math,
    "Table": Dressing._table,
}


def _ending_in(blocks: list[Node], last: Node) -> list[Node]:
    """Return the blocks with an inline at the end of the last paragraph, or in one of its own."""
    if blocks and blocks[-1]["t"] in ("Para", "Plain"):
        return [*blocks[:-1], element("Para", [*blocks[-1]["c"], last])]
    return [*blocks, element("Para", [last])]
