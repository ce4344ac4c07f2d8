"""Names as WordPress has them in addresses: of posts, categories, tags and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from pubtool.system.files import sha256
from pubtool.writers.site import slugify

_LONGEST = 200
"""Characters of a slug in WordPress's tables."""


def slug_of(name: str) -> str:
    """Return a name as a slug: letters beyond ASCII percent-encoded in lower case.

    That is the form in which WordPress keeps and exports them (``sanitize_title``); none is cut
    within a letter.
    """
    slug = ""
    for char in slugify(name):
        encoded = quote(char, safe="-_").lower()
        if len(slug) + len(encoded) > _LONGEST:
            break
        slug += encoded
    return slug


def login_of(name: str) -> str:
    """Return a person's name as the name of an account, which is ASCII; never empty."""
    plain = slugify(name).encode("ascii", "ignore").decode().strip("-")
    return plain or f"author-{_sign(name)}"


def nicenames(names: Iterable[str]) -> Mapping[str, str]:
    """Return a slug for each name of a taxonomy, no two the same but for names of other case.

    The importer takes two terms of one slug for one: ``C`` and ``C++`` must not share it.
    """
    given: dict[str, str] = {}
    taken: dict[str, str] = {}
    for name in sorted(set(names)):
        slug = slug_of(name)
        if taken.setdefault(slug, name.casefold()) != name.casefold():
            slug = f"{slug}-{_sign(name)}"
        given[name] = slug
    return given


def numbers(keys: Iterable[str]) -> Mapping[str, int]:
    """Return a number for each key, unique, from 1 up and below 2 to the 31.

    It is derived from the key, so that a further key changes no other number; two keys that would
    have the same (one pair in two thousand million) are told apart in their order.
    """
    given: dict[str, int] = {}
    taken: set[int] = set()
    for key in sorted(set(keys)):
        number = int(sha256(key.encode("utf-8", "surrogatepass"))[:8], 16) >> 1
        while number in taken or not number:
            number = (number + 1) % (1 << 31)
        taken.add(number)
        given[key] = number
    return given


def _sign(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass"))[:6]
