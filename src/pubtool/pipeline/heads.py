"""What posts say of themselves, by the text of their front matter: an edit is seldom one of it."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from pubtool.model import Finding, FrontMatter
from pubtool.pipeline.store import Store, decode, encode
from pubtool.readers.front_matter import read_front_matter
from pubtool.system.body import find_front_matter


class Head(NamedTuple):
    """The head of a post, read."""

    front: FrontMatter
    findings: tuple[Finding, ...]
    """What is wrong with it."""


def head_of(store: Store, name: str, text: str) -> Head:
    """Return what `read_front_matter` does: the same whether it was read now or is remembered.

    YAML has numbers that JSON does not (larger than 64 bits, not finite); a post with such a one is
    read each time.
    """
    place = find_front_matter(text)
    if place is None:
        return Head(*read_front_matter(name, text))
    return store.keep(
        "head",
        (name, text[: place.end]),
        Head,
        lambda: Head(*read_front_matter(name, text)),
        lambda read: is_kept(read, Head),
    )


def is_kept(thing: object, form: type[object]) -> bool:
    """Whether something that is remembered is the same."""
    with suppress(OverflowError, ValueError):  # of which half a character is one
        return decode(encode(thing), form) == thing
    return False
