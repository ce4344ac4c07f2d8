"""The block editor's markup, character by character, as its own serializer spells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pubtool.text.block_comments import write_attributes

_CONTROLS = dict.fromkeys((*range(9), 11, 12, 13, *range(14, 32), 127))
_TEXT = {**_CONTROLS, ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", 0xA0: "&nbsp;"}
_VALUE = {**_TEXT, ord('"'): "&quot;", 0xA0: " ", 0x0A: " "}


def escape(text: str) -> str:
    """Return `text` as HTML text, a no-break space as the editor writes it."""
    return text.translate(_TEXT)


def escape_attribute(text: str) -> str:
    """Return `text` as the value of an attribute in double quotation marks.

    A no-break space becomes a plain one: the editor's two serializers spell it differently there.
    """
    return text.translate(_VALUE)


def escape_address(address: str) -> str:
    """Return an address as the value of an attribute; what no address holds is percent-encoded."""
    for plain, escaped in ((" ", "%20"), ("<", "%3C"), (">", "%3E"), ('"', "%22")):
        address = address.replace(plain, escaped)
    return escape_attribute(address)


_SHORTCODE = re.compile(r"\[(?=/?(?:audio|caption|embed|gallery|playlist|video|wp_caption)\b)")
"""The shortcodes of WordPress itself; a plugin's cannot be known."""


def escape_shortcodes(text: str) -> str:
    """Return text that WordPress runs no shortcode of: a word joiner, unseen, parts the bracket.

    In rich text the editor resolves a character reference, so that ``&#91;`` lasts until the first
    save alone.
    """
    return _SHORTCODE.sub("[\u2060", text)


def escape_brackets(text: str) -> str:
    """Return HTML text in which WordPress sees no shortcode, as the editor does it for code."""
    return text.replace("[", "&#91;")


def html_attributes(pairs: Mapping[str, str]) -> str:
    """Return attributes as they stand in a tag, each led by a space; empty values are left out."""
    return "".join(f' {name}="{value}"' for name, value in pairs.items() if value)


def comment(name: str, attributes: Mapping[str, Any], html: str) -> str:
    """Return a block: its comments round its HTML."""
    given = {name: value for name, value in attributes.items() if value not in ("", None)}
    return f"<!-- wp:{name}{_given(given)} -->\n{html}\n<!-- /wp:{name} -->"


def void(name: str, attributes: Mapping[str, Any]) -> str:
    """Return a block that has no HTML of its own."""
    return f"<!-- wp:{name}{_given(attributes)} /-->"


def _given(attributes: Mapping[str, Any]) -> str:
    return f" {write_attributes(attributes)}" if attributes else ""
