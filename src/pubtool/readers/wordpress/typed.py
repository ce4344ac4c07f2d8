"""The text of an element as it was typed, and elements taken out of theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pubtool.readers.wordpress.setting import name_of

if TYPE_CHECKING:
    from lxml.etree import _Element


def verbatim(element: _Element) -> str:
    """Return an element's text with its own line ends and breaks."""
    parts = [element.text or ""]
    for child in element:
        if name_of(child) == "br":
            parts.append("\n")
        elif name_of(child) != "#":
            parts.append(verbatim(child))
        parts.append(child.tail or "")
    return "".join(parts)


def indented(text: str | None) -> str | None:
    """Return text with the spaces that begin its lines as blanks that do not break."""
    if not text:
        return text
    return re.sub(r"(?m)(?<=\n)[ \t]+(?=\S)", lambda m: "\u00a0" * len(m[0].expandtabs(4)), text)


def take_out(element: _Element) -> None:
    """Remove an element from its parent; what follows it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)
