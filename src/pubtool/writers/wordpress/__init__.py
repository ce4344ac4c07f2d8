"""WordPress: a post as the block editor's markup, and all posts as one import file."""

from __future__ import annotations

from collections.abc import Mapping

from pubtool.model import Article, Document
from pubtool.writers.ast import attr, element, words
from pubtool.writers.citations import split_sources
from pubtool.writers.links import shift_headings
from pubtool.writers.wordpress.blocks import Blocks
from pubtool.writers.wordpress.inlines import Inlines, Notes
from pubtool.writers.wordpress.wxr import Item, wxr

__all__ = ["Article", "Item", "article", "wxr"]


def article(document: Document, slug: str, base: str, images: Mapping[str, bytes]) -> Article:
    """Return a post's block markup.

    `document` has its citations written out and its links resolved. `base` is the address below
    which the post's `images` stand; where it is empty they keep their bare names, and WordPress
    will not find them until somebody uploads them.
    """
    text, entries = split_sources(document)
    notes = Notes(slug)
    inlines = Inlines(notes, lambda source: f"{base}{source}" if source in images else source)
    blocks = list(shift_headings(text.ast["blocks"], 1))
    if entries:  # the capital keeps the id apart from those that pandoc makes of headings
        blocks.append(element("Header", [2, attr("Sources"), words("Sources")]))
        blocks.append(element("BulletList", [entry["c"][1] for entry in entries]))
    written = Blocks(inlines).write(blocks)
    if len(notes):
        written.append("<!-- wp:footnotes /-->")
    return Article("\n\n".join(written) + "\n", notes.meta())
