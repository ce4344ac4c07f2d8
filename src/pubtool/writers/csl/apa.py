"""What APA's manual asks of an author named in a sentence, and CSL cannot say.

“Roe & Poe” stands in parentheses and in the list; a sentence has “Roe and Poe” (Publication Manual,
7th ed., 8.17). CSL's style knows one form for both.
"""

from __future__ import annotations

import re

from pubtool.model import Document, Node
from pubtool.writers.ast import CITES, change, element

_ID = re.compile(r"<id>http://www\.zotero\.org/styles/apa[\w-]*</id>")


def is_apa(style: str) -> bool:
    """Whether a style is one of APA's; styles that follow it by name have its text."""
    return bool(_ID.search(style))


def join_in_words(document: Document, lang: str) -> Document:
    """Return the document with names that an English sentence begins with joined by “and”."""
    if not lang.startswith("en"):
        return document

    def joined(node: Node) -> list[Node] | None:
        if node["c"][0][0]["citationMode"]["t"] != "AuthorInText":
            return None
        inner, outside = [], True
        for one in node["c"][1]:
            outside = outside and not (one["t"] == "Str" and "(" in one["c"])
            inner.append(_AND if outside and one == _AMPERSAND else one)
        return [element("Cite", [node["c"][0], inner])]

    return Document(change(document.ast, joined, CITES))


_AMPERSAND = element("Str", "&")
_AND = element("Str", "and")
