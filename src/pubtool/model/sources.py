"""The sources: the bibliography's entries and their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pubtool.model.finding import Finding
from pubtool.model.places import Key, Locator, Span


@dataclass(frozen=True, slots=True)
class Name:
    """A person or a body, as CSL has it."""

    family: str
    """The family name with its particle; for a body the whole name."""
    given: str = ""


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography."""

    key: Key
    type: str
    """CSL's type: ``article-journal``, ``treaty``, ``webpage``."""
    title: str
    authors: tuple[Name, ...] = ()
    short_title: str = ""
    container: str = ""
    """The journal, book or site that it stands in."""
    year: str = ""
    file: str = ""
    """The entry's ``file`` field, its path part alone; empty where it has none."""
    url: str = ""
    archive: str = ""
    """Where an archive keeps it, as the entry says; may be no good address."""
    line: int = 1
    """Where the entry begins in the bibliography, 1-based."""
    csl: Mapping[str, Any] = field(default_factory=dict)
    """The entry as CSL JSON, for rendering."""


@dataclass(frozen=True)
class Bibliography:
    """All sources, by key, in the order of the file."""

    path: str
    sources: Mapping[Key, Source]
    findings: tuple[Finding, ...] = ()
    """What was wrong with the entries; their spans count code points of the bibliography's file."""
    text: str = ""
    """The file's code points."""
    ambiguous: tuple[Key, ...] = ()
    """Keys that several entries bear, sorted; none of them is in `sources`."""
    broken: tuple[Key, ...] = ()
    """Keys of entries that did not parse, sorted; none of them is in `sources`."""
    same: tuple[tuple[Key, Key], ...] = ()
    """Keys of one work: the one that comes first in the file, and another."""


class Extent(Enum):
    """How much of the source a text holds, and so what it can prove."""

    FULL = "full"
    """All of it: confirms and refutes."""
    EXCERPT = "excerpt"
    """Some passages, taken from the source itself: confirms, never refutes."""
    SECOND_HAND = "second-hand"
    """Some passages as somebody else quotes them: neither confirms nor refutes."""


class Unavailable(Enum):
    """Why a source has no text; each reason has its own sentence in the rules' pages."""

    MISSING = "missing"
    """No file stands where the entry or its key points."""
    UNREADABLE = "unreadable"
    """A file is there, but it cannot be decoded or parsed."""
    EMPTY = "empty"
    """A file was read and holds no words."""
    SCAN = "scan"
    """A file's pages are pictures without text."""
    UNSUPPORTED = "unsupported"
    """A format that no reader knows."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place of the source from which a locator holds, until the next of the same label."""

    at: int
    """Source offset."""
    locator: Locator
    """Composite values are complete: an article's paragraph is ``3(a)``, not ``(a)``."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a source's file, such as a PDF's, whatever number is printed on it."""

    at: int
    """Source offset from which the text is this page's."""
    number: int
    """Counts the file's pages from 1."""
    file: int = 0
    """Which of the source's files it is of, counted from 0."""


@dataclass(frozen=True)
class SourceText:
    """The text of one source."""

    key: Key
    text: str
    """The extracted text; every source offset counts its code points."""
    extent: Extent = Extent.FULL
    landmarks: tuple[Landmark, ...] = ()
    """Sorted by place."""
    furniture: tuple[Span, ...] = ()
    """Page heads, feet, footnotes and note marks that may cut through a passage; sorted,
    disjoint."""
    path: str = ""
    """The file that it was read from, relative to the project."""
    sha256: str = ""
    """Of the file's bytes."""
    origin: str = ""
    """Where the text is from, as the lock or the file itself says."""
    emphasis: tuple[Span, ...] = ()
    """What the source sets in italics or bold; sorted. Empty also where nothing is known of it."""
    quoted: tuple[Span, ...] = ()
    """What the source itself sets off as block quotes; sorted."""
    doubtful: tuple[Span, ...] = ()
    """Words that a character recogniser was not sure of; sorted."""
    unread: tuple[str, ...] = ()
    """The pages whose text could not be had, such as those that are pictures: their labels, or
    their numbers in the file."""
    pages: str = ""
    """Of an excerpt, the printed pages that it holds whole, such as ``241-260``; empty where it
    does not say."""
    sheets: tuple[Sheet, ...] = ()
    """Where the file's own pages begin, by place; those that have notes a second time, since notes
    stand behind the text. Empty where the file has none, or where there are several files."""


@dataclass(frozen=True, slots=True)
class MissingText:
    """A source that has no text, and why."""

    key: Key
    why: Unavailable
    detail: str
    """One sentence for the user, with the mend."""
