"""WordPress's content, blocks or classic HTML, as Markdown in pubtool's own dialect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pubtool.model import Document, Entry, Fallback, Node, Written
from pubtool.readers.wordpress.content import read_content
from pubtool.readers.wordpress.escaping import ready
from pubtool.readers.wordpress.ledger import RAW
from pubtool.readers.wordpress.listed import listed_notes
from pubtool.readers.wordpress.nodes import raw_block, within_lines
from pubtool.readers.wordpress.setting import Setting
from pubtool.system.pandoc import Pandoc
from pubtool.text.block_comments import notes_of

__all__ = ["Addresses", "listed_notes", "notes_of", "to_markdown"]

_VERSION = [1, 23, 1]
_FORMAT = "commonmark_x-smart"
"""Quotation marks and dashes stay as they are: our reader makes straight ones curly, as WordPress
does when it shows a post."""


@dataclass(frozen=True)
class Addresses:
    """Where what a post shows and refers to is to be found, by its address on the site."""

    image: Callable[[str], str]
    link: Callable[[str], str]
    notes: str = "below"
    """Where a note's words stand: ``below`` all, or ``inline``."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What is to stand for some notes instead of their words, by their ids."""


def to_markdown(entry: Entry, pandoc: Pandoc, addresses: Addresses) -> Written:
    """Return a post's content as Markdown; what is nested too deeply for that as raw HTML.

    Raises PandocFailed.
    """
    try:
        return _written(entry, pandoc, addresses)
    except RecursionError:
        text = _text([raw_block(entry.content)], pandoc)
        why = "its HTML is nested too deeply to be anything else"
        return Written(text, (), (Fallback(1, "the whole post", RAW, why),))


def _written(entry: Entry, pandoc: Pandoc, addresses: Addresses) -> Written:
    notes, listed = notes_of(entry.footnotes), listed_notes(entry.content)
    inline = addresses.notes == "inline"
    setting = Setting(
        notes, listed, addresses.image, addresses.link, addresses.labels, whole=not inline
    )
    blocks = read_content(entry.content, setting)
    text = _text(within_lines(blocks) if inline else blocks, pandoc)
    return Written(text, tuple(setting.images), setting.ledger.lines(text))


def _text(blocks: list[Node], pandoc: Pandoc) -> str:
    ast = {"pandoc-api-version": _VERSION, "meta": {}, "blocks": ready(blocks)}
    text = pandoc.render(Document(ast), _FORMAT, {"wrap_text": "wrap-preserve"}).strip()
    return f"{text}\n" if text else ""
