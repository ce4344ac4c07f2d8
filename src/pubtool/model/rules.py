"""A rule as its page explains it: what a report says of a finding's code."""

from __future__ import annotations

from dataclasses import dataclass

from pubtool.model.finding import Severity
from pubtool.model.places import Code


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule's page, its test cases left off."""

    code: Code
    name: str
    """The name of its files, such as ``words_left_out``."""
    severity: Severity
    """Unless the conventions in force have another."""
    title: str
    """``words left out without a mark``."""
    meaning: str
    """What it means, Markdown."""
    why: str
    """Why it is found, with the authority, Markdown."""
    mend: str
    """What to do, Markdown."""
    text: str
    """The whole page up to its cases, Markdown."""
