"""pandoc's syntax tree, as far as every room has to know it."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]
"""One element of pandoc's JSON syntax tree (``{"t": …, "c": …}``)."""

BLANKS = frozenset({"Space", "SoftBreak"})
"""What stands between two words of a line."""

BARE = BLANKS | {"Str", "LineBreak", "HorizontalRule"}
"""Elements that hold no other and have no attributes."""
