"""The elements that pandoc makes for nothing but a position, and trees without them.

A wrapper holds one element, or a *stretch*: words and the spaces between them in one ``Str``, as
`pubtool.system.dialect.joining` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pubtool.model import Node


def without_positions(node: Any) -> Any:
    """Return a syntax tree without the wrappers that carry positions, leaves joined again.

    ``Str "p", Str "."`` (two leaves) become ``Str "p."``, as a reader without positions gives it.
    """
    if isinstance(node, list):
        plain: list[Any] = []
        said: list[str] = []
        _unwrap(node, plain, said)
        if said:
            plain.append({"t": "Str", "c": "".join(said)})
        return plain
    if isinstance(node, dict):
        return {key: without_positions(value) for key, value in node.items()}
    return node


def is_wrapper(node: Any) -> bool:
    """Whether `node` is a Div or Span that pandoc made for nothing but a position."""
    if not isinstance(node, dict) or node.get("t") not in ("Span", "Div"):
        return False
    return "wrapper" in [name for name, _ in node["c"][0][2]]


def is_stretch(said: str) -> bool:
    """Whether a ``Str`` says more than one word; pandoc's own hold no space, or nothing else."""
    return " " in said and said != " "


def words(text: str) -> list[Node]:
    """Return `text` as inlines, its blanks as spaces."""
    nodes: list[Node] = []
    for number, word in enumerate(text.split(" ")):
        if number:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes


def inside(wrapper: Node) -> list[Node]:
    """Return what a wrapper holds, a stretch as words and spaces."""
    held: list[Node] = wrapper["c"][1]
    if len(held) == 1 and held[0]["t"] == "Str" and is_stretch(held[0]["c"]):
        return words(held[0]["c"])
    return held


def _unwrap(nodes: Sequence[Any], plain: list[Any], said: list[str]) -> None:
    """Add nodes to `plain`; leaves that follow each other wait in `said` to be joined."""
    for node in nodes:
        if isinstance(node, dict):
            kind = node.get("t")
            if kind == "Str":
                said.append(node["c"])
                continue
            if kind in ("Span", "Div") and is_wrapper(node):
                _unwrap(inside(node), plain, said)
                continue
        elif isinstance(node, list) and len(node) == 2 and node[0] == "data-pos":
            continue
        if said:
            plain.append({"t": "Str", "c": "".join(said)})
            said.clear()
        leaf = isinstance(node, dict) and len(node) == 1  # a space
        plain.append(node if leaf else without_positions(node))
