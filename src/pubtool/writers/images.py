"""The project's images that a post shows: their bytes, and where each format finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pubtool.model import Document, Node
from pubtool.writers.ast import change, element
from pubtool.writers.links import local_path
from pubtool.writers.site import slugify

ReadFile = Callable[[str], bytes | None]
"""From a path relative to the project to the file's bytes; None where there is no such file."""


@dataclass(frozen=True)
class Images:
    """The local images of one post."""

    names: Mapping[str, str]
    """The project's file -> the name that the copy has."""
    data: Mapping[str, bytes]
    """That name -> the bytes, by name."""


def read_images(targets: Iterable[str], path: str, read_file: ReadFile) -> Images:
    """Return the images that the post at `path` shows, by their targets, and the project has."""
    names: dict[str, str] = {}
    data: dict[str, bytes] = {}
    for target in targets:
        file = local_path(target, path)
        found = read_file(file) if file and file not in names else None
        if found is not None:
            names[file] = free_name(file, data)
            data[names[file]] = found
    return Images(names, {name: data[name] for name in sorted(data)})


def name_images(document: Document, path: str, images: Images) -> Document:
    """Return the post's document with the copies' names in images and links.

    Other images keep their address.
    """
    if not images.names:
        return document

    def renamed(node: Node) -> list[Node] | None:
        if node["t"] not in ("Image", "Link"):
            return None
        target, title = node["c"][2]
        name = images.names.get(local_path(target, path), target)
        return [element(node["t"], [*node["c"][:2], [name, title]])]

    return Document(change(document.ast, renamed))


def free_name(file: str, taken: Mapping[str, bytes]) -> str:
    """Return the name that a copy of the project's file has beside those that are `taken`."""
    stem, dot, suffix = file.rpartition("/")[2].rpartition(".")
    base, end = slugify(stem if dot else suffix), f".{slugify(suffix)}" if dot else ""
    number, name = 1, f"{base}{end}"
    while name in taken:
        number += 1
        name = f"{base}-{number}{end}"
    return name
