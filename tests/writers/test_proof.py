"""proof: the words that readers are given say no more than was found out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.writers.conftest import MILL

from pubtool.model import Difference, DifferenceKind, Extent, QuotationKind, Span, VerdictKind
from pubtool.writers.addresses import Links
from pubtool.writers.proof import Told, proofs, summary
from pubtool.writers.words import words_in

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
