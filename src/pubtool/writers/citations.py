"""Citations: which entries a post cites, in which style, and the tree that has them written out.

A style is one of those that pubtool ships (`styles/`, the CSL project's own) or a ``.csl`` file of
the project. citeproc gets only the entries that the post cites: its time grows with the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pubtool.errors import UnknownStyle
from pubtool.model import Bibliography, Document, Key, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import change, element, has_class, meld
from pubtool.writers.facts import cited_keys

SOURCES = "refs"
"""The id that citeproc gives to the list of sources."""


@cache
def style_names() -> tuple[str, ...]:
    """Return the names of the styles that pubtool ships, sorted."""
    folder = files(__package__).joinpath("styles")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".csl") for name in names if name.endswith(".csl")))


def read_style(name: str, project_style: bytes | None) -> str:
    """Return the XML of a style: of `project_style`, its file's bytes, or of a shipped one.

    Raises `UnknownStyle` where it is neither, or is no text.
    """
    if project_style is not None:
        try:
            return project_style.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnknownStyle(name, style_names()) from None
    if name not in style_names():
        raise UnknownStyle(name, style_names())
    return files(__package__).joinpath("styles", f"{name}.csl").read_text(encoding="utf-8")


def references(keys: Iterable[Key], bibliography: Bibliography) -> list[Mapping[str, Any]]:
    """Return the CSL JSON of the entries that are cited, in the bibliography's order."""
    cited = set(keys)
    return [source.csl for key, source in bibliography.sources.items() if key in cited]


def resolve(
    document: Document, entries: list[Mapping[str, Any]], style: str, lang: str, pandoc: Pandoc
) -> Document:
    """Return the document with its citations written out and the list of sources at its end.

    In a note style each citation becomes a note. `lang` chooses the style's words and quotation
    marks.
    """
    meta = {"lang": {"t": "MetaString", "c": lang}} if lang else {}
    plain = Document({**document.ast, "meta": meta})
    if not cited_keys(plain):
        return plain
    options = {"references": entries, "csl": style}
    written = Document(json.loads(pandoc.render(plain, "json", options)))
    return _without_brackets(written) if _NOTE_STYLE.search(style) else written


_NOTE_STYLE = re.compile(r"<style\b[^>]*\bclass\s*=\s*[\"']note[\"']")


def _without_brackets(document: Document) -> Document:
    """Return the document without the brackets round a citation that stands in a note already.

    A note style makes notes of citations; in a note of the author's own citeproc can make none and
    puts the citation in brackets (jgm/pandoc#7569), which the styles themselves do not ask for.
    """

    def within(node: Node) -> list[Node] | None:
        if node["t"] != "Note":
            return None
        return [{**node, "c": change(node["c"], bare)}]

    def bare(node: Node) -> list[Node] | None:
        if node["t"] != "Cite" or node["c"][0][0]["citationMode"]["t"] == "AuthorInText":
            return None
        inner: list[Node] = meld(node["c"][1])
        ends = [*inner[:1], *inner[-1:]]
        if not ends or any(end["t"] != "Str" for end in ends):
            return None
        if not (ends[0]["c"].startswith("(") and ends[1]["c"].endswith(")")):
            return None
        return [element("Cite", [node["c"][0], _unbracketed(inner)])]

    return Document(change(document.ast, within))


def _unbracketed(inner: list[Node]) -> list[Node]:
    first = element("Str", inner[0]["c"].removeprefix("("))
    cut = [first, *inner[1:]]
    cut[-1] = element("Str", cut[-1]["c"].removesuffix(")"))
    return [node for node in cut if node != element("Str", "")]


def split_sources(document: Document) -> tuple[Document, list[Node]]:
    """Return the document without its list of sources, and the list's entries as blocks."""
    blocks, entries = list[Node](), list[Node]()
    for node in document.ast["blocks"]:
        if node["t"] == "Div" and node["c"][0][0] == SOURCES:
            entries.extend(entry for entry in node["c"][1] if has_class(entry, "csl-entry"))
        else:
            blocks.append(node)
    return Document({**document.ast, "blocks": blocks}), entries
