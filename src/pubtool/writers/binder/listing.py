"""What both forms of the binder say in the same words, and their lists."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.model import PagePicture
from pubtool.writers.binder.content import Assembled, Entry, Group, Origin

_ALWAYS = {Group.UNCHECKED: "unchecked", Group.FAILED: "failed"}
_WHERE_ANY = {Group.EXEMPT: "exempt", Group.PASSED: "passed"}

_SHORT = 110


def described(binder: Assembled) -> Iterator[tuple[str, str]]:
    """Yield what was checked, with what."""
    yield binder.says("program"), f"pubtool {binder.version}"
    yield binder.says("conventions"), binder.convention
    yield binder.says("style"), binder.style
    yield binder.says("posts"), str(len(binder.sections))
    yield binder.says("sources"), str(len(binder.sources))


def groups(binder: Assembled) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
    """Yield the lists at the front: the title, what stands for none, and the quotations.

    What nobody could check comes first.
    """
    for group, key in (_ALWAYS | _WHERE_ANY).items():
        entries = binder.of(group)
        if group in _ALWAYS:
            yield binder.says(key), binder.says(f"{key}-none"), entries
        elif entries:
            yield binder.says(key), "", entries


def by_source(binder: Assembled) -> Iterator[tuple[Origin, tuple[Entry, ...]]]:
    """Yield each source with the quotations that rest on it, or cite it in vain."""
    for origin in binder.sources:
        yield origin, tuple(entry for entry in binder.entries if origin.key in entry.keys)


def shortened(text: str) -> str:
    """Return a quotation's first words."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rpartition(' ')[0]} …"


def caption(binder: Assembled, page: PagePicture) -> str:
    """Return what stands under a page."""
    file = page.file or binder.says("the-file")
    printed = binder.says("alone", sheet=page.sheet, file=file)
    if page.label:
        sheet = binder.says("sheet", sheet=page.sheet, file=file)
        printed = binder.says("printed", label=page.label, sheet=sheet)
    marked = "marked" if page.is_whole else "partly"
    return binder.says(marked if page.rectangles else "unmarked", page=printed)


def alternative(binder: Assembled, page: PagePicture, entry: Entry) -> str:
    """Return what a page's picture shows, for who does not see it."""
    file = page.file or binder.says("the-file")
    printed = binder.says("sheet", sheet=page.sheet, file=file)
    if page.label:
        printed = binder.says("page-of", label=page.label)
    return binder.says(
        "picture" if page.rectangles else "picture-unmarked",
        page=printed,
        source=entry.source.key if entry.source else binder.says("the-source"),
        number=entry.number,
        passage=entry.proof.passage,
    )
