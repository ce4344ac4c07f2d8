"""Images as books can carry them: PNG, JPEG, GIF and SVG; anything else becomes PNG or words.

What an image is, its bytes say and not its name. E-readers and word processors know the four;
WebP, TIFF and the like are turned into PNG. An SVG is a document of its own, so one that could run
something or fetch something is no picture for a book.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass

_SUFFIXES = {"PNG": "png", "JPEG": "jpg", "GIF": "gif"}
_MIME = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml"}
_ACTIVE = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<(?:\w+:)?(?:script|foreignObject|iframe|"
    rb"animate|animateTransform|animateMotion|set|audio|video|handler)[\s/>]|"
    rb"\son\w+\s*=|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import|javascript:",
    re.IGNORECASE,
)
"""What an SVG must not hold: scripts, documents within it, anything fetched from elsewhere."""


@dataclass(frozen=True, slots=True)
class BookPicture:
    """An image of a book."""

    data: bytes
    suffix: str
    """``png``, ``jpg``, ``gif`` or ``svg``."""
    width: int
    """In pixels; 0 for an SVG that does not say."""
    height: int
    moves: bool
    """Whether it has several frames."""

    @property
    def mime(self) -> str:
        """Its media type."""
        return _MIME[self.suffix]


def read_picture(data: bytes) -> BookPicture | None:
    """Return an image as a book can carry it; None for what is no image that can be read."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower() in (b"<?xml", b"<svg ", b"<svg\n", b"<svg>"):
        return _drawing(data)
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(fp=io.BytesIO(data)) as image:
                suffix = _SUFFIXES.get(image.format or "")
                moves = bool(getattr(image, "is_animated", False))
                width, height = image.size
                if suffix is None:
                    return BookPicture(_as_png(image), "png", width, height, moves=False)
                image.verify()
    except (OSError, ValueError, SyntaxError, EOFError, Warning, Image.DecompressionBombError):
        return None
    return BookPicture(data, suffix, width, height, moves)


def _as_png(image: object) -> bytes:
    from PIL import Image

    assert isinstance(image, Image.Image)
    plain = image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else image.convert("RGB")
    out = io.BytesIO()
    plain.save(out, "PNG")
    return out.getvalue()


def _drawing(data: bytes) -> BookPicture | None:
    from lxml import etree

    if _ACTIVE.search(data):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return None
    width, height = _pixels(root, "width", 2), _pixels(root, "height", 3)
    return BookPicture(data, "svg", width, height, moves=False)


def _pixels(root: object, name: str, place: int) -> int:
    found = re.fullmatch(r"\s*(\d+)(\.\d+)?(px)?\s*", root.get(name) or "")  # type: ignore[attr-defined]
    box = (root.get("viewBox") or "").replace(",", " ").split()  # type: ignore[attr-defined]
    if found:
        return int(found[1])
    whole = box[place].partition(".")[0] if len(box) == 4 else ""
    return int(whole) if whole.isdigit() else 0
