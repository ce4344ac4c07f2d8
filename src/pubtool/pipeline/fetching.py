"""Texts from the web: fetched, looked at, read, kept with a snapshot, and pinned.

Nothing is written before it is known that all of it can be: the text, the WARC file with what was
asked and answered, and the lock change together (`system/transaction.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pubtool.errors import BadSource, NoEntry, NotFetched, PubtoolError
from pubtool.model import Extent, Key, MissingText, Source, SourceText
from pubtool.pipeline.sources import Said, find_entry
from pubtool.pipeline.workspace import LOCK, Workspace
from pubtool.readers.doi import CSL, doi_of, parse_doi, read_metadata, resolver_address
from pubtool.readers.entry_links import archive_of, bibtex_entry, eprint_of
from pubtool.readers.lock import Pin, render_lock, text_digest
from pubtool.readers.sources.arrived import Arrival, Unwanted, find_stand_in, receive
from pubtool.readers.sources.extractors import extractor
from pubtool.readers.sources.find import FOLDER, SNAPSHOTS, file_name, find_file
from pubtool.readers.sources.formats import EXTENSIONS
from pubtool.readers.sources.landing import find_pdf, is_landing_page
from pubtool.readers.sources.read import read_data
from pubtool.system.config import Project
from pubtool.system.files import read_bytes
from pubtool.system.transaction import Change, apply_changes
from pubtool.system.web import Fetched, Web
from pubtool.system.web_address import WebAddress
from pubtool.text.quality import count_words
from pubtool.writers.warc import render_warc

_PDFS = "application/pdf,*/*;q=0.5"
_ABSTRACT = "it is a work's page, which may hold no more than its abstract"


@dataclass(frozen=True, slots=True)
class Network:
    """What the network commands are told."""

    now: str
    """The time, UTC, as in ``2026-05-03T10:20:30Z``."""
    allowed: tuple[str, ...] = ()
    """Hosts of --allow-host."""

    @property
    def today(self) -> str:
        """The date, ISO 8601."""
        return self.now[:10]

    def web(self, project: Project) -> Web:
        """Return the web as this command may use it."""
        settings = project.settings
        return Web((*settings.allow_hosts, *self.allowed), services=(settings.doi_resolver,))


@dataclass(frozen=True, slots=True)
class Added:
    """A text that was fetched and pinned."""

    text: SourceText
    url: str
    """Where it was found, after redirects."""
    words: int
    pdf: str = ""
    """The PDF of the same work that the page names, if it does."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that was fetched, with all that must be written to keep it."""

    added: Added
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry that `fetch` may fetch a text for."""

    key: Key
    url: str
    """Where it will look first; empty where the entry names no place."""
    doi: str = ""


def add_url(project: Project, url: str, key: str, said: Said, network: Network) -> Added:
    """Fetch an address as the text of a source, and pin it.

    Without a `key` it is that of the one entry with this address. Raises `NotFetched`, `BadSource`
    where the source has a text, and `NoEntry`.
    """
    with Workspace(project) as workspace:
        source = find_entry(workspace, key or _key_of(workspace, url), NoEntry)
        refuse_if_there(workspace, source)
        fetched = network.web(project).fetch(url)
        taken = take(workspace, source, fetched, url, network.now, said)
        apply_changes(workspace.root, taken.changes)
        return taken.added


def plan_fetches(project: Project, keys: Sequence[str]) -> tuple[Planned, ...]:
    """Return the entries that have no text: those that `keys` name, or all that name a place.

    Raises UnknownKey, and BadSource for a key whose source has a text.
    """
    with Workspace(project) as workspace:
        if keys:
            chosen = [find_entry(workspace, key) for key in dict.fromkeys(keys)]
            for source in chosen:
                refuse_if_there(workspace, source)
            return tuple(_plan(workspace, source) for source in chosen)
        every = workspace.bibliography.sources.values()
        bare = [source for source in every if not _has_text(workspace, source)]
        plans = (_plan(workspace, source) for source in bare)
        return tuple(plan for plan in plans if plan.url)


def fetch_planned(
    project: Project, plans: Sequence[Planned], network: Network
) -> Iterator[tuple[Planned, Added | str]]:
    """Fetch and pin one text after the other; yield each, or the sentence why there is none."""
    web = network.web(project)
    for plan in plans:
        try:
            yield plan, _fetch_one(project, plan, web, network.now)
        except PubtoolError as error:
            yield plan, str(error)


def _fetch_one(project: Project, plan: Planned, web: Web, now: str) -> Added:
    if not plan.url:
        raise BadSource(plan.key, "its entry names no url and no doi; give it one")
    with Workspace(project) as workspace:
        source = find_entry(workspace, plan.key)
        taken = _take_planned(workspace, source, plan, web, now)
        apply_changes(workspace.root, taken.changes)
        return taken.added


def _take_planned(workspace: Workspace, source: Source, plan: Planned, web: Web, now: str) -> Taken:
    if not plan.doi:
        return _take_page(workspace, source, plan.url, web, now)
    try:
        return take_work(workspace, source, plan.doi, web, now)
    except NotFetched:
        if not source.url or parse_doi(source.url):
            raise
        return _take_page(workspace, source, source.url, web, now)


def take_work(workspace: Workspace, source: Source, doi: str, web: Web, now: str) -> Taken:
    """Return the full text of a DOI, where its registry or its page names one.

    Raises `NotFetched` where none can be had: the page of a DOI is no text.
    """
    address = resolver_address(workspace.project.settings.doi_resolver, doi)
    for url in _text_links(address, workspace, web):
        try:
            return _take_pdf(workspace, source, url, web, now)
        except NotFetched:
            continue  # its page may name another
    page = web.fetch(address)
    arrival = receive_fetched(page, address)
    if arrival.extension == ".pdf":
        return take(workspace, source, page, address, now)
    pdf = find_pdf(arrival.data, page.url) if arrival.extension == ".html" else ""
    if not pdf:
        raise NotFetched(page.url, "the page of this DOI names no PDF of the full text")
    return _take_pdf(workspace, source, pdf, web, now)


def _take_pdf(workspace: Workspace, source: Source, url: str, web: Web, now: str) -> Taken:
    """Return what an address holds that must be a PDF: a page there would be no full text."""
    fetched = web.fetch(url, _PDFS)
    try:
        receive(fetched.body, "application/pdf", (url,))
    except Unwanted as error:
        raise NotFetched(fetched.url, str(error)) from None
    return take(workspace, source, fetched, url, now)


def _text_links(address: str, workspace: Workspace, web: Web) -> tuple[str, ...]:
    """Return where the registry says that the text is; nothing where it does not answer."""
    try:
        answer = web.ask(address, CSL)
        return read_metadata(answer.body, workspace.pandoc.csl_json)[1]
    except (NotFetched, ValueError):
        return ()


def _take_page(workspace: Workspace, source: Source, url: str, web: Web, now: str) -> Taken:
    """Return what a page holds; of a work's page the PDF that it names, for it has pages."""
    page = web.fetch(url)
    arrival = receive_fetched(page, url)
    if arrival.extension != ".html" or not is_landing_page(arrival.data):
        return take(workspace, source, page, url, now)
    pdf = find_pdf(arrival.data, page.url)
    whole = f"if it holds the whole text, `pubtool sources add {page.url} --key {source.key}`"
    if not pdf:
        raise NotFetched(page.url, f"{_ABSTRACT}, and names no PDF", whole)
    try:
        return _take_pdf(workspace, source, pdf, web, now)
    except NotFetched as error:
        raise NotFetched(page.url, f"{_ABSTRACT}; of its PDF, {error.why}", whole) from None


