"""The project's images that a post shows: their bytes, and where each format finds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pubtool.model import Document, Node
from pubtool.writers.ast import attr, attribute, change, collect, element, words
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


_REMOTE = re.compile(r"[\x00-\x20]*(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?[\\/]{2}")
"""What an image's address begins with that another server has (``\\`` is ``/`` to a browser)."""


def link_remote(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks with a link in the place of each image that is elsewhere on the web."""

    def linked(node: Node) -> list[Node] | None:
        if node["t"] != "Image" or not _REMOTE.match(node["c"][2][0]):
            return None
        said = attribute(node, "alt")
        shown = words(said) if said else node["c"][1] or words(node["c"][2][0])
        return [element("Link", [attr(), shown, node["c"][2]])]

    changed: list[Node] = change(list(blocks), linked)
    return changed


def remote_images(document: Document) -> tuple[tuple[int, str], ...]:
    """Return the images that are elsewhere on the web, each with the line of its paragraph.

    The document has its positions; an image without one has the line 0.
    """
    found: dict[tuple[int, str], None] = {}
    line = 0
    for node in collect(document.ast["blocks"], frozenset({"Div", "Span", "Image"})):
        at = re.match(r"(\d+):", attribute(node, "data-pos"))
        line = int(at[1]) if at else line
        if node["t"] == "Image" and _REMOTE.match(node["c"][2][0]):
            found[line, node["c"][2][0]] = None
    return tuple(found)


def free_name(file: str, taken: Mapping[str, bytes]) -> str:
    """Return the name that a copy of the project's file has beside those that are `taken`."""
    stem, dot, suffix = file.rpartition("/")[2].rpartition(".")
    base, end = slugify(stem if dot else suffix), f".{slugify(suffix)}" if dot else ""
    number, name = 1, f"{base}{end}"
    while name in taken:
        number += 1
        name = f"{base}-{number}{end}"
    return name
