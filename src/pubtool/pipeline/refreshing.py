"""Pinned texts from the web, looked at again: whether the quoted words still stand on the page.

The posts are checked once with the stored texts and once with the live one in its place, in
memory. Nothing is written unless that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import PurePosixPath

from pubtool.errors import BadSource, Gone, NotFetched, NotOfTheWeb, PubtoolError
from pubtool.model import Key, PostReport, Source, SourceText, Verdict, VerdictKind
from pubtool.pipeline.checking import check_files
from pubtool.pipeline.decided import with_decisions
from pubtool.pipeline.fetching import (
    Network,
    lock_change,
    read_arrival,
    receive_fetched,
    snapshot_change,
)
from pubtool.pipeline.judging import read
from pubtool.pipeline.sources import find_entry
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.entry_links import archive_of, bibtex_entry
from pubtool.readers.lock import Pin, text_digest
from pubtool.readers.sources.arrived import Arrival
from pubtool.readers.sources.extractors import extractor
from pubtool.readers.sources.find import FOLDER, SNAPSHOTS, file_name
from pubtool.system.config import Project
from pubtool.system.files import read_bytes, sha256
from pubtool.system.transaction import Change, apply_changes
from pubtool.system.web import Fetched, Web
from pubtool.text.words import find_words


class PageState(Enum):
    """What became of a page since its text was pinned."""

    UNCHANGED = "unchanged"
    """The same words in the same order."""
    CHANGED = "changed"
    OTHER = "live"
    """The stored text is no copy of the page (somebody wrote it down), so only the quotations are
    compared."""
    GONE = "gone"
    """The server says that nothing stands there."""
    UNKNOWN = "unknown"
    """The page could not be had, or is no text."""


class Accepting(Enum):
    """Whether a changed page takes the stored text's place."""

    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Standing:
    """One quotation, with the stored text and with the live one."""

    path: str
    line: int
    """1-based."""
    text: str
    before: VerdictKind
    now: VerdictKind
    stood: bool
    """Whether it passes with the stored text, in this source."""
    stands: bool
    """Whether it passes with the live one."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One pinned page, looked at again."""

    key: Key
    url: str
    state: PageState
    why: str = ""
    """A sentence, where the page is gone or could not be had."""
    archive: str = ""
    """Where an archive keeps the page, as the entry says."""
    words: tuple[int, int] = (0, 0)
    """Of the stored text and of the live one."""
    quotations: tuple[Standing, ...] = ()
    accepted: bool = False
    refused: bool = False
    """Whether it was to be accepted, and could not be; `why` says so."""
    unread: tuple[str, ...] = ()
    """A sentence for each post that could not be read."""

    @property
    def fallen(self) -> int:
        """How many quotations stood in the stored text and do not on the live page."""
        return sum(one.stood and not one.stands for one in self.quotations)


def refresh(
    project: Project, keys: Sequence[str], accepting: Accepting, network: Network
) -> Iterator[Refreshed]:
    """Fetch pinned pages again, all or those of some keys; yield what is found of each.

    Raises UnknownKey, and NotOfTheWeb for a key that is not pinned from there.
    """
    web = network.web(project)
    for key in _pinned(project, keys):
        with Workspace(project) as workspace:
            yield _refresh_one(workspace, key, web, accepting, network.now)


def _pinned(project: Project, keys: Sequence[str]) -> tuple[Key, ...]:
    """Return the keys of the entries whose texts are from the web."""
    with Workspace(project) as workspace:
        pins = workspace.lock.pins
        web = [key for key, pin in pins.items() if _from_web(pin)]
        for key in keys:
            if find_entry(workspace, key).key not in web:
                raise NotOfTheWeb(key)
        known = workspace.bibliography.sources
        return tuple(dict.fromkeys(map(Key, keys))) or tuple(k for k in sorted(web) if k in known)


def _from_web(pin: Pin) -> bool:
    return pin.origin.lower().startswith(("https://", "http://"))


def _refresh_one(
    workspace: Workspace, key: Key, web: Web, accepting: Accepting, now: str
) -> Refreshed:
    source, pin = find_entry(workspace, key), workspace.lock.pins[key]
    entry = bibtex_entry(workspace.bibliography.text, key)
    archive = pin.archive or (archive_of(entry) if entry else "")
    try:
        fetched = web.fetch(pin.origin)
        arrival = receive_fetched(fetched, pin.origin)
        name = f"{FOLDER}/{file_name(key)}{arrival.extension}"
        live = read_arrival(source, arrival, name, _pin_of_live(pin), fetched.url)
    except Gone as error:
        return Refreshed(key, pin.origin, PageState.GONE, error.why, archive)
    except NotFetched as error:
        return Refreshed(key, pin.origin, PageState.UNKNOWN, str(error), archive)
    stored = workspace.text(source)
    old = _words(stored) if isinstance(stored, SourceText) else ()
    new = _words(live)
    state = PageState.UNCHANGED if old == new else PageState.CHANGED
    if not pin.snapshot and state is PageState.CHANGED:
        state = PageState.OTHER
    quotations, unread = _standings(workspace, live)
    found = Refreshed(
        key,
        pin.origin,
        state,
        archive=archive,
        words=(len(old), len(new)),
        quotations=quotations,
        unread=unread,
    )
    if accepting is Accepting.NO or state is not PageState.CHANGED:
        return found
    try:
        _accept(workspace, source, replace(pin, text=text_digest(live.text)), fetched, arrival, now)
    except PubtoolError as error:
        return replace(found, why=str(error), refused=True)
    return replace(found, accepted=True)