def take(  # noqa: PLR0913, PLR0917 - what is known of a text when it is accepted
    workspace: Workspace,
    source: Source,
    fetched: Fetched,
    asked: str,
    now: str,
    said: Said | None = None,
) -> Taken:
    """Return a new text of a source, with what must be written; raise `NotFetched`."""
    arrival = receive_fetched(fetched, asked)
    name = f"{FOLDER}/{file_name(source.key)}{arrival.extension}"
    snapshot = (SNAPSHOTS / f"{file_name(source.key)}.warc.gz").as_posix()
    entry = bibtex_entry(workspace.bibliography.text, source.key)
    extractor_name, version = extractor(workspace.root / name)
    pin = Pin(
        sha256="",
        origin=fetched.url,
        retrieved=now[:10],
        extractor=extractor_name,
        version=version,
        extent=said.extent if said else Extent.FULL,
        pages=said.pages if said else "",
        snapshot=snapshot,
        archive=archive_of(entry) if entry else "",
    )
    text = read_arrival(source, arrival, name, pin, fetched.url)
    extent = pin.extent or text.extent
    pin = replace(pin, sha256=text.sha256, text=text_digest(text.text), extent=extent)
    changes = (
        Change(workspace.root / name, arrival.data, None),
        snapshot_change(workspace, snapshot, fetched, now),
        lock_change(workspace, source.key, pin),
    )
    pdf = find_pdf(arrival.data, fetched.url) if arrival.extension == ".html" else ""
    return Taken(Added(text, fetched.url, count_words(text.text), pdf), changes)


