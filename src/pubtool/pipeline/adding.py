"""`sources add` of a file: it becomes a source's text and is pinned, both at once or not at all.

The file is read outside of the project first, in a folder that is laid out as the project will be;
what it needs there (itself, what was recognised of its pictures, its pin) is then written as one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pubtool.errors import BadSource, NoEntry, typed
from pubtool.model import Extent, MissingText, Source, SourceText
from pubtool.pipeline.fetching import lock_change
from pubtool.pipeline.recognising import recognised
from pubtool.pipeline.sources import Said, find_entry
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.lock import Pin, text_digest
from pubtool.readers.sources.extractors import extractor
from pubtool.readers.sources.find import FOLDER, RECOGNISED, file_name, find_file
from pubtool.readers.sources.formats import EXTENSIONS, how_to_mend
from pubtool.readers.sources.read import read_source
from pubtool.system.config import Project
from pubtool.system.files import create, read_bytes, temporary_folder
from pubtool.system.transaction import Change, apply_changes


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that is a source's text now."""

    text: SourceText
    stood_there: bool
    """Whether the project had the file already."""


def add_source(project: Project, file: Path, key: str, said: Said) -> Accepted:
    """Copy a file to ``sources/KEY.EXT`` and pin it in the lock.

    One that stands there already is pinned as it is. The pages of a PDF that are pictures are read
    by a character recogniser, if one is installed, into ``sources/KEY.hocr``. A file that has no
    text is not added, nor one over another (BadSource). Raises NoEntry and EntryNotRead where
    the bibliography has no entry to be used.
    """
    with Workspace(project) as workspace:
        entry = find_entry(workspace, key, NoEntry)
        extension = file.suffix.lower()
        if extension not in EXTENSIONS:
            _need_file(file)
            known = ", ".join(EXTENSIONS)
            raise BadSource(str(file), f"no reader for it; {how_to_mend(extension)} ({known})")
        data = read_bytes(file)
        target = workspace.root / FOLDER / f"{file_name(entry.key)}{extension}"
        stood_there = target.exists()
        if stood_there and target.resolve() != file.resolve() and read_bytes(target) != data:
            raise BadSource(str(file), _in_the_way(workspace.name(target)))
        new = [] if stood_there else [Change(target, data, None)]
        new += recognised(workspace, entry, target, data, file)
        text = _read_aside(workspace, entry, target, data, new, file)
        text, pin = _pinned(workspace, text, target, said)
        apply_changes(workspace.root, [*new, lock_change(workspace, entry.key, pin)])
        return Accepted(text, stood_there)


def _need_file(file: Path) -> None:
    """Raise BadSource where there is no such file: some systems hide the end of files' names."""
    try:
        file.stat()
    except OSError:
        near = sorted(each.name for each in file.parent.glob("*") if each.stem == file.name)
        hint = f"did you mean {file.with_name(near[0])}?" if near else "look at how it is spelled"
        raise BadSource(str(file), f"there is no such file; {hint}") from None
    if file.is_dir():
        raise BadSource(str(file), "it is a folder; add the file in it that has the text")


def _in_the_way(name: str) -> str:
    return (
        f"{name} exists already; move that away first, or accept it as it stands with "
        f"`{typed('pubtool', 'sources', 'add', name)}`"
    )


def _read_aside(  # noqa: PLR0913, PLR0917 - what is to be read, and where it is to stand
    workspace: Workspace,
    entry: Source,
    target: Path,
    data: bytes,
    new: list[Change],
    file: Path,
) -> SourceText:
    """Return the text that the entry will have; raise BadSource, of `file`, where it is none."""
    beside = target.with_suffix(RECOGNISED)
    files = {target: data, **{change.path: change.data for change in new}}
    if target.suffix == ".pdf" and beside not in files and beside.exists():
        files[beside] = read_bytes(beside)
    there = find_file(entry, workspace.root)
    if there is not None and there not in files:  # whether it comes first is all that matters
        files[there / "text" if there.is_dir() else there] = b""
    with temporary_folder() as aside:
        for path, content in files.items():
            create(aside / path.relative_to(workspace.root), content)
        first = find_file(entry, aside)
        if first is None or first.relative_to(aside) != target.relative_to(workspace.root):
            other = first.relative_to(aside).as_posix() if first else ""
            raise BadSource(str(file), f"{other} comes before it; remove that first")
        text = read_source(entry, aside, workspace.lock)
    if isinstance(text, MissingText):
        raise BadSource(str(file), _of_the_file(text.detail, workspace.name(target)))
    return text


def _of_the_file(detail: str, name: str) -> str:
    """Return what is wrong with a file that was named before: `name` is that of our copy."""
    what = detail.removeprefix(name)
    if what.startswith(":"):
        return f"line {what[1:]}"
    return f"it{what}" if what != detail else detail


def _pinned(
    workspace: Workspace, text: SourceText, target: Path, said: Said
) -> tuple[SourceText, Pin]:
    """Return a text and its pin, by what is said of it now.

    Of the text that was pinned before, what was said then still holds.
    """
    before = workspace.lock.pins.get(text.key)
    name, version = extractor(target)
    if before is None or before.sha256 != text.sha256:
        before = Pin(text.sha256, retrieved=said.today)
    pin = replace(
        before,
        text=text_digest(text.text),
        origin=said.origin or before.origin,
        extractor=name,
        version=version,
        extent=said.extent or text.extent,
        pages=said.pages or before.pages,
    )
    extent: Extent = said.extent or text.extent
    origin = said.origin or text.origin
    return replace(text, extent=extent, pages=pin.pages, origin=origin), pin
