"""What planning an export needs to know of a post: small facts that are kept between runs.

A syntax tree takes pandoc some 10 ms to make and a megabyte to hold; of a post that has not changed
nobody needs it. All that decides whether something has changed is here, and depends on the post's
text alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pubtool.model import Document, Key, Node
from pubtool.writers.ast import CITES, RAW, change, collect, element, plain_text
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
    opening: str
    """Its first paragraph's words, cut after a word; without citations. Of one that its sentence
    goes on from (``@mill says``) the key stands there as a sign; `with_authors` puts the name."""


_TOLD = RAW | {"Cite", "Image", "Link", "Para"}


def facts_of(document: Document) -> PostFacts:
    """Return the facts of a post whose syntax tree this is."""
    found = collect(document.ast["blocks"], _TOLD)
    return PostFacts(
        _keys(found),
        _targets(found, "Link"),
        _each([*_targets(found, "Image"), *_in_html(found)]),
        _opening(next((node["c"] for node in found if node["t"] == "Para"), [])),
    )


def cited_keys(document: Document) -> tuple[Key, ...]:
    """Return the keys that a document cites, each once, in order."""
    return _keys(collect(document.ast["blocks"], CITES))


def _keys(nodes: Iterable[Node]) -> tuple[Key, ...]:
    cites = (node for node in nodes if node["t"] == "Cite")
    return _each(Key(citation["citationId"]) for cite in cites for citation in cite["c"][0])


def _targets(nodes: Iterable[Node], kind: str) -> tuple[str, ...]:
    return _each(str(node["c"][2][0]) for node in nodes if node["t"] == kind)


def _in_html(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the targets of the images that the author wrote as HTML."""
    for node in nodes:
        if node["t"] in RAW and node["c"][0].startswith("html"):
            yield from image_sources(node["c"][1])


def with_authors(opening: str, name: Callable[[Key], str]) -> str:
    """Return a post's first words with the name of each source that stands for its author."""
    return _AUTHOR.sub(lambda found: name(Key(found[1])), opening)


_AUTHOR = re.compile("\ue0f6([^\ue0f7]*)\ue0f7")


def _opening(first: list[Node]) -> str:
    uncited = change(first, _author_alone, CITES)
    text = re.sub(r" (?=[.,;:])", "", " ".join(plain_text(uncited).split()))
    if len(text) <= _OPENING:
        return text
    cut = text[:_OPENING].rsplit(" ", 1)[0]
    if cut.count("\ue0f6") > cut.count("\ue0f7"):  # a key may have blanks
        cut = cut.rpartition("\ue0f6")[0].rstrip()
    return f"{cut} …"


def _author_alone(cite: Node) -> list[Node]:
    citation = cite["c"][0][0]
    if citation["citationMode"]["t"] != "AuthorInText":
        return []
    return [element("Str", f"\ue0f6{citation['citationId']}\ue0f7")]


def _each(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
