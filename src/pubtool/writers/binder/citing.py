"""Full citations of sources in the project's style, as plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pubtool.model import Bibliography, Document, Key, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import collect, element, plain_text
from pubtool.writers.citations import references, resolve, split_sources

_ENTRY = "ref-"
"""Begins the id of an entry in citeproc's list of sources; then comes the key."""


def cite_all(
    keys: Iterable[str], bibliography: Bibliography, style: str, lang: str, pandoc: Pandoc
) -> Mapping[str, str]:
    """Return each source's citation by key: its entry in the list, or else its note.

    Raises `PandocFailed` for a style that cannot be used.
    """
    known = [key for key in dict.fromkeys(keys) if Key(key) in bibliography.sources]
    blocks = [element("Para", [_cite(key)]) for key in known]
    document = Document({**pandoc.parse("", bibliography.path).ast, "blocks": blocks})
    entries = references(map(Key, known), bibliography, lang)
    written, listed = split_sources(resolve(document, entries, style, lang, pandoc))
    found = {node["c"][0][0].removeprefix(_ENTRY): _words(node["c"][1]) for node in listed}
    for key, block in zip(known, written.ast["blocks"], strict=False):
        if not found.get(key):
            notes = collect([block], frozenset({"Note"}))
            found[key] = _words(notes[0]["c"] if notes else [block])
    return found


def _cite(key: str) -> Node:
    one = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return element("Cite", [[one], [element("Str", f"[@{key}]")]])


def _words(blocks: list[Node]) -> str:
    return " ".join(plain_text(blocks).split())
