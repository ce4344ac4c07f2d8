"""Passages that the end of a page cuts, and words that an author left out there.

The pages have notes, feet and heads, which are read as a project's sources are; each quotation is
given with what is said of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.differences import find_differences
from pubtool.checker.differences.compared import Compared
from pubtool.checker.elements import take_apart
from pubtool.checker.index import index_source
from pubtool.checker.place import find_alignments
from pubtool.model import Flow, Key, Leaf, Quotation, QuotationKind, SourceText, Span
from pubtool.readers.sources.pages import find_furniture
from pubtool.text import dictionary

LINES = [
    f"keeper {one} of the {two} tower wrote that the lamp had failed\nduring the {two} watch "
    f"and that nobody on the {one} quay\nhad seen a light before the {one} ship came in"
    for one, two in zip(
        "first second third fourth fifth sixth".split(),
        "northern southern eastern western inner outer".split(),
        strict=True,
    )
]
NOTE = "1 See the register of that year, fol. {0}, where the\nsame is told with less care."


def book(*, note: str = "", rule: str = "", texts: Sequence[str] = LINES) -> str:
    """Return six pages, the text of each going on on the next; a note above each one's end."""
    pages = []
    for number, lines in enumerate(texts):
        head = "THE HARBOUR" if number % 2 else "LAMPS AND KEEPERS"
        body = lines.replace("quay", "quay¹", 1) if note else lines
        below = f"\n{rule}\n{note.format(number + 20)}" if note else ""
        pages.append(f"{head}     {number + 1}\n\n{body}{below}\n")
    return "\f".join(pages)


PLAIN = book()
NOTES = book(note=NOTE)
RULED = book(note=NOTE, rule="_______")


def codes(quoted: str, text: str) -> list[str | None]:
    """Return the codes of what may not stand, where a quotation fits a text best."""
    span = Span(0, len(quoted))
    flow = Flow(quoted, (Leaf(0, len(quoted), span),))
    quotation = Quotation("q-000000", QuotationKind.INLINE, flow, span, 0)
    elements = take_apart(quotation)
    source = replace(SourceText(Key("s"), text), furniture=find_furniture(text))
    alignment = find_alignments(elements, index_source(source))[0]
    compared = Compared(quotation, elements, alignment, CONVENTIONS["chicago"])
    return [found.code for found in find_differences(compared) if not found.permitted]


@pytest.mark.parametrize("text", [PLAIN, NOTES, RULED], ids=["plain", "notes", "ruled notes"])
@pytest.mark.parametrize(
    "quoted",
    [
        "before the second ship came in keeper third of the eastern tower wrote",
        "came in keeper third of the eastern tower",
        "nobody on the third quay had seen a light before the third ship came in keeper fourth",
    ],
)
def test_a_page_s_end_cuts_no_passage(text: str, quoted: str) -> None:
    assert codes(quoted, text) == []


@pytest.mark.parametrize("text", [PLAIN, NOTES, RULED], ids=["plain", "notes", "ruled notes"])
def test_a_line_of_text_at_a_page_s_end_may_not_be_left_out(text: str) -> None:
    quoted = "nobody on the second quay keeper third of the eastern tower wrote that the lamp"
    assert codes(quoted, text) != []


DIVIDED = [
    f"{'' if number == 0 else 'bour '}{lines}{' and left the har-' if number < 5 else ''}"
    for number, lines in enumerate(LINES)
]


@pytest.mark.parametrize("note", ["", NOTE], ids=["plain", "notes"])
def test_a_word_that_a_page_s_end_divides_is_whole(note: str) -> None:
    text = book(note=note, rule="_______" if note else "", texts=DIVIDED)
    before, behind = "before the second ship came in and left the", "keeper third of the eastern"
    assert codes(f"{before} harbour {behind}", text) == []
    assert codes(f"{before} labour {behind}", text) != []
    assert codes(f"{before} har {behind}", text) != []
    assert codes(f"{before} bour {behind}", text) != []


def test_words_of_a_note_are_read_like_any_others() -> None:
    assert codes("See the register of that year, fol. 22, where the same is told", RULED) == []
    assert codes("See the register of that year, where the same is told with less", RULED) != []
    assert codes("See the register of this year, fol. 22, where the same is told", RULED) != []


@pytest.mark.parametrize(
    ("source", "quoted"),
    [
        (
            "The keeper left\nthe tower at dusk\nand\n\fslept until noon on the day",
            "left and slept",
        ),
        (
            "It was so.\nThe keeper left.\n\fA short note.\n\nThen he slept on",
            "left. Then he slept",
        ),
        (
            "The keeper left\nI came\n\fback to the tower at noon",
            "The keeper left back to the tower",
        ),
    ],
)
def test_a_short_text_has_no_furniture_but_what_looks_it(source: str, quoted: str) -> None:
    assert codes(quoted, source) != []


@pytest.mark.parametrize(
    ("quoted", "looked_up"),
    [
        ("nobody on the second quay had seen a light", False),
        ("nobody on the second quay had noticed any light; before the ship", False),
        ("nobody on the second quay had not seen the light", False),
        ("Nobody on the second Quay; had seen a light", False),
        ("nobody on the second quoy had seen a light", True),
    ],
)
def test_a_dictionary_is_opened_for_words_that_may_be_misread_alone(
    quoted: str, *, looked_up: bool
) -> None:
    dictionary._words.cache_clear()
    codes(quoted, PLAIN)
    assert (dictionary._words.cache_info().currsize > 0) == looked_up


OF_THE = [f"the {line} and of" for line in LINES]


@pytest.mark.parametrize("rule", ["", "_______"])
@pytest.mark.parametrize(
    "quoted",
    [
        "before the second ship came in and of the",
        "of the keeper third of the eastern tower",
        "of the keeper fourth of the western tower wrote that",
    ],
)
def test_a_word_across_a_page_is_not_looked_for_in_the_note_between(quoted: str, rule: str) -> None:
    assert codes(quoted, book(note=NOTE, rule=rule, texts=OF_THE)) == []
