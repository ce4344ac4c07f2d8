"""What planning an export needs to know of a post: small facts that are kept between runs.

A syntax tree takes pandoc some 10 ms to make and a megabyte to hold; of a post that has not changed
nobody needs it. All that decides whether something has changed is here, and depends on the post's
text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pubtool.model import Document, Key
from pubtool.writers.ast import attr_of, change, collect, plain_text
from pubtool.writers.sanitise.tags import image_sources

T = TypeVar("T")

_OPENING = 220
"""Code points of a post's beginning that lists show."""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What a post's text says, apart from its front matter and its verdicts."""

    cited: tuple[Key, ...]
    """The keys that it cites, each once, in order."""
    links: tuple[str, ...]
    """The targets of its links as written (percent-encoded), each once, in order."""
    images: tuple[str, ...]
    """The targets of its images as written, each once, in order."""
    anchors: tuple[str, ...]
    """The identifiers of its headings and other elements, each once, in order."""
    opening: str
    """Its first paragraph's words, cut after a word; without citations."""


def facts_of(document: Document) -> PostFacts:
    """Return the facts of a post whose syntax tree this is."""
    blocks = document.ast["blocks"]
    return PostFacts(
        cited_keys(document),
        link_targets(document),
        _each([*_targets(document, "Image"), *_raw_images(document)]),
        _each(anchor for node in collect(blocks, _NAMED) if (anchor := (attr_of(node) or [""])[0])),
        _opening(document),
    )


_NAMED = frozenset("Header Span Div Link Image Code CodeBlock Table Figure".split())
"""Elements that can have an identifier."""


def cited_keys(document: Document) -> tuple[Key, ...]:
    """Return the keys that a document cites, each once, in order."""
    cites = collect(document.ast["blocks"], frozenset({"Cite"}))
    return _each(Key(citation["citationId"]) for cite in cites for citation in cite["c"][0])


def link_targets(document: Document) -> tuple[str, ...]:
    """Return the targets of a document's links as written, each once, in order."""
    return _targets(document, "Link")


def _targets(document: Document, kind: str) -> tuple[str, ...]:
    found = collect(document.ast["blocks"], frozenset({kind}))
    return _each(str(node["c"][2][0]) for node in found)


def _raw_images(document: Document) -> Iterator[str]:
    """Yield the targets of the images that the author wrote as HTML."""
    for node in collect(document.ast["blocks"], frozenset({"RawInline", "RawBlock"})):
        if node["c"][0].startswith("html"):
            yield from image_sources(node["c"][1])


def _opening(document: Document) -> str:
    paragraphs = collect(document.ast["blocks"], frozenset({"Para"}))
    first = paragraphs[0]["c"] if paragraphs else []
    uncited = change(first, lambda node: [] if node["t"] == "Cite" else None)
    text = re.sub(r" (?=[.,;:])", "", " ".join(plain_text(uncited).split()))
    return text if len(text) <= _OPENING else f"{text[:_OPENING].rsplit(' ', 1)[0]} …"


def _each(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
