"""What may come next while a citation is typed: the bibliography's keys, a source's places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lsprotocol import types

from pubtool.lsp.texts import Text
from pubtool.model import Span
from pubtool.pipeline.writing import Entry

MOST = 50
"""Entries that are offered at once; the client asks again after the next character."""

_KEY = re.compile(r"(?<![\w@])@\{?([^\s\[\](){},;@\"“”]*)\Z")
_LOCATOR = re.compile(r"\[[^\]\[]*@\{?([^\s\[\](){},;@\"]+)\}?,([^\];]*)\Z")


@dataclass(frozen=True)
class Sought:
    """What is being typed."""

    span: Span
    """Of what is there of it."""
    typed: str
    key: str = ""
    """Of the source whose place is typed; empty where a key is typed."""


class Catalogue:
    """A bibliography's entries, ready to be searched at every character."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.by_key = {entry.key: entry for entry in entries}
        self._folded = [
            (entry, entry.key.casefold(), f" {entry.authors} {entry.title} {entry.year}".casefold())
            for entry in entries
        ]

    def find(self, typed: str) -> list[Entry]:
        """Return the likeliest entries: by key, a word of author or title, a part."""
        sought = typed.casefold()
        ranks: list[list[Entry]] = [[], [], []]
        for entry, key, words in self._folded:
            if key.startswith(sought):
                ranks[0].append(entry)
            elif f" {sought}" in words:
                ranks[1].append(entry)
            elif sought in key or sought in words:
                ranks[2].append(entry)
        return [entry for rank in ranks for entry in rank][:MOST]


def sought_at(text: Text, offset: int) -> Sought | None:
    """Return what of a citation is typed before a place, None where it is something else."""
    start = text.text.rfind("\n", 0, offset) + 1
    line = text.text[max(start, offset - 500) : offset]
    found = _KEY.search(line)
    if found:
        typed = found.group(1)
        return Sought(Span(offset - len(typed), offset), typed)
    found = _LOCATOR.search(line)
    if found:
        typed = found.group(2)
        return Sought(Span(offset - len(typed), offset), typed.strip(), found.group(1))
    return None


def key_items(catalogue: Catalogue, sought: Sought, text: Text) -> types.CompletionList:
    """Return the entries that may be meant."""
    place = text.range(sought.span)
    items = [
        types.CompletionItem(
            entry.key,
            kind=types.CompletionItemKind.Reference,
            detail=", ".join(part for part in (entry.authors, entry.year) if part),
            documentation=entry.title,
            filter_text=sought.typed or entry.key,
            sort_text=f"{number:04}",
            text_edit=types.TextEdit(place, entry.key),
        )
        for number, entry in enumerate(catalogue.find(sought.typed))
    ]
    return types.CompletionList(is_incomplete=True, items=items)


def locator_items(places: Sequence[str], sought: Sought, text: Text) -> types.CompletionList:
    """Return a source's places; the first is where the quotation before the citation stands."""
    range_ = text.range(sought.span)
    wanted = sought.typed.casefold()
    kept = [place for place in places if wanted in place.casefold()]
    items = [
        types.CompletionItem(
            place,
            kind=types.CompletionItemKind.Value,
            filter_text=f" {place}",
            sort_text=f"{number:04}",
            text_edit=types.TextEdit(range_, f" {place}"),
        )
        for number, place in enumerate(kept[: 4 * MOST])
    ]
    return types.CompletionList(is_incomplete=len(kept) > len(items), items=items)


def key_at(text: str, offset: int) -> tuple[str, Span] | None:
    """Return the citation's key that a place lies in."""
    for found in re.finditer(r"(?<![\w@])@\{?([^\s\[\](){},;@\"“”]+)", text):
        if found.start() > offset:
            break
        if found.start() <= offset <= found.end():
            return found.group(1).rstrip(".:?!*_'’”"), Span(*found.span())
    return None
