"""What becomes of pandoc's answers: a tree with its words put back and joined."""

from __future__ import annotations

from typing import Any

import msgspec

from pubtool.system.collector import without_collection
from pubtool.system.dialect.joining import join_words
from pubtool.system.dialect.stand_ins import PutBack


def decoded(answer: str | bytes) -> dict[str, Any]:
    """Return an answer as it is; what is made stays, so that the collector waits."""
    with without_collection():
        tree: dict[str, Any] = msgspec.json.decode(answer)
    return tree


def decoded_tree(back: PutBack, post: str, answer: str) -> dict[str, Any]:
    """Return the answer to a request for a post's tree, its words joined; null if it is no use."""
    tree = back(answer)
    return {"ok": True, "value": None} if tree is None else decoded(join_words(tree, post))
