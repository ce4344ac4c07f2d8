"""The project's images that a post shows: their bytes, and where each format finds them."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pubtool.model import Document, Node
from pubtool.system.files import sha256
from pubtool.writers.ast import IMAGES, LINKS, attr, attribute, change, collect, element, words
from pubtool.writers.imagery import discreet, strip_any
from pubtool.writers.imagery.kinds import Unusable, kind_of, right_name
from pubtool.writers.imagery.scaling import measure
from pubtool.writers.links import local_path
from pubtool.writers.site import slugify

ReadFile = Callable[[str], bytes | None]
"""From a path relative to the project to the file's bytes; None where there is no such file."""


Treat = Callable[[bytes], bytes]
"""From an image's bytes to those that are given to readers; raises `Unusable`."""


@dataclass(frozen=True)
class Images:
    """The local images of one post. None is looked into before somebody asks for it."""

    names: Mapping[str, str]
    """The project's file, or an address that holds the image itself -> the name of the copy."""
    files: Mapping[str, bytes]
    """That name -> the bytes as the project has them, by name."""
    strange: Mapping[str, str]
    """The project's file -> why it is no image."""
    treat: Treat

    def name_of(self, target: str, path: str) -> str:
        """Return the name of what a post at `path` calls `target`; empty where it is none."""
        return self.names.get(target) or self.names.get(local_path(target, path), "")

    def fault_of(self, target: str, path: str) -> str:
        """Return why what a post calls `target` cannot be shown; empty where it can."""
        strange = self.strange.get(target) or self.strange.get(local_path(target, path), "")
        name = self.name_of(target, path)
        return strange or (self.fault(name) if name else "")

    def fault(self, name: str) -> str:
        """Return why an image cannot be shown; empty where it can. It is not decoded."""
        if name not in self._faults:
            try:
                measure(self.files[name])
                strip_any(self.files[name])
            except Unusable as error:
                self._faults[name] = str(error)
            else:
                self._faults[name] = ""
        return self._faults[name]

    @cached_property
    def _faults(self) -> dict[str, str]:
        return {}

    @cached_property
    def data(self) -> Mapping[str, bytes]:
        """Return the name of each image that can be shown -> its bytes as readers get them."""
        usable = tuple(name for name in self.files if not self.fault(name))
        return _Treated(usable, self.files, self.treat)

    @cached_property
    def digests(self) -> dict[str, str]:
        """Return the name of each image -> the digest of what the project has."""
        return {name: sha256(data) for name, data in self.files.items()}


class _Treated(Mapping[str, bytes]):
    """Images by name, each treated when it is asked for first."""

    def __init__(self, names: Sequence[str], files: Mapping[str, bytes], treat: Treat) -> None:
        self._names, self._files, self._treat = names, files, treat
        self._done: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._done:
            self._done[name] = self._treat(self._files[name])
        return self._done[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def read_images(
    targets: Iterable[str], path: str, read_file: ReadFile, treat: Treat = discreet
) -> Images:
    """Return the images that the post at `path` shows, by their targets, and the project has."""
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    strange: dict[str, str] = {}
    for target in targets:
        held = _held(target)
        file = target if held is not None else local_path(target, path)
        if not file or file in names or file in strange:
            continue
        found = held if held is not None else read_file(file)
        if found is None:
            continue
        try:
            kind = kind_of(found)
        except Unusable as error:
            strange[file] = str(error)
            continue
        names[file] = free_name(f"image.{kind}" if held else right_name(file, kind), files)
        files[names[file]] = found
    return Images(names, {name: files[name] for name in sorted(files)}, strange, treat)


_HELD = re.compile(r"data:image/[a-z+]+;base64,", re.IGNORECASE)


def _held(target: str) -> bytes | None:
    """Return the image that an address itself holds; None for any other address."""
    head = _HELD.match(target)
    if head is None:
        return None
    try:
        return b64decode("".join(target[head.end() :].split()), validate=True)
    except ValueError:
        return b""


def name_images(document: Document, path: str, images: Images) -> Document:
    """Return the post's document with the copies' names in images and links.

    For an image that cannot be shown its words stand. One from elsewhere keeps its address.
    """
    if not images.names and not images.strange:
        return document

    def renamed(node: Node) -> list[Node] | None:
        target, title = node["c"][2]
        if node["t"] == "Image" and images.fault_of(target, path):
            said = attribute(node, "alt")
            return words(said) if said else list(node["c"][1])
        name = images.name_of(target, path)
        shown = name if name in images.data else target
        return [element(node["t"], [*node["c"][:2], [shown, title]])]

    return Document(change(document.ast, renamed, IMAGES | LINKS))


Placed = tuple[tuple[int, str], ...]
"""Images of a post, each with its line and its address."""


def image_faults(placed: Placed, path: str, images: Images) -> tuple[tuple[int, str, str], ...]:
    """Return the images that cannot be shown: the line, the address, why."""
    return tuple(
        (line, target, why) for line, target in placed if (why := images.fault_of(target, path))
    )


_REMOTE = re.compile(r"[\x00-\x20]*(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?[\\/]{2}")
"""What an image's address begins with that another server has (``\\`` is ``/`` to a browser)."""


def link_remote(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks with a link in the place of each image that is elsewhere on the web."""

    def linked(node: Node) -> list[Node] | None:
        if not _REMOTE.match(node["c"][2][0]):
            return None
        said = attribute(node, "alt")
        shown = words(said) if said else node["c"][1] or words(node["c"][2][0])
        return [element("Link", [attr(), shown, node["c"][2]])]

    changed: list[Node] = change(list(blocks), linked, IMAGES)
    return changed


def remote_images(placed: Placed) -> Placed:
    """Return those of the images that are elsewhere on the web."""
    return tuple(found for found in placed if _REMOTE.match(found[1]))


def placed_images(document: Document) -> Placed:
    """Return the lines and addresses of a document's images, each once, in order.

    The document has its positions; an image without one has the line 0.
    """
    found: dict[tuple[int, str], None] = {}
    line = 0
    for node in collect(document.ast["blocks"], frozenset({"Div", "Span", "Image"})):
        at = re.match(r"(\d+):", attribute(node, "data-pos"))
        line = int(at[1]) if at else line
        if node["t"] == "Image":
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
