"""Paths as relative URI references, for reports that other programs resolve (RFC 3986)."""

from __future__ import annotations

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""What stands for itself in a path. A colon does not: before the first slash it would end the name
of a scheme."""


def uri_of(path: str) -> str:
    """Return a relative path, with forward slashes, as a URI reference."""
    data = path.encode("utf-8", "replace")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in data)
