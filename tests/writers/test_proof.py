"""proof: the words that readers are given say no more than was found out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.writers.conftest import MILL

from pubtool.model import Difference, DifferenceKind, Extent, Name, QuotationKind, Span, VerdictKind
from pubtool.reporters.tally import REASONS
from pubtool.writers.addresses import Links
from pubtool.writers.proof import Told, proofs, summary
from pubtool.writers.words import languages, words_in

TEXT = "one two three four five six"
ENGLISH = words_in("en")
TOLD = Told(ENGLISH, {MILL.key: MILL}, lambda verdict: Links())


def test_no_quotation_no_sentence(verdict: Any) -> None:
    term = verdict(TEXT, "one", VerdictKind.EXEMPT, sort=QuotationKind.TERM, reason="term")
    assert summary([], ENGLISH) == summary([term], ENGLISH) == ""
    assert proofs([term], TOLD) == ()


def test_every_verdict_is_counted_under_its_own_name(verdict: Any) -> None:
    found = [
        verdict(TEXT, "one"),
        verdict(TEXT, "two", VerdictKind.ALTERED),
        verdict(TEXT, "three", VerdictKind.ABSENT),
        verdict(TEXT, "four", VerdictKind.UNCHECKED, reason="missing"),
        verdict(TEXT, "five", VerdictKind.UNCHECKED, reason="second-hand"),
        verdict(TEXT, "six", VerdictKind.EXEMPT, reason="waived"),
    ]
    assert summary(found, ENGLISH) == (
        "6 quotations: 1 word for word, 1 altered, 1 not found; 2 could not be checked: no text of "
        "the source is at hand (1); the source is known here only as someone else quotes it (1); "
        "1 waived by an editor."
    )


@pytest.mark.parametrize("lang", languages())
def test_a_page_that_was_not_compared_is_named(lang: str, verdict: Any, uncompared: Any) -> None:
    words = words_in(lang)
    [told] = proofs([uncompared(verdict(TEXT, "one"), "77", "79")], replace(TOLD, words=words))
    pages = ", ".join(words("locator.page", value=page) for page in ("77", "79"))
    assert told.verdict.startswith(words("verdict.verbatim"))
    assert pages in told.verdict
    assert told.place == ""
    assert told.passes


def test_pages_that_were_not_compared_are_counted(verdict: Any, uncompared: Any) -> None:
    found = [
        uncompared(verdict(TEXT, "one")),
        verdict(TEXT, "two"),
        uncompared(verdict(TEXT, "three", VerdictKind.UNCHECKED, reason="missing")),
    ]
    assert summary(found, ENGLISH).endswith(
        "Not compared: the place that is cited for 1 quotation, since the source’s text does not "
        "mark it."
    )
    [excerpt] = proofs([uncompared(verdict(TEXT, "one", extent=Extent.EXCERPT))], TOLD)
    assert excerpt.verdict == (
        "word for word, compared with an excerpt of the source; not compared: page 77, which the "
        "source’s text does not mark"
    )


@pytest.mark.parametrize(
    ("extents", "end"),
    [
        ((Extent.FULL, Extent.FULL), "2 word for word."),
        (
            (Extent.FULL, Extent.EXCERPT),
            "1 of those that passed was compared with an excerpt of the source, "
            "not with all of it.",
        ),
        (
            (Extent.EXCERPT, Extent.EXCERPT),
            "All that passed were compared with an excerpt of the source, not with all of it.",
        ),
        ((Extent.EXCERPT,), "It was compared with an excerpt of the source, not with all of it."),
    ],
)
def test_an_excerpt_is_owned_up_to(extents: tuple[Extent, ...], end: str, verdict: Any) -> None:
    words = TEXT.split()
    found = [verdict(TEXT, word, extent=e) for word, e in zip(words, extents, strict=False)]
    assert summary(found, ENGLISH).endswith(end)


MARKED = {"marked": True, "permitted": False}
UNMARKED = {"marked": False, "permitted": False}


@pytest.mark.parametrize(
    ("kind", "words", "flags", "said"),
    [
        (
            DifferenceKind.BRACKET,
            ("[t]he", "The"),
            MARKED,
            ("changed in brackets: “[t]he” for “The”",),
        ),
        (
            DifferenceKind.ELLIPSIS,
            ("…", "and so on"),
            MARKED,
            ("left out, with an ellipsis: “and so on”",),
        ),
        (DifferenceKind.DELETION, ("", "not"), UNMARKED, ("words left out: “not” (not marked)",)),
        (DifferenceKind.INSERTION, ("very", ""), UNMARKED, ("words added: “very” (not marked)",)),
        (DifferenceKind.TYPOGRAPHY, ("“", '"'), UNMARKED, ()),
    ],
)
def test_a_change_is_named_with_both_readings(
    kind: DifferenceKind, words: tuple[str, str], flags: Any, said: Any, verdict: Any
) -> None:
    difference = Difference(kind, *words, Span(0, 0), Span(0, 0), **flags)
    (proof,) = proofs([verdict(TEXT, "one", differences=(difference,))], TOLD)
    assert proof.changes == said


def test_a_proof_shows_the_source_s_words_with_what_is_round_them(verdict: Any) -> None:
    (proof,) = proofs([verdict(TEXT, "one")], TOLD)
    assert (proof.source, proof.place) == ("Mill, On Liberty", "page 12")
    assert (proof.before, proof.passage, proof.after) == ("words before ", "one", " after")


def test_an_ellipsis_stands_where_the_source_goes_on(verdict: Any) -> None:
    found = verdict(TEXT, "one")
    inside = replace(found.match, span=Span(40, 80), length=200)
    (proof,) = proofs([replace(found, match=inside)], TOLD)
    assert (proof.before, proof.after) == ("… words before ", " after …")


def difference(
    kind: DifferenceKind, quoted: str, source: str, at: Span, **flags: Any
) -> Difference:
    told = {"marked": False, "permitted": False, **flags}
    return Difference(kind, quoted, source, at, Span(0, 0), **told)


def test_a_bracket_is_shown_as_the_post_has_it(verdict: Any) -> None:
    text = "[w]hoever quotes [so] exactly"
    changes = (
        difference(DifferenceKind.BRACKET, "whoever", "Whoever", Span(0, 9), marked=True),
        difference(DifferenceKind.BRACKET, "[so]", "", Span(17, 21), marked=True),
    )
    (proof,) = proofs([verdict(text, text, differences=changes)], TOLD)
    assert proof.changes == (
        "changed in brackets: “[w]hoever” for “Whoever”",
        "added in brackets: “[so]”",
    )


def test_capitals_of_words_in_a_row_are_one_change(verdict: Any) -> None:
    text = "Offences against the law, and Others"
    changes = tuple(
        difference(DifferenceKind.CASE, text[s:e], text[s:e].upper(), Span(s, e), permitted=True)
        for s, e in ((0, 8), (9, 16), (17, 20), (30, 36))
    )
    (proof,) = proofs([verdict(text, text, differences=changes)], TOLD)
    assert proof.changes == (
        "capitals changed: “Offences against the” for “OFFENCES AGAINST THE” (permitted without a "
        "mark)",
        "capitals changed: “Others” for “OTHERS” (permitted without a mark)",
    )


def test_of_a_long_gap_a_reader_is_shown_the_ends(verdict: Any) -> None:
    middle = " ".join(f"word{n}" for n in range(200))
    passage = f"It begins {middle} it ends"
    found = verdict("It begins … it ends", "It begins … it ends")
    start = passage.index("word0")
    gap = Span(start, start + len(middle))
    left_out = Difference(
        DifferenceKind.ELLIPSIS, "…", middle, Span(10, 11), gap, marked=True, permitted=False
    )
    match = replace(found.match, text=passage, span=Span(0, len(passage)))
    (proof,) = proofs([replace(found, match=match, differences=(left_out,))], TOLD)
    assert proof.passage.startswith("It begins word0 word1 ")
    assert proof.passage.endswith("word199 it ends")
    first, second = proof.passage.split("[… ")
    count, _, rest = second.partition(" words …]")
    assert len(first.split()) + int(count) + len(rest.split()) == len(passage.split())
    assert len(proof.passage) < 320


def test_what_somebody_else_quotes_is_not_shown_as_the_source_s_words(verdict: Any) -> None:
    found = verdict(TEXT, "one")
    match = replace(found.match, extent=Extent.SECOND_HAND)
    unsure = replace(found, kind=VerdictKind.UNCHECKED, reason="second-hand", match=match)
    (proof,) = proofs([unsure], TOLD)
    assert (proof.before, proof.passage, proof.after) == ("", "", "")
    assert proof.symbol == "○"


@pytest.mark.parametrize("lang", languages())
def test_every_verdict_reason_and_change_has_its_words_in_every_language(lang: str) -> None:
    lines = words_in(lang).lines
    assert {f"verdict.{kind.value}" for kind in VerdictKind} <= lines.keys()
    told = set(DifferenceKind) - {DifferenceKind.TYPOGRAPHY}
    assert {f"difference.{kind.value}" for kind in told} <= lines.keys()
    assert {f"reason.{name}" for name in REASONS} <= lines.keys()


def test_a_german_post_is_told_of_in_german(verdict: Any) -> None:
    german = replace(TOLD, words=words_in("de"))
    found = verdict(TEXT, "one", extent=Extent.EXCERPT)
    (proof,) = proofs([found], german)
    assert (proof.verdict, proof.place) == (
        "wörtlich, verglichen mit einem Auszug der Quelle",
        "Seite 12",
    )
    assert summary([found], german.words) == (
        "1 Zitat: 1 wörtlich. Verglichen wurde mit einem Auszug der Quelle, nicht mit der ganzen."
    )


def test_a_source_is_named_in_short_and_cited_in_full(verdict: Any) -> None:
    people = tuple(Name(family, "A.") for family in ("Ash", "Beech", "Cedar", "Dogwood"))
    many = replace(MILL, authors=people, container="Trees", year="2001", short_title="Short")
    told = replace(TOLD, sources={MILL.key: many})
    (proof,) = proofs([verdict(TEXT, "one")], told)
    assert proof.source == "Ash and others, Short"
    assert proof.citation == "A. Ash and others, On Liberty, Trees, 2001"
    three = replace(told, sources={MILL.key: replace(many, authors=people[:3])})
    assert proofs([verdict(TEXT, "one")], three)[0].source == "Ash, Beech and Cedar, Short"


def test_a_source_that_is_not_in_the_bibliography_is_its_key(verdict: Any) -> None:
    (proof,) = proofs([verdict(TEXT, "one", key="gone")], TOLD)
    assert proof.source == proof.citation == proof.key == "gone"


def left_out(kind: DifferenceKind, start: int, end: int) -> Difference:
    return Difference(kind, "…", "", Span(0, 0), Span(start, end), marked=True, permitted=True)


PASSAGE = "one two three four five six seven"


@pytest.mark.parametrize(
    ("gaps", "parts"),
    [
        ((), [("one two three four five six seven", True)]),
        (((8, 13),), [("one two", True), (" three ", False), ("four five six seven", True)]),
        (((7, 14),), [("one two", True), (" three ", False), ("four five six seven", True)]),
        (
            ((3, 7), (19, 23)),
            [
                *(("one", True), (" two ", False), ("three four", True)),
                *((" five ", False), ("six seven", True)),
            ],
        ),
        (((24, 33),), [("one two three four five", True), (" six seven", False)]),
    ],
)
@pytest.mark.parametrize("kind", [DifferenceKind.ELLIPSIS, DifferenceKind.DELETION])
def test_what_was_left_out_is_told_apart_from_what_was_quoted(
    kind: DifferenceKind, gaps: Any, parts: Any, verdict: Any
) -> None:
    found = verdict(TEXT, "one", differences=tuple(left_out(kind, 9 + a, 9 + b) for a, b in gaps))
    inside = replace(found.match, span=Span(9, 9 + len(PASSAGE)), text=PASSAGE)
    (proof,) = proofs([replace(found, match=inside)], TOLD)
    assert [(part.text, part.quoted) for part in proof.parts] == parts
    assert proof.passage == PASSAGE


def test_the_stop_behind_what_was_left_out_is_left_out_too(verdict: Any) -> None:
    gap = left_out(DifferenceKind.ELLIPSIS, 3, 14)
    found = verdict(TEXT, "one", differences=(gap,))
    inside = replace(found.match, span=Span(0, 21), text="one. Two three. Four.")
    (proof,) = proofs([replace(found, match=inside)], TOLD)
    assert [part.text for part in proof.parts] == ["one", ". Two three. ", "Four."]
