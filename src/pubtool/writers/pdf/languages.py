"""Languages as Typst wants them: a code of two or three letters, and a region of two."""

from __future__ import annotations

import re

Lang = dict[str, str | None]
"""``lang`` and ``region``, the latter perhaps None."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_REGION = re.compile(r"[a-z]{2}")


def lang_of(tag: str) -> Lang | None:
    """Return a BCP 47 tag's language and region; None for what is no such tag."""
    first, *others = tag.strip().lower().replace("_", "-").split("-")
    if not _LANGUAGE.fullmatch(first):
        return None
    region = next((part.upper() for part in others if _REGION.fullmatch(part)), None)
    return {"lang": first, "region": region}


def lang_or_english(tag: str) -> Lang:
    """Return the same; English for what is no such tag."""
    return lang_of(tag) or {"lang": "en", "region": None}
