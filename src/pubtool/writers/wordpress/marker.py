"""Identifiers that are ours alone, derived from a text and so the same in every export."""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.UUID("6f1c2e0e-2b8f-5f5a-9a55-6a1d0a9a7c11")
"""A note's id is the uuid5 of its post and its words in this namespace."""


def derive(text: str) -> str:
    """Return the UUID (version 5, 36 characters) of a text: a note's id, or a post's marker."""
    return str(uuid.uuid5(_NAMESPACE, text))
