"""Q206: the cited place could not be compared with the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubtool.checker.locating import name_locator
from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Key, Locator, Severity

RULE = Rule(Code("Q206"), Severity.INFO, "locator_uncompared")


def message(key: Key, cited: Sequence[Locator], more: int) -> str:
    """Return the sentence about the place cited for a quotation, and for so many `more`."""
    named, them, marks = " or ".join(map(name_locator, cited)), "it", ""
    if more:
        named += f" and {more} more place{'' if more == 1 else 's'}"
        them = "them"
    if cited[0].label == "page":
        page = re.match(r"\d+", cited[0].value)
        marks = f"marks like [p. {page.group()}] or " if page else ""
        marks = f"; add {marks}a file with pages"
    return f"{named} not compared: the text of {key} does not mark {them}{marks}"
