"""Runs of borrowed words: the quick search finds what the slow one finds, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from hypothesis import event, given, settings
from hypothesis import strategies as st

from pubtool.checker.borrowing import _find_runs, _grow, _Run
from pubtool.checker.index import IndexPart, build_index
from pubtool.checker.index.shared_sixes import find_shared
from pubtool.checker.index.sixes import SIX
from pubtool.model import Key, SourceText

WORDS = st.sampled_from("ab bc cd de ef fg".split())
TEXTS = st.lists(WORDS, min_size=0, max_size=60)
MOST_PLACES = 512


def source_of(words: list[str], key: str = "k") -> SourceText:
    return SourceText(Key(key), " ".join(words))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A post's words with gaps, and a source's that shares some stretches with it."""
    post, source = draw(TEXTS), draw(TEXTS)
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, max(len(source) - 1, 0)))
        at = draw(st.integers(0, len(post)))
        post[at:at] = source[start : start + draw(st.integers(4, 20))]
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(post)))
        post[at:at] = [draw(st.sampled_from(["", "elsewhere"]))]
    return post, source


@given(pairs())
@settings(max_examples=400)
def test_the_runs_are_those_of_the_slow_search(given_pair: tuple[list[str], list[str]]) -> None:
    post, source = given_pair
    index = build_index([source_of(source)])
    part, folds = index.parts[Key("k")], tuple(post)
    found = [run for one in find_shared(folds, index) for run in _find_runs(folds, part, one.pairs)]
    event("some" if found else "none")
    assert found == list(slow_runs(folds, part))


@given(TEXTS, TEXTS)
def test_sixes_are_found_where_the_same_six_words_stand(post: list[str], source: list[str]) -> None:
    expected = [
        (at, place)
        for at in range(len(post) - SIX + 1)
        for place in range(len(source) - SIX + 1)
        if post[at : at + SIX] == source[place : place + SIX]
    ]
    found = find_shared(post, build_index([source_of(source), source_of(["other"], "other")]))
    assert [pair for one in found for pair in one.pairs] == expected


def test_of_many_sources_of_the_same_words_those_with_most_round_them_are_looked_at() -> None:
    post = [f"w{n}" for n in range(40)]
    sources = [source_of([*post[: 10 + n], "end"], f"k{n:02}") for n in range(20)]
    found = [one.key for one in find_shared(post, build_index(sources))]
    assert found == [source.key for source in sources[-12:]]


def test_words_that_a_source_repeats_without_end_are_looked_at_where_others_are_with_them() -> None:
    table = ["0"] * 3000
    source = [*table, "the", "lamp", "is", "lit", "at", "dusk", *table]
    post = [*table[:900], "the", "lamp", "is", "lit", "at", "dusk", *table[:900]]
    (found,) = find_shared(post, build_index([source_of(source)]))
    assert len(found.pairs) == 11
    assert found.pairs[0] == (895, 2995)


def test_what_both_repeat_is_no_more_work_for_being_repeated() -> None:
    sentence = "the keeper shall light the lamp at dusk and put it out".split()
    post, source = sentence * 100, sentence * 200
    (found,) = find_shared(post, build_index([source_of(source)]))
    assert len(found.pairs) <= 6 * len(post)
    (longest, *_) = sorted(
        _find_runs(post, build_index([source_of(source)]).parts[Key("k")], found.pairs),
        key=lambda run: run.first - run.end,
    )
    assert (longest.first, longest.end) == (0, len(post))


def slow_runs(folds: tuple[str, ...], part: IndexPart) -> Iterator[_Run]:
    """Every place of every anchor, one after the other."""
    reached: dict[int, int] = {}
    for number in anchors(folds, part):
        for place in part.postings[folds[number]]:
            if reached.get(place - number, 0) > number:
                continue
            seed = agreement(folds, part, number, place)
            if seed.end - seed.first >= SIX:
                run = _grow(folds, seed)
                for end, stop in ((seed.end, seed.stop), (run.end, run.stop)):
                    reached[stop - end] = max(end, reached.get(stop - end, 0))
                yield run


def anchors(folds: tuple[str, ...], part: IndexPart) -> list[int]:
    """The rarest word of every six in a row that the source knows, the first of equals."""
    postings = part.postings
    found = set()
    for at in range(len(folds) - SIX + 1):
        six = range(at, at + SIX)
        if all(folds[n] in postings for n in six):
            rarest = min(six, key=lambda n: (len(postings[folds[n]]), n))
            if len(postings[folds[rarest]]) <= MOST_PLACES:
                found.add(rarest)
    return sorted(found)


def agreement(folds: tuple[str, ...], part: IndexPart, number: int, place: int) -> _Run:
    source = part.folded
    behind = next(n for n in count() if not same(folds, number + n, source, place + n))
    before = next(n for n in count() if not same(folds, number - 1 - n, source, place - 1 - n))
    first, there = number - before, place - before
    return _Run(part, first, number + behind, there, place + behind)


def same(folds: tuple[str, ...], here: int, source: tuple[str, ...], there: int) -> bool:
    inside = 0 <= here < len(folds) and 0 <= there < len(source)
    return inside and folds[here] == source[there]
