"""What a post's dialect has beyond pandoc's `commonmark_x`: citations and inline notes.

The same as filters/notes.lua and filters/cites.lua, whose headers say what the syntax is and where
it ends. Those are for a bare pandoc; here the tree is Python's already, and a paragraph is read as
one string of characters: for a post of a thousand words that takes some milliseconds, where the
filters, which fetch every leaf out of pandoc's memory, took a hundred and thirty.
tests/system/test_dialect.py holds the two to the same result.
"""

from __future__ import annotations

from typing import Any

from pubtool.model import Node
from pubtool.system.dialect.cites import cite_all, number_notes
from pubtool.system.dialect.leaves import Change, paragraphs, rewrite
from pubtool.system.dialect.notes import note_all


def read_dialect(ast: Node, text: str) -> None:
    """Put the citations and inline notes of a post into its syntax tree, which is changed.

    `ast` is pandoc's reading of `text`.
    """
    blocks = ast["blocks"]
    if "^[" in text:
        _apply(blocks, note_all)
    if "@" in text:
        _apply(blocks, cite_all)
        number_notes(blocks)


def _apply(blocks: list[Any], change: Change) -> None:
    for holder, key in paragraphs(blocks):
        new = rewrite(holder[key], change)
        if new is not None:
            holder[key] = new
