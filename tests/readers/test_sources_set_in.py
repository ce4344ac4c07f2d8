"""Notes and captions that a typist set between the paragraphs of a text without pages."""

from __future__ import annotations

import pytest

from pubtool.readers.sources.set_in import find_set_in


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "The owners* of the ships\n\n* Nine of them.\n\nwere told.",
            ["*", "\n\n* Nine of them."],
        ),
        ("He came, [1]\n\n[1] In\nMay.\n\nand left.", ["[1]", "\n\n[1] In\nMay."]),
        ("He came.[1]\n\n[1] In May.\n\nThen he left.", ["[1]", "\n\n[1] In May."]),
        ("One [Footnote: printed [twice] before] two", ["[Footnote: printed [twice] before]"]),
        (
            "The bell[B] rang\n\n[Footnote B: From Genoa.]\n\nat dusk.",
            ["[Footnote B: From Genoa.]", "[B]"],
        ),
        ("A boat,\n\n[Illustration: A boat]\n\nand oars.", ["[Illustration: A boat]"]),
        # no word before has the mark
        ("The owners of the ships\n\n* Nine of them.\n\nwere told.", []),
        ("The keeper may\n\n[1] light the lamp\n\nand sleep.", []),
        # a list, emphasis, and a sign that cuts no sentence
        ("He may *always* do\n\n* this\n\nand that.", []),
        ("He said it* twice.\n\n* This\n\n* That", []),
        ("He said it* twice\n\n* This\n\n* That", []),
        ("He said [Footnote without an end", []),
    ],
)
def test_what_is_set_in_is_found_with_its_mark(text: str, due: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_set_in(text)] == due


@pytest.mark.parametrize("piece", ["\n\n[1] a", "[Footnote ", "a*\n\n* b", "[Footnote [", "\n\n* "])
def test_hostile_texts_take_linear_time(piece: str) -> None:
    list(find_set_in(piece * 40_000))
