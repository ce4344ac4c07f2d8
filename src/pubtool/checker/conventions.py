"""Conventions: which silent changes a house style lets stand. The differences found are the same.

Each field names its authority. What every convention lets stand is not a field: the shape of
quotation marks and dashes, the level of nested marks, the mark that closes the quotation, the
source's note marks, and typographic layout (Chicago 13.7; Bluebook 5.2(d), (f)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pubtool.model import Code, Severity


@dataclass(frozen=True, slots=True)
class Conventions:
    """One set of quoting conventions."""

    name: str
    initial_capital: bool
    """Whether the first letter may change case without brackets: yes in Chicago 13.7(2) and AP, no
    in Bluebook 5.2(a) and the MLA Handbook 6.56."""
    source_in_capitals: bool
    """Whether words that the source sets in capitals throughout may be set in small letters: a
    matter of layout for Chicago 13.7(1)."""
    severities: Mapping[Code, Severity]
    """Where this convention weighs a finding differently from the rule's own severity."""


_CAPITAL_MATTERS = {Code("Q107"): Severity.ERROR}

_CHICAGO = Conventions(
    name="chicago",
    initial_capital=True,
    source_in_capitals=True,
    severities={},
)
_BLUEBOOK = replace(_CHICAGO, name="bluebook", initial_capital=False, severities=_CAPITAL_MATTERS)

CONVENTIONS: Mapping[str, Conventions] = {
    convention.name: convention
    for convention in (
        _CHICAGO,
        _BLUEBOOK,
        replace(_BLUEBOOK, name="mla"),
        replace(_CHICAGO, name="ap"),
        replace(_CHICAGO, name="guardian"),
        replace(_BLUEBOOK, name="strict", source_in_capitals=False),
    )
}
"""By name, as `pubtool.toml` has it."""
