"""Findings: what to tell the user, where, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

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
