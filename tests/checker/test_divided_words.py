"""A word that a line's end divides leads to its place as well as a whole one."""

from __future__ import annotations

from pubtool.checker.index import index_source
from pubtool.checker.place.candidates import find_windows
from pubtool.model import Key, SourceText

SOURCE = "a Vice President of the Board spoke. " * 9 + "Then a Presi-\ndent of the Board rose."


def test_a_divided_word_is_a_seed() -> None:
    part = index_source(SourceText(Key("s"), SOURCE))
    first = part.folded.index("presi")
    windows = find_windows(["then", "a", "president", "of"], part)
    assert any(low <= first < high for low, high in windows)


def test_a_word_that_stands_only_divided_finds_its_window_alone() -> None:
    part = index_source(SourceText(Key("s"), "the of and " * 40 + "minis-\ntry " + "of the " * 40))
    windows = find_windows(["ministry"], part)
    assert windows
    assert any(low <= part.folded.index("minis") < high for low, high in windows)
