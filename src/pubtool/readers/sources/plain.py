"""Plain text: UTF-8, with an optional YAML front matter that says where the text is from.

``extent`` (full, excerpt, second-hand) and ``origin`` are read from it; the front matter itself is
no part of the text. Line ends become line feeds and a byte order mark is dropped; nothing else is
changed.
"""

from __future__ import annotations

import re
from typing import Any

from pubtool.errors import NotUtf8
from pubtool.model import Extent, Unavailable
from pubtool.readers.sources.extracted import Extracted, Unusable
from pubtool.system.files import decode

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)


def read_plain(data: bytes, name: str) -> Extracted:
    """Return the text of a plain text file named `name` in errors; raise `Unusable`."""
    text = read_characters(data, name)
    meta, body = cut_front_matter(text, name)
    return Extracted(
        body,
        extent=meta.get("extent", ""),
        pages=meta.get("pages", ""),
        origin=meta.get("origin", ""),
    )


def read_characters(data: bytes, name: str) -> str:
    """Return `data` as text with line feeds and no byte order mark; raise `Unusable`."""
    try:
        text = decode(data, name)
    except NotUtf8 as error:
        raise Unusable(Unavailable.UNREADABLE, str(error)) from None
    if "\0" in text:
        detail = f"{name} is not text: it has NUL bytes; put the text itself there"
        raise Unusable(Unavailable.UNREADABLE, detail)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def cut_front_matter(text: str, name: str) -> tuple[dict[str, str], str]:
    """Return what the front matter says, as text, and the text behind it; raise `Unusable`."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    meta = _load(found[1])
    if not isinstance(meta, dict):  # two rules round some text, not a front matter
        return {}, text
    said = {str(key): str(value) for key, value in meta.items() if value is not None}
    known = [extent.value for extent in Extent]
    if said.get("extent", "full") not in known:
        detail = f"{name}: its `extent` is {said['extent']!r}; write one of {', '.join(known)}"
        raise Unusable(Unavailable.UNREADABLE, detail)
    return said, text[found.end() :]


def _load(block: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
