"""`sources`: the sources' texts, listed, shown, added and verified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from pubtool.errors import BadSource, PubtoolError, UnknownKey
from pubtool.model import Extent, FileReport, Key, MissingText, Report, Source, SourceText
from pubtool.pipeline.workspace import LOCK, Workspace
from pubtool.readers.lock import Pin, find_unverifiable, render_lock, verify
from pubtool.readers.sources.find import file_name
from pubtool.readers.sources.formats import EXTENSIONS
from pubtool.readers.sources.read import extractor
from pubtool.system.config import Project
from pubtool.system.files import create, read_bytes, remove, remove_empty, sha256, write_atomic
from pubtool.text.words import find_words


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the list of sources."""

    key: Key
    path: str
    """Relative to the project; empty where there is no file."""
    extent: Extent | None
    """None where there is no text."""
    words: int
    state: str
    """``pinned``, ``changed``, ``unpinned``, or why there is no text."""
    why: str
    """A sentence, where there is no text."""


def list_sources(project: Project) -> tuple[SourceLine, ...]:
    """Return a line for each entry of the bibliography, in its order."""
    with Workspace(project) as workspace:
        return tuple(_line(text, workspace) for text in workspace.texts)


def _line(text: SourceText | MissingText, workspace: Workspace) -> SourceLine:
    if isinstance(text, MissingText):
        return SourceLine(text.key, "", None, 0, text.why.value, text.detail)
    pin = workspace.lock.pins.get(text.key)
    state = "unpinned" if pin is None else "pinned" if pin.sha256 == text.sha256 else "changed"
    words = sum(1 for _ in find_words(text.text))
    return SourceLine(text.key, text.path, text.extent, words, state, "")


def show_source(project: Project, key: str) -> SourceText | MissingText:
    """Return one source's text, or why it has none; raises UnknownKey."""
    with Workspace(project) as workspace:
        return workspace.text(_entry(workspace, key))


def add_source(  # noqa: PLR0913 - what is said of a text when it is accepted
    project: Project, file: Path, key: str, *, extent: Extent, origin: str, today: str
) -> SourceText:
    """Copy a file to ``sources/KEY.EXT``, pin it in the lock, and return its text.

    A file that has no text is not added, nor one over another (BadSource). Raises UnknownKey where
    the bibliography lacks the key.
    """
    with Workspace(project) as workspace:
        entry = _entry(workspace, key)
        extension = file.suffix.lower()
        if extension not in EXTENSIONS:
            raise BadSource(str(file), f"no reader for it; give one of {', '.join(EXTENSIONS)}")
        data = read_bytes(file)
        folder = project.root / "sources"
        target = folder / f"{file_name(entry.key)}{extension}"
        pin = Pin(sha256(data), origin, today, extent=extent)
        if target.exists() and target.resolve() == file.resolve():
            return _pin(workspace, entry, target, pin)
        if target.exists():
            raise BadSource(str(file), _in_the_way(workspace.name(target)))
        new = not folder.exists()
        create(target, data)
        try:
            return _pin(workspace, entry, target, pin)
        except PubtoolError as error:
            remove(target)
            if new:
                remove_empty(folder)
            if isinstance(error, BadSource):  # what is wrong is the user's file, not our copy
                said = error.why.replace(workspace.name(target), str(file))
                raise BadSource(str(file), said) from None
            raise


def _in_the_way(name: str) -> str:
    return (
        f"{name} exists already; move that away first, or accept it as it stands with `pubtool "
        f"sources add {name}`"
    )


def _pin(workspace: Workspace, entry: Source, target: Path, pin: Pin) -> SourceText:
    """Pin the text that now stands at `target`, and return it."""
    text = workspace.text(entry)
    if isinstance(text, MissingText):
        raise BadSource(workspace.name(target), text.detail)
    if text.path != workspace.name(target):
        raise BadSource(workspace.name(target), f"{text.path} comes before it; remove that first")
    name, version = extractor(target)
    pins = {**workspace.lock.pins, entry.key: replace(pin, extractor=name, version=version)}
    lock = replace(workspace.lock, pins=pins)
    write_atomic(workspace.root / LOCK, render_lock(lock).encode())
    return replace(text, extent=pin.extent or text.extent, origin=pin.origin or text.origin)


def verify_sources(project: Project) -> Report:
    """Return a report on the texts that are not the ones that were pinned, or are not there."""
    with Workspace(project) as workspace:
        lock = workspace.lock
        if not lock.pins:
            return Report(())
        texts = {text.key: text for text in workspace.texts}
        found = (*verify(lock, texts), *find_unverifiable(lock, texts))
        ordered = tuple(sorted(found, key=lambda finding: finding.span))
        return Report((), (FileReport(LOCK, lock.text, ordered),) if ordered else ())


def _entry(workspace: Workspace, key: str) -> Source:
    sources = workspace.bibliography.sources
    if Key(key) not in sources:
        near = get_close_matches(key, list(sources), n=1)
        raise UnknownKey(key, near[0] if near else "")
    return sources[Key(key)]
