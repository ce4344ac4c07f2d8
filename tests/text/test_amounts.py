"""Numbers in figures and in English words."""

from __future__ import annotations

import pytest

from pubtool.text.amounts import amounts


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("30%", ("30%",)),
        ("thirty per cent", ("30%",)),
        ("about thirty percent", ("30%",)),
        ("12", ("12",)),
        ("twelve ships and five men", ("12", "5")),
        ("twenty one", ("21",)),
        ("a hundred", ()),
        ("one hundred and five", ("105",)),
        ("1,200,000", ("1200000",)),
        ("two thousand three hundred", ("2300",)),
        ("three million", ("3000000",)),
        ("ten five", ("10", "5")),
        ("the lamp", ()),
        ("half", None),
        ("12.5", None),
        ("£40", None),
        ("zero", ("0",)),
    ],
)
def test_what_a_number_says(words: str, due: tuple[str, ...] | None) -> None:
    assert amounts(words.split()) == due