def read_arrival(source: Source, arrival: Arrival, name: str, pin: Pin, url: str) -> SourceText:
    """Return the text of what arrived; raise `NotFetched` where it is none, or a stand-in."""
    text = read_data(source, arrival.data, name, pin)
    words = 0 if isinstance(text, MissingText) else count_words(text.text)
    if arrival.extension == ".html":
        stand_in = find_stand_in(arrival.data, words)
        if stand_in:
            raise NotFetched(url, stand_in)
    if isinstance(text, MissingText):
        raise NotFetched(url, text.detail.replace(name, "the file").rpartition("; ")[0])
    return text


def snapshot_change(workspace: Workspace, name: str, fetched: Fetched, now: str) -> Change:
    """Return the snapshot with some exchanges more: the earlier ones stay in it."""
    path = workspace.root / name
    before = read_bytes(path) if path.exists() else None
    return Change(path, (before or b"") + render_warc(fetched.exchanges, now), before)


def lock_change(workspace: Workspace, key: Key, pin: Pin) -> Change:
    """Return the lock with another pin."""
    path, lock = workspace.root / LOCK, workspace.lock
    before = lock.text.encode() if lock.text or path.exists() else None
    pinned = replace(lock, pins={**lock.pins, key: pin})
    return Change(path, render_lock(pinned).encode(), before)


def refuse_if_there(workspace: Workspace, source: Source) -> None:
    """Raise `BadSource` where a source has a file of its own: nothing takes its place."""
    if _has_text(workspace, source):
        path = find_file(source, workspace.root)
        assert path is not None
        why = f"it stands there already as the text of {source.key}; move it away first"
        raise BadSource(workspace.name(path), why)


def _has_text(workspace: Workspace, source: Source) -> bool:
    path = find_file(source, workspace.root)
    return path is not None and (path.is_dir() or path.suffix.lower() in EXTENSIONS)


def receive_fetched(fetched: Fetched, asked: str) -> Arrival:
    """Return what was fetched as a file of a known format; raise `NotFetched`."""
    paths = tuple(WebAddress.parse(url).target.partition("?")[0] for url in (asked, fetched.url))
    try:
        return receive(fetched.body, fetched.media_type, paths)
    except Unwanted as error:
        raise NotFetched(fetched.url, str(error)) from None


def _plan(workspace: Workspace, source: Source) -> Planned:
    doi = doi_of(source)
    if doi:
        resolver = workspace.project.settings.doi_resolver
        return Planned(source.key, resolver_address(resolver, doi), doi)
    entry = bibtex_entry(workspace.bibliography.text, source.key)
    return Planned(source.key, source.url or (eprint_of(entry) if entry else ""))


def _key_of(workspace: Workspace, url: str) -> str:
    """Return the key of the one entry with an address; raise `BadSource` where there is none."""
    sources = workspace.bibliography.sources.values()
    keys = [source.key for source in sources if _same(source.url, url)]
    if len(keys) != 1:
        found = "no entry has" if not keys else f"{len(keys)} entries have"
        raise BadSource(WebAddress.parse(url).url, f"{found} this address; say whose with --key")
    return keys[0]


def _same(one: str, other: str) -> bool:
    return one.rstrip("/").lower() == other.rstrip("/").lower()
