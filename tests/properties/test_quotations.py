"""What holds of every post, and not only of those in the case files.

The posts are built by hand from plain paragraphs, one leaf each, so that any text at all can
stand in them: what pandoc would make of it is not the question here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.checker.attribution import attribute, index_naming
from pubtool.checker.quotations import find_quotations, pairing
from pubtool.checker.quotations.marks import find_marks
from pubtool.model import (
    Bibliography,
    Block,
    BlockKind,
    Flow,
    FrontMatter,
    Key,
    Leaf,
    Name,
    Post,
    Source,
    Span,
)
from pubtool.text.typography import QUOTES

MARKS = "\"'“”„‟«»‹›「」『』〝〞〟″‘’‚‛"
WORDS = st.sampled_from(
    "the dogs’ bowls of '90s don't fraud, and force. 5'10\" 12\" “deception” «loi» Marsh says "
    "(no) — 'n' said, “ ” \" ' « » „ “ ‘ ’ Nothing else. 言「論」 ``so''".split(" ")
)
SENTENCES = st.lists(WORDS, max_size=24).map(" ".join)
ANYTHING = st.one_of(
    SENTENCES, st.text(max_size=60), st.text(alphabet=MARKS + " ab.1", max_size=40)
)
PARAGRAPHS = st.lists(ANYTHING, max_size=5)
PLAIN = st.lists(
    st.text(alphabet="abcdefgh", min_size=2, max_size=6), min_size=4, max_size=12, unique=True
).map(" ".join)
BIBLIOGRAPHY = Bibliography(
    "references.bib",
    {Key("marsh"): Source(Key("marsh"), "book", "Salt and Silver", (Name("Marsh", "Ellen"),))},
)


def make_post(paragraphs: list[str]) -> Post:
    file, blocks = "", []
    for text in filter(None, paragraphs):
        leaf = Leaf(0, len(text), Span(len(file), len(file) + len(text)))
        blocks.append(Block(BlockKind.PARAGRAPH, Flow(text, (leaf,)), (), ()))
        file += text + "\n\n"
    return Post("post.md", file, FrontMatter(), tuple(blocks))


@given(PARAGRAPHS)
def test_nothing_that_can_stand_in_a_post_is_too_much(paragraphs: list[str]) -> None:
    post = make_post(paragraphs)
    quotations, findings = find_quotations(post)
    assert len(attribute(quotations, post, index_naming(BIBLIOGRAPHY))) == len(quotations)
    assert all(0 <= f.span.start <= f.span.end <= len(post.text) for f in findings)


@given(PARAGRAPHS)
def test_a_quotation_in_one_piece_is_what_the_file_has_at_its_range(paragraphs: list[str]) -> None:
    post = make_post(paragraphs)
    for quotation in find_quotations(post)[0]:
        assert quotation.text == quotation.text.strip()
        if not quotation.joints and "\n\n" not in quotation.text:
            span = quotation.span
            assert post.text[span.start : span.end] == quotation.text


@given(PARAGRAPHS)
def test_quotations_are_in_order_disjoint_and_told_apart(paragraphs: list[str]) -> None:
    quotations, _ = find_quotations(make_post(paragraphs))
    spans = [quotation.span for quotation in quotations]
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert len({quotation.id for quotation in quotations}) == len(quotations)


@given(PARAGRAPHS)
def test_a_paragraph_put_before_changes_no_id_and_no_text(paragraphs: list[str]) -> None:
    before = find_quotations(make_post(paragraphs))[0]
    after = find_quotations(make_post(["Nothing is quoted here.", *paragraphs]))[0]
    assert [(q.id, q.text) for q in after] == [(q.id, q.text) for q in before]


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_paragraph_without_marks_keeps_its_neighbours_apart(
    one: list[str], two: list[str]
) -> None:
    middle = "Nothing is quoted here."
    together = find_quotations(make_post([*one, middle, *two]))[0]
    both = [q.text for part in (one, two) for q in find_quotations(make_post(part))[0]]
    assert [q.text for q in together] == both or any("'" in p or "’" in p for p in (*one, *two))


@given(st.lists(st.text(alphabet=st.characters(exclude_characters=MARKS + QUOTES), max_size=60)))
def test_a_post_without_marks_has_no_quotations(paragraphs: list[str]) -> None:
    assert find_quotations(make_post(paragraphs)) == ((), ())


@given(
    PLAIN,
    PLAIN,
    PLAIN,
    st.sampled_from(['""', "“”", "„“", "„”", "«»", "»«", "””", "»»", "「」", "''", "‘’", "‹›"]),
)
def test_a_planted_quotation_is_found_exactly(
    before: str, words: str, after: str, marks: str
) -> None:
    post = make_post([f"{before} {marks[0]}{words}{marks[1]} {after}"])
    quotations, findings = find_quotations(post)
    assert [quotation.text for quotation in quotations] == [words]
    assert findings == ()


@given(PLAIN, st.lists(PLAIN, min_size=1, max_size=4), st.data())
def test_one_missing_mark_never_turns_a_paragraph_inside_out(
    prose: str, quoted: list[str], data: st.DataObject
) -> None:
    text = " ".join(f'{prose} "{words}"' for words in quoted) + " end."
    places = [at for at, character in enumerate(text) if character == '"']
    gone = data.draw(st.sampled_from(places))
    quotations, findings = find_quotations(make_post([text[:gone] + text[gone + 1 :]]))
    whole = [words for number, words in enumerate(quoted) if number != places.index(gone) // 2]
    assert [quotation.text for quotation in quotations] == whole
    assert [finding.code for finding in findings][:1] == ["Q601"]


@given(st.lists(WORDS, max_size=5).map(" ".join))
def test_more_readings_than_the_beam_holds_would_change_nothing(text: str) -> None:
    marks = tuple(find_marks(text, table_cell=False))
    narrow = pairing.pair([marks], [False], singles=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairing, "BEAM", 64 * pairing.BEAM)
        assert pairing.pair([marks], [False], singles=False) == narrow


def test_the_work_for_each_mark_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    advance, work = pairing._advance, list[int]()

    def counting(states: list[Any], *others: Any) -> list[Any]:
        work.append(len(states))
        return advance(states, *others)

    monkeypatch.setattr(pairing, "_advance", counting)
    text = "Marsh says “of fraud and 'of force' and \"of *power\" then, '90s' 5\" " * 500
    marks = tuple(find_marks(text, table_cell=False))
    pairing.pair([marks], [False], singles=False)
    assert len(work) == len(marks) > 2000
    assert max(work) <= pairing.BEAM


def test_a_post_of_thousands_of_quotations_is_read_whole() -> None:
    text = 'Marsh says “of fraud and of force” and "of power and of greed" then. ' * 2000
    post = make_post([text, text.replace("”", "")])
    quotations, findings = find_quotations(post)
    assert len(quotations) == 6000
    assert len(findings) == 2000
    assert len(attribute(quotations, post, index_naming(BIBLIOGRAPHY))) == 6000
