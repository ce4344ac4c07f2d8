"""Text as HTML: escaped, and the little Markdown that the rules' pages are written in."""

from __future__ import annotations

import re
from html import escape

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What HTML forbids or reads as something else."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of the text behind it."""

_BLANK = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"^[-*] ", re.M)
_CODE = re.compile(r"`([^`]+)`")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])(.+?)(?<![\s*])\*(?![\w*])")
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")


def escaped(text: str) -> str:
    """Return text that a browser shows as it is; what cannot be shown becomes U+FFFD."""
    return escape(_TURNING.sub("\ufffd", _CONTROL.sub("\ufffd", text)))


def prose(markdown: str) -> str:
    """Return paragraphs and lists as HTML; the targets of links are left off."""
    return "\n".join(_block(block) for block in _BLANK.split(markdown.strip()))


def _block(block: str) -> str:
    first, *items = _ITEM.split(block)
    said = f"<p>{_inline(first)}</p>" if first.strip() else ""
    listed = "".join(f"<li>{_inline(item)}</li>" for item in items)
    return said + (f"<ul>{listed}</ul>" if listed else "")


def _inline(text: str) -> str:
    """Return the inline Markdown of a page as HTML; what stands in code is left alone."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(
        f"<code>{escaped(part)}</code>" if number % 2 else _dressed(part)
        for number, part in enumerate(parts)
    )


def _dressed(text: str) -> str:
    plain = _LINK.sub(r"\1", escaped(text))
    return _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", plain))
