"""Reach: whether a source's text holds what would have to stand in it, so that it can refute.

A whole text refutes. An excerpt does so only where it says which pages it holds and the page that
is cited is one of them, not the last: a passage may go on over the next one. A text of which some
pages could not be read refutes only at a page that was, with the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from pubtool.checker.evidence import Library
from pubtool.checker.locator_values import (
    cited_ranges,
    holds_page,
    page_parts,
    page_ranges,
)
from pubtool.model import Cited, Extent, Key, Locator, SourceText

UNREAD = "unread-pages"
"""The reason why a text with unread pages cannot refute."""


def why_unsure(cited: Sequence[Cited], library: Library) -> str | None:
    """Return why these sources' texts cannot refute, None where each of them can."""
    whys = (_why(one.key, one.locator, library) for one in cited)
    return next((why for why in whys if why), None)


def is_incomplete(library: Library) -> bool:
    """Whether some source may hold words that are in no text."""
    return any(_why(key, None, library) for key in library.bibliography.sources)


def is_unread(cited: Cited, library: Library) -> bool:
    """Whether the page that is cited is one that could not be read, or may be."""
    return _why(cited.key, cited.locator, library) == UNREAD


def _why(key: Key, locator: Locator | None, library: Library) -> str | None:
    extent = library.extent(key)
    if extent is None:
        missing = library.missing.get(key)
        return missing.why.value if missing else "missing"
    page = locator if locator and locator.label == "page" else None
    about = library.index.about(key)
    if extent is not Extent.FULL:
        covered = extent is Extent.EXCERPT and page is not None and _covers(about.pages, page)
        return None if covered else extent.value
    if about.unread and not (page and _was_read(about, page)):
        return UNREAD
    return None


def _covers(pages: str, cited: Locator) -> bool:
    """Whether an excerpt of some pages holds the cited ones and more behind them."""
    held = page_ranges(pages)
    return bool(held) and all(
        any(
            holds_page(low, high, first) and holds_page(low, high, last) and last != high
            for low, high in held
        )
        for first, last in cited_ranges(cited)
    )


def _was_read(source: SourceText, cited: Locator) -> bool:
    """Whether all pages that are cited, and the next one, were read."""
    marks = (mark.locator for mark in source.landmarks)
    labels = list(dict.fromkeys(mark.value for mark in marks if mark.label == "page"))
    for low, high in cited_ranges(cited):
        places = [n for n, label in enumerate(labels) if holds_page(low, high, page_parts(label))]
        asked = labels[places[0] : places[-1] + 2] if places else []
        if not asked or set(asked) & set(source.unread):
            return False
    return True
