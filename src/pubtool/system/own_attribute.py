"""pandoc's attribute for positions, kept from authors.

pandoc says in the attribute ``data-pos`` where an element stands in the file, and what an author
writes under that name is not told from it: a mark could be made to stand at other words than those
that were checked. So pandoc never reads that name in a post. The character that takes the place of
its hyphen stands in no attribute's name; wherever it stands it is put back.
"""

from __future__ import annotations

import re
from typing import Any

NAME = "data-pos"
_FREE = range(0xE000, 0xF8FF)
"""Characters for private use, which Unicode never assigns."""


def hide_name(text: str) -> tuple[str, str]:
    """Return a text without the attribute's name, and the character that hides it.

    The text is as long as before; the character is empty where nothing had to be hidden.
    """
    if NAME not in text:
        return text, ""
    sign = next(chr(code) for code in _FREE if chr(code) not in text)
    return re.sub("(?<=data)-(?=pos)", sign, text), sign


def show_name(tree: Any, sign: str) -> Any:
    """Return a syntax tree with the hyphen where `hide_name` had put `sign`."""
    if not sign:
        return tree
    if isinstance(tree, str):
        return tree.replace(sign, "-")
    if isinstance(tree, list):
        return [show_name(item, sign) for item in tree]
    if isinstance(tree, dict):
        return {key: show_name(value, sign) for key, value in tree.items()}
    return tree
