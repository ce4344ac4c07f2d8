"""How much of a quotation the matches of a text-reuse finder cover."""

from __future__ import annotations

import re
from collections.abc import Sequence

LEAST = 0.9


def covered(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether nine in ten of the words of a text begin and end inside a span."""
    words = [found.span() for found in re.finditer(r"\w+", text)]
    inside = [any(start <= first and end <= last for start, last in spans) for first, end in words]
    return bool(words) and sum(inside) >= LEAST * len(words)
