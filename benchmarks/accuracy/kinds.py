"""The kinds of treatment, and what is due for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from faithful import (
    bracket_ending,
    bracket_insertion,
    bracket_letter,
    bracket_substitution,
    capital,
    capital_bracket,
    ellipses_two,
    ellipsis,
    ellipsis_long,
    emphasis_remark,
    exact,
    final_stop,
    interrupted,
    line_wrap,
    nested_swapped,
    sic_slip,
    typographic,
    unaccented,
)
from falsified import (
    bracketed_negation,
    changed_function,
    changed_word,
    curly,
    date_changed,
    ellipsis_backwards,
    ellipsis_hides_not,
    hyphen,
    inflected,
    joined,
    modal_changed,
    more,
    name_changed,
    negation_added,
    negation_dropped,
    number_changed,
    phrase_left_out,
    sic_false,
    sic_own_slip,
    spelling_changed,
    stop,
    swapped,
    word_added,
    word_left_out,
)
from treatments import Maker

PASSES = frozenset({"verbatim", "adapted"})
ADAPTED = frozenset({"adapted"})
ALTERED = frozenset({"altered"})
LOST = frozenset({"altered", "absent"})


@dataclass(frozen=True)
class Kind:
    """A kind of treatment."""

    name: str
    make: Maker
    due: frozenset[str]
    """The verdicts that are right."""
    false: bool = False
    """Whether it must not pass."""
    codes: frozenset[str] = frozenset()
    """One of these findings must be given; none asked where empty."""
    world: str = "plain"
    """How the sources are set."""
    least: int = 4
    """The fewest words of a passage."""
    lang: str = ""
    """Of which language the source must be; empty for any."""
    warns: bool = False
    """Whether it may pass, if one of `codes` is given."""


def _kind(
    name: str, make: Maker, due: frozenset[str], *codes: str, false: bool = False, **other: object
) -> Kind:
    return Kind(name, make, due, false, frozenset(codes), **other)  # type: ignore[arg-type]


_FAITHFUL = (
    _kind("exact", exact, PASSES),
    _kind("line wrap", line_wrap, PASSES),
    _kind("other apostrophe shape", typographic, PASSES),
    _kind("final punctuation", final_stop, PASSES),
    _kind("initial capital", capital, PASSES),
    _kind("initial capital in brackets", capital_bracket, ADAPTED),
    _kind("ellipsis …", ellipsis("…"), PASSES, least=8),
    _kind("ellipsis ...", ellipsis("..."), PASSES, least=8),
    _kind("ellipsis . . .", ellipsis(". . ."), PASSES, least=8),
    _kind("ellipsis […]", ellipsis("[…]"), PASSES, least=8),
    _kind("ellipsis [...]", ellipsis("[...]"), PASSES, least=8),
    _kind("ellipsis, four dots", ellipsis("four"), PASSES, least=8),
    _kind("two ellipses", ellipses_two, PASSES, least=16),
    _kind("ellipsis, gap over 50 words", ellipsis_long, PASSES, least=5),
    _kind("bracketed letter", bracket_letter, ADAPTED),
    _kind("bracketed insertion", bracket_insertion, ADAPTED),
    _kind("bracketed substitution", bracket_substitution, ADAPTED, lang="en"),
    _kind("bracketed ending", bracket_ending, ADAPTED, lang="en"),
    _kind("[sic] on a real slip", sic_slip, ADAPTED, world="slips"),
    _kind("nested marks swapped", nested_swapped, PASSES, world="quoting"),
    _kind("emphasis remark", emphasis_remark, PASSES),
    _kind("interrupted by the author", interrupted, PASSES),
    _kind("block quote", exact, PASSES, least=20),
    _kind("over two paragraphs", exact, PASSES, least=8, world="pairs"),
    _kind("source: note marks", exact, PASSES, world="note marks"),
    _kind("source: line-end hyphens", exact, PASSES, world="hyphens"),
    _kind("source: page break, head, foot", exact, PASSES, world="pages", least=6),
    _kind("source: page break, footnote", exact, PASSES, world="footnotes", least=6),
    _kind("source: real page break", exact, PASSES, world="real pages", least=6),
    _kind("source: ligatures", exact, PASSES, world="ligatures"),
    _kind("source: long s", exact, PASSES, world="long s"),
    _kind("source: diacritics lost", unaccented, PASSES, world="no diacritics"),
    _kind("source: OCR noise 2 %", exact, PASSES | {"unchecked"}, world="ocr"),
    _kind("source: OCR, another scanner", exact, PASSES | {"unchecked"}, world="ocr 2"),
    _kind("source: letters lost, torn", exact, PASSES | {"unchecked"}, world="worn"),
    _kind("source: book pages", exact, PASSES, world="books", least=6),
    _kind("source: book pages, notes", exact, PASSES, world="notes", least=6),
    _kind("source: pages without form feed", exact, PASSES, world="run on", least=6),
    _kind("right page", exact, PASSES, world="cited pages"),
)
_FALSE = (
    _kind("changed word", changed_word, LOST, "Q101", "Q104", false=True),
    _kind("changed function word", changed_function, ALTERED, "Q101", "Q104", false=True),
    _kind(
        "changed word, real page break",
        changed_word,
        LOST,
        "Q101",
        "Q104",
        false=True,
        world="real pages",
        least=6,
    ),
    _kind("inflection", inflected, LOST, "Q101", "Q104", false=True),
    _kind("negation dropped", negation_dropped, ALTERED, "Q104", false=True),
    _kind("negation added", negation_added, ALTERED, "Q104", false=True),
    _kind("modal changed", modal_changed, ALTERED, "Q104", false=True),
    _kind("number changed", number_changed, ALTERED, "Q104", false=True),
    _kind("date changed", date_changed, ALTERED, "Q104", false=True),
    _kind("name changed", name_changed, LOST, "Q104", false=True),
    _kind("word added", word_added, LOST, "Q102", "Q104", false=True),
    _kind("word left out", word_left_out, ALTERED, "Q103", "Q104", false=True),
    _kind("phrase left out", phrase_left_out, ALTERED, "Q103", "Q104", false=True, least=9),
    _kind("two words swapped", swapped, ALTERED, "Q109", false=True),
    _kind("spelling variant", spelling_changed, ALTERED, "Q105", false=True, lang="en"),
    _kind("joined without a mark", joined, LOST, false=True, least=8),
    _kind("ellipsis out of order", ellipsis_backwards, ALTERED, "Q122", false=True, least=12),
    _kind(
        "ellipsis hides a negation",
        ellipsis_hides_not,
        frozenset({"adapted", "altered"}),
        "Q121",
        false=True,
        warns=True,
        least=9,
    ),
    _kind("bracketed negation", bracketed_negation, ALTERED, "Q131", "Q104", false=True),
    _kind("[sic] on the post's own slip", sic_own_slip, ALTERED, "Q132", false=True),
    _kind("[sic] on a sound word", sic_false, ALTERED, "Q132", false=True, lang="en"),
    _kind("false + full stop", more(changed_word, stop), LOST, "Q101", "Q104", false=True),
    _kind("false + soft hyphen", more(changed_word, hyphen), LOST, "Q101", "Q104", false=True),
    _kind(
        "false + curly marks", more(changed_function, curly), ALTERED, "Q101", "Q104", false=True
    ),
    _kind("negation dropped + full stop", more(negation_dropped, stop), ALTERED, false=True),
    _kind("OCR + changed word", changed_word, LOST, "Q101", "Q104", false=True, world="ocr"),
    _kind("OCR + inflection", inflected, LOST, "Q101", "Q104", false=True, world="ocr"),
    _kind("OCR + negation dropped", negation_dropped, LOST, "Q104", false=True, world="ocr"),
    _kind("OCR + name changed", name_changed, LOST, "Q104", false=True, world="ocr 2"),
    _kind("OCR + function word", changed_function, LOST, "Q101", "Q104", false=True, world="ocr 2"),
    _kind("OCR + word left out", word_left_out, LOST, "Q103", "Q104", false=True, world="worn"),
    _kind(
        "pages + word left out",
        word_left_out,
        LOST,
        "Q103",
        "Q104",
        false=True,
        world="books",
        least=6,
    ),
    _kind(
        "pages + phrase left out",
        phrase_left_out,
        LOST,
        "Q103",
        "Q104",
        false=True,
        world="notes",
        least=9,
    ),
    _kind("misattributed", exact, frozenset({"misattributed"}), "Q201", false=True),
    _kind(
        "wrong page",
        exact,
        frozenset({"mislocated"}),
        "Q202",
        false=True,
        world="cited pages",
        least=8,
    ),
    _kind("absent passage", exact, frozenset({"absent"}), "Q301", false=True, world="outside"),
    _kind(
        "order-2 Markov text", exact, LOST | {"misattributed"}, false=True, world="markov", least=10
    ),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (*_FAITHFUL, *_FALSE)}
"""Faithful or properly marked ones first."""
