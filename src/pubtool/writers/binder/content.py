"""What a binder holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pubtool.model import PagePicture
from pubtool.writers.binder.comparing import Piece
from pubtool.writers.binder.surroundings import Excerpt
from pubtool.writers.proof import Proof
from pubtool.writers.words import Words


class Group(Enum):
    """What became of a quotation, in the order in which the binder lists it."""

    UNCHECKED = "could not be checked"
    FAILED = "failed"
    PASSED = "passed"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, or what was decided of one."""

    code: str
    severity: str
    """In the binder's language, as all but the message is."""
    title: str
    """The rule's."""
    message: str
    """In English."""
    suppressed: str = ""
    """Where it is written that it does not count, and why, by whom and when; empty where it
    counts."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as the binder names it."""

    key: str
    citation: str
    """In the project's style, or as far as the bibliography has it."""
    lang: str
    files: tuple[tuple[str, str], ...]
    """The project's files, each with its SHA-256."""
    origin: str
    pinned: str
    """What the lock says of the file."""
    extent: str
    """How much of the source the text holds; empty where there is no text."""


@dataclass(frozen=True)
class Entry:
    """One quotation."""

    number: int
    post: str
    id: str
    lang: str
    group: Group
    lines: str
    """``line 12`` or ``lines 12–13`` of the post's file."""
    quoted: Excerpt
    """The quotation in the post's file, with its surroundings."""
    proof: Proof
    """What was found out, in words."""
    comparison: tuple[Piece, ...]
    """The quotation over the passage; empty where nothing was located."""
    remarks: tuple[Remark, ...]
    decisions: tuple[str, ...]
    """What an editor has said of it, a sentence each."""
    cited: str
    """What the post cites, with its locator; empty where it cites nothing."""
    keys: tuple[str, ...]
    """Of the sources that it is about: where the passage stands, and what is cited."""
    source: Origin | None
    """Where the passage stands, or else what is cited."""
    pages: tuple[PagePicture, ...]
    """The source's pages with the passage; empty where it has none."""
    why_no_page: str
    passage: Excerpt | None
    """The passage in the source's text, where no page of it is shown."""
    passage_at: str
    """Where in the source's text it stands."""


@dataclass(frozen=True)
class Section:
    """One post's entries."""

    path: str
    title: str
    lang: str
    sha256: str
    entries: tuple[Entry, ...]
    terms: tuple[str, ...]
    """Words set off as terms, which are no quotations: where, and which."""
    remarks: tuple[tuple[str, Remark], ...]
    """Findings that are about no quotation, each with its line."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be said of the post: the contents have its name alone."""
        return not (self.entries or self.terms or self.remarks)


@dataclass(frozen=True)
class Assembled:
    """The binder's content."""

    words: Words
    """Of the project's language: what the binder says itself."""
    site: str
    version: str
    """Of the program."""
    convention: str
    style: str
    count: str
    """The honest count."""
    sections: tuple[Section, ...]
    sources: tuple[Origin, ...]
    """Those that a quotation rests on or cites."""
    files: tuple[tuple[str, Remark], ...]
    """Findings about the bibliography and the lock, each with its place."""
    errors: tuple[str, ...]
    """Posts that could not be read, a sentence each."""

    def says(self, key: str, **values: object) -> str:
        """Return a line of the binder's own."""
        return self.words(f"binder.{key}", **values)

    @property
    def title(self) -> str:
        """The binder's name."""
        return self.says("title-of", site=self.site) if self.site else self.says("title")

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in order."""
        return tuple(entry for section in self.sections for entry in section.entries)

    def of(self, group: Group) -> tuple[Entry, ...]:
        """Return the entries of a group."""
        return tuple(entry for entry in self.entries if entry.group is group)
