"""Words divided at line ends, as a proof shows them."""

from __future__ import annotations

import pytest

from pubtool.writers.line_ends import undivided


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("of admin-\nistrative authorities", "of administrative authorities"),
        ("of self-\nincrimination", "of self-incrimination"),
        ("of well-  \n  known men", "of well-known men"),
        ("the Admin-\r\nistrative", "the Administrative"),
        ("of co\u00ad\noperation", "of cooperation"),
        ("the Anglo-\nSaxon", "the Anglo-Saxon"),
        ("in 1990-\n95", "in 1990-95"),
        ("the pre-\nand postwar years", "the pre-\nand postwar years"),
        ("die Ein-\nund Ausfuhr", "die Ein-\nund Ausfuhr"),
        ("he went –\nand came", "he went –\nand came"),
        ("he went -\nand came", "he went -\nand came"),
        ("one -\n two", "one -\n two"),
        ("plain words\nover lines", "plain words\nover lines"),
        ("without-lines", "without-lines"),
    ],
)
def test_halves_of_a_word_are_one(text: str, shown: str) -> None:
    assert undivided(text, {"administrative"}) == shown
