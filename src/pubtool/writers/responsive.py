"""Images of a page in several sizes, each with the room that it will take.

A browser takes the size that its window needs (``srcset`` and ``sizes``), keeps the room free
before the image is there (``width`` and ``height``), and waits with what is not yet seen
(``loading``); the first image may be seen at once, and does not wait.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pubtool.model import Document, Node
from pubtool.writers.ast import IMAGES, attribute, change, element
from pubtool.writers.imagery.kinds import DRAWING, RASTERS, Unusable, kind_of
from pubtool.writers.imagery.scaling import measure, scaled
from pubtool.writers.images import Images

SIZES = "(min-width: 42rem) 40rem, 90vw"
"""How wide a column of text is, by `style.css`: ``--measure`` of its larger letters, and the window
without ``--pad`` where that is less. Here a ``rem`` is the browser's own, 16 px."""
_OURS = frozenset({"alt", "decoding", "height", "loading", "sizes", "srcset", "style", "width"})


def with_sizes(document: Document, images: Images) -> Document:
    """Return a document whose images say in which sizes they are, and how large."""
    if not images.files:
        return document
    first = True

    def sized(node: Node) -> list[Node] | None:
        nonlocal first
        if node["c"][2][0] not in images.data:
            return None
        new = _sized(node, images, waits=not first)
        first = False
        return [new]

    return Document(change(document.ast, sized, IMAGES))


def copies(images: Images, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files that one image becomes: itself, and its smaller sizes."""
    data = images.data[name]
    yield name, data
    for width in _widths(data):
        yield _name(name, width), _scaled(data, width)


def _widths(data: bytes) -> tuple[int, ...]:
    return measure(data).widths if kind_of(data) in RASTERS else ()


@lru_cache(maxsize=16)
def _scaled(data: bytes, width: int) -> bytes:
    """Return a smaller picture; the picture itself where its damage shows only now.

    The last few are kept: it takes some 15 ms, and several posts may show the same picture.
    """
    try:
        return scaled(data, width)
    except Unusable:
        return data


def _name(name: str, width: int) -> str:
    """Return the name of a smaller size, which no image has: its own names have but one dot."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{width}w.{ending}"


def _sized(node: Node, images: Images, *, waits: bool) -> Node:
    name = node["c"][2][0]
    identifier, classes, pairs = node["c"][0]
    given = dict(pairs)
    told = [pair for pair in pairs if pair[0] not in _OURS]
    kind = kind_of(images.files[name])
    if kind not in RASTERS and kind != DRAWING:
        return node
    size = measure(images.files[name])
    if widths := size.widths:
        offered = [*((_name(name, width), width) for width in widths), (name, size.width)]
        told.append(["srcset", ", ".join(f"{file} {width}w" for file, width in offered)])
        told.append(["sizes", _shown(given.get("width", ""))])
    if size.width and size.height:
        told += [["width", str(size.width)], ["height", str(size.height)]]
    if style := _style(given):
        told.append(["style", style])
    if waits:
        told += [["loading", "lazy"], ["decoding", "async"]]
    if "alt" in given or not node["c"][1]:
        told.append(["alt", attribute(node, "alt")])
    return element("Image", [[identifier, classes, told], *node["c"][1:]])


_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(px|%|em|rem|cm|mm|in|pt)?")


def _shown(width: str) -> str:
    """Return how wide an image is shown for which its author gave a width."""
    found = _LENGTH.fullmatch(width.strip())
    if found and found[2] in (None, "px"):
        return f"{found[1]}px"
    return SIZES


def _style(given: dict[str, str]) -> str:
    """Return the style of an image: the author's, and the size that the author wants."""
    sides = {side: _LENGTH.fullmatch(given.get(side, "").strip()) for side in ("width", "height")}
    lengths = {side: f"{found[1]}{found[2] or 'px'}" for side, found in sides.items() if found}
    if "height" in lengths:
        lengths.setdefault("width", "auto")
    wanted = [given["style"]] if given.get("style") else []
    return ";".join([*wanted, *(f"{side}:{length}" for side, length in lengths.items())])
