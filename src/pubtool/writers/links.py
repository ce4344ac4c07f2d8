"""Links and headings, as each format needs them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import unquote

from pubtool.model import Document, Node
from pubtool.writers.ast import LINKS, change, collect, element
from pubtool.writers.site import Page

_DEEPEST = 6

_HEADERS = frozenset({"Header"})


def shift_headings(blocks: list[Node], by: int) -> list[Node]:
    """Return the blocks with headings `by` levels deeper, the deepest at level 6, none skipped."""
    levels = iter(deeper([node["c"][0] for node in collect(blocks, _HEADERS)], by))

    def shifted(node: Node) -> list[Node] | None:
        return [{**node, "c": [next(levels), *node["c"][1:]]}]

    result: list[Node] = change(blocks, shifted, _HEADERS)
    return result


def deeper(levels: Sequence[int], by: int) -> list[int]:
    """Return the levels of a text's headings, in order, `by` deeper and none deeper than 6.

    The first heading comes out at level ``1 + by``, and no level is skipped: a reader who moves by
    headings never finds a gap.
    """
    top, previous, found = min(levels, default=1), by, list[int]()
    for level in levels:
        previous = min(level - top + 1 + by, previous + 1, _DEEPEST)
        found.append(previous)
    return found


def link_posts(
    document: Document, path: str, pages: Mapping[str, Page], address: Callable[[Page], str]
) -> Document:
    """Return a document in which links to other posts' files lead to their pages.

    `path` is the file that holds the links, `pages` are by file. Where `address` gives nothing for
    a page, the link's words stay and the link goes.
    """

    def relinked(node: Node) -> list[Node] | None:
        target, mark, fragment = node["c"][2][0].partition("#")
        file = local_path(target, path)
        if not file.endswith(".md"):
            return None
        to = address(pages[file]) if file in pages else ""
        if not to:
            return list(node["c"][1])
        return [element("Link", [*node["c"][:2], [f"{to}{mark}{fragment}", node["c"][2][1]]])]

    return Document(change(document.ast, relinked, LINKS))


def linked_posts(targets: Iterable[str], path: str) -> tuple[str, ...]:
    """Return the Markdown files that the post at `path` links to, by its links' targets, sorted."""
    files = (local_path(target.partition("#")[0], path) for target in targets)
    return tuple(sorted({file for file in files if file.endswith(".md")}))


def local_path(target: str, path: str) -> str:
    """Return the project's file that `target`, written in the file `path`, means.

    Empty for an address elsewhere, an absolute path or one that leads out of the project.
    """
    if not target or target.startswith(("/", "\\")) or ":" in target.partition("/")[0]:
        return ""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
    return "" if joined.startswith("..") or "\0" in joined else joined
