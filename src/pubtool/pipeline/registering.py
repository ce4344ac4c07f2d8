"""A DOI becomes an entry of the bibliography, with the full text where that can be had."""

from __future__ import annotations

from dataclasses import dataclass

from pubtool.errors import BadSource, NotFetched
from pubtool.model import Bibliography, Key, Source
from pubtool.pipeline.fetching import Added, Network, Taken, refuse_if_there, take_work
from pubtool.pipeline.workspace import BIBLIOGRAPHY, Workspace
from pubtool.readers.append_entry import append_entry
from pubtool.readers.bibliography import read_bibliography
from pubtool.readers.doi import (
    METADATA,
    choose_key,
    doi_of,
    draft_entry,
    read_metadata,
    resolver_address,
)
from pubtool.system.config import Project
from pubtool.system.transaction import Change, apply_changes
from pubtool.system.web import Web


@dataclass(frozen=True, slots=True)
class Registered:
    """A DOI's entry."""

    key: Key
    entry: str
    """The BibLaTeX entry that was appended; empty where the library had the work already."""
    added: Added | None = None
    """Its full text."""
    why: str = ""
    """Why there is no full text."""


def add_doi(project: Project, doi: str, key: str, network: Network) -> Registered:
    """Append the entry of a DOI to the bibliography, and fetch its text where one can be had.

    Where the library has the work already, nothing is written. Without a `key` one is made of
    author and year. Raises `NotFetched` where the resolver has no metadata, and `BadSource` where
    the key is another work's or the entry cannot be written.
    """
    web = network.web(project)
    with Workspace(project) as workspace:
        known = _known(workspace.bibliography, doi)
        if known:
            return Registered(known, "")
        if key:
            _refuse_taken(workspace.bibliography, key, doi)
        entry, new = _draft(workspace, doi, key, web, network.today)
        text = append_entry(workspace.bibliography.text, entry)
        source = _proven(workspace, text, new)
        path = workspace.root / BIBLIOGRAPHY
        before = workspace.bibliography.text.encode() if path.exists() else None
        change = Change(path, text.encode(), before)
        taken: Taken | None = None
        why = ""
        try:
            refuse_if_there(workspace, source)
            taken = take_work(workspace, source, doi, web, network.now)
        except (NotFetched, BadSource) as error:
            why = str(error)
        apply_changes(workspace.root, (change, *(taken.changes if taken else ())))
        return Registered(source.key, entry, taken.added if taken else None, why)


def _known(bibliography: Bibliography, doi: str) -> Key | None:
    """Return the key of the entry that has a DOI; DOIs know no capitals."""
    sources = bibliography.sources.values()
    return next((s.key for s in sources if doi_of(s).lower() == doi.lower()), None)


def _refuse_taken(bibliography: Bibliography, key: str, doi: str) -> None:
    if key in _keys(bibliography):
        raise BadSource(doi, f"the key {key} is another entry's; give another with --key")


def _keys(bibliography: Bibliography) -> set[str]:
    return {*bibliography.sources, *bibliography.ambiguous, *bibliography.broken}


def _draft(workspace: Workspace, doi: str, key: str, web: Web, today: str) -> tuple[str, Key]:
    """Return the new entry and its key."""
    address = resolver_address(workspace.project.settings.doi_resolver, doi)
    answer = web.ask(address, METADATA)
    try:
        item, _ = read_metadata(answer.body, workspace.pandoc.csl_json)
    except ValueError as error:
        raise NotFetched(
            answer.url, str(error), "write the entry by hand, and add its text"
        ) from None
    key = key or choose_key(item, _keys(workspace.bibliography))
    return draft_entry(item, key, doi, today, workspace.pandoc.convert), Key(key)


def _proven(workspace: Workspace, text: str, key: Key) -> Source:
    """Return the new entry as the bibliography's own reader finds it, and all others unharmed."""
    found = read_bibliography(BIBLIOGRAPHY, text, workspace.pandoc.csl_json)
    lost = set(workspace.bibliography.sources) - set(found.sources)
    if key not in found.sources or lost:
        why = f"its entry cannot be appended to {BIBLIOGRAPHY} as it stands"
        raise BadSource(key, f"{why}; mend what `pubtool check` says of that file first")
    return found.sources[key]
