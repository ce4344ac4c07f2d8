"""Comments on checked quotations: where they begin and end, and what they say.

pandoc marks the range; the text is written here, since pandoc's comments are one plain paragraph. A
note holds no comment in Word, so what is quoted in one is commented on at the note's mark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from pubtool.model import Node
from pubtool.writers.ast import attr, collect, element, is_element
from pubtool.writers.marking import is_quotation, quotation_id
from pubtool.writers.proof import Proof
from pubtool.writers.words import direction

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
AUTHOR = "pubtool"
"""Who comments."""
FIRST = 100_001
"""The number of the first comment. LibreOffice 7.4 leaves footnotes empty in a document whose
comments have low numbers, whatever numbers the notes have (tried with pandoc's own files too)."""

_HOLDS_WORDS = frozenset({"Para", "Plain"})


def with_comments(blocks: list[Node], numbers: Mapping[str, int]) -> list[Node]:
    """Return the blocks with a comment's range round each quotation; `numbers` by identifier."""
    pieces: dict[str, list[int]] = {}
    for node in collect(blocks, frozenset({"Span", "Div"})):
        if is_quotation(node) and (name := quotation_id(node)) in numbers:
            pieces.setdefault(name, []).append(id(node))
    ranges = _Ranges(
        {places[0]: numbers[name] for name, places in pieces.items()},
        {places[-1]: numbers[name] for name, places in pieces.items()},
    )
    marked: list[Node] = ranges.nodes(blocks)
    return marked


class _Ranges:
    """The elements, by identity, before which a comment begins and behind which it ends."""

    def __init__(self, begins: Mapping[int, int], ends: Mapping[int, int]) -> None:
        self._begins = begins
        self._ends = ends

    def nodes(self, value: Any) -> Any:
        if isinstance(value, list):
            return [new for item in value for new in self._node(item)]
        return value

    def _node(self, item: Any) -> list[Any]:
        if not is_element(item):
            return [self.nodes(item)]
        if item["t"] == "Note":
            inside = {id(node) for node in collect(item["c"], frozenset({"Span", "Div"}))}
            begins = [_begin(n) for place, n in self._begins.items() if place in inside]
            ends = [_end(n) for place, n in self._ends.items() if place in inside]
            return [*begins, item, *ends]
        new = {key: self.nodes(content) for key, content in item.items()}
        begin = [_begin(self._begins[id(item)])] if id(item) in self._begins else []
        end = [_end(self._ends[id(item)])] if id(item) in self._ends else []
        if item["t"] != "Div" or not (begin or end):
            return [*begin, new, *end]
        inner, placed = _at_first(new["c"][1], begin)
        if not placed:  # nothing but code or the like: the comment has a line of its own
            return [element("Para", [*begin, *end]), new]
        inner, _ = _at_last(inner, end)
        return [element("Div", [new["c"][0], inner])]


def _begin(number: int) -> Node:
    given = attr("", ["comment-start"], [("id", str(number)), ("author", AUTHOR)])
    return element("Span", [given, [element("Str", str(number))]])


def _end(number: int) -> Node:
    return element("Span", [attr("", ["comment-end"], [("id", str(number))]), []])


def _at_first(blocks: Sequence[Node], added: list[Node]) -> tuple[list[Node], bool]:
    """Return the blocks with inlines at the beginning of the first paragraph, if there is any."""
    for at, block in enumerate(blocks):
        new, placed = _into(block, added, first=True)
        if placed:
            return [*blocks[:at], new, *blocks[at + 1 :]], True
    return list(blocks), False


def _at_last(blocks: Sequence[Node], added: list[Node]) -> tuple[list[Node], bool]:
    for at in range(len(blocks) - 1, -1, -1):
        new, placed = _into(blocks[at], added, first=False)
        if placed:
            return [*blocks[:at], new, *blocks[at + 1 :]], True
    return list(blocks), False


def _into(block: Node, added: list[Node], *, first: bool) -> tuple[Node, bool]:
    place = _at_first if first else _at_last
    if block["t"] in _HOLDS_WORDS:
        inlines = [*added, *block["c"]] if first else [*block["c"], *added]
        return element(block["t"], inlines), True
    if block["t"] == "BlockQuote":
        inner, placed = place(block["c"], added)
        return element("BlockQuote", inner), placed
    if block["t"] == "Div":
        inner, placed = place(block["c"][1], added)
        return element("Div", [block["c"][0], inner]), placed
    if block["t"] in ("BulletList", "OrderedList"):
        items = block["c"] if block["t"] == "BulletList" else block["c"][1]
        order = range(len(items)) if first else range(len(items) - 1, -1, -1)
        for at in order:
            inner, placed = place(items[at], added)
            if placed:
                new = [*items[:at], inner, *items[at + 1 :]]
                whole = new if block["t"] == "BulletList" else [block["c"][0], new]
                return element(block["t"], whole), True
    return block, False


# --- What the comments say ------------------------------------------------------------------------


def comments_part(proofs: Sequence[Proof], placed: set[int]) -> tuple[bytes, bytes]:
    """Return the part of the comments and that of its links; `proofs` are counted from `FIRST`.

    Only those are written that are `placed` somewhere in the text.
    """
    root = etree.Element(f"{{{W}}}comments", nsmap={"w": W, "r": R})
    links: list[str] = []
    for number, proof in enumerate(proofs, FIRST):
        if number in placed:
            root.append(_comment(number, proof, links))
    relations = etree.Element("Relationships", xmlns=_RELATIONS)
    for number, link in enumerate(links, 1):
        etree.SubElement(
            relations,
            "Relationship",
            Id=f"rId{number}",
            Type=f"{R}/hyperlink",
            Target=link,
            TargetMode="External",
        )
    return _text(root), _text(relations)


_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _text(root: Any) -> bytes:
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole


def _comment(number: int, proof: Proof, links: list[str]) -> Any:
    given = {"id": str(number), "author": AUTHOR, "initials": "pt"}
    comment = etree.Element(f"{{{W}}}comment", {f"{{{W}}}{k}": v for k, v in given.items()})
    first = _paragraph(comment)
    mark = etree.SubElement(first, f"{{{W}}}r")
    style = etree.SubElement(mark, f"{{{W}}}rPr")
    etree.SubElement(style, f"{{{W}}}rStyle", {f"{{{W}}}val": "CommentReference"})
    etree.SubElement(mark, f"{{{W}}}annotationRef")
    _run(first, f"{proof.symbol} {proof.verdict[0].upper()}{proof.verdict[1:]}.", bold=True)
    if source := proof.citation or proof.source:
        place = f", {proof.place}" if proof.place else ""
        _run(_paragraph(comment), f"{source}{place}")
    if proof.passage:
        passage = _paragraph(comment, proof.lang)
        _run(passage, proof.before, lang=proof.lang)
        for part in proof.parts:
            _run(passage, part.text, bold=part.quoted, lang=proof.lang)
        _run(passage, proof.after, lang=proof.lang)
    for change in proof.changes:
        _run(_paragraph(comment), f"{change[0].upper()}{change[1:]}")
    for link in filter(None, (proof.url, proof.archive)):
        links.append(link)
        holder = etree.SubElement(
            _paragraph(comment), f"{{{W}}}hyperlink", {f"{{{R}}}id": f"rId{len(links)}"}
        )
        _run(holder, link, style="Hyperlink")
    return comment


def _paragraph(comment: Any, lang: str = "") -> Any:
    """Add a paragraph, which reads as a language does where it is not the document's."""
    paragraph = etree.SubElement(comment, f"{{{W}}}p")
    properties = etree.SubElement(paragraph, f"{{{W}}}pPr")
    etree.SubElement(properties, f"{{{W}}}pStyle", {f"{{{W}}}val": "CommentText"})
    if lang:
        said = "1" if direction(lang) == "rtl" else "0"
        etree.SubElement(properties, f"{{{W}}}bidi", {f"{{{W}}}val": said})
    return paragraph


def _run(holder: Any, text: str, *, bold: bool = False, style: str = "", lang: str = "") -> None:
    """Add words, in the order of their properties that Word asks for."""
    if not text:
        return
    run = etree.SubElement(holder, f"{{{W}}}r")
    if bold or style or lang:
        properties = etree.SubElement(run, f"{{{W}}}rPr")
        if style:
            etree.SubElement(properties, f"{{{W}}}rStyle", {f"{{{W}}}val": style})
        if bold:
            etree.SubElement(properties, f"{{{W}}}b")
        if lang:
            _speak(properties, lang)
    words = etree.SubElement(run, f"{{{W}}}t", {_SPACE: "preserve"})
    words.text = text


def _speak(properties: Any, lang: str) -> None:
    """Say what language words are in; those from right to left have theirs in another attribute."""
    rtl = direction(lang) == "rtl"
    if rtl:
        etree.SubElement(properties, f"{{{W}}}rtl")
    said = {f"{{{W}}}{'bidi' if rtl else 'val'}": lang}
    etree.SubElement(properties, f"{{{W}}}lang", said)


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
