"""Which words a language has."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pubtool.text.dictionary import is_known
from pubtool.text.folding import fold

ENGLISH = (
    "the", "begat", "lighthouse", "harbour", "harbor", "honour", "honoured", "lawyer's",
    "sisters'", "casual", "causal", "I",
)  # fmt: skip
NONE = ("teh", "recieve", "wbich", "tbe", "lighthonse", "modcrn", "", "'", "'s", "x9q")


@pytest.mark.parametrize("word", ENGLISH)
def test_a_word_of_english_is_known(word: str) -> None:
    assert is_known(fold(word), ["English"])


@pytest.mark.parametrize("word", NONE)
def test_a_slip_is_known_in_no_language(word: str) -> None:
    assert not is_known(fold(word), ["English"])


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("Straße", "German"), ("Verfassung", "German"), ("maîtresse", "French"),
        ("ayuntamiento", "Spanish"), ("perché", "Italian"), ("gezellig", "Dutch"),
        ("coração", "Portuguese"), ("дом", "Russian"),
    ],
)  # fmt: skip
def test_a_word_of_another_language_is_known_there(word: str, language: str) -> None:
    assert is_known(fold(word), [language])
    assert not is_known(fold(word), ["English"])


def test_a_language_without_a_list_knows_no_word() -> None:
    assert not is_known("okręt", ["Polish"])


def test_no_list_is_loaded_before_a_word_is_looked_up() -> None:
    code = (
        "import sys, pubtool.text.dictionary as d; assert 'spellchecker' not in sys.modules;"
        "d.is_known('sea', ['English']); assert d._words.cache_info().currsize == 1"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
