"""Notes, once in the page: a list behind the text, which a wide screen shows beside it.

The stylesheet puts each note at the height of its reference by CSS anchor positioning, and below
the note before it where there is not room for both; a browser that has none, a narrow screen and
paper show the list where it stands. Nothing is there twice, so a screen reader reads a list of
notes with links to and fro and knows nothing of the margin.
"""

from __future__ import annotations

from html import escape
from typing import Any

from pubtool.model import Node
from pubtool.writers.ast import element, is_element
from pubtool.writers.words import Words

_NOTE, _CITE = frozenset({"Note"}), frozenset({"Cite"})


def cut_notes(blocks: list[Node], words: Words) -> tuple[list[Node], list[Node]]:
    """Return the blocks with references in place of their notes, and the notes as a list's items.

    Notes are numbered as they are referred to; one within a note comes after all of the text's.
    """
    contents = list[list[Node]]()
    text = _referred(blocks, contents)
    items, number = list[Node](), 0
    while number < len(contents):
        content = _referred(contents[number], contents)
        number += 1
        back = _raw("RawInline", _back(number, words))
        items += [_raw("RawBlock", _item(number)), *_ending_in(content, back)]
        items.append(_raw("RawBlock", "</li>"))
    return text, items


def _referred(value: Any, contents: list[list[Node]]) -> Any:
    """Return a tree with references for its notes, whose contents are added to `contents`."""
    if isinstance(value, list):
        return [_referred(item, contents) for item in value]
    if is_element(value, _CITE) and [node["t"] for node in value["c"][1]] == ["Note"]:
        return _referred(value["c"][1][0], contents)
    if is_element(value, _NOTE):
        contents.append(value["c"])
        return _raw("RawInline", _reference(len(contents)))
    if isinstance(value, dict):
        return {key: _referred(item, contents) for key, item in value.items()}
    return value


def _raw(kind: str, html: str) -> Node:
    return element(kind, ["html", html])


def _reference(number: int) -> str:
    return (
        f'<a href="#fn{number}" id="fnref{number}" role="doc-noteref" '
        f'style="anchor-name:--r{number}"><sup>{number}</sup></a>'
    )


def _item(number: int) -> str:
    """Return the tag that opens a note; its style names the reference that it belongs to."""
    return f'<li id="fn{number}" style="--r:--r{number}">'


def _back(number: int, words: Words) -> str:
    label = escape(words("page.note-back", number=number))
    return f' <a href="#fnref{number}" role="doc-backlink" aria-label="{label}">↩\ufe0e</a>'


def _ending_in(blocks: list[Node], last: Node) -> list[Node]:
    """Return the blocks with an inline at the end of the last paragraph, or in one of its own."""
    if blocks and blocks[-1]["t"] in ("Para", "Plain"):
        return [*blocks[:-1], element("Para", [*blocks[-1]["c"], last])]
    return [*blocks, element("Para", [last])]
