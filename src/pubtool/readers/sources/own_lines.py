"""Where a source's text stands in its own file, for who opens the file to read there."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pubtool.errors import CannotRead
from pubtool.readers.sources.extracted import Unusable
from pubtool.readers.sources.plain import cut_front_matter, read_characters
from pubtool.system.files import read_bytes

_BY_LINES = frozenset((".txt", ".md", ".markdown"))
"""What is read line by line, and may be opened in an editor."""


def lines_before(path: Path, text: str) -> int | None:
    """Return how many lines of a file stand before the text that was read from it.

    None where the file's lines are not the text's: in a PDF, and where a comment of several lines
    was left out of a Markdown file. Other markup leaves every line in its place.
    """
    if path.suffix.lower() not in _BY_LINES:
        return None
    with suppress(CannotRead, Unusable):
        own = read_characters(read_bytes(path), path.name)
        _, body = cut_front_matter(own, path.name)
        if body.count("\n") == text.count("\n"):
            return own.count("\n") - body.count("\n")
    return None