def _pin_of_live(pin: Pin) -> Pin:
    """Return a pin for the live page: how much somebody wrote down of it says nothing of it."""
    return pin if pin.snapshot else replace(pin, extent=None)


def _words(text: SourceText) -> tuple[str, ...]:
    return tuple(text.text[word.span.start : word.span.end] for word in find_words(text.text))


# --- The quotations -------------------------------------------------------------------------------


def _standings(
    workspace: Workspace, live: SourceText
) -> tuple[tuple[Standing, ...], tuple[str, ...]]:
    """Return the quotations of a source, judged by its live text too, and why posts are unread."""
    from pubtool.checker.check import check_post
    from pubtool.checker.conventions import CONVENTIONS

    reports, unread = check_files(workspace, workspace.post_paths())
    concerned = [report for report in reports if any(_cites(v, live.key) for v in report.verdicts)]
    if not concerned:
        return (), tuple(unread)
    library = workspace.library
    missing = {key: why for key, why in library.missing.items() if key != live.key}
    library = replace(library, index=library.index.with_text(live), missing=missing)
    convention = CONVENTIONS[workspace.project.settings.convention]
    standings = list[Standing]()
    for report in concerned:
        post = read(workspace, report.path, report.text)
        [again] = with_decisions([check_post(post, library, convention)], workspace.decisions)
        standings += _compare(report, again, live.key)
    return tuple(standings), tuple(unread)


def _compare(before: PostReport, now: PostReport, key: Key) -> Iterator[Standing]:
    verdicts = {verdict.quotation.id: verdict for verdict in now.verdicts}
    for verdict in before.verdicts:
        again = verdicts.get(verdict.quotation.id)
        if again is not None and _cites(verdict, key):
            yield Standing(
                before.path,
                before.text.count("\n", 0, verdict.quotation.span.start) + 1,
                verdict.quotation.text,
                verdict.kind,
                again.kind,
                _stands(verdict, key),
                _stands(again, key),
            )


def _cites(verdict: Verdict, key: Key) -> bool:
    """Whether a quotation is one of a source's: located there, or cited and not located."""
    if verdict.kind is VerdictKind.EXEMPT or verdict.match is None:
        cited = any(cited.key == key for cited in verdict.quotation.cited)
        return cited and verdict.kind is not VerdictKind.EXEMPT
    return verdict.match.key == key


def _stands(verdict: Verdict, key: Key) -> bool:
    return verdict.kind.passes and verdict.match is not None and verdict.match.key == key


# --- Accepting ------------------------------------------------------------------------------------


def _accept(  # noqa: PLR0913, PLR0917 - what is known of a text when it is accepted
    workspace: Workspace, source: Source, pin: Pin, fetched: Fetched, arrival: Arrival, now: str
) -> None:
    """Put the live text in the stored one's place, and pin it."""
    stored = workspace.text(source)
    name = f"{FOLDER}/{file_name(source.key)}{arrival.extension}"
    if not isinstance(stored, SourceText) or stored.path != name:
        kept = stored.path if isinstance(stored, SourceText) else "its stored text"
        why = f"{kept} is not {PurePosixPath(name).name}; move it away and add the page anew"
        raise BadSource(pin.origin, why)
    before = read_bytes(workspace.root / name)
    if sha256(before) != pin.sha256:
        raise BadSource(pin.origin, f"{name} is not as it was pinned; see `pubtool sources verify`")
    program, version = extractor(workspace.root / name)
    entry = bibtex_entry(workspace.bibliography.text, source.key)
    pinned = replace(
        pin,
        sha256=sha256(arrival.data),
        origin=fetched.url,
        retrieved=now[:10],
        extractor=program,
        version=version,
        archive=archive_of(entry) if entry else pin.archive,
    )
    snapshot = (SNAPSHOTS / f"{file_name(source.key)}.warc.gz").as_posix()
    changes = (
        Change(workspace.root / name, arrival.data, before),
        snapshot_change(workspace, snapshot, fetched, now),
        lock_change(workspace, source.key, replace(pinned, snapshot=snapshot)),
    )
    apply_changes(workspace.root, changes)
