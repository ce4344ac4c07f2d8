"""A number that is glued to a word is a note's only where notes count on."""

from __future__ import annotations

import pytest

from pubtool.checker.index import index_source
from pubtool.model import Key, SourceText

NOTES = "The keeper1 lit the lamp2 at dusk, and the fog3 came in. A vessel4 was lost."
MISREAD = "If you have problem5 with the lamp, ask the board6 of the harbour. No word5 of it."


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        (NOTES, ["keeper1", "lamp2", "fog3", "vessel4"]),
        (MISREAD, []),
        (f"{NOTES} {MISREAD}", ["keeper1", "lamp2", "fog3", "vessel4", "problem5", "board6"]),
        (f"{MISREAD} {NOTES}", ["keeper1", "lamp2", "fog3", "vessel4"]),
        ("The lamp2 and the fog1 and the keeper3", []),
        ("The lamp1 and the fog2 and the keeper4", []),
        ("The keeper of 1831 and item2a and x3", []),
    ],
)
def test_these_are_numbers_of_notes(text: str, glued: list[str]) -> None:
    part = index_source(SourceText(Key("s"), text))
    assert [text[at:].split(maxsplit=1)[0].strip(".,") for at in sorted(part.glued_notes)] == glued
