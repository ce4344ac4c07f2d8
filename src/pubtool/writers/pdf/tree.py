"""A post's tree as data for the template: nodes that `document.typ` knows, and words.

What the author wrote is a string here and stays one: no part of it becomes Typst code. Only a
formula does, written by pandoc from its TeX.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pubtool.model import Node
from pubtool.text.lines import line_of
from pubtool.writers.ast import attr_of, attribute, element, plain_text, words
from pubtool.writers.book import inside
from pubtool.writers.links import shift_headings
from pubtool.writers.marking import is_quotation
from pubtool.writers.pdf.formulas import Formulas
from pubtool.writers.pdf.inlines import Words, clean, inlines
from pubtool.writers.pdf.languages import lang_of
from pubtool.writers.pdf.pictures import Plate, picture
from pubtool.writers.pdf.tables import table
from pubtool.writers.proof import Proof
from pubtool.writers.shapes import (
    attribution,
    image_of,
    side,
    title_of,
    unquoted,
    verse_lines,
    with_boxes,
)

Data = dict[str, Any]
"""A node of the data: ``t`` says what it is, ``c`` what it holds."""

_NUMBERS = {"LowerRoman": "i", "UpperRoman": "I", "LowerAlpha": "a", "UpperAlpha": "A"}
_DELIMITED = {"OneParen": "{})", "TwoParens": "({})"}
_WEB = ("http://", "https://", "mailto:", "tel:", "ftp://")
_ADMONITIONS = frozenset({"note", "tip", "important", "warning", "caution", "details"})


@dataclass
class Tree:
    """One post under conversion."""

    path: str
    written: str
    """The file's, to find lines in."""
    slug: str
    """Keeps this post's labels apart from those of the book's others."""
    images: Mapping[str, tuple[str, Plate]]
    """The address in the post -> the name under which the template finds the image, and it."""
    formulas: Formulas
    lang: str
    """The language that the post is in, two or three letters."""
    proofs: Mapping[str, Proof]
    """By the quotation's id."""
    emphasised: bool = False
    """Whether what is being written stands in italics."""
    _quiet: int = field(default=0)
    """Whether a heading is being written, which bookmarks repeat: a mark has no place there."""

    def post(self, blocks: list[Node]) -> list[Any]:
        """Return a post's blocks. Raises `ImageUnfit` for an image that cannot be set."""
        full = [block for block in blocks if block["t"] != "Header" or _said(block)]
        return self.blocks(shift_headings(full, 1))

    def line_with(self, *words: str) -> int:
        """Return the first line, 1-based, with the first of `words` that is there; 0 for none."""
        at = next((at for at in map(self.written.find, words) if at >= 0), None)
        return 0 if at is None else line_of(self.written, at)

    def blocks(self, blocks: Sequence[Node]) -> list[Any]:
        """Return blocks; texts that follow each other are paragraphs."""
        found: list[Any] = []
        for at, block in enumerate(blocks):
            beside = [*blocks[max(at - 1, 0) : at], *blocks[at + 1 : at + 2]]
            text = block["t"] == "Plain" and any(b["t"] in ("Plain", "Para") for b in beside)
            found.extend(self._block({**block, "t": "Para"} if text else block))
        return found

    def lines(self, blocks: Sequence[Node]) -> Words:
        """Return the words of a few paragraphs as one line."""
        held: list[Node] = []
        for block in blocks:
            if block["t"] in ("Plain", "Para"):
                held.extend([{"t": "LineBreak"}] if held else [])
                held.extend(block["c"])
            elif block["t"] == "Div":
                held.extend(node for inner in block["c"][1] for node in inner.get("c", []))
        return inlines(held, self)

    def anchors(self, node: Node) -> list[Data]:
        """Return what a link to the element leads to."""
        identifier = (attr_of(node) or [""])[0]
        if not identifier or is_quotation(node):
            return []
        return [{"t": "anchor", "id": f"id:{self.slug}:{identifier}"}]

    def mark(self, node: Node) -> list[Data]:
        """Return the mark of a quotation; where none can stand, its place alone."""
        proof = self.proofs[node["c"]]
        own = f"{self.slug}:{proof.id}"
        if self._quiet:
            return [{"t": "anchor", "id": f"mark-{own}"}]
        return [{"t": "mark", "id": own, "symbol": proof.symbol}]

    def target(self, address: str) -> Data | None:
        """Return where a link leads; None where there is nothing to lead to."""
        if chapter := inside(address):
            slug, fragment = chapter
            to = f"id:{slug}:{fragment}" if fragment else f"post:{slug}"
            return {"inside": True, "to": to}
        if address.startswith("#"):
            return {"inside": True, "to": f"id:{self.slug}:{address[1:]}"}
        if address.startswith("//"):
            address = f"https:{address}"
        known = address.lower().startswith(_WEB)
        return {"inside": False, "to": clean(address)} if known else None

    def _block(self, node: Node) -> list[Any]:
        maker = _MAKERS.get(node["t"])
        return maker(self, node) if maker else []

    def text(self, node: Node) -> list[Any]:
        """Return a paragraph, or the figure that it is."""
        lone = image_of([node])
        if lone and lone.image["c"][2][0] in self.images:
            return self.figure(lone.image, inlines(words(title_of(lone.image)), self))
        kind = "para" if node["t"] == "Para" else "plain"
        found: list[Any] = []
        for run in _runs(node["c"]):
            held = inlines(run, self)
            apart = len(run) == 1 and _is_display(run[0])
            found.extend(held if apart else [{"t": kind, "c": held}] if held else [])
        return found

    def figure(self, image: Node, caption: Words) -> list[Any]:
        """Return an image that stands by itself."""
        own = picture(image, self)
        return [*self.anchors(image), {"t": "figure", "image": own, "caption": caption}]

    def header(self, node: Node) -> list[Any]:
        """Return a heading; `words` are what contents and running heads say."""
        level, _, content = node["c"]
        self._quiet += 1
        held = [*self.anchors(element("Span", [node["c"][1], []])), *inlines(content, self)]
        self._quiet -= 1
        return [{"t": "heading", "level": level, "c": held, "words": _said(node)}]

    def bullets(self, node: Node) -> list[Any]:
        """Return a list; with boxes for tasks."""
        boxed: list[list[Node]] = with_boxes(node)["c"]
        made: Data = {"t": "bullets", "tight": _tight(boxed)}
        boxes = [plain_text(item)[:1] for item in boxed]
        if set(boxes) <= {"☐", "☑"}:
            made |= {"t": "boxes", "boxes": boxes}
            boxed = [_without_box(item) for item in boxed]
        return [{**made, "c": [self.blocks(item) for item in boxed]}]

    def numbers(self, node: Node) -> list[Any]:
        """Return a numbered list."""
        (start, style, delimiter), items = node["c"]
        number = _NUMBERS.get(style["t"], "1")
        return [
            {
                "t": "numbers",
                "tight": _tight(items),
                "start": start,
                "numbering": _DELIMITED.get(delimiter["t"], "{}.").format(number),
                "c": [self.blocks(item) for item in items],
            }
        ]

    def definitions(self, node: Node) -> list[Any]:
        """Return a list of definitions."""
        pairs = [
            [inlines(term, self), [piece for each in told for piece in self.blocks(each)]]
            for term, told in node["c"]
        ]
        tight = _tight([blocks for _, told in node["c"] for blocks in told])
        return [{"t": "terms", "tight": tight, "c": pairs}]

    def quote(self, node: Node) -> list[Any]:
        """Return a block quotation, with the line that names its author."""
        body, by = attribution(node["c"])
        return [{"t": "quote", "c": self.blocks(body), "by": inlines(by, self)}]

    def code(self, node: Node) -> list[Any]:
        """Return a block of code."""
        return [*self.anchors(node), {"t": "codeblock", "c": node["c"][1].expandtabs(4)}]

    def verse(self, lines: Sequence[Sequence[Node]]) -> list[Any]:
        """Return lines as they stand; None between two stanzas."""
        return [{"t": "verse", "c": [inlines(line, self) or None for line in lines]}]

    def table(self, node: Node) -> list[Any]:
        """Return a table."""
        return [*self.anchors(node), table(node, self)]

    def framed(self, node: Node) -> list[Any]:
        """Return pandoc's own figure."""
        _, (_, caption), content = node["c"]
        found = image_of(content)
        if found and found.image["c"][2][0] in self.images:
            return [*self.anchors(node), *self.figure(found.image, self.lines(caption))]
        return [*self.anchors(node), *self.blocks([*content, *caption])]

    def division(self, node: Node) -> list[Any]:
        """Return a div, by its classes, its language and its side."""
        inner = self._classed(node)
        if aligned := side(node):
            inner = [{"t": "aligned", "side": aligned, "c": inner}]
        if lang := lang_of(attribute(node, "lang")):
            inner = [{"t": "lang", "lang": lang, "c": inner}]
        return [*self.anchors(node), *inner]

    def _classed(self, node: Node) -> list[Any]:
        classes, content = node["c"][0][1], node["c"][1]
        if "verse" in classes and all(b["t"] in ("Para", "Plain", "LineBlock") for b in content):
            return self.verse(verse_lines(content))
        if "epigraph" in classes or "pullquote" in classes:
            held = [inner for block in content for inner in unquoted(block)]
            body, by = attribution(held)
            kind = "epigraph" if "epigraph" in classes else "quote"
            return [{"t": kind, "c": self.blocks(body), "by": inlines(by, self)}]
        lone = image_of(content[:1]) if "figure" in classes else None
        if lone and lone.image["c"][2][0] in self.images:
            return self.figure(lone.image, self.lines(content[1:]))
        if _ADMONITIONS.intersection(classes):
            return self._boxed(node)
        return self.blocks(content)

    def _boxed(self, node: Node) -> list[Any]:
        content = list(node["c"][1])
        title = words(attribute(node, "summary"))
        if not title and content and content[0]["t"] == "Header":
            title = content.pop(0)["c"][2]
        return [{"t": "boxed", "title": inlines(title, self), "c": self.blocks(content)}]


