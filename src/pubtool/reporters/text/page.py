"""The lines of a text report: how wide, how much, in which colours."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from click import style, unstyle

from pubtool.model import Finding, Severity
from pubtool.reporters.columns import columns, printable, wrap

GUTTER = 9
"""Columns before the texts: ``1234567 |`` or `` source |``."""

NARROWEST = 40
"""Columns; on a narrower terminal the lines run over."""

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "magenta", Severity.INFO: None}
"""Chosen to be readable on a dark and on a light ground."""


class Verbosity(IntEnum):
    """How much a text report says."""

    QUIET = 0
    """The findings' own lines and the count."""
    NORMAL = 1
    """Each finding with its picture, what is unchecked, the count."""
    VERBOSE = 2
    """Every quotation with its verdict besides, and no picture cut short."""


@dataclass
class Page:
    """What is asked for, and the lines so far."""

    width: int
    verbosity: Verbosity
    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Add a line."""
        self.lines.append(line.rstrip())

    def text(self, *, in_colour: bool) -> str:
        """Return all lines."""
        text = "".join(f"{line}\n" for line in self.lines)
        return text if in_colour else unstyle(text)


def note(page: Page, text: str) -> None:
    """Add what is said of a picture, below it."""
    said = wrap(printable(text), page.width, used=GUTTER + 1, indent=GUTTER + 1)
    page.add(f"{' ' * (GUTTER - 1)}= {said[0]}")
    for line in said[1:]:
        page.add(line)


def gutter(label: str) -> str:
    """Return what stands before a picture's line."""
    return f"{label:>{GUTTER - 2}} |"


def grade(finding: Finding) -> str:
    """Return a finding's severity and code, as its line has them."""
    return coloured(f"{finding.severity.word}[{finding.code}]", finding.severity)


def width_of(text: str) -> int:
    """Return how many columns a text takes, whatever its colours."""
    return columns(unstyle(text))


def coloured(text: str, severity: Severity) -> str:
    """Return a text in the colour of a severity."""
    return style(text, fg=COLOURS[severity], bold=True)
