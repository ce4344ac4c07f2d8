"""Codes of findings that a post's own text does not give: other files decide them."""

from __future__ import annotations

from pubtool.model import Code

OF_LINKS = frozenset({Code("Q604")})
"""What the project's other files tell of a post's links."""
OVER_ARCHIVE = frozenset({Code("Q701"), Code("Q702"), Code("Q703")})
"""What only all posts together give."""
LATE = OF_LINKS | OVER_ARCHIVE
