"""Q206: the cited place could not be compared with the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubtool.checker.locating import name_locator
from pubtool.checker.locator_values import split_locator
from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Key, Locator, Severity

RULE = Rule(Code("Q206"), Severity.INFO, "locator_uncompared")


def message(key: Key, cited: Sequence[Locator], more: int) -> str:
    """Return the sentence about the place cited for a quotation, and for so many `more`."""
    named = " or ".join(map(name_locator, cited))
    if not more and split_locator(cited[0])[1]:
        return f"{named} not compared in full: the text of {key} does not mark all of it"
    them = "them" if more else "it"
    if more:
        named += f" and {more} more place{'' if more == 1 else 's'}"
    return f"{named} not compared: the text of {key} does not mark {them}{_how(cited[0])}"


def _how(cited: Locator) -> str:
    """Return how a text may come to mark its pages; empty where none is cited."""
    if cited.label != "page":
        return ""
    page = re.match(r"\d+", cited.value)
    marks = f"marks like [p. {page.group()}] or " if page else ""
    return f"; add {marks}a file with numbered pages"