def _is_display(node: Node) -> bool:
    return bool(node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath")


def _runs(nodes: Sequence[Node]) -> list[list[Node]]:
    """Return a paragraph's inlines, cut before and after each formula that stands apart."""
    runs: list[list[Node]] = [[]]
    for node in nodes:
        if _is_display(node):
            runs.extend([[node], []])
        else:
            runs[-1].append(node)
    return runs


def _said(heading: Node) -> str:
    return clean(" ".join(plain_text(heading["c"][2]).split()))


def _without_box(item: Sequence[Node]) -> list[Node]:
    first, *rest = item
    return [{**first, "c": first["c"][1:]}, *rest]


def _tight(items: Sequence[Sequence[Node]]) -> bool:
    return all(not item or item[0]["t"] != "Para" for item in items)


_MAKERS: Mapping[str, Callable[[Tree, Node], list[Any]]] = {
    "Plain": Tree.text,
    "Para": Tree.text,
    "Header": Tree.header,
    "BulletList": Tree.bullets,
    "OrderedList": Tree.numbers,
    "DefinitionList": Tree.definitions,
    "BlockQuote": Tree.quote,
    "CodeBlock": Tree.code,
    "LineBlock": lambda tree, node: tree.verse(node["c"]),
    "Table": Tree.table,
    "Figure": Tree.framed,
    "Div": Tree.division,
    "HorizontalRule": lambda tree, node: [{"t": "rule"}],
}
"""What has no entry, raw markup, is left out."""
