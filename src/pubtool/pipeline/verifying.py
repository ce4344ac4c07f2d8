"""`verify`: a published verification, worked out anew from the project, and what does not hold.

Nothing that a record says is believed, and no path that it names is opened: posts and sources are
those of the project, and a page is the file beside the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubtool import __version__
from pubtool.errors import CannotRead
from pubtool.errors.verifying import BadVerification, NoVerification
from pubtool.pipeline.building import material_of
from pubtool.pipeline.checking import check_files
from pubtool.pipeline.comparing import with_late_findings
from pubtool.pipeline.recalling import HELD, Held
from pubtool.pipeline.targets import BuildMode
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.verification import (
    MAX_BYTES,
    Chosen,
    PostVerification,
    QuotationRecord,
    SiteVerification,
    SourceRecord,
    all_that_is_said,
    read_verification,
)
from pubtool.system.config import Project
from pubtool.system.files import read_bytes, sha256, shown_name
from pubtool.writers.json_file import json_file
from pubtool.writers.material import Material
from pubtool.writers.page_text import read_page
from pubtool.writers.verification import NAME, post_record, site_record

_PAGE = "index.html"
_PUBLISHED = (_PAGE, "annotations.jsonld")
"""The files beside a record that it may speak of."""
_MOST = 60
"""Characters of a quotation that a sentence shows."""


@dataclass(frozen=True)
class Change:
    """One thing that does not hold, or, of a note, that is otherwise but decides nothing."""

    code: str
    """One of `CODES`."""
    message: str
    quotation: str | None = None
    """The id of the quotation that it is about."""

    @property
    def counts(self) -> bool:
        """Whether the record does not hold because of it."""
        return self.code != "tool"


CODES = {
    "post": "the post is not the one that was verified",
    "settings": "a setting that decides is another one",
    "entry": "a source's entry in the bibliography says something else, or is gone",
    "source": "a source's file is another one, or is gone",
    "text": "another text is read from the same file",
    "verdict": "something else is found out of a quotation",
    "quotation": "a quotation is new, or is gone",
    "page": "a published file is not the one that was verified, or is gone",
    "words": "the published page does not carry a quotation's words",
    "listed": "the site lists other posts than there are verifications",
    "record": "the record says something that is not found so",
    "unreadable": "the record itself cannot be read",
    "tool": "another version of pubtool made the record; by itself that changes nothing",
}
"""What can have changed."""


@dataclass(frozen=True)
class Verified:
    """One record, compared with the project."""

    path: str
    """The record's, as it was named."""
    about: str
    """The post's path; empty for the site."""
    quotations: int
    changes: tuple[Change, ...]
    fault: str = ""
    """Why the record cannot be read at all, as a sentence for its publisher."""

    @property
    def holds(self) -> bool:
        """Whether all that it says is so."""
        return not any(change.counts for change in self.changes)


def verify(project: Project, paths: Sequence[Path], output: Path) -> tuple[Verified, ...]:
    """Return each record with what does not hold: those at `paths`, or all below `output`.

    One that cannot be read does not hold, and keeps no other from being looked at. Raises
    NoVerification, and what checking posts raises.
    """
    files = [_record_at(path) for path in paths] or sorted(
        path for path in (output / NAME, *output.glob(f"*/{NAME}")) if path.is_file()
    )
    if not files:
        raise NoVerification(_name(output, project.root))
    records = [_read(path, _name(path, project.root)) for path in files]
    with Workspace(project, held=Held(HELD)) as workspace:
        checked, errors = check_files(workspace, workspace.post_paths())
        reports = with_late_findings(workspace, checked, workspace.decisions, whole=not errors)
        material = material_of(workspace, reports, BuildMode.DRAFT)
        return tuple(
            _verified(record, material) if isinstance(record, _Read) else record
            for record in records
        )


@dataclass(frozen=True)
class _Read:
    """A record as it was found."""

    path: Path
    name: str
    """For messages."""
    record: PostVerification | SiteVerification
    said: dict[str, Any]
    """All that its file says."""


