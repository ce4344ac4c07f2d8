"""Conventions: which silent changes a house style lets stand. The differences found are the same.

Each field names its authority. What every convention lets stand is not a field: the shape of
quotation marks and dashes, the level of nested marks, a full stop or comma that closes the
quotation, and typographic layout (Chicago 13.7; Bluebook 5.2(d), (f)). Nor is what none lets stand:
an unmarked change of a word, a capital or a mark inside the quotation, words in another order.
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
    closing_mark: bool
    """Whether the mark that closes the quotation may be another than the source's ``?`` or ``!``:
    debatable in Chicago 13.7, so that it is only pointed out."""
    unstated_emphasis: bool
    """Whether emphasis may change with a warning alone: every manual wants "(emphasis added)"
    (Chicago 13.62, the MLA Handbook, ch. 6), and Bluebook 5.2(d) takes the quotation for altered
    without it."""
    announced_spelling: bool
    """Whether spelling may be modernised where the post or the bibliography's entry says so:
    Chicago 13.7 wants it said once."""
    corrected_slips: bool
    """Whether an obvious slip of a modern source may be corrected silently: yes in Chicago 13.7,
    elsewhere it stays, with "[sic]", or is corrected in brackets."""
    silent: frozenset[Code]
    """Findings about style that this convention does not make, because its house has another way.
    No code of an unmarked change is ever among them."""
    severities: Mapping[Code, Severity]
    """Where this convention weighs a finding differently from the rule's own severity."""
    modernised_spelling: bool = False
    """Whether it has been said, of the quotation at hand, that its spelling is modernised."""

    def with_spelling_announced(self) -> Conventions:
        """Return the conventions for a quotation whose modernised spelling has been announced."""
        return replace(self, modernised_spelling=self.announced_spelling)

    def for_old_source(self) -> Conventions:
        """Return the conventions for a source in which no spelling is an obvious slip."""
        return replace(self, corrected_slips=False)


def _codes(text: str) -> frozenset[Code]:
    return frozenset(map(Code, text.split()))


_FOR_LAWYERS = _codes("Q144 Q145")
"""Paragraph breaks and note marks that are not accounted for: Bluebook 5.1, 5.2(f)."""
_FOR_REPORTERS = _codes("Q147")
"""Ellipses and brackets at all: AP wants a paraphrase instead."""
_OMITTED_CITATION = _codes("Q146")
"""A statement that citations are left out: Bluebook 5.2(f) has it, the others have an ellipsis."""
_DOTS = _codes("Q142 Q143")
"""Where dots stand and how many: Chicago 13.53-55 and Bluebook 5.3; newspapers do not count."""

_CHICAGO = Conventions(
    name="chicago",
    initial_capital=True,
    source_in_capitals=True,
    closing_mark=True,
    unstated_emphasis=True,
    announced_spelling=True,
    corrected_slips=True,
    silent=_FOR_LAWYERS | _FOR_REPORTERS,
    severities={},
)
_BLUEBOOK = replace(
    _CHICAGO,
    name="bluebook",
    corrected_slips=False,
    initial_capital=False,
    unstated_emphasis=False,
    silent=_OMITTED_CITATION | _FOR_REPORTERS,
    severities={
        Code("Q107"): Severity.ERROR,
        Code("Q108"): Severity.ERROR,
        Code("Q141"): Severity.WARNING,
    },
)
_MLA = replace(
    _CHICAGO,
    name="mla",
    corrected_slips=False,
    initial_capital=False,
    # MLA shows a sentence cut at its end by dots, so dots at the ends are no fault there
    silent=_FOR_LAWYERS | _FOR_REPORTERS | _codes("Q142"),
    severities={Code("Q107"): Severity.ERROR, Code("Q141"): Severity.WARNING},
)
_AP = replace(
    _CHICAGO,
    name="ap",
    corrected_slips=False,
    silent=_FOR_LAWYERS | _codes("Q143"),
    severities={Code("Q141"): Severity.WARNING},
)
_GUARDIAN = replace(
    _CHICAGO,
    name="guardian",
    corrected_slips=False,
    silent=_FOR_LAWYERS | _FOR_REPORTERS | _DOTS,
    # the Guardian's style guide, under quotation: second-hand words must name the other outlet
    severities={Code("Q205"): Severity.ERROR},
)
_STRICT = replace(
    _BLUEBOOK,
    name="strict",
    source_in_capitals=False,
    closing_mark=False,
    announced_spelling=False,
    silent=_FOR_REPORTERS,
    severities={**_BLUEBOOK.severities, Code("Q141"): Severity.ERROR},
)

CONVENTIONS: Mapping[str, Conventions] = {
    convention.name: convention
    for convention in (_CHICAGO, _BLUEBOOK, _MLA, _AP, _GUARDIAN, _STRICT)
}
"""By name, as `pubtool.toml` has it."""
