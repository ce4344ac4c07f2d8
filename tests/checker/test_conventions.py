"""The sets of quoting conventions: the same edits, weighed otherwise."""

from __future__ import annotations

import pytest

from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.rules import rules
from pubtool.model import Code, Severity
from pubtool.system import config


def test_the_settings_know_the_same_names() -> None:
    assert tuple(sorted(CONVENTIONS)) == config.CONVENTIONS
    assert all(name == convention.name for name, convention in CONVENTIONS.items())


def test_severities_are_given_for_rules_that_exist() -> None:
    codes = {rule.code for rule in rules()}
    for convention in CONVENTIONS.values():
        assert convention.severities.keys() <= codes


@pytest.mark.parametrize(
    ("name", "permitted"),
    [
        ("chicago", ["first letter", "capitals"]),
        ("ap", ["first letter", "capitals"]),
        ("guardian", ["first letter", "capitals"]),
        ("bluebook", ["capitals"]),
        ("mla", ["capitals"]),
        ("strict", []),
    ],
)
def test_what_a_convention_lets_stand(name: str, permitted: list[str]) -> None:
    convention = CONVENTIONS[name]
    assert convention.initial_capital is ("first letter" in permitted)
    assert convention.source_in_capitals is ("capitals" in permitted)


def test_a_capital_is_an_error_exactly_where_it_may_not_change() -> None:
    for convention in CONVENTIONS.values():
        severity = convention.severities.get(Code("Q107"), Severity.INFO)
        assert (severity is Severity.ERROR) is not convention.initial_capital
