"""A post's tree, made ready for pandoc's Typst writer.

That writer leaves out the alternative texts of images and formulas, writes ``typst:…`` attributes
out as code, and links to labels that may not exist. Each is mended here, on the tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pubtool.errors import TypesetFailed
from pubtool.model import Document, Node
from pubtool.writers.ast import (
    attr,
    attr_of,
    attribute,
    change,
    collect,
    element,
    has_class,
    plain_text,
)
from pubtool.writers.citations import SOURCES
from pubtool.writers.links import shift_headings


@dataclass(frozen=True)
class Body:
    """A tree that pandoc can write, and the images that it refers to."""

    document: Document
    images: Mapping[str, bytes]
    """By the name under which the template looks them up."""


def prepare(document: Document, slug: str, path: str, images: Mapping[str, bytes]) -> Body:
    """Return the tree for one post; `slug` keeps its labels apart from another post's.

    Raises `TypesetFailed` where an image has no alternative text or no bytes.
    """
    names = {source: f"{slug}/{number}" for number, source in enumerate(sorted(images))}
    blocks = shift_headings(_without_raw(document.ast["blocks"]), 1)
    labels = {str(node["c"][1][0]) for node in collect(blocks, frozenset({"Header"}))}

    def ready(node: Node) -> list[Node] | None:
        if node["t"] == "Image":
            return [_image(node, names, path)]
        if node["t"] == "Math":
            return _formula(node)
        if node["t"] == "Link":
            return _link(node, slug, labels)
        if node["t"] == "Div" and not _of_sources(node):
            return list(node["c"][1])  # a box of its own would swallow the space round a quotation
        return [_bare(node, slug)] if attr_of(node) is not None else None

    prepared = change(blocks, ready)
    return Body(
        Document({**document.ast, "blocks": prepared}),
        {name: images[source] for source, name in names.items()},
    )


def quoted(text: str) -> str:
    """Return `text` as a Typst string, quotation marks and all."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in safe) + '"'


def _without_raw(blocks: list[Node]) -> list[Node]:
    dropped: list[Node] = change(
        blocks, lambda node: [] if node["t"] in ("RawInline", "RawBlock") else None
    )
    return dropped


def _of_sources(node: Node) -> bool:
    return node["c"][0][0] == SOURCES or has_class(node, "csl-entry")


def _bare(node: Node, slug: str) -> Node:
    """Return the element with nothing in its attributes that could become code."""
    attributes = attr_of(node) or attr()
    identifier = f"{slug}:{attributes[0]}" if attributes[0] and node["t"] == "Header" else ""
    if node["t"] == "Div":
        identifier = str(attributes[0])
    classes = [name for name in attributes[1] if name == "csl-entry"]
    plain = attr(identifier, classes if node["t"] != "CodeBlock" else attributes[1][:1])
    if node["t"] == "Header":
        return element("Header", [node["c"][0], plain, node["c"][2]])
    return element(node["t"], [plain, *node["c"][1:]])


def _raw(code: str) -> Node:
    return element("RawInline", ["typst", code])


def _image(node: Node, names: Mapping[str, str], path: str) -> Node:
    source = node["c"][2][0]
    words = attribute(node, "alt") or plain_text(node["c"][1]).strip()
    if source not in names:
        raise TypesetFailed(path, f"the image {source} is not a file of the project")
    if not words:
        raise TypesetFailed(path, f"the image {source} has no alternative text")
    return _raw(f"#picture({quoted(names[source])}, {quoted(words)})")


def _formula(node: Node) -> list[Node]:
    """Return the formula with its TeX as what a screen reader says."""
    return [_raw(f"#formula({quoted(node['c'][1].strip())})["), node, _raw("]")]


def _link(node: Node, slug: str, labels: set[str]) -> list[Node]:
    target, title = node["c"][2]
    if target.startswith("#"):
        if target[1:] not in labels:
            return list(node["c"][1])
        target = f"#{slug}:{target[1:]}"
    elif "://" not in target and not target.startswith("mailto:"):
        return list(node["c"][1])
    return [element("Link", [attr(), node["c"][1], [target, title]])]
