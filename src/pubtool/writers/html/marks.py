"""The small mark after each checked quotation: a button that opens what was found out about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from html import escape

from pubtool.model import Node
from pubtool.writers.ast import (
    QUOTATION_MARKS,
    attr,
    attribute,
    collect,
    element,
    has_class,
    is_attribution,
    is_element,
)
from pubtool.writers.proof import Proof
from pubtool.writers.words import Words

_CLOSING = frozenset("”’»«›‹“‘\"'」』")
"""Marks that can close a quotation; German and Danish ones open elsewhere."""

_BUTTON = '<button class="mark'
"""How a mark begins."""

_Make = Callable[[str], Node | None]
"""From a quotation's id to its mark; None for one that has no proof."""


def with_marks(blocks: list[Node], proofs: Sequence[Proof], words: Words) -> list[Node]:
    """Return the blocks with a mark after the closing quotation mark of each checked quotation.

    A block quotation has it at the end of its last paragraph, a quotation inside a link behind the
    link: a button in a link is neither.
    """
    known = {proof.id: _mark(proof, words) for proof in proofs}
    marked: list[Node] = _in_list(blocks, known.get, _last_pieces(blocks))
    return marked


def state(proof: Proof) -> str:
    """Return how a proof is shown: ``passed``, ``open`` where nothing was compared, ``failed``."""
    if proof.symbol == "○":
        return "open"
    return "passed" if proof.passes else "failed"


def is_quotation(node: Node) -> bool:
    """Whether an element is a checked quotation, or a piece of one."""
    ours = node["t"] in ("Span", "Div") and has_class(node, "quotation")
    return bool(ours) and attribute(node, "data-verdict") != ""


def quotation_id(node: Node) -> str:
    """Return the id of the quotation that such an element is, or is a piece of."""
    return attribute(node, "data-part-of") or str(node["c"][0][0])


def _last_pieces(blocks: list[Node]) -> dict[int, str]:
    """Return, by identity, the last element of each quotation and the quotation's id.

    What an image is called is not part of the text.
    """
    shown = collect(blocks, frozenset({"Span", "Div"}))
    images = collect(blocks, frozenset({"Image"}))
    unseen = {id(node) for node in collect(images, frozenset({"Span"}))}
    found: dict[str, int] = {}
    for node in shown:
        if is_quotation(node) and id(node) not in unseen:
            found[quotation_id(node)] = id(node)
    return {place: name for name, place in found.items()}


def _in_list(items: list[Node], make: _Make, last: Mapping[int, str]) -> list[Node]:
    """Mark the elements of one list; marks due inside a ``Quoted`` come out behind it."""
    result: list[Node] = []
    due: list[Node] = []
    for item in items:
        closing, rest = _cut_closing(item) if due else ([], [item])
        result.extend([*closing, *due])
        due = []
        for piece in rest:
            new, due = _marked(piece, make, last)
            result.append(new)
    return _tied([*result, *due])


def _cut_closing(item: Node) -> tuple[list[Node], list[Node]]:
    """Cut the quotation mark off that an element begins with."""
    if item["t"] != "Str" or item["c"][0] not in _CLOSING:
        return [], [item]
    rest = [element("Str", item["c"][1:])] if item["c"][1:] else []
    return [element("Str", item["c"][0])], rest


def _marked(item: Node, make: _Make, last: Mapping[int, str]) -> tuple[Node, list[Node]]:
    """Return the element with the marks inside it, and the marks that are due behind it."""
    mark = make(last.get(id(item), ""))
    if item["t"] == "Div" and mark:
        return element("Div", [item["c"][0], _at_end(item["c"][1], mark)]), []
    if item["t"] == "Link":
        inside = (make(last.get(id(node), "")) for node in collect([item], frozenset({"Span"})))
        return item, [found for found in inside if found]
    new = {**item, "c": _content(item["c"], make, last)} if "c" in item else item
    due = [mark] if mark else []
    if item["t"] == "Quoted":
        inner, ending = _ending_marks(new["c"][1])
        return element("Quoted", [new["c"][0], inner]), [*ending, *due]
    return new, due


def _ending_marks(items: list[Node]) -> tuple[list[Node], list[Node]]:
    """Take the marks out that nothing but punctuation follows (a style may move it inside)."""
    kept, marks = list[Node](), list[Node]()
    for at in range(len(items) - 1, -1, -1):
        if _is_mark(items[at]):
            marks.insert(0, items[at])
        elif items[at]["t"] == "Str" and not any(c.isalnum() for c in items[at]["c"]):
            kept.insert(0, items[at])
        elif _is_tie(items[at]):
            return _ending_marks([*items[:at], *items[at]["c"][1], *kept, *marks])
        else:
            return [*items[: at + 1], *kept], marks
    return kept, marks


