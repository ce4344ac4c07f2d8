"""Files of decisions: what is written is what is read, and what is wrong is said at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.errors import BadDecision
from pubtool.model import Choice, Code, Decision, VerdictKind
from pubtool.readers.decisions import file_of, place_of, read_decisions, render_decisions

MALFORMED = Path(__file__).parents[1] / "cases" / "decisions" / "malformed.md"
CASE = re.compile(r"```toml\n(.*?)```\n```said\n(.*?)\n```", re.DOTALL)
POST, QUOTATION = "posts/1911/on-care.md", "q-5d0c2f"
FILE = "decisions/1911/on-care/q-5d0c2f.toml"

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = TEXTS.map(str.strip).filter(bool)
CODES = st.lists(st.sampled_from([Code("Q101"), Code("Q301")]), min_size=1, max_size=3).map(tuple)
VERDICTS = st.sampled_from([kind.value for kind in VerdictKind])
DECISIONS = st.one_of(
    st.builds(
        Decision,
        post=st.just(POST),
        quotation=st.just(QUOTATION),
        text=WORDS,
        choice=st.just(Choice.WAIVE),
        verdict=VERDICTS,
        codes=CODES,
        reason=WORDS,
        by=TEXTS,
        on=TEXTS,
    ),
    st.builds(
        Decision,
        post=st.just(POST),
        quotation=st.just(QUOTATION),
        text=WORDS,
        choice=st.just(Choice.ACCEPT),
        verdict=VERDICTS,
        reason=TEXTS.map(str.strip),
    ),
)


@given(st.lists(DECISIONS, max_size=4).map(tuple))
def test_what_is_written_is_what_is_read(decisions: tuple[Decision, ...]) -> None:
    text = render_decisions(decisions)
    assert read_decisions(text, FILE) == decisions
    assert render_decisions(read_decisions(text, FILE)) == text


def test_a_file_reads_by_itself() -> None:
    accepted = Decision(POST, QUOTATION, "The lamp", Choice.ACCEPT, "altered")
    waived = Decision(
        POST, QUOTATION, "The lamp", Choice.WAIVE, "absent", (Code("Q301"),), "a letter",
        "Ada", "2026-05-03",
    )  # fmt: skip
    assert render_decisions((accepted, waived)) == (
        "# What was decided about this quotation; the last decision holds.\n\n"
        '[[decision]]\ntext = "The lamp"\nchoice = "accept"\nverdict = "altered"\n\n'
        '[[decision]]\ntext = "The lamp"\nchoice = "waive"\nverdict = "absent"\n'
        'codes = ["Q301"]\nreason = "a letter"\nby = "Ada"\non = "2026-05-03"\n'
    )


def test_a_date_may_be_written_as_tomls_own() -> None:
    text = '[[decision]]\ntext = "a"\nchoice = "accept"\nverdict = "absent"\non = 2026-05-03\n'
    assert read_decisions(text, FILE)[0].on == "2026-05-03"


def test_an_empty_file_says_nothing() -> None:
    assert read_decisions("", FILE) == ()


@pytest.mark.parametrize(("text", "said"), CASE.findall(MALFORMED.read_text(encoding="utf-8")))
def test_what_is_wrong_is_said_at_its_line(text: str, said: str) -> None:
    with pytest.raises(BadDecision) as raised:
        read_decisions(text, FILE)
    assert str(raised.value) == f"{FILE}:{said}"


def test_every_case_is_tried() -> None:
    assert MALFORMED.read_text(encoding="utf-8").count("```said") == len(
        CASE.findall(MALFORMED.read_text(encoding="utf-8"))
    )


def test_a_post_and_a_quotation_have_one_file() -> None:
    assert file_of(POST, QUOTATION) == FILE
    assert place_of(FILE) == (POST, QUOTATION)


@pytest.mark.parametrize(
    ("post", "quotation"),
    [
        ("posts/../../etc/passwd.md", "q-1"),
        ("/posts/a.md", "q-1"),
        ("sources/a.md", "q-1"),
        ("posts/a.txt", "q-1"),
        ("posts/a.md", "../q-1"),
        ("posts/a.md", "q-"),
    ],
)
def test_no_file_lies_elsewhere(post: str, quotation: str) -> None:
    with pytest.raises(ValueError, match="no "):
        file_of(post, quotation)


@pytest.mark.parametrize(
    "path", ["decisions/q-1.toml", "decisions/a/notes.toml", "decisions/a/q-1.txt"]
)
def test_other_files_are_about_no_quotation(path: str) -> None:
    with pytest.raises(BadDecision, match="about no quotation"):
        place_of(path)
