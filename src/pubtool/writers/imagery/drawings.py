"""SVG drawings that draw, and do nothing else.

A page shows a drawing as a picture, in which nothing runs; but somebody may open it by itself, and
then its scripts would run as the site's own. So whatever is not drawing goes: scripts, handlers,
HTML inside, what is fetched from elsewhere, and what programs note of their users.
"""

from __future__ import annotations

import re
from typing import Any

from pubtool.writers.imagery.kinds import Unusable

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ELEMENTS = frozenset(
    "a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend "
    "feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker "
    "mask mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol "
    "text textPath title tspan use view".split()
)
"""Those of SVG 2 that draw, move or describe (https://www.w3.org/TR/SVG2/eltindex.html)."""
_MOVES = frozenset({"animate", "animateMotion", "animateTransform", "set"})
_PICTURE = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*\Z")
_FETCHES = re.compile(
    r"url\(\s*[\"']?\s*(?!#|[\"']?\s*data:image/(?:png|jpeg|gif|webp|avif)[;,])|@import|\\|"
    r"image-set|expression\(|javascript:",
    re.IGNORECASE,
)
"""What a style fetches something with, or hides that it does."""


def safe_drawing(data: bytes) -> bytes:
    """Return a drawing with what draws alone. Raises `Unusable` where it is not well formed."""
    root = _root(data)
    if root.tag != f"{{{_SVG}}}svg":
        raise Unusable("it is no SVG drawing: its outermost element is not svg in SVG's namespace")
    from lxml import etree

    _clean(root)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="utf-8")) + b"\n"


def drawing_size(data: bytes) -> tuple[int, int] | None:
    """Return a drawing's width and height in CSS pixels; None where it does not say."""
    root = _root(data)
    given = [_pixels(root.get(name, "")) for name in ("width", "height")]
    if all(given):
        return round(given[0]), round(given[1])
    box = re.findall(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", root.get("viewBox", ""))
    if len(box) != 4:
        return None
    width, height = float(box[2]), float(box[3])
    if not (0 < width < 1e6 and 0 < height < 1e6):
        return None
    if given[0]:
        return round(given[0]), max(round(given[0] * height / width), 1)
    return max(round(width), 1), max(round(height), 1)


_UNITS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}
"""CSS pixels."""


def _pixels(length: str) -> float:
    found = re.fullmatch(r"\s*(\d+\.?\d*|\.\d+)\s*(px|pt|pc|in|cm|mm)?\s*", length)
    size = float(found[1]) * _UNITS[found[2] or ""] if found else 0.0
    return size if size < 1e6 else 0.0


def _root(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unusable("it is no well-formed SVG drawing") from None


def _clean(root: Any) -> None:
    for element in list(root.iter()):
        if element is not root and element.getparent() is not None and not _draws(element):
            _remove(element)
    for element in root.iter():
        for name in list(element.attrib):
            if not _is_safe(name, element.get(name)):
                del element.attrib[name]
        if element.tag == f"{{{_SVG}}}a" and not {"href", _LINK} & set(element.attrib):
            # a link to nowhere is read out as a link, and epubcheck warns of it
            inside = any(above.tag == f"{{{_SVG}}}text" for above in element.iterancestors())
            element.tag = f"{{{_SVG}}}{'tspan' if inside else 'g'}"


def _draws(element: Any) -> bool:
    if not isinstance(element.tag, str):  # a reference to an entity
        return False
    space, _, name = element.tag.removeprefix("{").rpartition("}")
    if space != _SVG or name not in _ELEMENTS:
        return False
    if name in _MOVES:
        moved = element.get("attributeName", "").strip().lower()
        return "href" not in moved and not moved.startswith("on")
    return name != "style" or not _FETCHES.search("".join(element.itertext()))


def _remove(element: Any) -> None:
    """Take an element out with all that it holds; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _is_safe(name: str, value: str) -> bool:
    if name in ("href", _LINK):
        return value.strip().startswith("#") or _PICTURE.match(value) is not None
    if name.startswith("{"):
        return name in (f"{_XML}space", f"{_XML}lang")
    return not name.lower().startswith("on") and not _FETCHES.search(value)
