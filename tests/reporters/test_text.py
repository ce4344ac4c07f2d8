"""The text reporter's promises, on the fixed report and on others made up."""

from __future__ import annotations

import unicodedata

import pytest
from click import unstyle
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtool.model import (
    Code,
    Difference,
    DifferenceKind,
    Extent,
    FileReport,
    Finding,
    Flow,
    Key,
    Leaf,
    Locator,
    Match,
    PostReport,
    Quotation,
    QuotationKind,
    Report,
    Severity,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.reporters.columns import CUT, columns, printable, shorten, wrap
from pubtool.reporters.json import render_json
from pubtool.reporters.tally import all_findings
from pubtool.reporters.text import Verbosity, render_text

LETTERS = st.text(
    st.sampled_from("abcde of “”’…—é\u0301第条\t\u202e\x1b\x07🙂\u200d\n"), max_size=30
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Draw a report on one quotation, made of equal and differing stretches."""
    at = there = 0
    text = source = ""
    differences = []
    for _ in range(draw(st.integers(0, 6))):
        same = draw(LETTERS)
        text, source = text + same, source + same
        quoted, other = draw(LETTERS), draw(LETTERS)
        at, there = len(text), len(source)
        text, source = text + quoted, source + other
        code = draw(st.sampled_from([None, "Q101", "Q103", "Q106"]))
        differences.append(
            Difference(
                draw(st.sampled_from(DifferenceKind)), quoted, other,
                Span(at, len(text)), Span(there, len(source)), marked=False, permitted=False,
                code=Code(code) if code else None,
            )
        )  # fmt: skip
    before = draw(LETTERS)
    flow = Flow(text, (Leaf(0, len(text), Span(len(before), len(before) + len(text))),))
    span = Span(len(before), len(before) + len(text))
    quotation = Quotation("q-1", QuotationKind.INLINE, flow, span, 0)
    match = draw(
        st.none()
        | st.builds(
            Match, st.just(Key("k")), st.just(Span(0, len(source))), st.just(source), LETTERS,
            LETTERS, st.none() | st.just(Locator("page", "3")), st.floats(0, 1),
            st.sampled_from(Extent),
        )
    )  # fmt: skip
    post = before + text + draw(LETTERS)
    offsets = st.integers(0, len(post))
    spans = st.tuples(offsets, offsets).map(lambda pair: Span(min(pair), max(pair)))
    found = draw(
        st.lists(
            st.builds(
                Finding, st.sampled_from([Code("Q101"), Code("Q106"), Code("Q111"), Code("Q303")]),
                st.sampled_from(Severity), LETTERS.map(lambda said: said + "x"), spans,
                st.sampled_from([None, "q-1", "q-2"]),
            ),
            max_size=4,
        )
    )  # fmt: skip
    kind = draw(st.sampled_from(VerdictKind))
    reason = draw(st.none() | st.sampled_from(["term", "second-hand", "missing", "odd"]))
    own = tuple(each for each in found if each.quotation == "q-1")
    verdict = Verdict(quotation, kind, reason, match, tuple(differences), own)
    return Report((PostReport("posts/a.md", post, (verdict,), tuple(found)),))


@settings(deadline=None)
@given(reports(), st.integers(40, 120), st.sampled_from(Verbosity))
def test_lines_stay_inside_the_width_and_the_last_is_the_count(
    report: Report, width: int, verbosity: Verbosity
) -> None:
    shown = render_text(report, width=width, verbosity=verbosity)
    *lines, last = shown.removesuffix("\n").split("\n")
    assert last.startswith("1 quotation in 1 post: ")
    if verbosity > Verbosity.QUIET:
        words = 60  # a word that is wider than the line cannot be wrapped
        assert all(columns(line) <= max(width, words) for line in lines)
        pictures = [line for line in lines if line[8:9] == "|"]
        assert all(columns(line) <= width for line in pictures)


@settings(deadline=None)
@given(reports())
def test_no_control_character_of_a_post_or_a_source_reaches_the_terminal(report: Report) -> None:
    shown = render_text(report, verbosity=Verbosity.VERBOSE)
    assert {c for c in shown if unicodedata.category(c) == "Cc"} <= {"\n"}
    assert "\u202e" not in shown


@settings(deadline=None)
@given(reports())
def test_colours_add_nothing_but_colours(report: Report) -> None:
    assert unstyle(render_text(report, colour=True)) == render_text(report)


@settings(deadline=None)
@given(reports())
def test_any_report_becomes_json(report: Report) -> None:
    assert render_json(report).endswith("}\n")


def test_an_empty_project_says_so() -> None:
    assert render_text(Report(())) == "0 quotations: no posts were found\n"


def test_a_post_without_quotations_is_counted() -> None:
    empty = Report((PostReport("posts/a.md", "", (), ()),))
    assert render_text(empty) == "No findings.\n0 quotations in 1 post\n"


@pytest.mark.parametrize("verbosity", Verbosity)
def test_the_count_is_one_line_and_the_last(report: Report, verbosity: Verbosity) -> None:
    assert render_text(report, width=40, verbosity=verbosity).splitlines()[-1] == (
        "8 quotations in 2 posts (1 other could not be read): 5 checked, 1 passed, 4 failed; "
        "1 unchecked (1 second-hand excerpt); 2 exempt (1 term, 1 waived)"
    )


def test_differing_words_stand_under_each_other(report: Report) -> None:
    lines = render_text(report).splitlines()
    pairs = {6: ("or deception", "of deception"), 10: ("of   another", "over another")}
    for number, (mine, theirs) in pairs.items():
        post, marks, source = lines[number - 1 : number + 2]
        at = marks.index("^")
        assert post[at:].startswith(mine)
        assert source[at:].startswith(theirs)


def test_missing_wide_characters_leave_a_gap_of_their_width(report: Report) -> None:
    lines = render_text(report).splitlines()
    at = next(number for number, line in enumerate(lines) if "source | 第二条" in line)
    post, marks, source = lines[at - 2 : at + 1]
    before = columns(source[: source.index("すべて")])
    assert columns(post) == columns(source)
    assert marks == " " * 8 + "|" + " " * (before - 9) + "^" * 6


def test_quotations_that_are_unchecked_for_one_reason_share_its_line() -> None:
    text = "“one” “two”"
    verdicts, found = [], []
    for number, start in enumerate((1, 7)):
        span = Span(start, start + 3)
        words = Flow(text[start : start + 3], (Leaf(0, 3, span),))
        quotation = Quotation(f"q-{number}", QuotationKind.INLINE, words, span, 0)
        finding = Finding(
            Code("Q302"), Severity.WARNING, "could not be checked: no text", span, quotation.id
        )
        found.append(finding)
        verdicts.append(Verdict(quotation, VerdictKind.UNCHECKED, "missing", None, (), (finding,)))
    report = Report((PostReport("posts/a.md", text, tuple(verdicts), tuple(found)),))
    assert render_text(report) == (
        "warning[Q302] could not be checked: no text\n"
        "  posts/a.md:1:2: “one”\n"
        "  posts/a.md:1:8: “two”\n"
        "\n"
        "Found 2 warnings.\n"
        "2 quotations in 1 post: 0 checked, 0 passed, 0 failed; 2 unchecked (2 source's text "
        "missing)\n"
    )
    assert render_text(report, verbosity=Verbosity.QUIET).count("warning[Q302]") == 2


def test_quiet_says_each_finding_on_one_line(report: Report) -> None:
    lines = render_text(report, verbosity=Verbosity.QUIET).splitlines()
    findings = len(list(all_findings(report)))
    assert len([line for line in lines if "[Q" in line]) == findings
    assert len(lines) == findings + len(report.errors) + 1


@given(st.text(), st.integers(1, 50))
def test_shortened_text_fits(text: str, width: int) -> None:
    text = printable(text)
    short = shorten(text, width)
    assert columns(short) <= width
    assert short == text or short.endswith(CUT)


@given(st.text(), st.integers(10, 90))
def test_wrapping_loses_no_word(text: str, width: int) -> None:
    assert " ".join(wrap(text, width, indent=4)).split() == text.split()


def test_a_command_that_may_be_copied_stays_in_one_line() -> None:
    text = "no text of orme; bring it with `pubtool sources add FILE`, or (`pubtool x y`) at once"
    assert wrap(text, 34, used=20, indent=2) == [
        "no text of",
        "  orme; bring it with",
        "  `pubtool sources add FILE`, or",
        "  (`pubtool x y`) at once",
    ]
    assert wrap("a `too long for it`", 10) == ["a `too", "long for", "it`"]
    assert wrap("a lone ` is a word", 8) == ["a lone `", "is a", "word"]


def test_a_long_place_that_is_cut_is_marked_as_cut_once() -> None:
    line = (
        "He says that the lamp is lit at dusk and put out at dawn, as every keeper knows, always."
    )
    finding = Finding(Code("Q206"), Severity.INFO, "not compared", Span(8, len(line) - 9))
    shown = render_text(Report((), (FileReport("a.md", line, (finding,)),)), width=60)
    assert CUT + CUT not in shown
    assert CUT in shown
