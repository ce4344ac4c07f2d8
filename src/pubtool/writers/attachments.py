"""Files of the project that a post links to (``[data](table.csv)``): copied beside its page.

What is not for readers is not published because somebody links to it: the sources' texts, which may
be others' property, hidden files, what the project is set up with, and what its editors decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from pubtool.model import Document, Node
from pubtool.writers.ast import LINKS, change, element
from pubtool.writers.imagery.kinds import Unusable, kind_of
from pubtool.writers.images import ReadFile, Treat, free_name
from pubtool.writers.links import local_path

FOLDER = "files"
"""Below the post's own, so that no file takes the place of a page or an image."""
_OURS = frozenset(
    {
        "sources",
        "templates",
        "filters",
        "decisions",
        "published",
        "pubtool.toml",
        "sources.lock",
        "baseline.toml",
    }
)
"""What is the editors' own; of `OWN_NAMES` readers may have the rest."""


@dataclass(frozen=True)
class Attachments:
    """The files that one post links to."""

    links: Mapping[str, str]
    """A link's target, as written -> its address from the post's page; empty where it must go."""
    files: Mapping[str, bytes]
    """The name below the post's folder (``files/table.csv``) -> the project's bytes, by name."""
    kept_back: tuple[str, ...] = ()
    """The files that are not published."""

    def copies(self, treat: Treat) -> Iterator[tuple[str, bytes]]:
        """Yield each name and what readers get: pictures as those that a page shows."""
        for name, data in self.files.items():
            with suppress(Unusable):  # no picture, or a damaged one: as its author has it
                kind_of(data)
                yield name, treat(data)
                continue
            yield name, data


def read_attachments(
    targets: Iterable[str], path: str, shown: Iterable[str], read_file: ReadFile
) -> Attachments:
    """Return the files that the post at `path` links to, by its links' targets.

    `shown` are the project's files that stand beside the page anyhow, as images.
    """
    links, names, data = dict[str, str](), dict[str, str](), dict[str, bytes]()
    kept_back, beside = list[str](), set(shown)
    for target in targets:
        plain = re.split("[?#]", target, maxsplit=1)[0]
        file = local_path(plain, path)
        if not file or file.endswith(".md") or file in beside:
            continue
        if file not in names and (found := read_file(file)) is not None:
            if _is_private(file):
                kept_back.append(file)
                names[file] = ""
            else:
                names[file] = f"{FOLDER}/{free_name(file, data)}"
                data[names[file].removeprefix(f"{FOLDER}/")] = found
        if file in names:
            links[target] = f"{names[file]}{target[len(plain) :]}" if names[file] else ""
    placed = {f"{FOLDER}/{name}": data[name] for name in sorted(data)}
    return Attachments(links, placed, tuple(dict.fromkeys(kept_back)))


def _is_private(file: str) -> bool:
    parts = file.split("/")
    return parts[0] in _OURS or any(part.startswith(".") for part in parts)


def link_attachments(document: Document, attachments: Attachments) -> Document:
    """Return the document of a post with its links leading to the copies."""
    if not attachments.links:
        return document

    def relinked(node: Node) -> list[Node] | None:
        if node["c"][2][0] not in attachments.links:
            return None
        to = attachments.links[node["c"][2][0]]
        if not to:
            return list(node["c"][1])
        return [element("Link", [*node["c"][:2], [to, node["c"][2][1]]])]

    return Document(change(document.ast, relinked, LINKS))
