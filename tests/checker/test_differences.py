"""What is said of a quotation that differs from its source: one named difference after another.

Each is written as ``kind "quoted"/"source"``, with ``*`` where it is permitted and the code of its
finding where it has one.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.differences import find_differences
from pubtool.checker.differences.compared import Compared
from pubtool.checker.elements import take_apart
from pubtool.checker.index import index_source
from pubtool.checker.place import find_alignments
from pubtool.model import (
    Difference,
    Flow,
    Key,
    Leaf,
    Quotation,
    QuotationKind,
    SourceText,
    Span,
)

SOURCE = """\
Article 4 of the Charter binds every keeper: he shall light the lamp — the great one — at dusk, and
he shall not, without leave of the board, quit the tower before dawn. He “may not” sell oil.[12] The
offences of the crew are judged on the quay, by night and by day. Whoever re-lights a lamp pays.

THE GREAT LAMP OF THE NORTH

The ﬁrst keeper's log was lost in a ship-
wreck off the coast."""

DIFFERENCES = [
    # Nothing but typography
    ("he shall light the lamp", []),
    ("he shall light\nthe lamp", []),
    ("the lamp - the great one - at dusk", []),
    ("the lamp--the great one--at dusk", []),
    ("He ‘may not’ sell oil", []),
    ('He "may not" sell oil', []),
    ("The first keeper’s log was lost in a shipwreck", []),
    ("sell oil. The offences of the crew", []),
    ("quit the tower before dawn,", []),
    ("quit the tower before dawn!", ['punctuation "!"/"." * Q141']),
    # Words
    ("he shall light the lantern — the great one", ['substitution "lantern"/"lamp" Q101']),
    ("shall always light the lamp", ['insertion "always"/"" Q102']),
    ("he shall light lamp — the great one", ['deletion ""/"the" Q103']),
    ("shall, without leave of the board, quit the tower", ['deletion ""/"not" Q103']),
    ("binds each and every keeper", ['insertion "each and"/"" Q102']),
    # Spelling
    ("The offenses of the crew", ['spelling "offenses"/"offences" Q105']),
    ("Whoever relights a lamp", ['spelling "relights"/"re-lights" Q105']),
    ("The first keepers log was lost", ['spelling "keepers"/"keeper\'s" Q105']),
    # Capitals and punctuation
    ("The great one — at dusk", ['case "The"/"the" * Q107']),
    ("binds Every keeper", ['case "Every"/"every" Q113']),
    ("of the charter binds every", ['case "charter"/"Charter" Q113']),
    ("at dusk and he shall not", ['punctuation " "/"," Q112']),
    ("binds every keeper; he shall light", ['punctuation "; "/":" Q112']),
    # Brackets
    ("[H]e shall light the lamp", ['bracket "He"/"he" *']),
    ("he [the keeper] shall light the lamp", ['bracket "[the keeper]"/"" *']),
    ("every keeper: [this man] shall light the lamp", ['bracket "[this man]"/"he" *']),
    ("he shall light the lamp[s]", ['bracket "lamps"/"lamp" *']),
    ("he shall [not] light the lamp", ['bracket "[not]"/"" Q131']),
    ("judged [twice] on the quay", ['bracket "[twice]"/"" Q131']),
    # Ellipses
    ("he shall light the lamp … at dusk", ['ellipsis "…"/"the great one" *']),
    ("quit the tower before dawn … he shall light the lamp", ['ellipsis "…"/"" Q122']),
]

TRANSPOSED = [
    "judged on the quay, by day and by night. Whoever",
    "The crew of the offences are judged on the quay",
    "he light shall the lamp",
    "are on the quay judged, by night",
    "without leave of the board, quit before dawn the tower. He “may not” sell oil",
]


@pytest.mark.parametrize(("quoted", "expected"), DIFFERENCES)
def test_a_quotation_has_these_differences(quoted: str, expected: list[str]) -> None:
    assert [describe(difference) for difference in differences(quoted)] == expected


@pytest.mark.parametrize("quoted", TRANSPOSED)
def test_words_in_another_order_are_told_as_such(quoted: str) -> None:
    refused = [difference for difference in differences(quoted) if not difference.permitted]
    assert {(difference.kind.value, difference.code) for difference in refused} == {
        ("transposition", "Q109")
    }


@pytest.mark.parametrize("quoted", ["shall [un]light the lamp", "by [three] night and by day"])
def test_a_bracket_that_turns_the_sense_is_refused(quoted: str) -> None:
    assert not all(difference.permitted for difference in differences(quoted))


SIGNS = [
    # source, quotation
    ("$5 million was paid for the lamp", "€5 million was paid for the lamp"),
    ("He says that $5 million was paid for it", "He says that €5 million was paid for it"),
    ("The toll of the harbour fell by 5%", "The toll of the harbour fell by 5$"),
    ("The toll of the harbour fell by 5%", "The toll of the harbour fell by 5"),
    ("−5 degrees were measured at the lamp", "5 degrees were measured at the lamp"),
    ("The toll fell by 5% in one winter", "The toll fell by 5 in one winter"),
]


@pytest.mark.parametrize(("source", "quoted"), SIGNS)
def test_a_sign_that_belongs_to_a_number_may_not_change(source: str, quoted: str) -> None:
    assert differences(source, source=source) == ()
    assert not all(difference.permitted for difference in differences(quoted, source=source))


TOLD = "The deputy said that {} would burn until the morning came over the harbour."
FURTHER = (
    "The keeper shall light the lamp on every day. Nobody else is to touch it, and the pilot may "
    "not come near. Until full dawn it burns."
)
LAID: list[tuple[str, str, list[str]]] = [
    # Six words in a bracket's place are a phrase, seven a paraphrase
    (
        TOLD.format("every old lamp of this tower"),
        TOLD.format("[it]"),
        ['bracket "[it]"/"every old lamp of this tower" *'],
    ),
    (
        TOLD.format("every old lamp of this northern tower"),
        TOLD.format("[it]"),
        ['bracket "[it]"/"every old lamp of this northern tower" Q131'],
    ),
    # Words in a source's own brackets are its words
    (
        TOLD.format("he [the keeper] and it"),
        TOLD.format("he [the pilot] and it"),
        ['bracket "[the pilot]"/"the keeper" Q131'],
    ),
    # Three words that stand behind another sentence were not added; two may be anybody's
    (
        FURTHER,
        "The keeper shall light the lamp on every day until full dawn",
        [
            'deletion ""/"Nobody else is to touch it, and the pilot may not come near" Q103',
            'case "until"/"Until" Q113',
        ],
    ),
    (
        FURTHER,
        "The keeper shall light the lamp on every day until full",
        ['insertion "until full"/"" Q102'],
    ),
]
"""A source, a quotation, and what is found."""


@pytest.mark.parametrize(("source", "quoted", "expected"), LAID)
def test_what_is_found_in_another_source(source: str, quoted: str, expected: list[str]) -> None:
    assert [describe(found) for found in differences(quoted, source=source)] == expected


def test_words_before_an_ellipsis_are_those_next_to_the_ones_behind_it() -> None:
    source = "The lamp burned low. Nobody came. The lamp burned low, and the keeper wrote it down."
    [found] = differences("The lamp burned low … and the keeper wrote it", source=source)
    assert (found.source, found.permitted) == ("", True)


def test_dots_and_brackets_of_the_source_are_taken_literally() -> None:
    source = "The lamp … burns in the tower [of 1931] until the dawn."
    assert (
        differences("The lamp … burns in the tower [of 1931] until the dawn", source=source) == ()
    )


def test_the_foot_and_head_of_a_page_may_be_passed_over() -> None:
    source = "The keeper left the tower\n\f17\n\nHARBOUR LAMPS\n\nat noon on every day."
    assert differences("The keeper left the tower at noon on every day", source=source) == ()
    assert differences("The keeper left the tower at noon on any day", source=source) != ()


@pytest.mark.parametrize("quoted", [quoted for quoted, expected in DIFFERENCES if expected])
def test_a_difference_says_where_it_is(quoted: str) -> None:
    found = differences(quoted)
    assert found
    for difference in found:
        assert quoted[difference.at.start : difference.at.end].replace("[", "").replace(
            "]", ""
        ) == difference.quoted.replace("[", "").replace("]", "")
        assert SOURCE[difference.there.start : difference.there.end] == difference.source


def test_a_permitted_first_letter_is_refused_elsewhere() -> None:
    (chicago,) = differences("The great one — at dusk", "chicago")
    (bluebook,) = differences("The great one — at dusk", "bluebook")
    assert chicago == replace(bluebook, permitted=True)
    assert not bluebook.permitted


def test_small_letters_for_a_heading_in_capitals() -> None:
    assert all(d.permitted for d in differences("The Great Lamp of the North", "chicago"))
    assert not all(d.permitted for d in differences("The Great Lamp of the North", "strict"))


def test_a_marked_difference_is_a_bracket_or_an_ellipsis() -> None:
    for quoted, _ in DIFFERENCES:
        for difference in differences(quoted):
            assert difference.marked == (difference.kind.value in ("bracket", "ellipsis"))


def differences(
    quoted: str, convention: str = "chicago", source: str = SOURCE
) -> tuple[Difference, ...]:
    flow = Flow(quoted, (Leaf(0, len(quoted), Span(0, len(quoted))),))
    quotation = Quotation("q-1", QuotationKind.INLINE, flow, Span(0, len(quoted)), 0)
    elements = take_apart(quotation)
    part = index_source(SourceText(Key("orme"), source))
    alignments = find_alignments(elements, part)
    if not alignments:
        return ()
    compared = Compared(quotation, elements, alignments[0], CONVENTIONS[convention])
    return find_differences(compared)


def describe(difference: Difference) -> str:
    source = " ".join(difference.source.split())
    line = f'{difference.kind.value} "{difference.quoted}"/"{source}"'
    line += " *" if difference.permitted else ""
    return line + (f" {difference.code}" if difference.code else "")
