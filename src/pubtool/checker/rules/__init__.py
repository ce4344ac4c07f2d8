"""The rules: each finding is a pair of files, its code and its page."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from types import ModuleType

from pubtool.checker.rules import (
    absent,
    alteration_discouraged,
    bracket_misfit,
    bracket_other_word,
    capitals_changed,
    citation_left_out,
    cited_under_two_keys,
    closed_early,
    closing_mark,
    date_malformed,
    dead_link,
    dots_at_ends,
    duplicate_key,
    duplicate_work,
    ellipsis_far,
    ellipsis_hides,
    ellipsis_out_of_order,
    ellipsis_splices,
    emphasis_changed,
    entry_misread,
    entry_unparsed,
    entry_unused,
    field_missing,
    front_matter,
    identifier_malformed,
    image_without_text,
    initial_capital,
    limiting_clause,
    locator_missing,
    locator_uncompared,
    mark_unbalanced,
    meaning_touched,
    negation_before,
    no_text,
    not_as_meant,
    notes_left_out,
    nothing_found,
    pages_malformed,
    paragraphs_joined,
    poor_text,
    punctuation_changed,
    quoted_two_ways,
    quoting_another,
    reordered,
    series_parts,
    several_places,
    sic_false,
    spelling_normalised,
    stands_at_another_place,
    stands_elsewhere,
    text_changed,
    three_dots,
    title_differs,
    unattributed,
    unknown_key,
    unmarked_borrowing,
    waiver_unused,
    waiver_without_reason,
    words_added,
    words_changed,
    words_left_out,
)
from pubtool.checker.rules.rule import Case, QuotationRule, Rule
from pubtool.model import Finding

_QUOTATION_RULES: tuple[QuotationRule, ...] = (
    words_changed,
    words_added,
    words_left_out,
    meaning_touched,
    spelling_normalised,
    closed_early,
    initial_capital,
    emphasis_changed,
    reordered,
    limiting_clause,
    negation_before,
    punctuation_changed,
    capitals_changed,
    ellipsis_hides,
    ellipsis_out_of_order,
    ellipsis_far,
    ellipsis_splices,
    bracket_misfit,
    bracket_other_word,
    sic_false,
    closing_mark,
    dots_at_ends,
    three_dots,
    paragraphs_joined,
    notes_left_out,
    citation_left_out,
    alteration_discouraged,
    stands_elsewhere,
    stands_at_another_place,
    locator_missing,
    several_places,
    quoting_another,
    absent,
    no_text,
    unattributed,
    unknown_key,
    poor_text,
    title_differs,
)
"""Those that look at a quotation, in the order of their codes."""

_OTHER_RULES: tuple[ModuleType, ...] = (
    locator_uncompared,
    text_changed,
    duplicate_key,
    entry_unparsed,
    field_missing,
    entry_misread,
    pages_malformed,
    date_malformed,
    identifier_malformed,
    duplicate_work,
    entry_unused,
    mark_unbalanced,
    front_matter,
    waiver_unused,
    dead_link,
    image_without_text,
    waiver_without_reason,
    nothing_found,
    not_as_meant,
    unmarked_borrowing,
    quoted_two_ways,
    cited_under_two_keys,
    series_parts,
)
"""Those whose findings a reader of files or the quotation finder makes."""


def find_findings(case: Case) -> Iterator[Finding]:
    """Yield all findings about a quotation, in the order of the codes.

    The conventions in force keep those about style to themselves that their house does not share.
    """
    for rule in _QUOTATION_RULES:
        if rule.RULE.code not in case.conventions.silent:
            yield from rule.find(case)


def rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    modules = (*_QUOTATION_RULES, *_OTHER_RULES)
    return tuple(sorted((module.RULE for module in modules), key=lambda rule: rule.code))


def codes() -> tuple[str, ...]:
    """Return every code, ascending."""
    return tuple(rule.code for rule in rules())


def load_page(code: str) -> str:
    """Return a rule's page, Markdown.

    Raises KeyError for a code that no rule has.
    """
    names = {str(rule.code): rule.name for rule in rules()}
    return files(__package__).joinpath(f"{names[code]}.md").read_text(encoding="utf-8")
