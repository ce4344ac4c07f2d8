"""`sources`: the sources' texts, listed, shown, added and verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from pubtool.errors import EntryNotRead, NotPinned, UnknownKey
from pubtool.model import (
    Bibliography,
    Code,
    Extent,
    FileReport,
    Key,
    MissingText,
    PostReport,
    Report,
    Source,
    SourceText,
)
from pubtool.pipeline.checking import Progress, check_files, silent
from pubtool.pipeline.uses import uses_of
from pubtool.pipeline.workspace import LOCK, Workspace
from pubtool.readers.lock import (
    Lock,
    Pin,
    find_changed,
    find_reread,
    find_unverifiable,
    render_lock,
    report_changed,
    report_reread,
)
from pubtool.readers.sources.find import FOLDER, SNAPSHOTS, files_of
from pubtool.system.config import Project
from pubtool.system.files import remove, write_atomic
from pubtool.text.quality import Quality, count_words, quality_of

_UNREAD = (Code("Q402"), Code("Q403"))
"""What is found of an entry that is there and cannot be used."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the list of sources."""

    key: Key
    path: str
    """Relative to the project; empty where there is no file."""
    extent: Extent | None
    """None where there is no text."""
    pages: str
    """The printed pages that it has, ``241–260``; empty where it has none."""
    words: int
    quality: Quality
    state: str
    """``pinned``, ``changed``, ``unpinned``, why there is no text, or ``unread``: its entry."""
    why: str
    """A sentence, where there is no text."""
    uses: int
    """How many quotations of the posts rest on it."""


def list_sources(project: Project, progress: Progress = silent) -> tuple[SourceLine, ...]:
    """Return a line for each entry of the bibliography, in its order; unread ones come last.

    The posts are checked for it, as far as that is not remembered: what rests on a source is where
    its quotations were found.
    """
    with Workspace(project) as workspace:
        reports, _ = check_files(workspace, workspace.post_paths(), jobs=None, progress=progress)
        uses = uses_of(reports)
        bibliography = workspace.bibliography
        lines = [_line(workspace, key, len(uses.get(key, ()))) for key in bibliography.sources]
        unread = sorted((*bibliography.broken, *bibliography.ambiguous))
        return (*lines, *(_unread(bibliography, key) for key in unread))


def _unread(bibliography: Bibliography, key: Key) -> SourceLine:
    why = why_unread(bibliography, key)
    return SourceLine(key, "", None, "", 0, Quality(), "unread", why, 0)


def _line(workspace: Workspace, key: Key, uses: int) -> SourceLine:
    missing = workspace.library.missing.get(key)
    if missing is not None:
        why, detail = missing.why.value, missing.detail
        return SourceLine(key, "", None, "", 0, Quality(), why, detail, uses)
    text = workspace.library.index.source(key)
    return SourceLine(
        key=key,
        path=text.path,
        extent=text.extent,
        pages=text.pages or name_pages(text),
        words=count_words(text.text),
        quality=quality_of(text),
        state=state_of(workspace.lock, text),
        why="",
        uses=uses,
    )


def state_of(lock: Lock, text: SourceText) -> str:
    """Return whether a source's file is the one that was accepted."""
    pin = lock.pins.get(text.key)
    if pin is None:
        return "unpinned"
    return "pinned" if pin.sha256 == text.sha256 else "changed"


def name_pages(text: SourceText) -> str:
    """Return the first and the last printed page of a source; empty where it has none."""
    pages = [mark.locator.value for mark in text.landmarks if mark.locator.label == "page"]
    numbered = list(dict.fromkeys(pages))
    return "–".join(dict.fromkeys((numbered[0], numbered[-1]))) if numbered else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of a source."""

    text: SourceText
    pin: Pin | None
    state: str
    quality: Quality
    uses: tuple[str, ...]
    """The places of the quotations that rest on it."""


def show_source(project: Project, key: str) -> Shown | MissingText:
    """Return what is known of a source, or why it has no text; raises UnknownKey."""
    with Workspace(project) as workspace:
        entry = find_entry(workspace, key)
        text = workspace.library.missing.get(entry.key) or workspace.library.index.source(entry.key)
        if isinstance(text, MissingText):
            return text
        reports, _ = check_files(workspace, workspace.post_paths(), jobs=None)
        pin = workspace.lock.pins.get(entry.key)
        places = uses_of(reports).get(entry.key, ())
        return Shown(text, pin, state_of(workspace.lock, text), quality_of(text), places)


def source_text(project: Project, key: str) -> SourceText | MissingText:
    """Return a source's text, or why it has none; raises UnknownKey."""
    with Workspace(project) as workspace:
        entry = find_entry(workspace, key)
        missing = workspace.library.missing.get(entry.key)
        return missing or workspace.library.index.source(entry.key)


