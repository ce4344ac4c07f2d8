"""annotate: verdicts go round the quoted words, and nothing else of the post changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubtool.model import (
    Document,
    Flow,
    Node,
    Quotation,
    QuotationKind,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.system.pandoc import Pandoc
from pubtool.system.wrappers import is_stretch
from pubtool.writers.annotate import CLASS, annotate
from pubtool.writers.ast import attribute, collect, has_class, is_element, meld, plain_text, words

# The text, what is quoted in it, and the pieces in which the quotation comes out.
CASES = {
    "straight marks": ('He said "two words" there.', "two words", ["two words"]),
    "curly marks": ("He said “two words” there.", "two words", ["two words"]),
    "emphasis inside": ('A "very *plain* word" here.', "very *plain* word", ["very plain word"]),
    "begins in emphasis": ("An “*opening* word” here.", "opening* word", ["opening word"]),
    "leaves an emphasis": ("*An “opening* word” here.", "opening* word", ["opening", " word"]),
    "in a link": ("See [“two words”](x.html).", "two words", ["two words"]),
    "nested marks": ("“He ‘was told’ it,” she said.", "He ‘was told’ it,", ["He ‘was told’ it,"]),
    "over a line's end": ('She "went\nhome" then.', "went\nhome", ["went home"]),
    "over two paragraphs": ("“One.\n\n“Two.” Yes.", "One.\n\n“Two.", ["One.", "“Two."]),
    "in a heading": ('# On "two words"\n\nText.', "two words", ["two words"]),
    "in a list": ('- a\n- "two words"', "two words", ["two words"]),
    "in a cell": ('| a |\n|---|\n| "two words" |', "two words", ["two words"]),
    "in a note": ('Text.[^1]\n\n[^1]: A "two words" note.', "two words", ["two words"]),
    "around a note": ("“one[^1] two” x\n\n[^1]: Note.", "one[^1] two", ["one two"]),
    "decomposed accents": ('A "cafe\u0301 noir" here.', "cafe\u0301 noir", ["café noir"]),
    "behind a tab": ('-\tA "two words" here.', "two words", ["two words"]),
    "code inside": ('The "`x` value" is.', "`x` value", ["x value"]),
}


def annotated_words(document: Document) -> list[str]:
    return [
        plain_text(node["c"][1])
        for node in collect(document.ast["blocks"], frozenset({"Span"}))
        if has_class(node, "quotation")
    ]


def plain_blocks(text: str, pandoc: Pandoc) -> Any:
    """Return what pandoc reads when it keeps no positions."""
    read = pandoc.convert(text.removesuffix("\n") + "\n", "commonmark_x", "json")
    return without_ids(json.loads(read)["blocks"])


def without_ids(blocks: Any) -> Any:
    """Leave the headings' ids out.

    Of two blanks in a row pandoc makes two hyphens there, but only where it keeps positions.
    """
    for heading in collect(blocks, frozenset({"Header"})):
        heading["c"][1][0] = ""
    return blocks


@pytest.mark.parametrize("name", CASES)
def test_quoted_words_and_nothing_else_are_wrapped(name: str, pandoc: Pandoc, verdict: Any) -> None:
    text, quoted, pieces = CASES[name]
    document = pandoc.parse(text, "a.md")
    result = annotate(document, text, [verdict(text, quoted)])
    assert annotated_words(result) == pieces


def without_annotations(value: Any) -> Any:
    """A tree with the added elements taken away, its stretches words and spaces again."""
    if isinstance(value, list):
        stripped: list[Any] = []
        for item in value:
            if is_element(item, frozenset({"Str"})) and is_stretch(item["c"]):
                stripped.extend(words(item["c"]))
                continue
            new = without_annotations(item)
            ours = is_element(new, frozenset({"Span", "Div"})) and CLASS in new["c"][0][1]
            added = ours and attribute(new, "data-verdict")
            stripped.extend(new["c"][1] if added else [new])
        return stripped
    if isinstance(value, dict):
        return {key: without_annotations(item) for key, item in value.items()}
    return value


@pytest.mark.parametrize("name", CASES)
def test_without_the_spans_it_is_what_pandoc_reads(name: str, pandoc: Pandoc, verdict: Any) -> None:
    text, quoted, _ = CASES[name]
    result = annotate(pandoc.parse(text, "a.md"), text, [verdict(text, quoted)])
    assert without_ids(meld(without_annotations(result.ast))["blocks"]) == plain_blocks(
        text, pandoc
    )


TOKENS = st.sampled_from(
    [
        *('"', "'", "“", "”", "*", "**", "word", "it's", " ", " ", "\n", "\n\n", "> ", "- ", "# "),
        *(
            "`c`",
            "[l](u)",
            "cafe\u0301",
            "\t",
            "&amp;",
            "—",
            ".",
            "\\*",
            "~x~",
            "5'10\"",
            "| a | b |",
        ),
    ]
)


@given(st.lists(TOKENS, min_size=1, max_size=24), st.data())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_and_no_quotation_changes_what_is_rendered(
    pandoc: Pandoc, tokens: list[str], data: st.DataObject
) -> None:
    text = "".join(tokens)
    cuts = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6).map(sorted))
    spans = [Span(low, high) for low, high in zip(cuts[::2], cuts[1::2], strict=False)]
    document = pandoc.parse(text, "a.md")
    result = annotate(document, text, list(made_up(spans)))
    assert without_ids(meld(without_annotations(result.ast))["blocks"]) == plain_blocks(
        text, pandoc
    )
    assert "data-pos" not in json.dumps(result.ast)


def made_up(spans: Iterable[Span]) -> Iterable[Verdict]:
    for number, span in enumerate(spans):
        kind = QuotationKind.BLOCK if number % 2 else QuotationKind.INLINE
        quotation = Quotation(f"q-{number}", kind, Flow("", ()), span, 0)
        yield Verdict(quotation, VerdictKind.ABSENT, None, None, (), ())


def found(document: Document) -> list[Node]:
    return [
        node
        for node in collect(document.ast["blocks"], frozenset({"Span", "Div"}))
        if has_class(node, "quotation")
    ]


def test_the_element_says_verdict_source_and_place(pandoc: Pandoc, verdict: Any) -> None:
    text = 'A "word of it" here.'
    result = annotate(pandoc.parse(text, "a.md"), text, [verdict(text, "word of it")])
    (node,) = found(result)
    assert node["c"][0] == [
        "q-000003",
        ["quotation"],
        [["data-verdict", "verbatim"], ["data-source", "mill1859"], ["data-locator", "page 12"]],
    ]


def test_a_place_that_was_not_compared_is_none_of_the_element_s(
    pandoc: Pandoc, verdict: Any, uncompared: Any
) -> None:
    text = 'A "word of it" here.'
    told = uncompared(verdict(text, "word of it"))
    (node,) = found(annotate(pandoc.parse(text, "a.md"), text, [told]))
    assert node["c"][0][2] == [["data-verdict", "verbatim"], ["data-source", "mill1859"]]


def test_pieces_of_one_quotation_share_one_id(pandoc: Pandoc, verdict: Any) -> None:
    text = "“One.\n\n“Two.” Yes."
    result = annotate(pandoc.parse(text, "a.md"), text, [verdict(text, "One.\n\n“Two.")])
    first, second = found(result)
    assert (first["c"][0][0], second["c"][0][0]) == ("q-000001", "")
    assert attribute(second, "data-part-of") == "q-000001"


def test_a_block_quotation_is_wrapped_whole(pandoc: Pandoc, verdict: Any) -> None:
    text = "Text.\n\n> Outer.\n>\n> > Inner words.\n"
    block = verdict(text, "Inner words.", sort=QuotationKind.BLOCK)
    result = annotate(pandoc.parse(text, "a.md"), text, [block])
    (node,) = found(result)
    assert [inner["t"] for inner in node["c"][1]] == ["BlockQuote"]
    assert plain_text(node["c"][1]) == "Inner words."


def test_a_quotation_inside_another_is_wrapped_inside(pandoc: Pandoc, verdict: Any) -> None:
    text = "“He said ‘a word’ then” x"
    both = [verdict(text, "He said ‘a word’ then"), verdict(text, "a word")]
    result = annotate(pandoc.parse(text, "a.md"), text, both)
    assert annotated_words(result) == ["He said ‘a word’ then", "a word"]


def test_a_term_gets_nothing(pandoc: Pandoc, verdict: Any) -> None:
    text = 'So-called "local" things.'
    term = verdict(text, "local", VerdictKind.EXEMPT, sort=QuotationKind.TERM, reason="term")
    assert found(annotate(pandoc.parse(text, "a.md"), text, [term])) == []
