"""HTML comments that mean something to WordPress: its ``more``, its pages, its blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pubtool.model import Node

_MORE = re.compile(r"<!--more(.*?)-->", re.DOTALL)
_BLOCK = re.compile(r"<!--\s+/?wp:.*?-->", re.DOTALL)
_VOID_BLOCK = re.compile(
    r"<!--\s+wp:(?P<name>[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)?)\s+(?P<given>\{.*\}\s+)?/-->",
    re.DOTALL,
)


def is_more(node: Node) -> bool:
    """Whether the element is WordPress's mark of where a post's opening ends."""
    raw = node["t"] == "RawBlock" and node["c"][0].startswith("html")
    return raw and _MORE.fullmatch(node["c"][1].strip()) is not None


def is_next_page(node: Node) -> bool:
    """Whether the element is WordPress's mark of where a page of a post ends."""
    raw: str = node["c"][1] if node["t"] == "RawBlock" else ""
    return raw.strip() == "<!--nextpage-->" and node["c"][0].startswith("html")


def is_for_wordpress(node: Node) -> bool:
    """Whether the element is a comment that means something to WordPress alone."""
    if is_more(node) or is_next_page(node):
        return True
    raw: str = node["c"][1] if node["t"] == "RawBlock" else ""
    return raw.lstrip().startswith("<!--") and _BLOCK.fullmatch(raw.strip()) is not None


def filled_block(node: Node) -> tuple[str, Mapping[str, Any]] | None:
    """Return the name and the attributes of a block that WordPress fills itself.

    ``<!-- wp:latest-posts {"postsToShow":3} /-->``. None for any other element, for attributes that
    are no JSON, and for the list of footnotes, which is the writer's to place.
    """
    found = _VOID_BLOCK.fullmatch(node["c"][1].strip()) if is_for_wordpress(node) else None
    if found is None or found["name"].removeprefix("core/") == "footnotes":
        return None
    try:
        given = json.loads(found["given"] or "{}")
    except ValueError:
        return None
    return (found["name"].removeprefix("core/"), given) if isinstance(given, dict) else None


def is_place_of_notes(node: Node) -> bool:
    """Whether the element says where the list of notes is to stand."""
    found = _VOID_BLOCK.fullmatch(node["c"][1].strip()) if is_for_wordpress(node) else None
    return found is not None and found["name"].removeprefix("core/") == "footnotes"


def more_text(node: Node) -> str:
    """Return the words of the mark's link, which may be empty: ``<!--more Read on-->``."""
    found = _MORE.fullmatch(node["c"][1].strip())
    return found[1].strip() if found else ""