def _read(path: Path, name: str) -> _Read | Verified:
    """Return a record, or that it cannot be read."""
    try:
        data = _load(path, name)
        return _Read(path, name, read_verification(data, name), all_that_is_said(data, name))
    except (BadVerification, CannotRead) as error:
        change = Change("unreadable", str(error))
        return Verified(name, "", 0, (change,), fault=str(error))


def _record_at(path: Path) -> Path:
    return path / NAME if path.is_dir() else path


def _name(path: Path, root: Path) -> str:
    """Return a file's name for messages: below the project if it is there, else as it was given."""
    inside = path.is_absolute() and path.is_relative_to(root)
    return shown_name((path.relative_to(root) if inside else path).as_posix())


def _load(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise CannotRead(name, error) from None
    if size > MAX_BYTES:
        raise BadVerification(name, f"it has more than {MAX_BYTES // 1_000_000} MB")
    return read_bytes(path)


def _verified(read: _Read, material: Material) -> Verified:
    record = read.record
    if isinstance(record, SiteVerification):
        found = site_record(material, {post.path for post in record.posts})
        changes = [*_site_changes(read.path, record, found)]
        about, quotations = "", 0
    else:
        page = material.site.by_path.get(record.post.path)
        found = post_record(material, page) if page else {}
        changes = [*_post_changes(read.path, record, found)]
        about, quotations = record.post.path, len(record.quotations)
    if not any(change.counts for change in changes):
        same = (record.tool.name, record.tool.version) == ("pubtool", __version__)
        changes += _unexplained(read.said, found, strict=same)
    return Verified(read.name, about, quotations, tuple(changes))


_BESIDE = frozenset({"tool", "site", "published"})
"""What of a record is no statement on quotations, or is compared with the files beside it."""


def _unexplained(
    said: Mapping[str, Any], found: Mapping[str, Any], *, strict: bool
) -> list[Change]:
    """Return what a record says otherwise than it is found, after all that has a code of its own.

    Another version of pubtool may know more or less to say, so only what both say is compared then
    (not `strict`).
    """
    names = said.keys() | found.keys() if strict else said.keys() & found.keys()
    return [
        Change("record", f"what it says of `{shown_name(name)}` is not so")
        for name in sorted(names - _BESIDE)
        if said.get(name) != found.get(name)
    ]


def _post_changes(path: Path, old: PostVerification, found: dict[str, Any]) -> Iterator[Change]:
    yield from _tool_changes(old.tool.name, old.tool.version)
    if not found:
        yield Change("post", f"the project has no post {old.post.path} that can be read")
    else:
        new = read_verification(json_file(found), NAME)
        assert isinstance(new, PostVerification)
        if new.post.sha256 != old.post.sha256:
            yield Change("post", f"{old.post.path} was edited since")
        yield from _settings_changes(old.settings, new.settings)
        yield from _source_changes(old.sources, new.sources)
        yield from _quotation_changes(old.quotations, new.quotations)
    yield from _published_changes(path.parent, old)


def _site_changes(path: Path, old: SiteVerification, found: dict[str, Any]) -> Iterator[Change]:
    yield from _tool_changes(old.tool.name, old.tool.version)
    new = read_verification(json_file(found), NAME)
    assert isinstance(new, SiteVerification)
    yield from _settings_changes(old.settings, new.settings)
    now = {post.path: post for post in new.posts}
    for post in old.posts:
        if post.path not in now:
            yield Change("post", f"the project has no post {post.path} that can be read")
        elif now[post.path].sha256 != post.sha256:
            yield Change("post", f"{post.path} was edited since")
    listed = {post.verification for post in old.posts}
    there = {f"{one.parent.name}/{NAME}" for one in path.parent.glob(f"*/{NAME}")}
    for name in sorted(listed - there):
        yield Change("listed", f"{name} is listed, but is not there")
    for name in sorted(there - listed):
        yield Change("listed", f"{name} is there, but is not listed")
    known = {key: new.sources[key] for key in old.sources if key in new.sources}
    yield from _source_changes(old.sources, known)


def _tool_changes(name: str, version: str) -> Iterator[Change]:
    if (name, version) != ("pubtool", __version__):
        yield Change("tool", f"made by {name} {version}, and compared by pubtool {__version__}")


def _settings_changes(old: Chosen, new: Chosen) -> Iterator[Change]:
    for name in ("convention", "select", "ignore"):
        was, is_now = getattr(old, name), getattr(new, name)
        if was != is_now:
            yield Change("settings", f"check.{name} was {_said(was)} and is {_said(is_now)}")


def _source_changes(old: dict[str, SourceRecord], new: dict[str, SourceRecord]) -> Iterator[Change]:
    for key, was in old.items():
        now = new.get(key)
        if now is None:
            yield Change("source", f"`{key}`: no quotation rests on it any more")
            continue
        if now.entry != was.entry:
            gone = now.entry is None
            what = "is not in the bibliography any more" if gone else "says something else now"
            yield Change("entry", f"`{key}`: its entry {what}")
        for name in sorted(was.files.keys() | now.files.keys()):
            if was.files.get(name) != now.files.get(name):
                yield Change("source", f"`{key}`: {name} {_file_change(name, was, now)}")
        if was.files == now.files and was.text and was.text != now.text:
            yield Change("text", f"`{key}`: {_text_change(was, now)}")


def _file_change(name: str, was: SourceRecord, now: SourceRecord) -> str:
    if name not in now.files:
        return "is gone"
    return "is another file now" if name in was.files else "is new"


def _text_change(was: SourceRecord, now: SourceRecord) -> str:
    assert was.text is not None
    if now.text is None:
        return "no text can be read from it any more"
    if was.text.extent != now.text.extent:
        return f"it counts as {now.text.extent} now, not as {was.text.extent}"
    if was.text.sha256 != now.text.sha256:
        return f"its file is the same, but {now.text.reader} reads it otherwise"
    return f"it is read by {now.text.reader} now, not by {was.text.reader}"


def _quotation_changes(
    old: Sequence[QuotationRecord], new: Sequence[QuotationRecord]
) -> Iterator[Change]:
    now = {record.id: record for record in new}
    was = {record.id: record for record in old}
    for name, record in was.items():
        shown = _shown(record.text)
        if name not in now:
            yield Change("quotation", f"{shown} is not in the post any more", name)
        elif now[name].verdict != record.verdict or now[name].reason != record.reason:
            found = f"{_verdict(now[name])} now, and was {_verdict(record)}"
            yield Change("verdict", f"{shown} is {found}", name)
        elif now[name] != record:
            what = ", ".join(_other(record, now[name]))
            yield Change(
                "verdict", f"{shown} is {record.verdict} still, but its {what} changed", name
            )
    for name, record in now.items():
        if name not in was:
            yield Change("quotation", f"{_shown(record.text)} is new", name)


def _other(old: QuotationRecord, new: QuotationRecord) -> Iterator[str]:
    """Yield what of a quotation is not as it was."""
    for field in ("kind", "text", "findings", "differences", "waivers"):
        if getattr(old, field) != getattr(new, field):
            yield field
    if (old.start, old.end) != (new.start, new.end):
        yield "place in the post"
    if old.cited != new.cited:
        yield "citation"
    if old.match != new.match:
        yield "place in the source's text"


def _published_changes(folder: Path, old: PostVerification) -> Iterator[Change]:
    for name in _PUBLISHED:
        if name not in old.published:
            yield Change("page", f"{name}: the record does not say what it was")
            continue
        try:
            data = read_bytes(folder / name)
        except CannotRead:
            yield Change("page", f"{name} is not beside the record")
            continue
        if sha256(data) != old.published[name]:
            yield Change("page", f"{name} is not the file that was verified")
            if name == _PAGE:
                yield from _words_changes(data, old.quotations)


def _words_changes(page: bytes, quotations: Sequence[QuotationRecord]) -> Iterator[Change]:
    """Yield the quotations whose words another page does not carry at their place."""
    text = read_page(page.decode("utf-8", "replace"))
    for record in quotations:
        if not text.carries(record.id, record.text):
            message = f"{_PAGE} does not carry the words {_shown(record.text)}"
            yield Change("words", message, record.id)


def _verdict(record: QuotationRecord) -> str:
    return f"{record.verdict} ({record.reason})" if record.reason else record.verdict


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    return str(value)


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return f"“{flat}”" if len(flat) <= _MOST else f"“{flat[:_MOST].rsplit(' ', 1)[0]} …”"
