"""One word about each quotation: the contract's order, and what each sort of text can prove.

Of the five sources `rules` and `pilot` are at hand in full, `cellar` as an excerpt, `letter` at
second hand, and `ledger` not at all. ``rules art. 2`` is a citation with a locator, ``rules?``
a mere mention.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.elements import take_apart
from pubtool.checker.evidence import Library, find_places
from pubtool.checker.index import build_index
from pubtool.checker.titles import judge_title
from pubtool.checker.verdict import Judgement, judge
from pubtool.model import (
    Bibliography,
    Cited,
    Extent,
    Flow,
    How,
    Key,
    Landmark,
    Leaf,
    Locator,
    MissingText,
    Quotation,
    QuotationKind,
    Source,
    SourceText,
    Span,
    Unavailable,
    VerdictKind,
)

RULES = (
    "Article 1\n\nThe keeper shall light the lamp at dusk on every day.\n\n"
    "Article 2\n\nThe deputy shall sound the horn in thick weather."
)
TEXTS = (
    SourceText(
        Key("rules"),
        RULES,
        landmarks=(
            Landmark(0, Locator("article-locator", "1")),
            Landmark(RULES.index("Article 2"), Locator("article-locator", "2")),
        ),
    ),
    SourceText(
        Key("pilot"),
        "A pilot must trust the soundings and not his memory of the coast. "
        "The keeper must light the lamp at dusk on every day.",
    ),
    SourceText(
        Key("cellar"), "Oil is to be stored in the cellar below the stairs.", Extent.EXCERPT
    ),
    SourceText(
        Key("letter"), "The log belongs to the harbour and to nobody else.", Extent.SECOND_HAND
    ),
)
LEDGER = MissingText(Key("ledger"), Unavailable.MISSING, "no text of ledger")
KEYS = (*(text.key for text in TEXTS), LEDGER.key)
LIBRARY = Library(
    Bibliography("references.bib", {key: Source(key, "book", str(key)) for key in KEYS}),
    build_index(TEXTS),
    {LEDGER.key: LEDGER},
)
WHOLE = Library(
    Bibliography("references.bib", {key: Source(key, "book", str(key)) for key in KEYS[:2]}),
    build_index(TEXTS[:2]),
    {},
)
"""Only what is at hand in full."""

NOWHERE = "a lamp is a promise that one makes to strangers"

VERDICTS = [
    # exempt
    ("…", "rules", "exempt term"),
    ("wink", "", "exempt term"),
    ("a promise to strangers", "", "exempt term"),
    # verbatim, whoever is named, so long as nobody is accused wrongly
    ("The keeper shall light the lamp at dusk", "rules", "verbatim"),
    ("The keeper shall light the lamp at dusk", "rules art. 1", "verbatim"),
    ("The keeper shall light the lamp at dusk", "rules p. 9", "verbatim"),
    ("The keeper shall light the lamp at dusk", "rules?", "verbatim"),
    ("The keeper shall light the lamp at dusk", "", "verbatim"),
    ("The keeper shall light the lamp at dusk", "pilot; rules", "verbatim"),
    ("The keeper shall light the lamp at dusk", "pilot?", "verbatim"),
    ("Oil is to be stored in the cellar", "cellar", "verbatim"),
    # adapted
    ("The keeper shall … light the lamp", "rules", "adapted"),
    ("[t]he keeper shall light the lamp at dusk", "rules", "adapted"),
    ("the keeper shall light the lamp at dusk", "rules", "adapted"),
    ("The deputy [of the keeper] shall sound the horn", "rules", "adapted"),
    # mislocated, but only where the wording holds
    ("The keeper shall light the lamp at dusk", "rules art. 2", "mislocated"),
    ("[t]he keeper shall light the lamp at dusk", "rules art. 2", "mislocated"),
    ("The keeper shall light the lantern at dusk", "rules art. 2", "altered"),
    # altered
    ("The keeper shall light the lantern at dusk", "rules", "altered"),
    ("The keeper shall light the lantern at dusk", "rules?", "altered"),
    ("The keeper shall light the lantern at dusk", "", "altered"),
    ("Oil is to be stored in the attic below the stairs", "cellar", "altered"),
    # misattributed: not there, but elsewhere, as quoted or nearly
    ("trust the soundings and not his memory", "rules", "misattributed"),
    ("trust the soundings and not his reading of the coast", "rules", "misattributed"),
    ("The keeper must light the lamp at dusk on every day", "rules", "misattributed"),
    ("Oil is to be stored in the cellar", "rules", "misattributed"),
    # … which fewer than eight words that are not quite the same do not show
    ("trust the beacons and not his memory of", "rules", "misattributed"),
    ("trust the beacons and not his memory", "rules", "absent"),
    # an excerpt and a text that is not there refute nothing
    ("trust the soundings and not his memory", "cellar", "unchecked excerpt"),
    ("trust the soundings and not his memory", "letter", "unchecked second-hand"),
    ("trust the soundings and not his memory", "ledger", "unchecked missing"),
    ("trust the soundings and not his memory", "rules; ledger", "unchecked missing"),
    (NOWHERE, "cellar", "unchecked excerpt"),
    (NOWHERE, "ledger", "unchecked missing"),
    (NOWHERE, "nobody", "unchecked unknown-key"),
    (NOWHERE, "", "unchecked incomplete"),
    # words at second hand prove nothing, even where they agree
    ("The log belongs to the harbour", "letter", "unchecked second-hand"),
    ("The log belongs to the keeper and to nobody else", "letter", "unchecked second-hand"),
    ("The log belongs to the harbour", "", "unchecked second-hand"),
    # absent
    (NOWHERE, "rules", "absent"),
    (NOWHERE, "rules; pilot", "absent"),
]


@pytest.mark.parametrize(("quoted", "cited", "expected"), VERDICTS)
def test_a_quotation_has_its_verdict(quoted: str, cited: str, expected: str) -> None:
    found = verdict(quotation(quoted, cited), LIBRARY)
    assert " ".join(filter(None, [found.kind.value, found.reason])) == expected


@pytest.mark.parametrize(("quoted", "cited", "expected"), VERDICTS)
def test_a_mark_more_changes_no_verdict(quoted: str, cited: str, expected: str) -> None:
    """Every path to a passing verdict runs every guard."""
    for more in (f"{quoted}.", f"{quoted},", f"{quoted}”", quoted.replace(" ", "\n", 1)):
        found = verdict(quotation(more, cited), LIBRARY)
        assert " ".join(filter(None, [found.kind.value, found.reason])) == expected, more


@pytest.mark.parametrize("cited", ["", "rules?", "rules"])
def test_where_every_text_is_whole_words_that_stand_nowhere_are_absent(cited: str) -> None:
    assert verdict(quotation(NOWHERE, cited), WHOLE).kind is VerdictKind.ABSENT


@pytest.mark.parametrize(
    ("words", "cited", "expected"),
    [
        ("light the lamp", "rules", "verbatim"),
        ("light the lamp", "rules art. 2", "mislocated"),
        ("the lamp", "rules", "exempt term"),  # two words stand in any text
        ("the lamp", "", "exempt term"),
        ("light the lamp", "", "exempt term"),
        ("sound the horn", "pilot", "exempt term"),  # another source has them
        ("light the lantern", "rules", "exempt term"),
        ("belongs to the harbour", "letter", "exempt term"),  # as somebody else quotes it
    ],
)
def test_a_term_is_exempt_but_where_the_source_that_it_names_has_it(
    words: str, cited: str, expected: str
) -> None:
    found = verdict(replace(quotation(words, cited), kind=QuotationKind.TERM), LIBRARY)
    assert " ".join(filter(None, [found.kind.value, found.reason])) == expected


LOG = (
    "The first keeper came over the ice in March.\f"
    "The second keeper never wrote a word in the log.\f"
    "The third keeper left the tower in a storm."
)


def paged(text: str, **of: Any) -> Library:
    """Return a library of one source, its pages numbered from 11."""
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\f")]
    marks = tuple(Landmark(at, Locator("page", str(11 + n))) for n, at in enumerate(starts))
    source = SourceText(Key("rules"), text, landmarks=marks, **of)
    return replace(WHOLE, index=build_index([source]))


UNREAD = paged(LOG.replace("The second keeper never wrote a word in the log.", ""), unread=("12",))
"""The page in the middle could not be read."""
SOME = paged(LOG, extent=Extent.EXCERPT, pages="11-13")


@pytest.mark.parametrize(
    ("words", "cited", "unread", "some"),
    [
        ("The first keeper came over the ice", "rules", "verbatim", "verbatim"),
        ("The first keeper came over the ice", "rules p. 11", "verbatim", "verbatim"),
        # at another page than the one cited, which may have the same words if nobody read it
        ("The third keeper left the tower", "rules p. 12", "unchecked unread-pages", "mislocated"),
        ("The third keeper left the tower", "rules p. 11", "unchecked unread-pages", "mislocated"),
        ("The first keeper came over the ice", "rules p. 13", "mislocated", "mislocated"),
        # changed words are what they are where they stand, but not where another page is cited
        ("The first keeper came across the ice", "rules", "altered", "altered"),
        ("The first keeper came across the ice", "rules p. 11", "altered", "altered"),
        ("The third keeper left a tower in", "rules p. 12", "unchecked unread-pages", "altered"),
        ("The first keeper came across the ice", "rules p. 13", "altered", "altered"),
        # words that stand nowhere may stand on what is not at hand, or begin on the page before it
        (NOWHERE, "rules", "unchecked unread-pages", "unchecked excerpt"),
        (NOWHERE, "rules p. 11", "unchecked unread-pages", "absent"),
        (NOWHERE, "rules p. 12", "unchecked unread-pages", "absent"),
        (NOWHERE, "rules p. 13", "absent", "unchecked excerpt"),
        (NOWHERE, "rules p. 10", "unchecked unread-pages", "unchecked excerpt"),
    ],
)
def test_pages_that_are_not_at_hand_refute_nothing(
    words: str, cited: str, unread: str, some: str
) -> None:
    for library, expected in ((UNREAD, unread), (SOME, some)):
        found = verdict(quotation(words, cited), library)
        assert " ".join(filter(None, [found.kind.value, found.reason])) == expected


def test_pages_of_a_text_at_second_hand_refute_nothing_either() -> None:
    library = paged(LOG, extent=Extent.SECOND_HAND, pages="11-13")
    found = verdict(quotation(NOWHERE, "rules p. 11"), library)
    assert (found.kind, found.reason) == (VerdictKind.UNCHECKED, "second-hand")


@pytest.mark.parametrize("cited", ["", "letter; rules", "letter?; rules?", "pilot?"])
@pytest.mark.parametrize("order", [1, -1])
def test_of_two_sources_with_the_words_the_one_that_proves_them_counts(
    cited: str, order: int
) -> None:
    words = "He lights the lamp at dusk"
    texts = [SourceText(Key("letter"), words, Extent.SECOND_HAND), SourceText(Key("rules"), words)]
    found = verdict(quotation(words, cited), replace(LIBRARY, index=build_index(texts[::order])))
    assert found.kind is VerdictKind.VERBATIM
    assert found.place is not None
    assert found.place.key == "rules"


@pytest.mark.parametrize(
    ("cited", "named"),
    [("pilot art. 2; rules art. 1", "rules"), ("pilot art. 1; rules art. 2", "pilot")],
)
def test_of_two_sources_the_one_that_has_the_words_where_it_is_cited_counts(
    cited: str, named: str
) -> None:
    texts = [replace(TEXTS[0], key=Key(key)) for key in ("pilot", "rules")]
    found = verdict(
        quotation("The keeper shall light the lamp at dusk", cited),
        replace(WHOLE, index=build_index(texts)),
    )
    assert found.kind is VerdictKind.VERBATIM
    assert found.place is not None
    assert found.place.key == named


def test_a_wrong_source_is_named() -> None:
    found = verdict(quotation("trust the soundings and not his memory", "rules"), LIBRARY)
    assert found.elsewhere is not None
    assert found.elsewhere.key == "pilot"


def test_the_cited_place_is_chosen_among_equal_ones() -> None:
    text = "Article 1\n\nHe lights the lamp at dusk.\n\nArticle 2\n\nHe lights the lamp at dusk."
    marks = tuple(Landmark(text.index(f"Article {n}"), Locator("article-locator", n)) for n in "12")
    library = replace(WHOLE, index=build_index([SourceText(Key("rules"), text, landmarks=marks)]))
    for cited in ("rules art. 1", "rules art. 2"):
        found = verdict(quotation("He lights the lamp at dusk", cited), library)
        assert found.kind is VerdictKind.VERBATIM
        assert found.place is not None
        assert found.place.located is True
        assert len(found.place.equals) == 1


TITLES = [
    ("Lamps and Their Keepers: A History", "verbatim"),
    ("Lamps and Their Keepers: A History,", "verbatim"),
    ("Lamps and their keepers: a history", "adapted"),
    ("Lamps and Their Keepers – A History", "adapted"),
    ("Lamps and the Keepers: A History", "altered"),
    ("Lamps and the Keepers: A History.", "altered"),
    ("Lamps and Keepers", "altered"),
    ("The Pilot of the Coast", "altered"),
]


@pytest.mark.parametrize(("quoted", "expected"), TITLES)
def test_a_title_is_compared_with_the_entry_s(quoted: str, expected: str) -> None:
    title = quotation(quoted, "rules")
    source = Source(Key("rules"), "book", "Lamps and Their Keepers: A History")
    found = judge_title(title, take_apart(title), source, CONVENTIONS["chicago"])
    assert found.kind.value == expected


def test_each_verdict_passes_fails_or_is_unchecked() -> None:
    passing = {kind.value for kind in VerdictKind if kind.passes}
    failing = {kind.value for kind in VerdictKind if kind.fails}
    assert passing == {"exempt", "adapted", "verbatim"}
    assert failing == {"misattributed", "absent", "altered", "mislocated"}


def verdict(quoted: Quotation, library: Library) -> Judgement:
    elements = take_apart(quoted)
    places = find_places(quoted, elements, library, CONVENTIONS["chicago"])
    return judge(quoted, elements, places, library)


def quotation(text: str, cited: str) -> Quotation:
    flow = Flow(text, (Leaf(0, len(text), Span(0, len(text))),))
    named = tuple(map(read_cited, filter(None, cited.split("; "))))
    whole = Span(0, len(text))
    return Quotation("q-1", QuotationKind.INLINE, flow, whole, 0, cited=named)


def read_cited(text: str) -> Cited:
    key, _, place = text.partition(" ")
    label, _, value = place.partition(" ")
    labels = {"art.": "article-locator", "p.": "page"}
    locator = Locator(labels[label], value) if place else None
    return Cited(Key(key.rstrip("?")), locator, How.CITATION, firm=not key.endswith("?"))
