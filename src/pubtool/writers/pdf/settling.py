"""Labels and links of a whole document: each label once, and no link that leads nowhere."""

from __future__ import annotations

from typing import Any


def settle(blocks: Any) -> set[str]:
    """Settle the data of all posts in place; return the labels that marks and anchors set."""
    for post in blocks:
        _level(post["blocks"])
    placed = _place_labels(blocks)
    for node in _nodes(blocks, "link"):
        # a link that holds what it leads to would have to be set before itself
        held = {anchor["id"] for anchor in _nodes(node["c"], "anchor")}
        if node["inside"] and (node["to"] not in placed or node["to"] in held):
            node["to"] = None
    for node in _nodes(blocks, *_LINES):
        for inner in _nodes(node["c"], *_LINES):  # Typst draws one line to a word
            inner["t"] = "held"
    return placed


def _level(blocks: Any) -> None:
    """Let no heading skip a level: what came of one may be the title of a box."""
    level = 1
    for node in _nodes(blocks, "heading"):
        node["level"] = level = min(node["level"], level + 1)


def _place_labels(blocks: Any) -> set[str]:
    """Keep the first label of each name, and of anchors those alone to which something leads."""
    wanted = {node["to"] for node in _nodes(blocks, "link") if node["inside"]}
    placed = {node["id"] for node in _nodes(blocks, "post")}
    for node in _nodes(blocks, "mark"):
        label = f"mark-{node['id']}"
        node["label"] = None if label in placed else label
        placed.add(label)
    for node in _nodes(blocks, "anchor"):
        needed = node["id"] in wanted or node["id"].startswith("mark-")
        node["id"] = node["id"] if needed and node["id"] not in placed else None
        placed.add(node["id"])
    return placed - {None}


_LINES = ("under", "strike")


def _nodes(value: Any, *kinds: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            if one.get("t") in kinds:
                found.append(one)
            stack.extend(reversed(list(one.values())))
        elif isinstance(one, list):
            stack.extend(reversed(one))
    return found
