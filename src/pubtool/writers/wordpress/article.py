"""A post as WordPress keeps it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """The content and what belongs to it."""

    blocks: str
    """Block markup, one blank line between blocks, a line end at the end."""
    footnotes: str
    """The post's ``footnotes`` field: one line of JSON; empty where there is no note."""
