"""The elements that pandoc makes for nothing but a position, and trees without them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def without_positions(node: Any) -> Any:
    """Return a syntax tree without the wrappers that carry positions, leaves joined again.

    ``Str "p", Str "."`` (two leaves) become ``Str "p."``, as a reader without positions gives it.
    """
    if isinstance(node, list):
        plain: list[Any] = []
        words: list[str] = []
        _unwrap(node, plain, words)
        if words:
            plain.append({"t": "Str", "c": "".join(words)})
        return plain
    if isinstance(node, dict):
        return {key: without_positions(value) for key, value in node.items()}
    return node


def is_wrapper(node: Any) -> bool:
    """Whether `node` is a Div or Span that pandoc made for nothing but a position."""
    if not isinstance(node, dict) or node.get("t") not in ("Span", "Div"):
        return False
    return "wrapper" in [name for name, _ in node["c"][0][2]]


def _unwrap(nodes: Sequence[Any], plain: list[Any], words: list[str]) -> None:
    """Add nodes to `plain`; leaves that follow each other wait in `words` to be joined."""
    for node in nodes:
        if isinstance(node, dict):
            kind = node.get("t")
            if kind == "Str":
                words.append(node["c"])
                continue
            if kind in ("Span", "Div") and is_wrapper(node):
                _unwrap(node["c"][1], plain, words)
                continue
        elif isinstance(node, list) and len(node) == 2 and node[0] == "data-pos":
            continue
        if words:
            plain.append({"t": "Str", "c": "".join(words)})
            words.clear()
        leaf = isinstance(node, dict) and len(node) == 1  # a space
        plain.append(node if leaf else without_positions(node))
