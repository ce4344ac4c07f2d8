"""What stands in a line, as data for the template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pubtool.model import BLANKS, Node
from pubtool.writers.ast import QUOTATION_MARKS, attribute, element, has_class, plain_text
from pubtool.writers.pdf.languages import lang_of
from pubtool.writers.pdf.pictures import picture

if TYPE_CHECKING:
    from pubtool.writers.pdf.tree import Tree

Words = list[Any]
"""Strings and nodes; neighbouring strings are one."""

_PLAIN: Mapping[str, str] = {
    "Strong": "strong",
    "Strikeout": "strike",
    "Underline": "under",
    "Superscript": "over",
    "Subscript": "sub",
    "SmallCaps": "caps",
}
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Control characters, for which the metadata (XML) has no place."""
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""What breaks a line or a page elsewhere, and is a blank here."""

_SIGN = re.compile("([\u2300-\u2bff]+)")
"""Technical signs, boxes, ticks, arrows."""
_LONG = re.compile(r"[^\s\u00ad\u200b]{60,}|(?=[^\s\d/_.]{0,60}[\d/_.])[^\s\u00ad\u200b]{30,}")
"""No word of a language, which is hyphenated: an address, a number, a name of a program."""
_PIECE = re.compile(r"\w+://|[/.~,_?#%&=-]*[!-+0-<>@-^`-}]{0,20}|[^!-~]+")
"""What stays together of such a run: Chicago breaks an address before a stroke or a point."""


def inlines(nodes: Iterable[Node], tree: Tree) -> Words:
    """Return a line's content; blanks at its ends are left out."""
    found = _apart(joined(piece for node in nodes for piece in _inline(node, tree)))
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip(" ")
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip(" ")
    return [piece for piece in found if piece != ""]


def joined(pieces: Iterable[Any]) -> Words:
    """Return the pieces, strings beside each other as one."""
    result: Words = []
    for piece in pieces:
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        else:
            result.append(piece)
    return result


def _apart(pieces: Words) -> Words:
    """Return a line in which two notes' numbers do not read as one."""
    found: Words = []
    for piece in pieces:
        before = found[-1].get("t") if found and isinstance(found[-1], dict) else ""
        if isinstance(piece, dict) and piece["t"] == "note" == before:
            found.append({"t": "over", "c": [","]})
        found.append(piece)
    return found


def clean(text: str) -> str:
    """Return `text` without control characters."""
    return _UNSAFE.sub("", text)


def _inline(node: Node, tree: Tree) -> Sequence[Any]:
    kind, content = node["t"], node.get("c", [])
    if kind == "Str":
        return _signed(_broken(_BREAKS.sub(" ", content)), emphasised=tree.emphasised)
    if kind in BLANKS:
        return [" "]
    if kind in _PLAIN:
        return [{"t": _PLAIN[kind], "c": _held(content, tree)}]
    maker = _MAKERS.get(kind)
    return maker(node, tree) if maker else []


def _held(nodes: Iterable[Node], tree: Tree) -> Words:
    return joined(piece for node in nodes for piece in _inline(node, tree))


def _broken(text: str) -> list[Any]:
    """Return a word, with places to break it where it is too long for any line.

    No hyphen is added there: in an address it would be read as a part of it. Only in runs of
    ASCII: letters that join, as in Arabic, would come apart.
    """
    if len(text) < 30 or not (found := _LONG.search(text)):
        return [text] if text else []
    pieces: list[Any] = []
    for piece in filter(None, _PIECE.findall(found[0])):
        pieces.extend([{"t": "yield"}, piece] if pieces else [piece])
    whole = {"t": "solid", "c": pieces}
    return [*filter(None, [text[: found.start()]]), whole, *_broken(text[found.end() :])]


def _signed(pieces: Sequence[Any], *, emphasised: bool) -> list[Any]:
    """Return a word's pieces with signs apart: their face has no italics."""
    sign = {"t": "sign", "turned": emphasised}
    found: list[Any] = []
    for piece in pieces:
        if not isinstance(piece, str) or not _SIGN.search(piece):
            found.append(piece)
            continue
        for part in _SIGN.split(piece):
            if part:
                found.append({**sign, "c": part} if _SIGN.fullmatch(part) else part)
    return found


def _emphasis(node: Node, tree: Tree) -> Sequence[Any]:
    tree.emphasised = not tree.emphasised
    held = _held(node["c"], tree)
    tree.emphasised = not tree.emphasised
    return [{"t": "emph", "c": held}]


def _quoted(node: Node, tree: Tree) -> Sequence[Any]:
    opening, closing = QUOTATION_MARKS[node["c"][0]["t"]]
    return [opening, *_held(node["c"][1], tree), closing]


def _cite(node: Node, tree: Tree) -> Sequence[Any]:
    return _held(node["c"][1], tree)


def _code(node: Node, tree: Tree) -> Sequence[Any]:
    return [{"t": "code", "c": node["c"][1]}]


def _line_break(node: Node, tree: Tree) -> Sequence[Any]:
    return [{"t": "newline"}]


def _math(node: Node, tree: Tree) -> Sequence[Any]:
    return [tree.formulas.add(node, tree.lang)]


def _image(node: Node, tree: Tree) -> Sequence[Any]:
    source = node["c"][2][0]
    if "://" in source or source.startswith("//"):  # pages do not load it either
        words = plain_text(node["c"][1]).strip() or source
        return [{"t": "link", "inside": False, "to": source, "c": _broken(clean(words))}]
    return [{"t": "image", **picture(node, tree)}]


def _note(node: Node, tree: Tree) -> Sequence[Any]:
    blocks = tree.blocks([_no_heading(block) for block in node["c"]])
    if blocks and blocks[0]["t"] == "para":  # which stands beside its number
        blocks[0]["t"] = "plain"
    return [{"t": "note", "c": blocks}]


def _no_heading(block: Node) -> Node:
    """Return a note's block; a heading in a note is none of the post's."""
    return element("Para", [element("Strong", block["c"][2])]) if block["t"] == "Header" else block


def _span(node: Node, tree: Tree) -> Sequence[Any]:
    inner = [*tree.anchors(node), *_held(node["c"][1], tree)]
    lang = lang_of(attribute(node, "lang"))
    if lang:
        return [{"t": "lang", "lang": lang, "c": inner}]
    return [{"t": "under", "c": inner}] if has_class(node, "underline") else inner


def _link(node: Node, tree: Tree) -> Sequence[Any]:
    inner = _held(node["c"][1], tree)
    target = tree.target(node["c"][2][0])
    return [{"t": "link", **target, "c": inner}] if target else inner


MARK = "Mark"
"""A checked quotation's mark, which holds its id: no element of pandoc's, so no author's."""

_MAKERS: Mapping[str, Callable[[Node, Any], Sequence[Any]]] = {
    "Emph": _emphasis,
    "Quoted": _quoted,
    "Cite": _cite,
    "Code": _code,
    "LineBreak": _line_break,
    "Math": _math,
    "Image": _image,
    "Note": _note,
    "Span": _span,
    "Link": _link,
    MARK: lambda node, tree: tree.mark(node),
}
"""What has no entry, raw markup, is left out."""