def _content(value: object, make: _Make, last: Mapping[int, str]) -> object:
    if isinstance(value, list):
        if any(is_element(item) for item in value):
            return _in_list(value, make, last)
        return [_content(item, make, last) for item in value]
    if isinstance(value, dict) and not is_element(value):
        return {key: _content(item, make, last) for key, item in value.items()}
    return value


def _at_end(blocks: list[Node], mark: Node) -> list[Node]:
    """Return the blocks with the mark at the end of the last paragraph, or after all of them.

    The line that names the author is none of the quoted ones. A note of the source comes after the
    mark, as it does in running text.
    """
    if is_attribution(blocks):
        return [*_at_end(blocks[:-1], mark), blocks[-1]]
    if blocks and blocks[-1]["t"] in ("Para", "Plain"):
        inlines = list(blocks[-1]["c"])
        at = len(inlines)
        while at and _is_note(inlines[at - 1]):
            at -= 1
        inlines.insert(at, mark)
        return [*blocks[:-1], element(blocks[-1]["t"], _tied(inlines))]
    if blocks and blocks[-1]["t"] == "BlockQuote":
        return [*blocks[:-1], element("BlockQuote", _at_end(blocks[-1]["c"], mark))]
    return [*blocks, element("Para", [mark])]


def _mark(proof: Proof, words: Words) -> Node:
    label = escape(words("proof.mark", number=proof.number, verdict=proof.verdict))
    return element(
        "RawInline",
        [
            "html",
            f'{_BUTTON} {state(proof)}" id="mark-{proof.id}" popovertarget="proof-{proof.id}" '
            f'aria-label="{label}">{proof.symbol}</button>',
        ],
    )


def _is_mark(node: Node) -> bool:
    return bool(node["t"] == "RawInline") and str(node["c"][1]).startswith(_BUTTON)


# --- No line ends between a word and its mark -----------------------------------------------------


def _tied(items: list[Node]) -> list[Node]:
    """Return inlines in which each mark is tied to the character before and to what clings to it.

    A line may end before and after a button, unlike a letter; a quotation mark or a comma at the
    beginning of a line is what a typesetter never lets pass.
    """
    if not any(_is_mark(item) for item in items):
        return items
    result, rest = list[Node](), list(items)
    while rest:
        if _is_mark(rest[0]):
            before = _cut_last(result)
            clinging, rest = _clinging(rest)
            result.append(element("Span", [attr("", ["tie"]), [*before, *clinging]]))
        else:
            result.append(rest.pop(0))
    return result


def _is_tie(node: Node) -> bool:
    return bool(node["t"] == "Span" and node["c"][0] == attr("", ["tie"]))


def _cut_last(items: list[Node]) -> list[Node]:
    """Take the last character off some inlines, in place, and return it as an inline."""
    if items and items[-1]["t"] == "Quoted":
        kind, inner = items.pop()["c"]
        opening, closing = QUOTATION_MARKS[kind["t"]]
        items += [element("Str", opening), *inner, element("Str", closing)]
    if not items or items[-1]["t"] != "Str":
        return []
    text = items.pop()["c"]
    if unicodedata.category(text[-1]).startswith("M"):  # it belongs to the letter before
        return [element("Str", text)]
    if text[:-1]:
        items.append(element("Str", text[:-1]))
    return [element("Str", text[-1])]


def _clinging(items: list[Node]) -> tuple[list[Node], list[Node]]:
    """Return the marks, notes and closing punctuation that inlines begin with, and the others."""
    taken, rest = list[Node](), list(items)
    while rest and (_is_mark(rest[0]) or _is_note(rest[0])):
        taken.append(rest.pop(0))
    if rest and rest[0]["t"] == "Str":
        text = rest[0]["c"]
        end = next((at for at, char in enumerate(text) if not _clings(char)), len(text))
        if end:
            rest[0:1] = [element("Str", text[end:])] if text[end:] else []
            more, rest = _clinging(rest) if end == len(text) else ([], rest)
            return [*taken, element("Str", text[:end]), *more], rest
    return taken, rest


def _clings(char: str) -> bool:
    """Whether a character is punctuation that belongs to what stands before it."""
    return unicodedata.category(char) in ("Pe", "Pf", "Po") or char in _CLOSING


def _is_note(node: Node) -> bool:
    """Whether an inline is a note, or a citation that its style has made one."""
    if node["t"] == "Cite":
        return bool(node["c"][1]) and all(_is_note(inner) for inner in node["c"][1])
    return bool(node["t"] == "Note")
