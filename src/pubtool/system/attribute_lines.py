"""Attributes on a line of their own (``{.lead}``), which give a class to the block below them.

pandoc 3.9 stops where the next line begins with white space, and refuses the whole post. White
space alone means nothing there and is taken off; an indented block only its author can mend.
"""

from __future__ import annotations

import re

_STOPPED = re.compile(r"\(line (\d+), column")
_CONTAINERS = " \t>"
"""What stands before the words of a line in a block quote or a list."""


def without_blank_indents(text: str) -> str:
    """Return `text`, each line that only looks empty behind a line of attributes made empty."""
    lines = text.split("\n")
    for number in range(1, len(lines)):
        if _ends_attributes(lines[number - 1]) and not lines[number].strip(_CONTAINERS):
            lines[number] = lines[number].rstrip(" \t")
    return "\n".join(lines)


def find_indented_block(text: str, why: str) -> int | None:
    """Return the 1-based line of the indented block at which pandoc stopped; None if at another.

    `why` is what pandoc said of `text`.
    """
    stopped = _STOPPED.search(why)
    number = int(stopped[1]) if stopped else 0
    lines = text.split("\n")[: number or None]
    if not number or len(lines) < 2 or not _ends_attributes(lines[-2]):
        return None
    return number if lines[-1].lstrip(">")[:1] in (" ", "\t") else None


def _ends_attributes(line: str) -> bool:
    return line.rstrip(" \t").endswith("}")
