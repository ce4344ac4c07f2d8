"""Plain text for the character scans: small letters, single spaces, and the way back."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4)
def plain(text: str) -> tuple[str, list[int]]:
    """Return the plain text, and for each of its characters the offset that it came from."""
    out: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(text):
        if character.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                offsets.append(at)
        else:
            small = character.lower()
            out.append(small if len(small) == 1 else character)
            offsets.append(at)
    return "".join(out), offsets


def quoted(text: str) -> str:
    """Return a quotation in plain text."""
    return plain(text)[0].strip()


def place(offsets: list[int], start: int, end: int) -> tuple[int | None, int | None]:
    """Return where a half-open range of plain text stands in the source."""
    if start >= end or end > len(offsets):
        return None, None
    return offsets[start], offsets[end - 1] + 1
