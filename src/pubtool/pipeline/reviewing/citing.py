"""Setting a quotation's citation: the one edit of the post that names another source or place."""

from __future__ import annotations

import re

from pubtool.checker.fixing.own_citation import own_citation
from pubtool.model import (
    CitationMode,
    Cited,
    Edit,
    How,
    Inline,
    Key,
    Post,
    QuotationKind,
    Span,
    Verdict,
)
from pubtool.text.typography import QUOTES

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?")
"""A key that pandoc reads without braces."""

_UNFIT = re.compile(r"[\[\]{}@;\n\r`*\\<>]")
"""What would end a citation, or begin another thing, in the middle of a place."""


class CannotCite(Exception):
    """The citation cannot be set by one safe edit; ``str()`` says why."""


def citation_edit(post: Post, verdict: Verdict, key: Key, place: str) -> Edit:
    """Return the edit that makes a quotation cite a source at a place (``p. 253``, or nothing).

    A citation that the quotation has is replaced if it is one key with at most a place; else one is
    put behind the quotation. Raises CannotCite.
    """
    place = " ".join(place.split())
    if _UNFIT.search(place):
        raise CannotCite("a place is a few words and numbers, such as p. 253")
    named = f"@{key}" if _PLAIN_KEY.fullmatch(key) else f"@{{{key}}}"
    written = f"[{named}, {place}]" if place else f"[{named}]"
    cited = next((c for c in verdict.quotation.cited if c.how is How.CITATION), None)
    if cited is None:
        return _inserted(post, verdict, written)
    return Edit(_citation(post, verdict, cited), written)


def _citation(post: Post, verdict: Verdict, cited: Cited) -> Span:
    """Return where the quotation's own citation stands."""
    found = own_citation(post, verdict.quotation, cited.key, cited.locator)
    if found is None:
        raise CannotCite("its citation is too far away to be changed for it alone")
    place, inline = found
    if not _is_simple(inline) or post.text[place.start : place.start + 1] != "[":
        raise CannotCite(
            f"its citation, {post.text[place.start : place.end]}, says more than a source and a "
            "place; change it in the post's file"
        )
    return place


def _is_simple(inline: Inline) -> bool:
    """Whether a citation is one key, with at most a place behind it."""
    if len(inline.citations) != 1:
        return False
    [citation] = inline.citations
    rest = citation.suffix
    if citation.locator is not None:
        rest = rest.partition(citation.locator.value)[2]
    return citation.mode is CitationMode.NORMAL and not citation.prefix.strip() and not rest.strip()


def _inserted(post: Post, verdict: Verdict, written: str) -> Edit:
    """Return the edit that puts a citation behind a quotation's closing mark."""
    at, text = verdict.quotation.span.end, post.text
    if verdict.quotation.kind in (QuotationKind.INLINE, QuotationKind.TERM, QuotationKind.TITLE):
        while at < len(text) and text[at] in QUOTES:
            at += 1
    return Edit(Span(at, at), f" {written}")
