"""Labels and links of a whole document: each label once, and no link that leads nowhere."""

from __future__ import annotations

from typing import Any


def settle(blocks: Any) -> set[str]:
    """Settle the data of all posts in place; return the labels that marks and anchors set."""
    wanted = {node["to"] for node in _nodes(blocks, "link") if node["inside"]}
    placed: set[str] = set()
    for node in _nodes(blocks, "post"):
        placed.add(node["id"])
    for node in _nodes(blocks, "mark"):
        label = f"mark-{node['id']}"
        node["label"] = None if label in placed else label
        placed.add(label)
    for node in _nodes(blocks, "anchor"):
        free = node["id"] not in placed
        needed = node["id"] in wanted or node["id"].startswith("mark-")
        if free and needed:
            placed.add(node["id"])
        else:
            node["id"] = None
    for node in _nodes(blocks, "link"):
        if node["inside"] and node["to"] not in placed:
            node["to"] = None
    return placed


def _nodes(value: Any, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            if one.get("t") == kind:
                found.append(one)
            stack.extend(reversed(list(one.values())))
        elif isinstance(one, list):
            stack.extend(reversed(one))
    return found
