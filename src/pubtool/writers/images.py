"""The project's images that a post shows: their bytes, and where each format finds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pubtool.model import Document, Node
from pubtool.writers.ast import change, element, elements
from pubtool.writers.links import local_path
from pubtool.writers.site import slugify

ReadFile = Callable[[str], bytes | None]
"""From a path relative to the project to the file's bytes; None where there is no such file."""


@dataclass(frozen=True)
class Illustrated:
    """A document whose local images are named as they will stand beside the page."""

    document: Document
    images: Mapping[str, bytes]
    """File name -> bytes, by name."""


def gather_images(document: Document, path: str, read_file: ReadFile) -> Illustrated:
    """Return the document of the post at `path` with its local images' new names and bytes.

    An image that is no file of the project keeps its address.
    """
    names: dict[str, str] = {}
    images: dict[str, bytes] = {}
    for node in elements(document.ast["blocks"]):
        file = local_path(node["c"][2][0], path) if node["t"] == "Image" else ""
        if not file or file in names:
            continue
        data = read_file(file)
        if data is not None:
            names[file] = _name(file, images)
            images[names[file]] = data

    def renamed(node: Node) -> list[Node] | None:
        if node["t"] != "Image":
            return None
        target, title = node["c"][2]
        name = names.get(local_path(target, path), target)
        return [element("Image", [*node["c"][:2], [name, title]])]

    return Illustrated(
        Document(change(document.ast, renamed)), {name: images[name] for name in sorted(images)}
    )


def _name(file: str, taken: Mapping[str, bytes]) -> str:
    stem, dot, suffix = file.rpartition("/")[2].rpartition(".")
    base, end = slugify(stem if dot else suffix), f".{slugify(suffix)}" if dot else ""
    number, name = 1, f"{base}{end}"
    while name in taken:
        number += 1
        name = f"{base}-{number}{end}"
    return name
