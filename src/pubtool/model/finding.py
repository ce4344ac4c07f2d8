"""Findings: what to tell the user, where, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from pubtool.model.places import Code, Span


class Severity(IntEnum):
    """How much a finding matters, least first."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """``info``, ``warning`` or ``error``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of a range of the post's file."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What would mend a finding."""

    description: str
    edits: tuple[Edit, ...]
    safe: bool = False
    """Whether it may be applied unasked: it gives the source's own words or names the source, and
    cannot change what the author means to say."""


class Where(Enum):
    """Where it is written that a finding does not count."""

    POST = "post"
    """In the post: a waiver."""
    DECISION = "decision"
    """In a file of decisions."""
    BASELINE = "baseline"
    """In the baseline: it stood there before."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding is known and does not count."""

    where: Where
    reason: str
    """The author's or editor's reason; empty for the baseline."""
    by: str = ""
    """Who wrote it, where that is known."""
    on: str = ""
    """When, as ``2026-05-03``, where that is known."""
    span: Span | None = None
    """Post offsets of the waiver, where it stands in the post."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the user, at a place in a file."""

    code: Code
    severity: Severity
    message: str
    """One sentence without a full stop that a person understands without the manual."""
    span: Span
    """Offsets in the file that it is about."""
    quotation: str | None = None
    """The quotation's id."""
    fix: Fix | None = None
    suppression: Suppression | None = None
    """Why it does not count, where it does not."""
