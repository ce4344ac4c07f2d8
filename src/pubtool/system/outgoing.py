"""What of a tree goes to pandoc: no positions, and nothing that would make it open a file."""

from __future__ import annotations

import msgspec

from pubtool.model import Node
from pubtool.system.wrappers import without_positions

OPENING_KEYS = frozenset(
    {"abbreviations", "bibliography", "citation-abbreviations", "csl", "reference-doc", "template"}
)
"""Metadata that makes citeproc or a writer open files or connect."""


def plain_json(ast: Node) -> str:
    """Return a tree as JSON, without positions; most have none left by now."""
    plain = msgspec.json.encode(_without_opening_keys(ast))
    if b'"wrapper"' in plain or b'"data-pos"' in plain:
        plain = msgspec.json.encode(_without_opening_keys(without_positions(ast)))
    return plain.decode()


def _without_opening_keys(ast: Node) -> Node:
    meta = {key: value for key, value in ast["meta"].items() if key not in OPENING_KEYS}
    return {**ast, "meta": meta}
