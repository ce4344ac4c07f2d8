"""Images: how large, under which name, and what is said of them to who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pubtool.errors import TypesetFailed
from pubtool.model import Node
from pubtool.writers.ast import attribute, plain_text

if TYPE_CHECKING:
    from pubtool.writers.pdf.tree import Tree

_LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)(px|%|em|cm|mm|in|pt)?")


def picture(node: Node, tree: Tree) -> dict[str, Any]:
    """Return what the template needs to know of an image.

    One that only decorates (``alt=""``) has no words. Raises `TypesetFailed` for one that the
    project has not, or that has no alternative text.
    """
    source = node["c"][2][0]
    words = attribute(node, "alt") or plain_text(node["c"][1]).strip()
    if source not in tree.images:
        raise TypesetFailed(tree.path, f"the image {source} is not a file of the project")
    decorates = ["alt", ""] in node["c"][0][2]
    if not words and not decorates:
        raise TypesetFailed(tree.path, f"the image {source} has no alternative text")
    return {
        "name": tree.images[source],
        "alt": "" if decorates else words,
        "pixels": tree.pixels[source],
        "width": _length(attribute(node, "width")),
    }


def _length(value: str) -> dict[str, Any] | None:
    found = _LENGTH.fullmatch(value.strip())
    return {"number": float(found[1]), "unit": found[2] or "px"} if found else None


def pixels(data: bytes) -> tuple[int, int] | None:
    """Return the width and height of a raster image; None for any other, which has no pixels."""
    from PIL import ImageFile

    reader = ImageFile.Parser()
    try:
        reader.feed(data)
    except (OSError, ValueError, SyntaxError):
        return None
    return reader.image.size if reader.image else None


def sizes(images: Mapping[str, bytes]) -> dict[str, tuple[int, int] | None]:
    """Return the same of several images."""
    return {name: pixels(data) for name, data in images.items()}
