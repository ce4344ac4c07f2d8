"""The comments that open WordPress's blocks: how their attributes are spelled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_ESCAPED = (
    ("--", "\\u002d\\u002d"),
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ('\\"', "\\u0022"),
)


def write_attributes(attributes: Mapping[str, Any]) -> str:
    """Return attributes as WordPress's serializer spells them: nothing that ends a comment."""
    text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
    for plain, escaped in _ESCAPED:
        text = text.replace(plain, escaped)
    return text
