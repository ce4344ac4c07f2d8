"""What both forms of the binder say in the same words, and their lists."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.model import PagePicture
from pubtool.writers.binder.content import Assembled, Entry, Group, Origin

GROUPS = (
    (Group.UNCHECKED, "Could not be checked", "Every quotation could be checked."),
    (Group.FAILED, "Failed", "No quotation failed."),
    (Group.EXEMPT, "Exempt: not checked, for a reason that somebody gave", ""),
    (Group.PASSED, "Passed", ""),
)
"""The lists at the front, in their order: what nobody could check comes first."""

_SHORT = 110


def described(binder: Assembled) -> Iterator[tuple[str, str]]:
    """Yield what was checked, with what."""
    yield "Program", f"pubtool {binder.version}"
    yield "Quoting conventions", binder.convention
    yield "Citation style", binder.style
    yield "Posts", str(len(binder.sections))
    yield "Sources", str(len(binder.sources))


def by_source(binder: Assembled) -> Iterator[tuple[Origin, tuple[Entry, ...]]]:
    """Yield each source with the quotations that rest on it, or cite it in vain."""
    for origin in binder.sources:
        yield origin, tuple(entry for entry in binder.entries if origin.key in entry.keys)


def shortened(text: str) -> str:
    """Return a quotation's first words."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rpartition(' ')[0]} …"


def caption(page: PagePicture) -> str:
    """Return what stands under a page."""
    file = page.file or "the file"
    sheet = f"page {page.sheet} of {file}"
    printed = f"Page {page.label} ({sheet})" if page.label else f"P{sheet[1:]}"
    if not page.rectangles:
        return f"{printed}. The passage could not be placed on the picture: nothing is marked."
    if not page.is_whole:
        return f"{printed}. Some lines of the passage could not be placed, and are not marked."
    return f"{printed}, the passage marked."


def alternative(page: PagePicture, entry: Entry) -> str:
    """Return what a page's picture shows, for who does not see it."""
    name = entry.source.key if entry.source else "the source"
    file = page.file or "the file"
    printed = f"page {page.label}" if page.label else f"page {page.sheet} of {file}"
    marked = "with the passage of quotation" if page.rectangles else "of the passage of quotation"
    return f"Picture of {printed} of {name}, {marked} {entry.number}: {entry.proof.passage}"
