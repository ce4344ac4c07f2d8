"""Regular expressions that are compiled when they are first used.

To compile one takes longer than most are used for in a run: a list of a hundred words, or the marks
of all scripts, takes two milliseconds, and no single post has something of each.
"""

from __future__ import annotations

import re
from typing import Any, cast

_MADE_OF_IT = ("finditer", "findall", "fullmatch", "match", "search", "split", "sub", "subn")


class _Late:
    """What stands for a pattern; once it is used its methods are the pattern's own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # what copies and prints asks for
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._given)
        vars(self).update((each, getattr(compiled, each)) for each in _MADE_OF_IT)
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what is used as ``re.compile(pattern, flags)``, by its methods."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
