"""Images: how large, under which name, and what is said of them to who cannot see them."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pubtool.errors import ImageUnfit
from pubtool.model import Node
from pubtool.writers.ast import attribute, plain_text

if TYPE_CHECKING:
    from pubtool.writers.pdf.tree import Tree

_LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)(px|%|em|cm|mm|in|pt)?")


def picture(node: Node, tree: Tree) -> dict[str, Any]:
    """Return what the template needs to know of an image.

    One that only decorates (``alt=""``) has no words. Raises `ImageUnfit` for one that the
    project has not, or that has no alternative text.
    """
    source = node["c"][2][0]
    words = attribute(node, "alt") or plain_text(node["c"][1]).strip()
    found = tree.images.get(source)
    if found is None:
        why = f"the image {source} is not a file of the project, and the PDF needs it"
        shown = [f"{before}{source}" for before in ("](", "](<", '="', "='", "=")]
        raise ImageUnfit(tree.path, tree.line_with(*shown, source), why, "add the file")
    decorates = ["alt", ""] in node["c"][0][2]
    if not words and not decorates:
        why = f"the image {source} has no alternative text, and the PDF needs it"
        mend = (
            'write it between the square brackets, or {alt=""} behind an image that only decorates'
        )
        raise ImageUnfit(tree.path, tree.line_with(f"![]({source}", source), why, mend)
    return {
        "name": found[0],
        "alt": "" if decorates else words,
        "pixels": found[1].pixels,
        "width": _length(attribute(node, "width")),
    }


def _length(value: str) -> dict[str, Any] | None:
    found = _LENGTH.fullmatch(value.strip())
    return {"number": float(found[1]), "unit": found[2] or "px"} if found else None


@dataclass(frozen=True, slots=True)
class Plate:
    """An image as Typst can set it."""

    data: bytes
    suffix: str
    """With its point, by which Typst knows the format; empty where nothing is known of it."""
    pixels: tuple[int, int] | None
    """Width and height; None for a drawing, which has no pixels."""


_FORMATS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
"""What Typst can read; any other picture becomes PNG."""
_PLAIN = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_INKS = frozenset({"CMYK", "LAB", "HSV"})
"""Colours that PDF/A has no place for beside the screen's own, which these become."""


def plate(name: str, data: bytes) -> Plate:
    """Return an image; its format is what its bytes say, and its name where they say nothing."""
    from PIL import ImageFile

    reader = ImageFile.Parser()
    try:
        reader.feed(data)
        found = reader.image
        if found is not None and (found.mode in _INKS or found.format not in _FORMATS):
            ready, whole = io.BytesIO(), reader.close()
            plain = whole if whole.mode in _PLAIN else whole.convert("RGB")
            plain.save(ready, "PNG")
            return Plate(ready.getvalue(), ".png", found.size)
    except (OSError, ValueError, SyntaxError):
        found = None
    if found is None:
        _, dot, suffix = name.rpartition(".")
        return Plate(data, f".{suffix.lower()}" if dot and suffix.isalnum() else "", None)
    return Plate(data, _FORMATS.get(found.format or "", ""), found.size)
