"""Quotation marks in the text, which citeproc must not move punctuation across.

Where a style's language sets a full stop or a comma inside of the closing mark, citeproc moves the
author's own there too, if a note stands before it: ``"the words" [@key].`` becomes “the words.”¹,
and with that a quotation that was not checked: where the source goes on, no sentence ends. It also
takes a comma into marks inside of a quotation, and drops a full stop behind another one. All of
this it does to pandoc's ``Quoted`` alone, so for its time these are spans.
"""

from __future__ import annotations

from typing import Any

from pubtool.model import Node
from pubtool.writers.ast import attr, change, collect, element

_CLASS = "\ue0f2"
"""Begins the class of a span that is a ``Quoted``; the type of its marks follows."""

_OPENING = "\ue0f3"
"""Stands for the opening mark: without it, citeproc takes a stop that the quotation begins with for
one behind the note before it."""


def shield_quoted(blocks: list[Node]) -> list[Node]:
    """Return blocks whose ``Quoted`` elements are spans, those round a citation's key excepted."""
    if not collect(blocks, _QUOTED):
        return blocks
    shielded: list[Node] = _shielded(blocks)
    return shielded


def restore_quoted(blocks: list[Node]) -> list[Node]:
    """Return blocks with the ``Quoted`` elements that `shield_quoted` took away."""
    restored: list[Node] = change(blocks, _restored, _SPANS)
    return restored


_QUOTED, _SPANS = frozenset({"Quoted"}), frozenset({"Span"})


def _shielded(value: Any) -> Any:
    if isinstance(value, list):
        return [_shielded(item) for item in value]
    if not isinstance(value, dict) or value.get("t") == "Cite":  # all of it is citeproc's to write
        return value
    shielded = {key: _shielded(item) for key, item in value.items()}
    if value.get("t") != "Quoted":
        return shielded
    kind, inner = shielded["c"]
    return element("Span", [attr("", [_CLASS + kind["t"]]), [element("Str", _OPENING), *inner]])


def _restored(node: Node) -> list[Node] | None:
    if not (classes := node["c"][0][1]):
        return None
    name = str(classes[0])
    if not name.startswith(_CLASS):
        return None
    inner = [one for one in node["c"][1] if one != element("Str", _OPENING)]
    return [element("Quoted", [{"t": name.removeprefix(_CLASS)}, inner])]