def find_in_source(project: Project, key: str, words: str) -> PostReport | MissingText:
    """Return the verdict on some words as a quotation of a source, as the report on a post.

    The words are looked up in that source alone. Raises UnknownKey.
    """
    text = source_text(project, key)
    if isinstance(text, MissingText):
        return text
    from pubtool.checker.asked import check_words  # not for the other commands
    from pubtool.checker.conventions import CONVENTIONS

    return check_words(words, text, CONVENTIONS[project.settings.convention])


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a text when it is accepted."""

    extent: Extent | None
    """None for what was said before, or what the text says of itself."""
    pages: str
    """Of an excerpt, the printed pages that it holds."""
    origin: str
    today: str
    """ISO 8601 date."""


def remove_source(project: Project, key: str) -> tuple[str, ...]:
    """Take a source's pin out of the lock, and its file if that is the one that was pinned.

    Return the paths of what was removed. A file that is another one, that stands outside of
    ``sources/`` or is one of a folder's, is left alone. Raises NotPinned.
    """
    with Workspace(project) as workspace:
        pins = dict(workspace.lock.pins)
        pin = pins.pop(Key(key), None)
        if pin is None:
            raise NotPinned(key)
        write_atomic(
            workspace.root / LOCK, render_lock(replace(workspace.lock, pins=pins)).encode()
        )
        entry = workspace.bibliography.sources.get(Key(key))
        text = workspace.text(entry) if entry else None
        if not isinstance(text, SourceText) or text.sha256 != pin.sha256:
            return ()
        path = workspace.root / text.path
        if path.parent != workspace.root / FOLDER or not path.is_file():
            return ()
        files = files_of(path, workspace.root)
        for file in files:
            remove(file)
        return (*map(workspace.name, files), *_remove_snapshot(workspace, pin))


def _remove_snapshot(workspace: Workspace, pin: Pin) -> tuple[str, ...]:
    """Remove what the web answered when the text was fetched; return its path."""
    path = workspace.root / SNAPSHOTS / Path(pin.snapshot).name
    if not pin.snapshot or not path.is_file():
        return ()
    remove(path)
    return (workspace.name(path),)


class Verified(NamedTuple):
    """What a comparison of the sources' texts with the lock comes to."""

    report: Report
    pinned: int
    """How many sources the lock holds; no other was compared."""


def verify_sources(project: Project) -> Verified:
    """Return a report on the texts that are not the ones that were pinned, or are not there.

    Each finding names the quotations that rest on the text.
    """
    with Workspace(project) as workspace:
        lock, index = workspace.lock, workspace.library.index
        if not lock.pins:
            return Verified(Report(()), 0)
        texts: dict[Key, SourceText | MissingText] = {
            **workspace.library.missing,
            **{key: index.source(key) for key in index.live if key in lock.pins},
        }
        changed, reread = find_changed(lock, texts), find_reread(lock, texts)
        uses: Mapping[Key, tuple[str, ...]] = {}
        if changed or reread:
            uses = uses_of(check_files(workspace, workspace.post_paths(), jobs=None)[0])
        found = (
            *report_changed(lock, changed, uses),
            *report_reread(lock, reread, uses),
            *find_unverifiable(lock, texts),
        )
        ordered = tuple(sorted(found, key=lambda finding: finding.span))
        files = (FileReport(LOCK, lock.text, ordered),) if ordered else ()
        return Verified(Report((), files), len(lock.pins))


def find_entry(workspace: Workspace, key: str, lacks: type[UnknownKey] = UnknownKey) -> Source:
    """Return the bibliography's entry with a key; raise `lacks`, or EntryNotRead."""
    bibliography = workspace.bibliography
    if Key(key) in bibliography.sources:
        return bibliography.sources[Key(key)]
    if Key(key) in (*bibliography.broken, *bibliography.ambiguous):
        raise EntryNotRead(why_unread(bibliography, Key(key)))
    near = get_close_matches(key, list(bibliography.sources), n=1)
    raise lacks(key, near[0] if near else "")


def why_unread(bibliography: Bibliography, key: Key) -> str:
    """Return what is wrong with an entry that is there and of no use, with its file and line."""
    name = f"`{key}`"
    wrong = (one for one in bibliography.findings if one.code in _UNREAD and name in one.message)
    first = next(wrong)
    line = bibliography.text.count("\n", 0, first.span.start) + 1
    return f"{bibliography.path}:{line}: {first.message}"
